// Debian releases with their own sshd, sh, compiler and headers; on one of them an appliance's tools lie over Debian's.
import type { Row } from '../../matrix/chosenKernels';
import { debianRoot, type DebianRoot } from '../../matrix/debianRoot';
import type { DebianKernel } from '../../vm/debianPackages';

const ROWS: Readonly<Record<'bullseye' | 'bookworm', Row & { readonly series: string }>> = {
  bullseye: { debian: 'bullseye', series: '5.10', suites: ['bullseye'], tools: ['openssh-server', 'libelf1'] },
  bookworm: {
    debian: 'bookworm',
    series: '6.1',
    suites: ['bookworm'],
    tools: ['openssh-server', 'libelf1', 'dropbear-bin', 'busybox-static'],
  },
};

/** The release with the headers of its newest plain kernel, from the cache or downloaded into it (a minute). */
export function debianUserland(name: keyof typeof ROWS): Promise<DebianRoot> {
  const { series, ...row } = ROWS[name];
  const newest = (served: readonly DebianKernel[]): readonly DebianKernel[] =>
    served.filter((kernel) => kernel.series === series && kernel.flavour === 'amd64').slice(-1);
  return debianRoot('ssh', row, newest);
}
