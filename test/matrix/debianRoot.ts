// A Debian release in a directory: its compilers, and headers of its kernels where dpkg would put them. It is unpacked
// from packages, not installed, and entered with chroot in a mount namespace of its own; no rights are needed for that.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../tools/cache';
import { root as checkout } from '../tools/project';
import { run } from '../tools/run';
import { dependencies, headerPackages, servedKernels, type DebianKernel } from '../vm/debianPackages';
import { withPrivateApt, type PrivateApt } from '../vm/privateApt';
import type { Row } from './chosenKernels';

export interface DebianRoot {
  readonly directory: string;
  readonly kernels: readonly DebianKernel[];
}

type Choose = (served: readonly DebianKernel[]) => readonly DebianKernel[];

/** Raised when what is in a root, or how it is laid, changes. */
const LAYOUT = 1;

// What building a module takes beside the compiler; coreutils and the like come with it by their dependencies.
const TOOLS = [
  'make',
  'sparse',
  'bash',
  'dash',
  'coreutils',
  'sed',
  'grep',
  'gawk',
  'findutils',
  'diffutils',
  'kmod',
  'perl-base',
];

const unpack = (directory: string, file: string): Promise<string> =>
  run([join(checkout, 'test/vm/unpack.sh'), directory, file]);

const isArm = ({ flavour }: DebianKernel): boolean => flavour.endsWith('arm64');

/** The compilers that the headers ask for: `gcc-12`, for arm64 `gcc-12-aarch64-linux-gnu`. */
async function compilers(apt: PrivateApt, kernel: DebianKernel): Promise<readonly string[]> {
  const names = (await dependencies(apt, `linux-headers-${kernel.release}`)).join(' ');
  const [, version] = /\bgcc-(\d+)\b/.exec(names) ?? [];
  if (version === undefined) throw new Error(`The headers of ${kernel.release} name no gcc: ${names}`);
  return isArm(kernel) ? [`gcc-${version}-aarch64-linux-gnu`, 'binutils-aarch64-linux-gnu'] : [`gcc-${version}`];
}

/** Lays out the compilers and all that they depend on. */
async function unpackTools({ apt, directory }: PrivateApt, tools: readonly string[], root: string): Promise<void> {
  await run(['mkdir', '-p', ...['bin', 'sbin', 'lib', 'lib64'].map((name) => join(root, 'usr', name))]);
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) await run(['ln', '-sfn', `usr/${name}`, join(root, name)]);
  await run(['mkdir', '-p', ...['proc', 'dev', 'tmp', 'work'].map((name) => join(root, name))]);
  await apt(['apt-get', '--quiet', '--yes', '--download-only', 'install', ...tools]);
  const archives = join(directory, 'cache/archives');
  for (const file of await readdir(archives)) if (file.endsWith('.deb')) await unpack(root, join(archives, file));
  // What dpkg's scripts would have linked.
  await run(['ln', '-sfn', 'bash', join(root, 'usr/bin/sh')]);
  await run(['ln', '-sfn', 'gawk', join(root, 'usr/bin/awk')]);
}

/** An index and its pool disagree now and then: a kernel that cannot be downloaded is left out, with a line. */
async function unpackHeaders(apt: PrivateApt, kernel: DebianKernel, root: string): Promise<boolean> {
  const [own = '', ...others] = await headerPackages(apt, kernel.release);
  const names = [isArm(kernel) ? `${own}:arm64` : own, ...others];
  try {
    await apt.apt(['apt-get', '--quiet', 'download', ...names]);
  } catch {
    console.error(`No headers of ${kernel.release}: the mirror lists them and does not have them.`);
    return false;
  }
  const prefixes = [own, ...others].map((name) => `${name}_`);
  for (const file of await readdir(apt.directory))
    if (prefixes.some((prefix) => file.startsWith(prefix))) await unpack(root, join(apt.directory, file));
  return true;
}

async function fill(apt: PrivateApt, root: string, row: Row, choose: Choose): Promise<void> {
  const wanted = choose(await servedKernels(apt));
  const gcc: string[] = [];
  for (const kernel of wanted) gcc.push(...(await compilers(apt, kernel)));
  await unpackTools(apt, [...new Set([...TOOLS, ...gcc, row.pahole])], root);
  const kernels: DebianKernel[] = [];
  for (const kernel of wanted) if (await unpackHeaders(apt, kernel, root)) kernels.push(kernel);
  await writeFile(join(root, 'kernels.json'), JSON.stringify(kernels));
}

/**
 * The release of a row with the headers that `choose` takes among those it serves, from the cache or downloaded into it as
 * `name`.
 */
export async function debianRoot(name: string, row: Row, choose: Choose): Promise<DebianRoot> {
  const directory = await cached(`debian-root-${row.debian}-${name}-${LAYOUT}`, (draft) =>
    withPrivateApt({ suites: row.suites, architectures: ['amd64', 'arm64'] }, (apt) => fill(apt, draft, row, choose)),
  );
  const kernels = JSON.parse(await readFile(join(directory, 'kernels.json'), 'utf8')) as DebianKernel[];
  return { directory, kernels };
}

/** The command that runs `argv` in the root, with `work` as its directory `/work`. */
export function inRoot(
  { directory }: DebianRoot,
  work: string,
  argv: readonly string[],
): readonly [string, ...string[]] {
  const own = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const enter = join(checkout, 'test/matrix/enter.sh');
  return ['unshare', ...own, '--mount', '--propagation', 'private', 'sh', enter, directory, work, ...argv];
}
