import type { Case } from './cause';
import { releaseInPath } from './recognisers';
import { allSaid, type Symptom } from './symptom';

/** The release a log is about: where make went, what dkms said, or what runs. `undefined` when nothing names one. */
export function kernelOf({ symptoms, facts, wanted }: Case): string | undefined {
  const named = symptoms.map(releaseNamed).find((release) => release !== undefined);
  return named ?? wanted ?? runningOf({ symptoms, facts });
}

/** The running kernel, by the facts or by a line of uname in the text. */
export function runningOf({ symptoms, facts }: Pick<Case, 'symptoms' | 'facts'>): string | undefined {
  return facts?.kernel.release ?? allSaid(symptoms, 'running')[0]?.values['release'];
}

/** Its release is at least this one; `undefined` when the log does not name a kernel. */
export function isAtLeast(kase: Case, major: number, minor: number): boolean | undefined {
  const numbers = /^(\d+)\.(\d+)/.exec(kernelOf(kase) ?? '');
  if (numbers === null) return undefined;
  const [, first, second] = numbers.map(Number);
  return first === undefined || second === undefined
    ? undefined
    : first > major || (first === major && second >= minor);
}

function releaseNamed(symptom: Symptom): string | undefined {
  if (symptom.kind === 'error-line') return releaseInPath(symptom.text)?.match(/^\d[^\s:]*/)?.[0];
  if (symptom.kind !== 'said') return undefined;
  if (symptom.sign === 'dkms-kernel') return symptom.values['release'];
  if (symptom.sign !== 'entered' && symptom.sign !== 'make-in') return undefined;
  return releaseInPath(symptom.values['path'] ?? '')?.match(/^\d.*/)?.[0];
}
