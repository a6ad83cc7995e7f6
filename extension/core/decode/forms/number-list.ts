import type { Fragment } from './fragment';
import type { Written } from './written';
import { WrittenBuilder } from './written';

const OPEN = /[[{(]/g;
/** `200`, `-56` (Java), `200u8` and `0xc8_u8` (Rust), `(byte) 0xc8`, `0xc8.toByte()` (Kotlin), `"0":200` (JSON of a Uint8Array). */
const NUMBER =
  /(?:"\d{1,5}"\s?:\s?)?(?<cast>\(byte\)\s?)?(?:0x(?<hex>[0-9a-f]{1,2})|(?<decimal>-?\d{1,3}))(?<suffix>_?[ui]8|\.toByte\(\))?(?=[\s,\])}])/iy;
const BETWEEN = /[\s,]{0,80}(?:\/\/[^\n]{0,200}\n\s{0,80})?/y;
const CLOSE = /[\])}]/y;
const SHORTEST = 4;

/**
 * Lists of numbers in brackets: Python's `[200, 8, …]`, Node's `Uint8Array(8) [ 200, … ]` and `{"type":"Buffer","data":[…]}`, Go's
 * `[200 8 …]`, Java's signed bytes, casts and suffixes. Lists with anything else in them, and those of plain hexadecimal numbers, are left
 * to other forms.
 */
export function readNumberList(text: string): readonly Fragment[] | undefined {
  const fragments: Fragment[] = [];
  for (const { index } of text.matchAll(OPEN)) {
    const written = readList(text, index + 1);
    if (written !== undefined) fragments.push({ as: 'unknown', frame: fragments.length + 1, written });
  }
  return fragments.length > 0 ? fragments : undefined;
}

function readList(text: string, from: number): Written | undefined {
  const builder = new WrittenBuilder();
  let plain = true;
  let at = behind(BETWEEN, text, from);
  for (;;) {
    NUMBER.lastIndex = at;
    const match = NUMBER.exec(text);
    if (match === null) break;
    const { cast, hex, decimal, suffix } = match.groups ?? {};
    const value = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (value > 255 || value < -128) return undefined;
    plain &&= decimal === undefined && cast === undefined && suffix === undefined;
    builder.push(value & 0xff, at, at + match[0].length);
    at = behind(BETWEEN, text, at + match[0].length);
  }
  CLOSE.lastIndex = at;
  return builder.length >= SHORTEST && !plain && CLOSE.test(text) ? builder.finish() : undefined;
}

function behind(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** Six numbers or more, with or without a sign, and nothing but blanks and commas between them. */
const DECIMALS = /(?<![\w.:/-])-?\d{1,3}(?:[\s,]{1,8}-?\d{1,3}){5,}(?![\w.:/])/g;
/** Hexadecimal numbers without leading zeros, as `%x` prints them. What stands behind them is looked at by {@link wholeNumbers}. */
const SHORT_HEX = /(?<![\w.:/-])[0-9a-f]{1,2}(?:[\s,:]{1,3}[0-9a-f]{1,2}){6,}/gi;
/** Bits of one byte each. */
const BITS = /(?<![\w.:/-])(?:0b)?[01]{8}(?:[\s,]{1,4}(?:0b)?[01]{8}){5,}(?![\w.:/])/gi;

/** Numbers without brackets that no other form reads: decimal, binary, and hexadecimal without leading zeros. */
export function readLooseNumbers(text: string): readonly Fragment[] | undefined {
  const fragments: Fragment[] = [];
  const take = (written: Written): void => {
    fragments.push({ as: 'unknown', frame: 1, written, confidence: 'likely' });
  };
  for (const { 0: run, index } of text.matchAll(BITS)) take(numbersIn(run, index, /[01]{8}/g, 2));
  for (const { 0: run, index } of text.matchAll(DECIMALS)) take(numbersIn(run, index, /-?\d+/g, 10));
  for (const { 0: run, index } of text.matchAll(SHORT_HEX))
    take(numbersIn(wholeNumbers(run, text[index + run.length]), index, /[0-9a-f]+/gi, 16));
  return fragments.length > 0 ? fragments : undefined;
}

/**
 * The run up to its last number that ends at a blank, a comma, or the end of the text: `7` of `7f:ee` is no number. A pattern that looked
 * ahead would go back over the run from each of its numbers.
 */
function wholeNumbers(run: string, next = ' '): string {
  if (!/[\w.:/]/.test(next)) return run;
  for (let at = run.length - 1; at > 0; at--)
    if (/[\s,]/.test(run[at] ?? '') && /[0-9a-f]/i.test(run[at - 1] ?? '')) return run.slice(0, at);
  return '';
}

/** Numbers beyond a byte give a list that says nothing. */
function numbersIn(run: string, index: number, number: RegExp, base: number): Written {
  const builder = new WrittenBuilder();
  for (const match of run.matchAll(number)) {
    const value = Number.parseInt(match[0], base);
    if (value > 255 || value < -128) return new WrittenBuilder().finish();
    const at = index + match.index;
    builder.push(value & 0xff, at, at + match[0].length);
  }
  return builder.finish();
}
