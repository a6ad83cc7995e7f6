// Builds what the kernel tests need: the module, for a kernel of the headers root, and the guest's program.
import { mkdtempSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../tools/project';
import { run } from '../tools/run';
import { findCommand } from '../tools/systemPackages';
import { buildableTree, type DebianKernel } from './debianKernels';

export interface BuiltModule {
  readonly output: string;
  readonly vermagic: string;
  readonly file: Uint8Array;
}

/** A directory, and how to remove it. Never one with a space in its path: kbuild cannot have it. */
export function scratch(): { readonly directory: string; readonly remove: () => Promise<void> } {
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-build-'));
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** What `make` made under that name before, else makes it. */
export function once<T>(made: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const found = made.get(name) ?? make();
  made.set(name, found);
  return found;
}

/** Gives `work` a directory that is removed afterwards. */
export async function withScratch<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const { directory, remove } = scratch();
  try {
    return await work(directory);
  } finally {
    await remove();
  }
}

// Debian's 6.1 and 6.12 for bookworm are made with gcc-12; 5.10 names a gcc-10 that bookworm has not.
const compiler = (): string => (findCommand('gcc-12') === undefined ? 'gcc' : 'gcc-12');

/** Runs make in `directory` for a kernel that is not the running one, and reads the module that came out. */
export async function buildIn(
  directory: string,
  { release }: DebianKernel,
  ...more: readonly string[]
): Promise<BuiltModule> {
  const kernel = [`KVER=${release}`, `KDIR=${await buildableTree(release)}`, `CC=${compiler()}`];
  const output = await run(['make', '-C', directory, ...kernel, ...more], { env: { LC_ALL: 'C' } });
  const ko = join(directory, 'toa.ko');
  return { output, vermagic: (await run(['modinfo', '-F', 'vermagic', ko])).trim(), file: await readFile(ko) };
}

const built = new Map<string, Promise<BuiltModule>>();

/** Builds a copy of `kernel/`, with the warnings of `W=1`, once for a process. Rejects with the end of make's output. */
export const buildModule = (kernel: DebianKernel): Promise<BuiltModule> =>
  once(built, kernel.release, () =>
    withScratch(async (directory) => {
      await cp(join(root, 'kernel'), directory, { recursive: true });
      return buildIn(directory, kernel, 'W=1');
    }),
  );

/** Builds test/bench/kernel/standIn, a module of the widespread design for IPv4 alone, under another name. */
export function buildStandIn({ release }: DebianKernel, name: string): Promise<Uint8Array> {
  return withScratch(async (directory) => {
    await cp(join(root, 'test/bench/kernel/standIn/standin.c'), join(directory, `${name}.c`));
    await writeFile(join(directory, 'Kbuild'), `obj-m := ${name}.o\n`);
    await run(['make', '-C', await buildableTree(release), `M=${directory}`, `CC=${compiler()}`, 'modules']);
    return readFile(join(directory, `${name}.ko`));
  });
}
