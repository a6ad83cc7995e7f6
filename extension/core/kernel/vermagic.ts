import type { KernelTree, RunningKernel } from '../facts';

/** What a kernel and a module must have in common besides the release. `undefined` where it is not known. */
export interface LoadFlags {
  readonly smp: boolean | undefined;
  readonly preempt: 'none' | 'preempt' | 'preempt_rt' | undefined;
  readonly modUnload: boolean | undefined;
  readonly modversions: boolean | undefined;
}

/** The string in a module's `.modinfo` that the kernel compares with its own: `6.1.0-50-amd64 SMP preempt mod_unload modversions`. */
export interface Vermagic {
  readonly release: string;
  readonly flags: LoadFlags;
  /** Words of the architecture (`aarch64`, `ARMv7`, `686`) and of hardening. Absent when they are not known. */
  readonly otherWords: readonly string[] | undefined;
}

/** Takes a vermagic apart. `undefined` when there is no word in it. Format: include/linux/vermagic.h of the kernel. */
export function parseVermagic(text: string): Vermagic | undefined {
  const [release, ...words] = text.trim().split(/\s+/);
  if (release === undefined || release === '') return undefined;
  const known = new Set(['SMP', 'preempt', 'preempt_rt', 'mod_unload', 'modversions']);
  return {
    release,
    flags: {
      smp: words.includes('SMP'),
      preempt: preemptOf(words),
      modUnload: words.includes('mod_unload'),
      modversions: words.includes('modversions'),
    },
    otherWords: words.filter((word) => !known.has(word)),
  };
}

/** The release that a vermagic begins with. */
export function releaseOfVermagic(text: string | undefined): string | undefined {
  return parseVermagic(text ?? '')?.release;
}

/** The vermagic that a module built with this tree will have, as far as the tree tells. `undefined` for an unprepared tree. */
export function vermagicOfTree(tree: KernelTree): Vermagic | undefined {
  if (tree.release === undefined) return undefined;
  return { release: tree.release, flags: flagsOfConfig(tree.config), otherWords: undefined };
}

/** The flags of the running kernel: `uname -v` names SMP and PREEMPT, the configuration tells the rest. */
export function flagsOfKernel({ version, config }: RunningKernel): LoadFlags {
  const fromConfig = flagsOfConfig(config);
  if (!version.startsWith('#')) return fromConfig;
  const words = version.split(' ');
  return { ...fromConfig, smp: words.includes('SMP'), preempt: preemptOfBuild(words) };
}

function flagsOfConfig(config: Readonly<Record<string, string>>): LoadFlags {
  // A configuration lists what is on; that an option is missing tells something only where the rest is there.
  const off = config['MODULES'] === 'y' ? false : undefined;
  const flag = (key: string) => (config[key] === 'y' ? true : off);
  return {
    smp: flag('SMP'),
    preempt: preemptOfConfig(config),
    modUnload: flag('MODULE_UNLOAD'),
    modversions: flag('MODVERSIONS'),
  };
}

/** Kernels with PREEMPT_RT say `preempt_rt` or `preempt`, depending on their version: left open. */
function preemptOfConfig(config: Readonly<Record<string, string>>): LoadFlags['preempt'] {
  if (config['PREEMPT_RT'] === 'y') return undefined;
  if (['PREEMPT_BUILD', 'PREEMPT', 'PREEMPT_DYNAMIC'].some((key) => config[key] === 'y')) return 'preempt';
  return Object.keys(config).some((key) => key.startsWith('PREEMPT')) ? 'none' : undefined;
}

function preemptOfBuild(words: readonly string[]): LoadFlags['preempt'] {
  if (words.includes('PREEMPT_RT') || words.includes('RT')) return undefined;
  return words.some((word) => word.startsWith('PREEMPT')) ? 'preempt' : 'none';
}

function preemptOf(words: readonly string[]): LoadFlags['preempt'] {
  if (words.includes('preempt_rt')) return 'preempt_rt';
  return words.includes('preempt') ? 'preempt' : 'none';
}
