// A Debian server that boots: its root file system with a kernel, a compiler and a package repository of its own (in /repo) that
// offers the headers, a newer kernel and dkms. Made once with debootstrap from this machine's mirror; nothing is installed here.
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../tools/cache';
import { root as checkout } from '../tools/project';
import { run } from '../tools/run';
import { servedKernels } from '../vm/debianPackages';
import { machineMirror, withPrivateApt } from '../vm/privateApt';

/** The two kernels of a server; the flavour is the one that boots fast. */
interface Pair {
  /** The kernel that is installed. */
  readonly running: string;
  /** A newer one of the same series, which the repository offers. */
  readonly next: string;
}

export interface DebianServer extends Pair {
  readonly root: string;
}

interface Release {
  readonly debian: string;
  /** The suite that the kernels come from. */
  readonly suite: string;
  readonly compiler: string;
  /** What the kernel's packages that follow the newest are named after. */
  readonly follows: string;
  /** Whether its security suite is used too. */
  readonly security: boolean;
}

const BOOKWORM = { debian: 'bookworm', suite: 'bookworm', compiler: 'gcc-12', security: true } as const;

const RELEASES = {
  // Its security suite lists packages of the kernel that it no longer has.
  '5.10': { debian: 'bullseye', suite: 'bullseye', compiler: 'gcc-10', follows: 'cloud-amd64', security: false },
  '6.1': { ...BOOKWORM, follows: 'cloud-amd64' },
  '6.12': { ...BOOKWORM, follows: '6.12-cloud-amd64' },
  '7.x': { debian: 'trixie', suite: 'trixie-backports', compiler: 'gcc-14', follows: 'cloud-amd64', security: true },
} as const satisfies Readonly<Record<string, Release>>;

/** Which kernels a server has. */
export type Series = keyof typeof RELEASES;

export const EVERY_SERIES = Object.keys(RELEASES) as readonly Series[];

/** Raised when the server's content changes. */
const LAYOUT = 2;

/** The oldest and the newest point release of a series that the mirror serves. */
function pairOf(series: Series): Promise<Pair> {
  const { suite, security } = RELEASES[series];
  return withPrivateApt({ suites: [suite], security }, async (apt) => {
    const found = (await servedKernels(apt)).filter(
      (kernel) => kernel.flavour === 'cloud-amd64' && `${kernel.series}.`.startsWith(series.replace('x', '')),
    );
    const [running, next] = [found[0]?.release, found.at(-1)?.release];
    if (running === undefined || next === undefined || running === next)
      throw new Error(`The mirror serves only one kernel of the series ${series}.`);
    return { running, next };
  });
}

const INCLUDED = 'systemd-sysv,udev,kmod,make,gcc,dpkg-dev,patch,libc6-dev,openssl,ca-certificates';

/** What the plans install, and what an upgrade brings. */
const offered = ({ running, next }: Pair, follows: string): readonly string[] => [
  ...['dkms', 'mokutil', 'tcpdump', `linux-headers-${follows}`],
  ...[`linux-headers-${running}`, `linux-image-${next}`],
];

async function make(directory: string, series: Series): Promise<void> {
  const pair = await pairOf(series);
  const { debian, suite, compiler, follows } = RELEASES[series];
  const { archive, security } = await machineMirror();
  const secured = RELEASES[series].security ? security : undefined;
  await run(['debootstrap', '--variant=minbase', `--include=${INCLUDED},${compiler}`, debian, directory, archive]);
  const lines = [
    `deb ${archive} ${debian} main`,
    ...(suite === debian ? [] : [`deb ${archive} ${suite} main`]),
    ...(secured === undefined ? [] : [`deb ${secured} ${debian}-security main`]),
  ];
  await writeFile(join(directory, 'etc/apt/sources.list'), `${lines.join('\n')}\n`);
  await cp('/etc/resolv.conf', join(directory, 'etc/resolv.conf'));
  await mkdir(join(directory, 'etc/apt/apt.conf.d'), { recursive: true });
  await cp('/etc/apt/apt.conf.d', join(directory, 'etc/apt/apt.conf.d'), { recursive: true });
  const script = join(directory, 'fill.sh');
  await cp(join(checkout, 'test/plan/fill.sh'), script);
  await chmod(script, 0o755);
  const mounts =
    'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && directory=$1 && shift && exec chroot "$directory" /fill.sh "$@"';
  const inside = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', mounts, 'sh', directory] as const;
  await run([...inside, suite, pair.running, ...offered(pair, follows)]);
  await rm(script);
  await writeFile(join(directory, 'kernels.json'), JSON.stringify(pair));
}

/** Rejects when the mirror cannot be reached. Takes a minute or two when it is not in the cache. */
export async function debianServer(series: Series = '6.1'): Promise<DebianServer> {
  const root = await cached(`debian-server-${LAYOUT}-${series}`, (directory) => make(directory, series));
  return { root, ...(JSON.parse(await readFile(join(root, 'kernels.json'), 'utf8')) as Pair) };
}
