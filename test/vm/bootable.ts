// The kernels that are booted: the newest of each series that this machine's compiler builds for, and the newest that the
// mirror serves at all, whose module is built with the compiler of its own Debian release.
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseNewest, NEWEST, type Row } from '../matrix/chosenKernels';
import { debianRoot, inRoot, type DebianRoot } from '../matrix/debianRoot';
import { root as checkout } from '../tools/project';
import { run } from '../tools/run';
import { buildModule, once, withScratch } from './build';
import { headersRoot, kernelImage, newestOfEachSeries, type DebianKernel, type KernelImage } from './debianKernels';

export interface Bootable extends DebianKernel {
  readonly image: () => Promise<KernelImage>;
  /** Builds toa.ko for it. */
  readonly build: () => Promise<Uint8Array>;
}

const here = (kernel: DebianKernel): Bootable => ({
  ...kernel,
  image: () => kernelImage(kernel.release),
  build: async () => (await buildModule(kernel)).file,
});

const built = new Map<string, Promise<Uint8Array>>();

const buildInRoot = (root: DebianRoot, { release }: DebianKernel): Promise<Uint8Array> =>
  once(built, release, () =>
    withScratch(async (directory) => {
      await cp(join(checkout, 'kernel'), directory, { recursive: true });
      await run(inRoot(root, directory, ['make', `KVER=${release}`, `KDIR=/usr/src/linux-headers-${release}`]));
      return readFile(join(directory, 'toa.ko'));
    }),
  );

async function newest({ debian, suites, ...row }: Row): Promise<Bootable> {
  const root = await debianRoot('newest', { debian, suites, ...row }, chooseNewest);
  const [kernel] = root.kernels;
  if (kernel === undefined) throw new Error(`No kernel of ${debian} could be downloaded.`);
  return { ...kernel, image: () => kernelImage(kernel.release, suites), build: () => buildInRoot(root, kernel) };
}

/** Oldest first: 5.10, 6.1, 6.12, and the newest. */
export async function bootableKernels(): Promise<readonly Bootable[]> {
  const { kernels } = await headersRoot();
  // The flavour that boots fast.
  const series = newestOfEachSeries(kernels.filter(({ flavour }) => flavour === 'cloud-amd64'));
  return [...series.map(here), await newest(NEWEST)];
}

/** The one of a series, `6.1`. */
export async function bootableKernel(series: string): Promise<Bootable> {
  const kernels = await bootableKernels();
  const found = kernels.find((kernel) => kernel.series === series);
  if (found === undefined)
    throw new Error(`There is no Linux ${series}; there are ${kernels.map((one) => one.series).join(', ')}.`);
  return found;
}
