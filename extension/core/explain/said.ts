import type { Message } from '../message';
import type { Case, Cause } from './cause';
import type { Finding, Remedy } from './finding';
import type { Said, SignName } from './signs';
import { allSaid, type SaidSymptom } from './symptom';

type Values = Said['values'];
type Sentence = Message | ((values: Values, kase: Case) => Message);

/** A cause that one of a few signs names, as data. */
export interface SaidRow {
  readonly key: string;
  readonly family: string;
  readonly signs: readonly SignName[];
  readonly weight: number | ((said: SaidSymptom, kase: Case) => number);
  readonly decidedBy: Message;
  readonly title: Sentence;
  readonly explanation: Sentence;
  readonly severity?: Finding['severity'];
  /** Holds for the symptoms that speak of this cause; for all when absent. */
  readonly when?: (said: SaidSymptom, kase: Case) => boolean;
  readonly remedies?: (kase: Case, values: Values) => readonly Remedy[];
}

/** The first of these values that a line has: a pattern names one thing differently in each of its languages. */
export function firstValue(values: Values, ...names: readonly string[]): string | undefined {
  return names.map((name) => values[name]).find((value) => value !== undefined);
}

/** Makes the cause of a row: the first symptom with one of its signs for which the row holds. */
export function saidCause(row: SaidRow): Cause {
  const { key, family, decidedBy, signs, when = () => true, weight } = row;
  return {
    key,
    family,
    decidedBy,
    judge(kase) {
      const symptom = allSaid(kase.symptoms, ...signs).find((said) => when(said, kase));
      if (symptom === undefined) return undefined;
      const say = (sentence: Sentence): Message =>
        typeof sentence === 'function' ? sentence(symptom.values, kase) : sentence;
      return {
        symptom,
        weight: typeof weight === 'number' ? weight : weight(symptom, kase),
        title: say(row.title),
        explanation: say(row.explanation),
        remedies: row.remedies?.(kase, symptom.values) ?? [],
        ...(row.severity === undefined ? {} : { severity: row.severity }),
      };
    },
  };
}
