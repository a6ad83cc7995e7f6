import type { Span } from '../text';

/** A C source and its code: the same text with comments and what is between quotes blanked, so that offsets agree. */
export interface CSource {
  readonly text: string;
  readonly code: string;
  readonly lineEnding: '\n' | '\r\n';
}

/** Reads a C source. Linear; what is never closed reaches to the end. */
export function readC(text: string): CSource {
  const pieces: string[] = [];
  let done = 0;
  for (let at = 0; at < text.length;) {
    const end = endOfHidden(text, at);
    if (end === undefined) {
      at += 1;
      continue;
    }
    pieces.push(text.slice(done, at), blank(text.slice(at, end)));
    done = at = end;
  }
  pieces.push(text.slice(done));
  return { text, code: pieces.join(''), lineEnding: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** Where a comment, string or character that starts here ends; `undefined` where none starts. */
function endOfHidden(text: string, at: number): number | undefined {
  const first = text.charAt(at);
  if (first === '"' || first === "'") return endOfQuoted(text, at, first);
  if (first !== '/') return undefined;
  const second = text.charAt(at + 1);
  if (second === '/') return endOfLogicalLine(text, at);
  if (second !== '*') return undefined;
  const close = text.indexOf('*/', at + 2);
  return close < 0 ? text.length : close + 2;
}

/** A quote ends at its pair, or at the end of its line when there is none. */
function endOfQuoted(text: string, start: number, quote: string): number {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== quote) {
    if (text.charAt(at) === '\n') return at;
    at += text.charAt(at) === '\\' ? 2 : 1;
  }
  return Math.min(at + 1, text.length);
}

/** Where a line ends, before its line ending; a backslash at its end joins the next one. */
function endOfLogicalLine(text: string, start: number): number {
  for (let from = start; ;) {
    const newline = text.indexOf('\n', from);
    if (newline < 0) return text.length;
    const end = text.charAt(newline - 1) === '\r' ? newline - 1 : newline;
    if (text.charAt(end - 1) !== '\\') return end;
    from = newline + 1;
  }
}

/** Quotes stay, so that an argument is seen to be there. */
function blank(text: string): string {
  const blanks = text.replace(/[^\r\n]/g, ' ');
  const quote = text.charAt(0);
  if (quote === '/') return blanks;
  return text.length > 1 && text.endsWith(quote) ? quote + blanks.slice(1, -1) + quote : quote + blanks.slice(1);
}

/** Every place where a name stands as a word of the code. `name` is an identifier. */
export function findName({ code }: CSource, name: string): readonly Span[] {
  return [...code.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].map(({ index }) => ({
    start: index,
    end: index + name.length,
  }));
}

/** A name with an argument or parameter list behind it. */
export interface Call extends Span {
  readonly name: Span;
  /** Without the blanks around them. */
  readonly arguments: readonly Span[];
}

/** More calls of one function than people write; a source that has them is no work for a quick fix. */
const MOST_CALLS = 100;
/** Characters. */
const LONGEST_CALL = 10_000;

/** Every call, declaration and definition of a function or macro; none where there are more than people write. */
export function findCalls(source: CSource, name: string): readonly Call[] {
  const names = findName(source, name);
  return names.length > MOST_CALLS ? [] : names.flatMap((span) => callAt(source, span) ?? []);
}

/** The list of arguments behind a name; `undefined` when none stands there, or it is never closed. */
export function callAt({ code }: CSource, name: Span): Call | undefined {
  const open = skipSpace(code, name.end);
  if (code.charAt(open) !== '(') return undefined;
  const commas = [open];
  let depth = 0;
  const end = Math.min(code.length, open + LONGEST_CALL);
  for (let at = open; at < end; at += 1) {
    const character = code.charAt(at);
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (character === ',' && depth === 1) commas.push(at);
    if (depth === 0) return { name, start: name.start, end: at + 1, arguments: between(code, [...commas, at]) };
  }
  return undefined;
}

function between(code: string, marks: readonly number[]): readonly Span[] {
  return marks.slice(1).map((mark, index) => {
    const start = skipSpace(code, (marks[index] ?? 0) + 1);
    let end = mark;
    while (end > start && /\s/.test(code.charAt(end - 1))) end -= 1;
    return { start: Math.min(start, end), end };
  });
}

function skipSpace(code: string, from: number): number {
  let at = from;
  while (at < code.length && /\s/.test(code.charAt(at))) at += 1;
  return at;
}

/** An `#include` line. */
export interface IncludeLine extends Span {
  /** What stands between the brackets or quotes. */
  readonly header: string;
  readonly headerSpan: Span;
}

/** Every `#include` of the code, in its order; spans leave out the line ending. */
export function findIncludes({ text, code }: CSource): readonly IncludeLine[] {
  return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*[<"]([^>"\r\n]+)[>"][^\r\n]*/gm)].flatMap((match) => {
    const { 0: line, 1: header = '', index } = match;
    if (!code.slice(index, index + line.length).includes('#')) return [];
    const start = index + line.search(/[<"]/) + 1;
    return [{ start: index, end: index + line.length, header, headerSpan: { start, end: start + header.length } }];
  });
}
