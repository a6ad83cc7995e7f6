import type { Span } from '../text';

/** A blank within a line, as make sees it. */
export function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\r' || character === '\v' || character === '\f';
}

/** A blank or the end of a line. */
export function isSpace(character: string): boolean {
  return isBlank(character) || character === '\n';
}

/** The first position in `[start, end)` that is not a blank; `end` when all are. */
export function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text.charAt(at))) at++;
  return at;
}

/** The stretch without blanks and line ends around it. */
export function trimmed(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charAt(from))) from++;
  while (to > from && isSpace(text.charAt(to - 1))) to--;
  return { start: from, end: to };
}

/** The stretch without one pair of equal quotes around it. */
export function unquoted(text: string, span: Span): Span {
  const quote = text.charAt(span.start);
  const paired = span.end - span.start >= 2 && text.charAt(span.end - 1) === quote;
  return paired && (quote === '"' || quote === "'") ? { start: span.start + 1, end: span.end - 1 } : span;
}

/** The characters of a stretch. */
export function slice(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * The position after the reference whose `$` stands at `at`. Make counts only the kind of bracket that opened it
 * (GNU make 4.3, `find_map_unquote`); one that is never closed reaches to `end`.
 */
export function skipReference(text: string, at: number, end: number): number {
  const open = text.charAt(at + 1);
  if (open !== '(' && open !== '{') return Math.min(at + 2, end);
  const close = closingBracket(text, at + 1, end);
  return close === undefined ? end : close + 1;
}

/** Where the bracket at `at` is closed, counting only its own kind. */
export function closingBracket(text: string, at: number, end: number): number | undefined {
  const open = text.charAt(at);
  const close = open === '(' ? ')' : '}';
  let depth = 0;
  for (let i = at; i < end; i++) {
    const character = text.charAt(i);
    if (character === open) depth++;
    else if (character === close && --depth === 0) return i;
  }
  return undefined;
}

/** Where one of `wanted` stands outside references and not after a backslash; `end` when nowhere. */
export function findOutsideReferences(text: string, wanted: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const character = text.charAt(at);
    if (character === '$') at = skipReference(text, at, end);
    else if (character === '\\') at += 2;
    else if (wanted.includes(character)) return at;
    else at++;
  }
  return end;
}
