import type { Facts } from '../../facts';
import type { Case, Cause, Judgement } from '../cause';
import { missingBuild, type Missing } from '../missingBuild';

// One text, ten causes: "/lib/modules/X/build: No such file or directory". Without facts every cause here is possible and says which fact
// would decide; with facts exactly one is proven.

/** The weights of a guess from the text alone, from the most common cause to the rarest. */
export const GUESS = { common: 55, plausible: 30, rare: 20 } as const;

/** How a cause reads a missing build directory. */
export type Reading = Pick<Judgement, 'weight' | 'title' | 'explanation'> & Partial<Judgement>;

/** A cause of a missing build directory: how it reads without facts, and when the facts prove it. */
export function headerCause(
  key: string,
  decidedBy: Cause['decidedBy'],
  guess: (missing: Missing, kase: Case) => Reading | undefined,
  prove: (missing: Missing, facts: Facts) => Reading | undefined,
): Cause {
  return {
    key,
    family: 'headers',
    decidedBy,
    judge(kase: Case) {
      const missing = missingBuild(kase);
      if (missing === undefined) return undefined;
      const reading = kase.facts === undefined ? guess(missing, kase) : prove(missing, kase.facts);
      return reading === undefined ? undefined : { symptom: missing.symptom, ...reading };
    },
  };
}

/** What the host has at the place of the build link, as evidence. */
export function linkState(missing: Missing): string {
  const { directory, path } = missing;
  if (directory === undefined) return `${path}: ENOENT`;
  const { state, target } = directory.build;
  return `${directory.path}/build: ${state}${target === undefined ? '' : ` -> ${target}`}`;
}
