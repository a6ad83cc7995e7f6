import { dkmsVersion, type ModuleSource } from '../../core/plan/source';
import type { Host } from '../../host/host';

/** What is built, and its licence. */
const PARTS = /^(?:Kbuild|Makefile|dkms\.conf|COPYING|[\w-]+\.(?:c|h|sh))$/;
const LIMIT = 1024 * 1024;

/** Reads the source of our own module. Rejects with one line where it is not complete. */
export async function readModuleSource(host: Host, directory: string): Promise<ModuleSource> {
  const entries = await host.readDirectory(directory);
  const names = entries.filter(({ name, kind }) => kind !== 'directory' && PARTS.test(name)).map(({ name }) => name);
  const files = await Promise.all(
    names.map(async (name) => ({
      name,
      text: new TextDecoder().decode(await host.readFile(`${directory}/${name}`, LIMIT)),
    })),
  );
  const version = dkmsVersion(files.find(({ name }) => name === 'dkms.conf')?.text ?? '');
  if (version === undefined || !names.includes('toa.c'))
    throw new Error(`${directory} does not hold the source of toa.ko: install TOA Doctor again`);
  return { version, files };
}
