/** A stretch of a text: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replaces one stretch of a text. Edits of one list refer to the same original text and do not overlap. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** Applies edits to a text, in linear time. Every byte outside the edits is kept; edits at one place keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const inOrder = [...edits].sort((a, b) => a.start - b.start);
  const pieces = inOrder.map((edit, index) => text.slice(inOrder[index - 1]?.end ?? 0, edit.start) + edit.text);
  return [...pieces, text.slice(inOrder.at(-1)?.end ?? 0)].join('');
}
