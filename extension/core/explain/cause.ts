import type { Facts } from '../facts';
import type { Message } from '../message';
import type { Evidence, Finding, Remedy } from './finding';
import type { Symptom } from './symptom';

/** All that is known about one failure: what the tools said, and, where a host was asked, its facts. */
export interface Case {
  readonly symptoms: readonly Symptom[];
  readonly facts: Facts | undefined;
  /** The release the user asked to build for; absent when it was left to the Makefile. */
  readonly wanted: string | undefined;
  /** The Makefile, as far as it was read. */
  readonly makefile: MakefileReading | undefined;
}

/** What explaining needs to know of a Makefile. */
export interface MakefileReading {
  /** It takes the running kernel's release by itself (`uname -r`) at one of the places that decide. */
  readonly usesUname: boolean;
  /** Releases written into it as text at the places that decide. */
  readonly literalReleases: readonly string[];
}

/** How well a cause explains a symptom. */
export interface Judgement {
  /** The symptom it explains; causes that explain the same one compete. */
  readonly symptom: Symptom;
  /** 0 to 100: from {@link CERTAIN} on it is proven by facts, from {@link LIKELY} on it is the best reading of the text. */
  readonly weight: number;
  readonly title: Message;
  readonly explanation: Message;
  /** Beyond the symptom itself. */
  readonly evidence?: readonly Evidence[];
  readonly remedies?: readonly Remedy[];
  readonly severity?: Finding['severity'];
}

export const CERTAIN = 90;
export const LIKELY = 50;

/** One cause of failure: a stable key of the catalogue, the family whose file holds it, and how it is told from the others. */
export interface Cause {
  readonly key: string;
  readonly family: string;
  /** The fact that tells it from the other causes of the same text. */
  readonly decidedBy: Message;
  /** Judges the case; `undefined` when the facts refute it or nothing in the text speaks of it. */
  judge(kase: Case): Judgement | undefined;
}

/** Evidence from the host itself, in words that name the place where it can be looked up. */
export function hostFact(text: string): Evidence {
  return { source: 'host', line: 0, text };
}
