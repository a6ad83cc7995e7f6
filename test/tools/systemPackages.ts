// Programs that the tests need and npm does not bring: found on PATH, or installed with apt-get by root, or named.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { run } from './run';

export interface SystemPackage {
  /** A command that the package brings. */
  readonly command: string;
  /** Its name in Debian and Ubuntu. */
  readonly package: string;
}

export const chromium: SystemPackage = { command: 'chromium', package: 'chromium' };

/** What node-gyp needs to compile the editor's native modules. */
export const compiler: readonly SystemPackage[] = [
  { command: 'make', package: 'make' },
  { command: 'gcc', package: 'gcc' },
  { command: 'g++', package: 'g++' },
  { command: 'python3', package: 'python3' },
];

/** The shells that run what the extension sends to hosts, and what reads the results of real builds. */
export const unitTools: readonly SystemPackage[] = [
  ...compiler,
  { command: 'dash', package: 'dash' },
  { command: 'bash', package: 'bash' },
  { command: 'busybox', package: 'busybox-static' },
  { command: 'modinfo', package: 'kmod' },
  { command: 'tcpdump', package: 'tcpdump' },
  { command: 'unzip', package: 'unzip' },
];

/** Mounting a world, and building and reading kernel modules in it. */
export const kernelTools: readonly SystemPackage[] = [
  ...compiler,
  { command: 'unshare', package: 'util-linux' },
  { command: 'setpriv', package: 'util-linux' },
  { command: 'mount', package: 'mount' },
  { command: 'modinfo', package: 'kmod' },
  // Debian's headers name the compiler of its release, and those of 6.12 depend on pahole.
  { command: 'gcc-12', package: 'gcc-12' },
  { command: 'pahole', package: 'pahole' },
  // What checks the packages of the kernels; Ubuntu has it as a package too.
  { command: '/usr/share/keyrings/debian-archive-keyring.gpg', package: 'debian-archive-keyring' },
];

/** Real handshakes between network namespaces, captured. */
export const captureTools: readonly SystemPackage[] = [
  ...kernelTools,
  { command: 'tcpdump', package: 'tcpdump' },
  { command: 'ip', package: 'iproute2' },
  { command: 'nsenter', package: 'util-linux' },
  { command: 'sudo', package: 'sudo' },
];

/** What people print packets with. */
export const decodeTools: readonly SystemPackage[] = [
  { command: 'tcpdump', package: 'tcpdump' },
  { command: 'tshark', package: 'tshark' },
  { command: 'xxd', package: 'xxd' },
  { command: 'hexdump', package: 'bsdextrautils' },
  { command: 'gdb', package: 'gdb' },
  { command: 'python3', package: 'python3' },
];

/** Servers to be reached by ssh. */
export const remoteTools: readonly SystemPackage[] = [
  ...kernelTools,
  { command: 'ssh', package: 'openssh-client' },
  { command: 'sshd', package: 'openssh-server' },
  { command: 'dropbear', package: 'dropbear-bin' },
  { command: 'busybox', package: 'busybox-static' },
  { command: 'ansible-playbook', package: 'ansible-core' },
  // Hosts with networks of their own, and one with yum and its repositories.
  { command: 'ip', package: 'iproute2' },
  { command: 'nsenter', package: 'util-linux' },
  { command: 'rpmbuild', package: 'rpm' },
  { command: 'dnf', package: 'dnf' },
  { command: 'createrepo_c', package: 'createrepo-c' },
];

/** Booting a kernel with a module in it. */
export const virtualMachine: readonly SystemPackage[] = [
  ...kernelTools,
  { command: 'qemu-system-x86_64', package: 'qemu-system-x86' },
  { command: 'xz', package: 'xz-utils' },
  { command: 'dkms', package: 'dkms' },
];

/** A Debian server of its own, made from the mirror. */
export const serverTools: readonly SystemPackage[] = [
  ...virtualMachine,
  { command: 'debootstrap', package: 'debootstrap' },
  { command: 'ssh', package: 'openssh-client' },
  { command: 'mke2fs', package: 'e2fsprogs' },
  { command: 'nsenter', package: 'util-linux' },
  // A CentOS server with repositories of its own.
  { command: 'rpmbuild', package: 'rpm' },
  { command: 'dnf', package: 'dnf' },
  { command: 'createrepo_c', package: 'createrepo-c' },
];

/** What the tests of causes break, and break things with: other compilers, real package managers, real dkms. */
export const causeTools: readonly SystemPackage[] = [
  ...virtualMachine,
  { command: 'gcc-11', package: 'gcc-11' },
  { command: 'clang', package: 'clang' },
  { command: 'ld.lld', package: 'lld' },
  { command: 'mold', package: 'mold' },
  { command: 'llvm-nm', package: 'llvm' },
  { command: 'dkms', package: 'dkms' },
  { command: 'rpmbuild', package: 'rpm' },
  { command: 'dnf', package: 'dnf' },
  { command: 'createrepo_c', package: 'createrepo-c' },
  { command: 'mokutil', package: 'mokutil' },
  { command: 'secilc', package: 'secilc' },
  { command: 'setpriv', package: 'util-linux' },
  { command: 'busybox', package: 'busybox-static' },
  { command: 'kmod', package: 'kmod' },
  { command: 'bc', package: 'bc' },
  { command: 'flex', package: 'flex' },
  { command: 'bison', package: 'bison' },
  { command: 'openssl', package: 'openssl' },
  { command: '/usr/include/openssl/opensslv.h', package: 'libssl-dev' },
  { command: '/usr/include/gelf.h', package: 'libelf-dev' },
];

/** What is needed is not there and cannot be had without more rights: the part of the tests that needs it is skipped. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** The absolute path of a command, or undefined. `/sbin` counts too: an ordinary user's PATH has none. An absolute path is any file. */
export function findCommand(command: string): string | undefined {
  if (isAbsolute(command)) return existsSync(command) ? command : undefined;
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return directories.map((directory) => join(directory || '.', command)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes sure that the commands are there: as root what is missing is installed with apt-get.
 * Rejects with {@link Unavailable}, which names the command that installs them, when we are not root or there is no apt-get.
 */
export async function requireSystemPackages(wanted: readonly SystemPackage[]): Promise<void> {
  const missing = wanted.filter(({ command }) => findCommand(command) === undefined);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((one) => one.package))];
  const commands = missing.map(({ command }) => command).join(', ');
  if (process.getuid?.() !== 0 || findCommand('apt-get') === undefined)
    throw new Unavailable(`Not found: ${commands}. Install with: sudo apt-get install ${packages.join(' ')}`);
  console.log(`Installing ${packages.join(' ')} with apt-get`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run(['apt-get', 'update', '--quiet'], { env });
  await run(['apt-get', 'install', '--yes', '--quiet', '--no-install-recommends', ...packages], { env });
}
