import type { Guarded, Said } from './recognisers';
import type { Symptom } from './symptom';

/** How many symptoms of a kind are kept: the first ones matter, and memory must not grow with the log. */
const KEPT_PER_KIND = 100;

/** A note belongs to the message above it: at most so many lines away, for the source is quoted between. */
const NOTE_REACH = 20;

/** What is kept of a log of any size. */
export class KeptSymptoms {
  readonly symptoms: Symptom[] = [];
  private readonly counts = new Map<Guarded['kind'], number>();

  /** There is no more room for symptoms of this kind. */
  isFull(kind: Guarded['kind']): boolean {
    return (this.counts.get(kind) ?? 0) >= KEPT_PER_KIND;
  }

  add(symptom: Symptom): void {
    const kind = kindOf(symptom);
    // Notes to messages that are not kept would use up the room for others.
    if (kind === 'note' && symptom.line - (this.symptoms.at(-1)?.line ?? -NOTE_REACH) > NOTE_REACH) return;
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    this.symptoms.push(symptom);
  }
}

/** The kind of what a line says; a sign counts by its name. */
export const kindOf = (said: Said): Guarded['kind'] => (said.kind === 'said' ? said.sign : said.kind);
