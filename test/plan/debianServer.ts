// A Debian server that boots: its root file system with a kernel, a compiler and a package repository of its own (in /repo) that
// offers the headers, a newer kernel and dkms. Made once with debootstrap from this machine's mirror; nothing is installed here.
import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../tools/cache';
import { root as checkout } from '../tools/project';
import { run } from '../tools/run';
import { headersRoot } from '../vm/debianKernels';
import { machineMirror } from '../vm/privateApt';

export interface DebianServer {
  readonly root: string;
  /** The kernel that is installed. */
  readonly running: string;
  /** A newer one of the same series, which the repository offers. */
  readonly next: string;
}

/** Raised when the server's content changes. */
const LAYOUT = 1;

/** The two point releases of 6.1 that Debian 12 serves, in the flavour that boots fast. */
async function kernels(): Promise<{ readonly running: string; readonly next: string }> {
  const found = (await headersRoot()).kernels.filter(
    ({ series, flavour }) => series === '6.1' && flavour === 'cloud-amd64',
  );
  const [running, next] = [found[0]?.release, found.at(-1)?.release];
  if (running === undefined || next === undefined || running === next)
    throw new Error('The mirror serves only one kernel of the series 6.1.');
  return { running, next };
}

const INCLUDED = 'systemd-sysv,udev,kmod,make,gcc,gcc-12,dpkg-dev,patch,libc6-dev,openssl,ca-certificates';

/** What the plans install, and what an upgrade brings. */
const offered = (running: string): readonly string[] => [
  ...['dkms', 'mokutil', 'tcpdump', 'linux-headers-cloud-amd64', 'linux-image-cloud-amd64'],
  `linux-headers-${running}`,
];

async function make(directory: string, running: string): Promise<void> {
  const { archive, security } = await machineMirror();
  await run(['debootstrap', '--variant=minbase', `--include=${INCLUDED}`, 'bookworm', directory, archive]);
  const lines = [
    `deb ${archive} bookworm main`,
    ...(security === undefined ? [] : [`deb ${security} bookworm-security main`]),
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
  await run([...inside, running, ...offered(running)]);
  await rm(script);
}

/** Rejects when the mirror cannot be reached. Takes a minute or two when it is not in the cache. */
export async function debianServer(): Promise<DebianServer> {
  const { running, next } = await kernels();
  const root = await cached(`debian-server-${LAYOUT}-${running}-${next}`, (directory) => make(directory, running));
  return { root, running, next };
}
