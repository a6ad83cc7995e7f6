import { bareLine, isRecipe } from './bareLine';
import { LINE_LIMIT, LineScanner } from './lineScanner';
import { CONTEXT, RECOGNISERS, releaseInPath, type Guarded, type Said } from './recognisers';
import type { Symptom } from './symptom';
import { findWords } from './wordFinder';

/** What one line of tool output says, if anything. `line` counts from 1. */
export function recogniseLine(text: string, line: number): Symptom | undefined {
  const head = bareLine(text.slice(0, LINE_LIMIT));
  if (isRecipe(head)) return undefined;
  const said = firstThatFits(
    head,
    RECOGNISERS.filter(({ guards }) => guards.some((guard) => head.includes(guard))),
  );
  return said && { ...said, line, text: head.trim(), source: 'output' };
}

function firstThatFits(line: string, recognisers: readonly Guarded[]): Said | undefined {
  for (const { recognise } of recognisers) {
    const said = recognise(line);
    if (said !== undefined) return said;
  }
  return undefined;
}

// "make[1]: Entering directory '/usr/lib/modules/X/build'" followed by "No rule to make target 'modules'" is one symptom of two lines.
const ENTERING = /: Entering directory ['‘`"]?([^'’"\s]+)/;
const NO_MAKEFILE = /\*\*\* (?:No rule to make target ['‘`"]modules['’"]|No targets specified and no makefile found)/;

/** Reads a log of any size while make still runs: what it keeps does not grow with the log. */
export interface SymptomReader {
  /** Takes a piece of output, cut anywhere. */
  feed(chunk: string): void;
  /** Reads what is left and gives the symptoms in order. */
  end(): readonly Symptom[];
}

/** Everything that is looked for. What says that something failed comes first, then what is only context. */
const PARTS: readonly Guarded[] = [...RECOGNISERS, ...CONTEXT];

const FINDER = findWords(PARTS.map(({ guards }) => guards));

/** A reader for one text. Only lines with one of the guards are ever looked at by a pattern. */
export function createSymptomReader(): SymptomReader {
  const kept = new Kept();
  let directory: string | undefined;

  const scanner = new LineScanner(FINDER, (raw, line, owners) => {
    const text = bareLine(raw);
    if (isRecipe(text)) return;
    if (text.includes(': Entering directory')) directory = ENTERING.exec(text)?.[1] ?? directory;
    const parts = owners.flatMap((owner) => PARTS[owner] ?? []);
    const failures = owners.filter((owner) => owner < RECOGNISERS.length).length;
    const said = emptyBuild(text, directory) ?? firstThatFits(text, parts.slice(0, failures));
    const context = parts.slice(failures).map(({ recognise }) => recognise(text));
    for (const one of [said, ...context]) {
      if (one === undefined || kept.isFull(kindOf(one))) continue;
      kept.add({ ...one, line, text: text.trim(), source: 'output' });
      if (kept.isFull(kindOf(one))) muteAll(kindOf(one));
    }
  });
  const muteAll = (kind: Guarded['kind']): void => {
    // Where make is stays of interest to the end.
    if (kind === 'entered') return;
    PARTS.forEach((part, owner) => {
      if (part.kind === kind) scanner.mute(owner);
    });
  };
  return {
    feed: (chunk) => {
      scanner.feed(chunk);
    },
    end() {
      scanner.end();
      return kept.symptoms;
    },
  };
}

const kindOf = (said: Said): Guarded['kind'] => (said.kind === 'said' ? said.sign : said.kind);

function emptyBuild(text: string, directory: string | undefined): Said | undefined {
  if (directory === undefined || !NO_MAKEFILE.test(text)) return undefined;
  const release = releaseInPath(directory);
  return release === undefined ? undefined : { kind: 'empty-build', path: directory, release };
}

/** How many symptoms of a kind are kept: the first ones matter, and memory must not grow with the log. */
const KEPT_PER_KIND = 100;

/** A note belongs to the message above it: at most so many lines away, for the source is quoted between. */
const NOTE_REACH = 20;

class Kept {
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

/** All symptoms of a whole text. */
export function readSymptoms(output: string): readonly Symptom[] {
  const reader = createSymptomReader();
  reader.feed(output);
  return reader.end();
}
