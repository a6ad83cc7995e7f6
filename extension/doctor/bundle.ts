import { bundleText, OUTPUT_KEPT, readParts, type Section } from '../core/bundle/bundle';
import { createRedactor, type Secrets } from '../core/bundle/redact';
import type { Facts } from '../core/facts';
import { message, type Say } from '../core/message';
import bundleScript from '../host/bundle.sh';
import { unanswered, type Host } from '../host/host';
import { sourceDirectory } from './findSources';

/** What a bundle is made of before it is redacted, and the names that must not be in it. */
export interface Bundle {
  readonly sections: readonly Section[];
  readonly secrets: Secrets;
}

export interface BundleRequest {
  /** The module's source. */
  readonly directory: string;
  readonly facts: Facts | undefined;
  /** The output of the last build or load, when there is one. */
  readonly output: string | undefined;
  /** What the decoder reads from a capture: a row for each option. The bytes themselves would tell addresses. */
  readonly options: string | undefined;
  readonly signal?: AbortSignal;
}

const TIMEOUT = 30_000;
const LIMIT = 4 * 1024 * 1024;
const MAKEFILE_LIMIT = 256 * 1024;

/** Collects what maintainers ask for, in one round trip. Rejects when the host cannot be asked. */
export async function collectBundle(host: Host, request: BundleRequest): Promise<Bundle> {
  const { directory, facts, output, options, signal } = request;
  const result = await host.script(bundleScript, [directory], {
    timeout: TIMEOUT,
    outputLimit: LIMIT,
    ...(signal && { signal }),
  });
  if (result.outcome !== 'exited') throw unanswered(host, result);
  const parts = readParts(result.stdout);
  const part = (name: string): string => parts.get(name) ?? '';
  const names = part('names').split('\n').filter(Boolean);
  const sections: readonly Section[] = [
    { title: message('System'), text: part('system') },
    { title: message('Kernels and their header trees'), text: part('links') },
    { title: message('Compilers, and the kernel’s own'), text: part('compilers') },
    { title: message('Secure Boot, lockdown and signatures'), text: part('security') },
    { title: message('Module files'), text: part('modules') },
    { title: message('End of the kernel’s log'), text: part('kernel-log') },
    { title: message('Makefile'), text: await makefileOf(host, directory) },
    { title: message('Output of the last build'), text: output?.slice(-OUTPUT_KEPT) ?? '' },
    captureOptions(options ?? ''),
    { title: message('Facts'), text: facts === undefined ? '' : JSON.stringify(facts, undefined, 1) },
  ];
  const users = [names.at(-1), facts?.user.name].filter((name) => name !== undefined);
  return { sections: sections.filter(({ text }) => text.trim() !== ''), secrets: { users, hosts: names.slice(0, -1) } };
}

/** The part with what the options of a capture say. */
export const captureOptions = (text: string): Section => ({ title: message('Options in the capture'), text });

async function makefileOf(host: Host, directory: string): Promise<string> {
  const source = await sourceDirectory(host, directory).catch(() => undefined);
  if (source?.makefile === undefined) return '';
  const bytes = await host.readFile(source.makefile, MAKEFILE_LIMIT).catch(() => undefined);
  return bytes === undefined ? '' : new TextDecoder().decode(bytes);
}

/** The text of a bundle, or of the chosen parts of it, with names and addresses replaced. */
export function writeBundle({ secrets }: Pick<Bundle, 'secrets'>, sections: readonly Section[], say: Say): string {
  const redactor = createRedactor(
    secrets,
    sections.map(({ text }) => text),
  );
  const note = say(
    message('TOA Doctor: support bundle. Names of users and machines and all addresses are replaced by pseudonyms.'),
  );
  return bundleText(
    note,
    sections.map(({ title, text }) => ({ title: say(title), text: redactor.redact(text) })),
  );
}
