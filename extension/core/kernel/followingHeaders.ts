import type { Facts } from '../facts';
import { parseRelease, seriesOf } from './release';

/** The package whose newest version always depends on the newest headers, and what apt has to be told to find that version. */
export interface FollowingHeaders {
  readonly name: string;
  readonly options: readonly string[];
}

/** What brings headers with each new kernel on Debian and Ubuntu. `undefined` for kernels of others. */
export function followingHeaders(
  release: string,
  { packages, distribution }: Pick<Facts, 'packages' | 'distribution'>,
): FollowingHeaders | undefined {
  const parsed = parseRelease(release);
  const { family, flavour } = parsed;
  if ((family !== 'debian' && family !== 'ubuntu') || flavour === undefined) return undefined;
  const version = packages.installed.find(({ name }) => name === `linux-image-${release}`)?.version ?? '';
  // Ubuntu's enablement kernels: linux-image-generic-hwe-22.04.
  const enablement = packages.installed.find(({ name }) => name.startsWith(`linux-image-${flavour}-hwe-`))?.name;
  if (enablement !== undefined) return { name: enablement.replace('image', 'headers'), options: [] };
  // A newer Debian's kernel in the security suite of an older one, `6.12.117-1~deb12u1`: its packages are named after the series.
  const series = /~deb\d+u\d/.test(version) ? `${seriesOf(parsed)}-` : '';
  // apt takes nothing from backports by itself, not even what is newer than an installed version from there.
  const { codename } = distribution;
  const options = /~bpo\d/.test(version) && codename !== undefined ? ['-t', `${codename}-backports`] : [];
  return { name: `linux-headers-${series}${flavour}`, options };
}
