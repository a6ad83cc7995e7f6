import { isRecord } from './json';

/**
 * What one probe of a host found. Plain immutable data: it can be saved as JSON and replayed, so that every diagnosis can be
 * reproduced in a unit test. A value that could not be read is `undefined` (absent in JSON), never a guess.
 */
export interface Facts {
  readonly version: 1;
  readonly kernel: RunningKernel;
  readonly distribution: Distribution;
  readonly user: User;
  /** Every directory in `/lib/modules`, in the order of their names. */
  readonly moduleDirectories: readonly ModuleDirectory[];
  /** Every distinct header or source tree found: behind `build`/`source` links, in `/usr/src`, and where the user pointed. */
  readonly trees: readonly KernelTree[];
  readonly packages: Packages;
  readonly tools: Tools;
  readonly security: Security;
  readonly environment: Environment;
  readonly toa: ToaState;
}

export interface RunningKernel {
  /** `uname -r`. */
  readonly release: string;
  /** `uname -m`. */
  readonly machine: string;
  /** `uname -v`. */
  readonly version: string;
  /** The compiler named in `/proc/version`, as the kernel prints it, like `gcc-12 (Debian 12.2.0-14) 12.2.0`. */
  readonly compiler: string | undefined;
  /** `CONFIG_…` values of the running kernel, keys without the prefix, quotes removed. Empty when no config is readable. */
  readonly config: Readonly<Record<string, string>>;
}

export interface Distribution {
  /** `ID` of os-release in lower case, or derived from the release file where there is no os-release (CentOS 6). */
  readonly id: string | undefined;
  readonly like: readonly string[];
  /** `VERSION_ID`, like `7`, `22.04`, `7.9.2009`. */
  readonly version: string | undefined;
  readonly codename: string | undefined;
  readonly name: string | undefined;
}

export interface User {
  readonly uid: number;
  readonly name: string | undefined;
  /** How commands become root: already root, sudo without or with a password, or not at all. */
  readonly privilege: 'root' | 'sudo' | 'sudo-password' | 'none';
}

/** A `build` or `source` entry in a module directory. */
export interface TreeLink {
  readonly state: 'absent' | 'dangling' | 'ok';
  /** Where a link points, as written in it; absent for a plain directory. */
  readonly target: string | undefined;
  /** The directory it leads to, all links resolved; absent unless `ok`. */
  readonly path: string | undefined;
}

export interface ModuleDirectory {
  /** Name of the directory: the release its modules are for. */
  readonly release: string;
  readonly path: string;
  readonly build: TreeLink;
  readonly source: TreeLink;
  /** Its own modules are there (`kernel/`), so the kernel is installed and not only a leftover of `make`. */
  readonly hasModules: boolean;
  /** `/boot/vmlinuz-<release>` or an image beside the modules. */
  readonly hasImage: boolean;
}

export interface KernelTree {
  /** Its directory, all links resolved. */
  readonly path: string;
  /**
   * The release it builds for: UTS_RELEASE in `include/generated/utsrelease.h`, `include/linux/utsrelease.h` (before 2.6.33) or
   * `include/config/kernel.release`. Names of folders lie; this does not. Absent when never prepared.
   */
  readonly release: string | undefined;
  readonly hasMakefile: boolean;
  /** `include/config/auto.conf`: the tree is configured. */
  readonly hasConfiguration: boolean;
  readonly hasSymvers: boolean;
  /** `scripts/mod/modpost` is there and executable. */
  readonly hasModpost: boolean;
  /** `CONFIG_CC_VERSION_TEXT` or the compiler in `include/generated/compile.h`. */
  readonly compiler: string | undefined;
  /** The compiler command its Makefile or wrapper asks for, like `gcc-12`, where it is written down. */
  readonly compilerCommand: string | undefined;
  /** `vermagic` suffix flags that matter for loading, from its `.config`: SMP, PREEMPT…, MODVERSIONS, when known. */
  readonly config: Readonly<Record<string, string>>;
  /** The package that owns it, when the package manager says so cheaply. */
  readonly package: string | undefined;
}

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
}

export interface Packages {
  readonly manager: 'apt' | 'dnf' | 'yum' | 'zypper' | 'apk' | 'pacman' | undefined;
  /** Kernel, header, devel, kbuild, dkms and gcc packages that are installed. */
  readonly installed: readonly InstalledPackage[];
  /** Header packages the enabled repositories offer, from local caches; absent when it was not asked or not known. */
  readonly available: readonly string[] | undefined;
}

export interface Tools {
  /** Commands found in PATH or the sbin directories, with their path. */
  readonly commands: Readonly<Record<string, string>>;
  /** Full version of `gcc`, like `12.2.0`. */
  readonly gcc: string | undefined;
  readonly make: string | undefined;
  readonly libc: string | undefined;
}

export interface Security {
  /** `/sys/kernel/security/lockdown`: the chosen word. */
  readonly lockdown: 'none' | 'integrity' | 'confidentiality' | undefined;
  readonly secureBoot: boolean | undefined;
  readonly efi: boolean;
  /** Unsigned modules are refused (`module.sig_enforce` or CONFIG_MODULE_SIG_FORCE). */
  readonly signatureEnforced: boolean | undefined;
  /** `/proc/sys/kernel/modules_disabled` is 1. */
  readonly modulesDisabled: boolean | undefined;
}

export interface Environment {
  readonly container: 'docker' | 'podman' | 'lxc' | 'openvz' | 'kubernetes' | 'other' | undefined;
  readonly wsl: boolean;
  /** Name of process 1. */
  readonly init: string | undefined;
}

export interface ModuleFile {
  readonly path: string;
  readonly vermagic: string | undefined;
}

export interface ToaState {
  readonly loaded: boolean;
  readonly version: string | undefined;
  readonly srcversion: string | undefined;
  /** Kinds of TCP option that the loaded module reads, where it can be told; facts saved by an older version have none. */
  readonly kinds?: readonly number[] | undefined;
  /** Every `toa.ko*` below `/lib/modules`. */
  readonly files: readonly ModuleFile[];
  /** Files that load it at boot. */
  readonly autoload: readonly string[];
  /** Scripts that would load it at boot if they were executable; facts saved by an older version have none. */
  readonly idleAutoload?: readonly string[];
}

/** A value read from JSON as facts, or `undefined` when it is something else. Looks at the outline, not at every leaf. */
export function asFacts(value: unknown): Facts | undefined {
  if (!isRecord(value) || value['version'] !== 1) return undefined;
  const objects = ['kernel', 'distribution', 'user', 'packages', 'tools', 'security', 'environment', 'toa'];
  const lists = ['moduleDirectories', 'trees'];
  const isFacts = objects.every((key) => isRecord(value[key])) && lists.every((key) => Array.isArray(value[key]));
  return isFacts ? (value as unknown as Facts) : undefined;
}
