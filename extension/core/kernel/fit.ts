import type { RunningKernel } from '../facts';
import type { Message } from '../message';
import { message } from '../message';
import type { ModuleInfo } from './moduleFile';
import { parseRelease, seriesOf } from './release';
import type { LoadFlags, Vermagic } from './vermagic';
import { flagsOfKernel, parseVermagic } from './vermagic';

/** Whether the running kernel will accept a module's format. Signatures and missing symbols are another matter. */
export interface Fit {
  readonly verdict: 'loads' | 'refused' | 'unsure';
  readonly reason: Message;
}

/**
 * Compares a module's vermagic with the running kernel, as `check_modinfo()` in kernel/module does: the whole string counts, but
 * between two kernels with MODVERSIONS the release is skipped and the checksums of the symbols decide.
 */
export function fits(vermagic: Vermagic, kernel: RunningKernel): Fit {
  return (
    architectureMismatch(vermagic, kernel) ??
    flagMismatch(vermagic.flags, flagsOfKernel(kernel)) ??
    judgeRelease(vermagic, kernel)
  );
}

/** Like {@link fits} for a module file: its ELF machine counts too, and it may have no vermagic at all. */
export function moduleFits(module: ModuleInfo, kernel: RunningKernel): Fit {
  const runs = machinesOf(kernel.machine);
  if (runs !== undefined && !runs.includes(module.machine)) return otherMachine(module.machine, kernel.machine);
  const vermagic = parseVermagic(module.vermagic ?? '');
  if (vermagic !== undefined) return fits(vermagic, kernel);
  return {
    verdict: 'unsure',
    reason: message('The module carries no vermagic; the kernel accepts it only if it allows forced loading.'),
  };
}

function judgeRelease({ release, flags }: Vermagic, kernel: RunningKernel): Fit {
  const running = kernel.release;
  if (release === running) {
    return { verdict: 'loads', reason: message('The module is for the running kernel {running}.', { running }) };
  }
  const values = { release, running };
  if (flags.modversions === false || flagsOfKernel(kernel).modversions === false) {
    return {
      verdict: 'refused',
      reason: message('The module is for {release}, but {running} is running; the kernel refuses it.', values),
    };
  }
  if (seriesOf(parseRelease(release)) !== seriesOf(parseRelease(running))) {
    return {
      verdict: 'refused',
      reason: message(
        'The module is for {release}, but {running} is running; symbol versions differ between kernel series, so the kernel refuses it.',
        values,
      ),
    };
  }
  return {
    verdict: 'unsure',
    reason: message(
      'The module is for {release}, but {running} is running. With MODVERSIONS the kernel compares symbol versions instead of the release: the module may load, or be refused because it disagrees about the version of a symbol.',
      values,
    ),
  };
}

function flagMismatch(module: LoadFlags, kernel: LoadFlags): Fit | undefined {
  for (const [key, name] of flagNames) {
    if (module[key] === undefined || kernel[key] === undefined || module[key] === kernel[key]) continue;
    return {
      verdict: 'refused',
      reason: message('The module and the running kernel differ in the vermagic flag {flag}; the kernel refuses it.', {
        flag: name,
      }),
    };
  }
  return undefined;
}

const flagNames = [
  ['smp', 'SMP'],
  ['preempt', 'preempt'],
  ['modUnload', 'mod_unload'],
  ['modversions', 'modversions'],
] as const;

/** Words that asm/vermagic.h of each architecture adds; 64-bit x86 adds none. */
function architectureMismatch({ otherWords }: Vermagic, { machine }: RunningKernel): Fit | undefined {
  if (otherWords === undefined) return undefined;
  const word = otherWords.find((other) => architectureWord.test(other));
  const expected = vermagicWords.find(([pattern]) => pattern.test(machine))?.[1];
  if (expected === undefined) return undefined;
  if (word === undefined ? expected === 'none' : expected !== 'none' && expected.test(word)) return undefined;
  return otherMachine(word ?? 'x86_64', machine);
}

const architectureWord = /^(?:aarch64|ARMv\d.*|[3-6]86|586(?:TSC|MMX)|PENTIUM\w+|K[678]|CORE2|ATOM|riscv)$/;
const vermagicWords: readonly (readonly [RegExp, RegExp | 'none'])[] = [
  [/^x86_64$/, 'none'],
  [/^aarch64$/, /^aarch64$/],
  [/^arm/, /^ARMv/],
  [/^i[3-6]86$/, /^(?!aarch64|ARMv|riscv)/],
];

/** Names that ELF files of this machine have; `undefined` for a machine we do not know. */
function machinesOf(machine: string): readonly string[] | undefined {
  if (/^i[3-6]86$/.test(machine)) return ['i386'];
  if (/^armv/.test(machine)) return ['arm'];
  if (/^ppc64/.test(machine)) return ['ppc64'];
  return ['x86_64', 'aarch64', 's390x', 'riscv64', 'loongarch64'].includes(machine) ? [machine] : undefined;
}

function otherMachine(module: string, machine: string): Fit {
  return {
    verdict: 'refused',
    reason: message('The module is for the architecture {module}, but this machine is {machine}.', { module, machine }),
  };
}
