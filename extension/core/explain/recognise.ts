import { bareLine, isRecipe } from './bareLine';
import { LINE_LIMIT } from './lineScanner';
import { RECOGNISERS, type Guarded, type Said } from './recognisers';
import type { Symptom } from './symptom';

/** What one line of tool output says, if anything. `line` counts from 1. */
export function recogniseLine(text: string, line: number): Symptom | undefined {
  const head = bareLine(text.slice(0, LINE_LIMIT));
  if (isRecipe(head)) return undefined;
  const said = recogniseText(head);
  return said && { ...said, line, text: head.trim(), source: 'output' };
}

/** What a text says that may be put together from several lines. */
export function recogniseText(text: string): Said | undefined {
  return firstThatFits(
    text,
    RECOGNISERS.filter(({ guards }) => guards.some((guard) => text.includes(guard))),
  );
}

/** What the first of these recognisers that fits makes of a line. */
export function firstThatFits(line: string, recognisers: readonly Guarded[]): Said | undefined {
  for (const { recognise } of recognisers) {
    const said = recognise(line);
    if (said !== undefined) return said;
  }
  return undefined;
}
