/** A stretch of a text: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replaces one stretch of a text. Edits of one list refer to the same original text and do not overlap. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** Applies edits to a text. Every byte outside the edits is kept. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}
