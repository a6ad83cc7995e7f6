import type { Distribution, Facts, KernelTree, ModuleDirectory, RunningKernel } from '../../../extension/core/facts';

/** Facts to start from: Debian 12 with the kernel 6.1.0-56-cloud-amd64 and nothing else. */
export const debian: Distribution = {
  id: 'debian',
  like: [],
  version: '12',
  codename: 'bookworm',
  name: 'Debian GNU/Linux 12 (bookworm)',
};

const options = { MODULES: 'y', SMP: 'y', MODULE_UNLOAD: 'y', MODVERSIONS: 'y', PREEMPT_VOLUNTARY: 'y' };

export const runningKernel: RunningKernel = {
  release: '6.1.0-56-cloud-amd64',
  machine: 'x86_64',
  version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-1 (2026-10-01)',
  compiler: 'gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0',
  config: { ...options, PREEMPT_BUILD: 'y', PREEMPT_DYNAMIC: 'y' },
};

export function treeOf(release: string, changes: Partial<KernelTree> = {}): KernelTree {
  return {
    path: `/usr/src/linux-headers-${release}`,
    release,
    hasMakefile: true,
    hasConfiguration: true,
    hasSymvers: true,
    hasModpost: true,
    compiler: 'gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0',
    compilerCommand: undefined,
    config: runningKernel.config,
    package: undefined,
    ...changes,
  };
}

/** A module directory whose `build` leads to `tree`, or dangles when there is none. */
export function directoryOf(release: string, tree: KernelTree | 'dangling' | 'absent'): ModuleDirectory {
  const nothing = { state: 'absent', target: undefined, path: undefined } as const;
  const build =
    tree === 'absent'
      ? nothing
      : tree === 'dangling'
        ? ({ state: 'dangling', target: `/usr/src/linux-headers-${release}`, path: undefined } as const)
        : ({ state: 'ok', target: tree.path, path: tree.path } as const);
  const path = `/lib/modules/${release}`;
  return { release, path, build, source: nothing, hasModules: true, hasImage: true };
}

export function factsWith(changes: Partial<Facts> = {}): Facts {
  return {
    version: 1,
    kernel: runningKernel,
    distribution: debian,
    user: { uid: 0, name: 'root', privilege: 'root' },
    moduleDirectories: [],
    trees: [],
    packages: { manager: 'apt', installed: [], available: undefined },
    tools: { commands: { gcc: '/usr/bin/gcc', make: '/usr/bin/make' }, gcc: '12.2.0', make: '4.3', libc: 'glibc 2.36' },
    security: {
      lockdown: 'none',
      secureBoot: false,
      efi: false,
      signatureEnforced: false,
      modulesDisabled: false,
    },
    environment: { container: undefined, wsl: false, init: 'systemd' },
    toa: { loaded: false, version: undefined, srcversion: undefined, files: [], autoload: [] },
    ...changes,
  };
}
