// Which of the served kernels the matrix builds for. By rule, since the names change every month: of each series in each
// Debian release the oldest and the newest point release, plain, cloud and rt; and the newest for arm64.
import type { DebianKernel, Flavour } from '../vm/debianPackages';

/** A Debian release whose compilers build, and the suites whose kernels are built with them. */
export interface Row {
  readonly debian: string;
  readonly suites: readonly string[];
  /** What has pahole there. */
  readonly pahole: string;
}

const NATIVE: readonly Flavour[] = ['amd64', 'cloud-amd64', 'rt-amd64'];

export const ROWS: readonly Row[] = [
  { debian: 'bullseye', suites: ['bullseye'], pahole: 'dwarves' },
  { debian: 'bookworm', suites: ['bookworm', 'bookworm-backports'], pahole: 'pahole' },
  { debian: 'trixie', suites: ['trixie', 'trixie-backports'], pahole: 'pahole' },
  { debian: 'sid', suites: ['sid'], pahole: 'pahole' },
];

const seriesOf = (kernels: readonly DebianKernel[]): readonly string[] => [
  ...new Set(kernels.map(({ series }) => series)),
];

/** `served` is sorted, oldest first. */
export function chooseAll(served: readonly DebianKernel[]): readonly DebianKernel[] {
  const chosen = new Set<DebianKernel | undefined>();
  for (const series of seriesOf(served)) {
    const of = (flavour: Flavour): readonly DebianKernel[] =>
      served.filter((kernel) => kernel.series === series && kernel.flavour === flavour);
    for (const flavour of NATIVE) chosen.add(of(flavour)[0]).add(of(flavour).at(-1));
    chosen.add(of('arm64').at(-1));
  }
  return [...chosen].filter((kernel) => kernel !== undefined);
}

/** The newest kernel of all, in the flavour that boots fast. */
export function chooseNewest(served: readonly DebianKernel[]): readonly DebianKernel[] {
  return served.filter(({ flavour }) => flavour === 'cloud-amd64').slice(-1);
}
