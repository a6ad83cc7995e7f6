// Real Debian kernels for the tests: their headers laid out as on a server, a copy that can be built against in place,
// and bootable images. All of it comes from the mirror that this machine uses, into the cache; nothing is installed.
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, cacheDirectory } from '../tools/cache';
import { root as checkout } from '../tools/project';
import { run } from '../tools/run';
import { dependencies, headerPackages, servedKernels, type DebianKernel } from './debianPackages';
import { withPrivateApt, type PrivateApt } from './privateApt';
import { makeBuildable } from './relocate';

export type { DebianKernel, Flavour } from './debianPackages';

export interface HeadersRoot {
  /** A directory that looks like `/` of a server with all these packages: `usr/src`, `usr/lib`, `lib -> usr/lib`. */
  readonly root: string;
  /** By series, oldest first: 5.10, 6.1 (two point releases), 6.12; each as `amd64` and `cloud-amd64`. */
  readonly kernels: readonly DebianKernel[];
}

export interface KernelImage {
  readonly vmlinuz: string;
  /** Where the kernel's own modules lie, as `kernel/drivers/…`, some of them compressed. */
  readonly modules: string;
}

const SUITES: readonly string[] = ['bullseye', 'bookworm'];
const FLAVOURS = ['amd64', 'cloud-amd64'] as const;

// 6.1 twice: its point releases stand on both sides of a change of `syn_recv_sock`.
const WANTED: readonly { readonly series: string; readonly which: 'oldest' | 'newest' }[] = [
  { series: '5.10', which: 'newest' },
  { series: '6.1', which: 'oldest' },
  { series: '6.1', which: 'newest' },
  { series: '6.12', which: 'newest' },
];

/** Raised when what is kept in the cache, or how it is laid, changes. */
const LAYOUT = 1;
const HEADERS = `debian-headers-${LAYOUT}`;
const BUILDABLE = `debian-headers-buildable-${LAYOUT}`;

/** Lays a package's files into a directory; with patterns, only those that match. */
export const unpack = (directory: string, file: string, ...patterns: readonly string[]): Promise<string> =>
  run([join(checkout, 'test/vm/unpack.sh'), directory, file, ...patterns]);

/** Downloads packages and gives their paths. Rejects when one of them is gone. */
export async function download({ apt, directory }: PrivateApt, names: readonly string[]): Promise<readonly string[]> {
  await apt(['apt-get', '--quiet', 'download', ...names]);
  const files = (await readdir(directory)).filter((file) => names.some((name) => file.startsWith(`${name}_`)));
  return files.map((file) => join(directory, file));
}

/** Unpacks the headers of the first candidate that can be downloaded. An index and its pool disagree now and then. */
async function unpackFirst(apt: PrivateApt, candidates: readonly DebianKernel[], root: string): Promise<DebianKernel> {
  const misses: string[] = [];
  for (const kernel of candidates) {
    try {
      const files = await download(apt, await headerPackages(apt, kernel.release));
      for (const file of files) await unpack(root, file);
      return kernel;
    } catch (error) {
      misses.push(String(error));
    }
  }
  throw new Error(`No headers to be had for a kernel that the tests need:\n${misses.join('\n')}`);
}

async function unpackAll(apt: PrivateApt, root: string): Promise<readonly DebianKernel[]> {
  // A kernel of a newer Debian rebuilt for an older one wants that Debian's compiler.
  const served = (await servedKernels(apt)).filter(({ packageVersion }) => !packageVersion.includes('deb11'));
  const kernels = new Map<string, DebianKernel>();
  for (const { series, which } of WANTED)
    for (const flavour of FLAVOURS) {
      const candidates = served.filter((kernel) => kernel.series === series && kernel.flavour === flavour);
      if (candidates.length === 0) throw new Error(`The mirror serves no ${flavour} headers of Linux ${series}.`);
      const kernel = await unpackFirst(apt, which === 'oldest' ? candidates : [...candidates].reverse(), root);
      kernels.set(kernel.release, kernel);
    }
  return [...kernels.values()];
}

/**
 * The headers of all the kernels, laid out exactly as dpkg would, absolute paths included. To use them, show them to a
 * process with `test/tools/world.ts`; to build in place, take {@link buildableTree}. Rejects when a whole series is missing.
 */
export async function headersRoot(): Promise<HeadersRoot> {
  const root = await cached(HEADERS, (directory) =>
    withPrivateApt({ suites: SUITES }, async (apt) => {
      await writeFile(join(directory, 'kernels.json'), JSON.stringify(await unpackAll(apt, directory)));
    }),
  );
  const kernels = JSON.parse(await readFile(join(root, 'kernels.json'), 'utf8')) as DebianKernel[];
  return { root, kernels };
}

/** The last kernel of each series. */
export function newestOfEachSeries(kernels: readonly DebianKernel[]): readonly DebianKernel[] {
  return [...new Map(kernels.map((kernel) => [kernel.series, kernel])).values()];
}

/** A tree to give to `make -C`, working where it lies and without root: `…/usr/src/linux-headers-RELEASE`. */
export async function buildableTree(release: string): Promise<string> {
  const { root } = await headersRoot();
  const home = join(cacheDirectory(), BUILDABLE);
  await cached(BUILDABLE, (directory) => makeBuildable(root, directory, home));
  return join(home, 'usr/src', `linux-headers-${release}`);
}

const MODULES = './*lib/modules/*/kernel/*';

/** The packages of an image, and what of each is needed. From 7.x on the image package is empty and names two others. */
async function imagePackages(apt: PrivateApt, release: string): Promise<readonly (readonly [string, ...string[]])[]> {
  const image = `linux-image-${release}`;
  const [binary, modules] = [`linux-binary-${release}`, `linux-modules-${release}`];
  const split = (await dependencies(apt, image)).includes(binary);
  if (!split) return [[image, './boot/vmlinuz-*', MODULES]];
  return [
    [binary, './*lib/modules/*/vmlinuz'],
    [modules, MODULES],
  ];
}

/** The kernel itself and its modules, for QEMU; the `cloud-amd64` flavour is the one that boots fast. */
export async function kernelImage(release: string, suites = SUITES): Promise<KernelImage> {
  const directory = await cached(`debian-image-${release}`, (draft) =>
    withPrivateApt({ suites }, async (apt) => {
      for (const [name, ...patterns] of await imagePackages(apt, release))
        for (const file of await download(apt, [name])) await unpack(draft, file, ...patterns);
    }),
  );
  const modules = join(directory, 'lib/modules', release);
  const inBoot = join(directory, 'boot', `vmlinuz-${release}`);
  return { vmlinuz: existsSync(inBoot) ? inBoot : join(modules, 'vmlinuz'), modules };
}
