import { dkmsVersion, type ModuleSource, type SourceFile } from '../../core/plan/source';
import { message } from '../../core/message';
import { MessageError } from '../../core/messageError';
import type { Host } from '../../host/host';

/** What is built, and its licence. */
const PARTS = /^(?:Kbuild|Makefile|dkms\.conf|COPYING|[\w-]+\.(?:c|h|sh))$/;
const LIMIT = 1024 * 1024;

/** Reads the source of our own module. Rejects with one line where it is not complete. */
export async function readModuleSource(host: Host, directory: string): Promise<ModuleSource> {
  const files = await readParts(host, directory);
  const version = dkmsVersion(files.find(({ name }) => name === 'dkms.conf')?.text ?? '');
  if (version === undefined || !files.some(({ name }) => name === 'toa.c'))
    throw new MessageError(
      message('{directory} does not hold the source of toa.ko: install TOA Doctor again', { directory }),
    );
  return { version, files };
}

/** Reads the source of the self-test, which lies beside the module's. */
export function readSelfTestSource(host: Host, directory: string): Promise<readonly SourceFile[]> {
  return readParts(host, `${directory}/selftest`);
}

async function readParts(host: Host, directory: string): Promise<readonly SourceFile[]> {
  const entries = await host.readDirectory(directory);
  const names = entries.filter(({ name, kind }) => kind !== 'directory' && PARTS.test(name)).map(({ name }) => name);
  return Promise.all(
    names.map(async (name) => ({
      name,
      text: new TextDecoder().decode(await host.readFile(`${directory}/${name}`, LIMIT)),
    })),
  );
}
