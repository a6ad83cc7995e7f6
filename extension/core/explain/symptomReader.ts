import { bareLine, isRecipe } from './bareLine';
import { beginning, continued, type BrokenLine } from './brokenLine';
import { emptyBuild } from './emptyBuild';
import { KeptSymptoms, kindOf } from './keptSymptoms';
import { LineScanner } from './lineScanner';
import { firstThatFits, recogniseText } from './recognise';
import { CONTEXT, RECOGNISERS, type Guarded, type Said } from './recognisers';
import type { Symptom } from './symptom';
import { findWords } from './wordFinder';

/** Reads a log of any size while make still runs: what it keeps does not grow with the log. */
export interface SymptomReader {
  /** Takes a piece of output, cut anywhere. */
  feed(chunk: string): void;
  /** Reads what is left and gives the symptoms in order. */
  end(): readonly Symptom[];
}

/** A reader for one text. Only lines with one of the guards, and those that may end a broken message, are ever looked at by a pattern. */
export function createSymptomReader(): SymptomReader {
  return new Reader();
}

/** All symptoms of a whole text. */
export function readSymptoms(output: string): readonly Symptom[] {
  const reader = createSymptomReader();
  reader.feed(output);
  return reader.end();
}

/** Everything that is looked for. What says that something failed comes first, then what is only context. */
const PARTS: readonly Guarded[] = [...RECOGNISERS, ...CONTEXT];

const FINDER = findWords(PARTS.map(({ guards }) => guards));

class Reader implements SymptomReader {
  private readonly kept = new KeptSymptoms();
  /** The one that make entered last. */
  private directory: string | undefined;
  /** The message whose end has not come yet. */
  private broken: BrokenLine | undefined;
  private readonly scanner = new LineScanner(FINDER, (raw, line, owners) => this.read(raw, line, owners));

  feed(chunk: string): void {
    this.scanner.feed(chunk);
  }

  end(): readonly Symptom[] {
    this.scanner.end();
    return this.kept.symptoms;
  }

  private read(raw: string, line: number, owners: readonly number[]): boolean {
    const text = bareLine(raw);
    if (isRecipe(text)) return false;
    const parts = owners.flatMap((owner) => PARTS[owner] ?? []);
    const failures = owners.filter((owner) => owner < RECOGNISERS.length).length;
    this.readContext(text, line, parts.slice(failures));
    this.readFailure(text, line, parts.slice(0, failures));
    return this.broken !== undefined;
  }

  private readContext(text: string, line: number, parts: readonly Guarded[]): void {
    for (const { recognise } of parts) {
      const said = recognise(text);
      if (said === undefined) continue;
      if (said.kind === 'said' && said.sign === 'entered') this.directory = said.values['path'];
      this.keep(said, line, text);
    }
  }

  /** What the line says, by itself or as the rest of the message before it. */
  private readFailure(text: string, line: number, parts: readonly Guarded[]): void {
    const said = emptyBuild(text, this.directory) ?? firstThatFits(text, parts);
    const rest = isVague(said) && this.broken !== undefined ? mended(this.broken, text) : undefined;
    if (rest?.said !== undefined) {
      this.keep(rest.said, rest.message.line, rest.message.text);
      this.broken = undefined;
      return;
    }
    if (said !== undefined) this.keep(said, line, text);
    this.broken = isVague(said) ? (rest?.message ?? beginning(text, line)) : undefined;
  }

  private keep(said: Said, line: number, text: string): void {
    const kind = kindOf(said);
    if (this.kept.isFull(kind)) return;
    this.kept.add({ ...said, line, text: text.trim(), source: 'output' });
    // Where make is stays of interest to the end.
    if (!this.kept.isFull(kind) || kind === 'entered') return;
    PARTS.forEach((part, owner) => {
      if (part.kind === kind) this.scanner.mute(owner);
    });
  }
}

/** It does not tell more than that something failed. */
const isVague = (said: Said | undefined): boolean => said === undefined || said.kind === 'error-line';

/** A broken message with the next line: what it says now, or what it is so far. `undefined` when that line does not belong to it. */
function mended(
  broken: BrokenLine,
  next: string,
): { readonly message: BrokenLine; readonly said: Said | undefined } | undefined {
  const read = continued(broken, next).map((message) => ({ message, said: recogniseText(message.text) }));
  const [first] = read;
  return read.find(({ said }) => !isVague(said)) ?? (first && { ...first, said: undefined });
}
