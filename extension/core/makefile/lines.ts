import type { Span } from '../text';

/** One line as make reads it: physical lines joined by backslashes. */
export interface LogicalLine {
  /** With its line ending: the lines of a text tile it. */
  readonly span: Span;
  /** Where its content ends: before the line ending. */
  readonly contentEnd: number;
}

/** The logical line that starts at `start`. Make drops the CR of a CRLF before it looks for the backslash. */
export function logicalLine(text: string, start: number): LogicalLine {
  let from = start;
  for (;;) {
    const newline = text.indexOf('\n', from);
    if (newline < 0) return { span: { start, end: text.length }, contentEnd: text.length };
    const contentEnd = newline > from && text.charAt(newline - 1) === '\r' ? newline - 1 : newline;
    if (backslashesBefore(text, contentEnd, from) % 2 === 0) {
      return { span: { start, end: newline + 1 }, contentEnd };
    }
    from = newline + 1;
  }
}

function backslashesBefore(text: string, end: number, start: number): number {
  let at = end;
  while (at > start && text.charAt(at - 1) === '\\') at--;
  return end - at;
}

/** The line ending that a text uses first; LF when it has none. */
export function lineEnding(text: string): '\n' | '\r\n' {
  const newline = text.indexOf('\n');
  return newline > 0 && text.charAt(newline - 1) === '\r' ? '\r\n' : '\n';
}

/** A value with its continuation lines joined by one space, as make joins them outside recipes. */
export function joinContinuations(value: string): string {
  if (!value.includes('\\\n') && !value.includes('\\\r\n')) return value;
  const pieces = value.split(/\\\r?\n/);
  return pieces.map((piece, index) => trimInner(piece, index, pieces.length)).join(' ');
}

function trimInner(piece: string, index: number, count: number): string {
  const left = index === 0 ? piece : piece.trimStart();
  return index === count - 1 ? left : left.trimEnd();
}
