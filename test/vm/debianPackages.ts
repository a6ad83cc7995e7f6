// Which kernels Debian serves today, told by its package lists. No ABI name is written down here: they change every month.
import type { PrivateApt } from './privateApt';

const FLAVOURS = ['amd64', 'cloud-amd64', 'rt-amd64', 'arm64', 'cloud-arm64', 'rt-arm64'] as const;

export type Flavour = (typeof FLAVOURS)[number];

export interface DebianKernel {
  /** What `uname -r` says there: `6.1.0-56-cloud-amd64`. */
  readonly release: string;
  /** `6.1` */
  readonly series: string;
  readonly flavour: Flavour;
  /** The upstream release and Debian's revision: `6.1.192-2`. */
  readonly packageVersion: string;
}

interface Stanza {
  readonly name: string;
  readonly version: string;
  readonly depends: readonly string[];
}

const field = (stanza: string, name: string): string =>
  stanza
    .split('\n')
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2) ?? '';

/** The first stanza of each package. Package names of a dependency list lose their versions and alternatives. */
async function show(apt: PrivateApt, names: readonly string[]): Promise<readonly Stanza[]> {
  const text = await apt.apt(['apt-cache', '--no-all-versions', 'show', ...names]);
  const stanzas = text.split('\n\n').filter((stanza) => stanza.trim() !== '');
  return stanzas.map((stanza) => ({
    name: field(stanza, 'Package'),
    version: field(stanza, 'Version'),
    depends: field(stanza, 'Depends')
      .split(',')
      .map((dependency) => dependency.trim().split(' ')[0] ?? ''),
  }));
}

// linux-headers-6.1.0-56-cloud-amd64, linux-headers-6.12.117+deb12-amd64, linux-headers-6.1.0-0.deb11.52-rt-amd64; no meta packages.
const HEADERS = /^linux-headers-(\d+\.\d+\.\d[^-]*(?:-\d[\da-z.]*)?)-((?:cloud-|rt-)?(?:amd64|arm64))$/;

function toKernel({ name, version }: Stanza): DebianKernel | undefined {
  const [, abi = '', named] = HEADERS.exec(name) ?? [];
  const series = /^\d+\.\d+/.exec(version)?.[0];
  const flavour = FLAVOURS.find((one) => one === named);
  if (series === undefined || flavour === undefined) return undefined;
  return { release: `${abi}-${flavour}`, series, flavour, packageVersion: version };
}

const byVersion = (a: DebianKernel, b: DebianKernel): number =>
  a.packageVersion.localeCompare(b.packageVersion, 'en', { numeric: true });

/** Every kernel whose headers are served, oldest first. */
export async function servedKernels(apt: PrivateApt): Promise<readonly DebianKernel[]> {
  const names = (await apt.apt(['apt-cache', 'pkgnames', 'linux-headers-'])).split('\n');
  const stanzas = await show(
    apt,
    names.filter((name) => HEADERS.test(name)),
  );
  return stanzas
    .map(toKernel)
    .filter((kernel) => kernel !== undefined)
    .sort(byVersion);
}

/** The packages that one depends on, each by the first of its alternatives. */
export async function dependencies(apt: PrivateApt, name: string): Promise<readonly string[]> {
  return (await show(apt, [name]))[0]?.depends ?? [];
}

/** The packages to unpack for a kernel's headers: its own, the common ones and the kbuild tools. */
export async function headerPackages(apt: PrivateApt, release: string): Promise<readonly string[]> {
  const name = `linux-headers-${release}`;
  const parts = (await dependencies(apt, name)).filter((dependency) => /^linux-(?:headers|kbuild)-/.test(dependency));
  return [name, ...parts];
}
