import type { Facts } from '../facts';
import { message, type Message } from '../message';
import type { Remedy } from './finding';

type Manager = NonNullable<Facts['packages']['manager']>;
type Names = Readonly<Record<Manager, string>>;

const everywhere = (name: string): Names => ({
  apt: name,
  dnf: name,
  yum: name,
  zypper: name,
  apk: name,
  pacman: name,
});

/** What the build needs beside compiler and headers, by the name of its package with each package manager. */
const PACKAGES = {
  libelf: {
    apt: 'libelf-dev',
    dnf: 'elfutils-libelf-devel',
    yum: 'elfutils-libelf-devel',
    zypper: 'libelf-devel',
    apk: 'elfutils-dev',
    pacman: 'libelf',
  },
  openssl: {
    apt: 'libssl-dev',
    dnf: 'openssl-devel',
    yum: 'openssl-devel',
    zypper: 'libopenssl-devel',
    apk: 'openssl-dev',
    pacman: 'openssl',
  },
  bc: everywhere('bc'),
  flex: everywhere('flex'),
  bison: everywhere('bison'),
  kmod: everywhere('kmod'),
} as const satisfies Readonly<Record<string, Names>>;

const INSTALL: Readonly<Record<Manager, readonly string[]>> = {
  apt: ['apt-get', 'install', '-y'],
  dnf: ['dnf', 'install', '-y'],
  yum: ['yum', 'install', '-y'],
  zypper: ['zypper', '--non-interactive', 'install'],
  apk: ['apk', 'add'],
  pacman: ['pacman', '-S', '--needed'],
};

/** Installs what the build needs, with the host's package manager; nothing when the host was not asked. */
export function installTools(tools: readonly (keyof typeof PACKAGES)[], facts: Facts | undefined): readonly Remedy[] {
  const manager = facts?.packages.manager;
  if (manager === undefined) return [];
  const packages = tools.map((tool) => PACKAGES[tool][manager]);
  return [installation(manager, packages, message('Install {packages}', { packages: packages.join(' ') }))];
}

function installation(manager: Manager, packages: readonly string[], title: Message): Remedy {
  return {
    kind: 'command',
    title,
    commands: [[...INSTALL[manager], ...packages]],
    privileged: true,
    undo: message('To undo: remove the package with the same package manager'),
  };
}

/** Installs a compiler. A versioned gcc is a package of its own on Debian alone; Alpine's needs the C library's headers besides. */
export function installCompiler(command: string, facts: Facts | undefined): readonly Remedy[] {
  const manager = facts?.packages.manager;
  if (manager === undefined) return [];
  const name = /(?:gcc|clang)(?:-\d+)?$/.exec(command)?.[0] ?? 'gcc';
  const compiler = manager === 'apt' ? name : name.replace(/-\d+$/, '');
  const packages = manager === 'apk' ? [compiler, 'musl-dev'] : [compiler];
  return [installation(manager, packages, message('Install the compiler: {package}', { package: compiler }))];
}

/** Builds again with LLVM. Debian's header trees name their compiler by themselves, so LLVM=1 alone does not change it there. */
export function buildWithLlvm(): Remedy {
  return {
    kind: 'command',
    title: message('Build with clang: make LLVM=1 CC=clang'),
    commands: [['make', 'LLVM=1', 'CC=clang']],
    privileged: false,
    inSource: true,
    undo: message('To undo: make clean'),
  };
}

/** Makes the index of modules again, for the running kernel. */
export function rebuildIndex(): Remedy {
  return {
    kind: 'command',
    title: message('Make the index of modules again: depmod -a'),
    commands: [['depmod', '-a']],
    privileged: true,
  };
}

/** Shows what the kernel said of the load. */
export function showKernelLog(): Remedy {
  return {
    kind: 'command',
    title: message('Show what the kernel said: dmesg'),
    commands: [['dmesg']],
    privileged: true,
  };
}

/** Loads an installed module together with what it depends on. */
export function loadWithDependencies(module: string): readonly Remedy[] {
  const name = (module.split('/').at(-1) ?? module).replace(/\.ko.*$/, '');
  if (!/^\w[\w-]*$/.test(name)) return [];
  return [
    {
      kind: 'command',
      title: message('Load it with its dependencies: modprobe {module}', { module: name }),
      commands: [['modprobe', name]],
      privileged: true,
      undo: message('To undo: modprobe -r {module}', { module: name }),
    },
  ];
}

/** How a signing key of one's own is enrolled. */
export function enrolKey(): Remedy {
  return {
    kind: 'link',
    title: message('Signing modules and enrolling the key with mokutil'),
    url: 'https://docs.kernel.org/admin-guide/module-signing.html',
  };
}
