import type { Facts, KernelTree, ModuleDirectory } from '../../../extension/core/facts';

/** A header tree that is complete, for one release. */
export function tree(release: string, path = `/usr/src/kernels/${release}`): KernelTree {
  return {
    path,
    release,
    hasMakefile: true,
    hasConfiguration: true,
    hasSymvers: true,
    hasModpost: true,
    compiler: undefined,
    compilerCommand: undefined,
    config: {},
    package: undefined,
  };
}

/** A directory in /lib/modules of an installed kernel; its build link leads to `linked`, dangles or is absent. */
export function moduleDirectory(
  release: string,
  build: 'absent' | 'dangling' | KernelTree = 'absent',
): ModuleDirectory {
  const absent = { state: 'absent', target: undefined, path: undefined } as const;
  const target = `/usr/src/kernels/${release}`;
  const link =
    build === 'absent'
      ? absent
      : build === 'dangling'
        ? ({ state: 'dangling', target, path: undefined } as const)
        : ({ state: 'ok', target: build.path, path: build.path } as const);
  return { release, path: `/lib/modules/${release}`, build: link, source: absent, hasModules: true, hasImage: true };
}

/** A plain CentOS 7 server on which `release` runs; override what the test is about. */
export function serverFacts(release: string, change: Partial<Facts> = {}): Facts {
  return {
    version: 1,
    kernel: { release, machine: 'x86_64', version: '#1 SMP', compiler: undefined, config: {} },
    distribution: { id: 'centos', like: ['rhel'], version: '7', codename: undefined, name: 'CentOS Linux 7 (Core)' },
    user: { uid: 0, name: 'root', privilege: 'root' },
    moduleDirectories: [moduleDirectory(release)],
    trees: [],
    packages: { manager: 'yum', installed: [], available: undefined },
    tools: { commands: { make: '/usr/bin/make', gcc: '/usr/bin/gcc' }, gcc: '4.8.5', make: '3.82', libc: 'glibc 2.17' },
    security: {
      lockdown: undefined,
      secureBoot: undefined,
      efi: false,
      signatureEnforced: false,
      modulesDisabled: false,
    },
    environment: { container: undefined, wsl: false, init: 'systemd' },
    toa: { loaded: false, version: undefined, srcversion: undefined, files: [], autoload: [] },
    ...change,
  };
}
