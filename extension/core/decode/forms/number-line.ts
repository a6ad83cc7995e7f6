import type { DumpLine } from './dump-line';
import type { Line } from './fragment';
import { linesOf } from './fragment';

/** An offset and numbers: `0000020 212 …` (od, hexdump), `000010 …` (od -Ax), `0x7ffe1000 <opt+8>:\t200` (gdb), with the text that `od -tu1z` and x/cb add. */
const LINE =
  /^[\s>|]{0,8}(?<offset>(?:0x)?[0-9a-f]{6,16})(?:(?: <[^>]{1,80}>)?:)?(?<numbers>(?:\s{1,24}-?\d{1,22}(?: '(?:[^'\\]|\\[^0-7]|\\[0-7]{3})')?){1,64})(?:\s{1,80}>.{0,64}<)?$/i;
/** xxd -b: as many bits as it has columns, then the text. */
const BITS = /^[\s>|]{0,8}(?<offset>[0-9a-f]{8}):(?<numbers>(?: [01]{8}){1,64})(?: {2,600}.{0,64})?$/i;
const NUMBER = /(?<=\s)-?\d+/g;
const BEGINNING = /^[\s>|]{0,8}(?:0x)?[0-9a-f]{6}/i;
/** Columns of od -c and hexdump -c: a character, an escape or three octal digits, ending at every fourth place. */
const CHARACTERS = /^[0-9a-f]{7}(?: {3}[^\s]| {2}\\[0abtnvfr]| [0-3][0-7]{2}| {4}){1,16}$/i;
const CHARACTER_WIDTH = 4;
const OCTAL_BYTE = /^[0-3][0-7]{2}$/;
const ESCAPED: ReadonlyMap<string, number> = new Map([
  ['\\0', 0],
  ['\\a', 7],
  ['\\b', 8],
  ['\\t', 9],
  ['\\n', 10],
  ['\\v', 11],
  ['\\f', 12],
  ['\\r', 13],
]);
/** Lines that decide; a dump has one notation from its first line to its last. */
const MOST_COMPARED = 200;

type ReadLine = (line: Line) => DumpLine | undefined;

/** How numbers are written that are not hexadecimal. */
interface Notation {
  readonly base: 2 | 8 | 10;
  /** Bytes of one number, in the order of a little-endian machine. */
  readonly size: 1 | 2 | 4 | 8;
}

/**
 * A reader of the lines of a dump that is not in hexadecimal digits: od and hexdump with decimal or octal numbers or characters, xxd -b,
 * gdb's x/ub, x/db, x/ob and x/tb. `undefined` when any line is in hexadecimal digits, or in octal ones that `readDumpLine` knows.
 */
export function numberLines(text: string): ReadLine | undefined {
  const rows: string[][] = [];
  let characters = 0;
  for (const { text: line } of linesOf(text)) {
    if (line.length < 10 || !BEGINNING.test(line)) continue;
    const numbers = numbersIn(line);
    if (numbers !== undefined) rows.push(numbers);
    else if (CHARACTERS.test(line)) characters++;
    else return undefined;
    if (rows.length + characters >= MOST_COMPARED) break;
  }
  if (characters > 0)
    return rows.flat().every((number) => OCTAL_BYTE.test(number)) ? (line) => readCharacters(text, line) : undefined;
  const notation = notationOf(rows.flat());
  return notation && ((line) => readNumbers(line, notation));
}

function numbersIn(line: string): string[] | undefined {
  const match = BITS.exec(line) ?? LINE.exec(line);
  return match?.groups?.['numbers']?.match(NUMBER) ?? undefined;
}

/** Octal numbers by how many digits od and hexdump give all of them. Three are left to `readDumpLine`. */
const OCTAL_SIZES: ReadonlyMap<number, Notation['size']> = new Map([
  [6, 2],
  [11, 4],
  [22, 8],
]);
/** Numbers of one of these widths can be hexadecimal. */
const HEXADECIMAL_WIDTHS: ReadonlySet<number> = new Set([2, 4, 8, 16]);

function notationOf(numbers: readonly string[]): Notation | undefined {
  if (numbers.length === 0) return undefined;
  const every = (pattern: RegExp): boolean => numbers.every((number) => pattern.test(number));
  const width = widthOf(numbers);
  if (width === 8 && every(/^[01]+$/)) return { base: 2, size: 1 };
  if (every(/^[0-7]+$/)) {
    const size = OCTAL_SIZES.get(width);
    if (size !== undefined) return { base: 8, size };
    if (every(/^0(?:[1-7][0-7]{0,2})?$/)) return { base: 8, size: 1 };
    if (width === 3) return undefined;
  }
  return HEXADECIMAL_WIDTHS.has(width) ? undefined : { base: 10, size: decimalSize(numbers) };
}

function decimalSize(numbers: readonly string[]): Notation['size'] {
  const longest = Math.max(...numbers.map((number) => number.replace('-', '').length));
  if (longest <= 3) return 1;
  if (longest <= 5) return 2;
  return longest <= 10 ? 4 : 8;
}

/** How many digits all numbers have; 0 when they differ. */
function widthOf(numbers: readonly string[]): number {
  const width = numbers[0]?.length ?? 0;
  return numbers.every((number) => number.length === width) ? width : 0;
}

interface Growing {
  readonly bytes: number[];
  readonly starts: number[];
  readonly ends: number[];
}

function begin(offset: string): DumpLine & Growing {
  const marked = /^0x/i.test(offset);
  return { offset: marked ? offset.slice(2) : offset, marked, bytes: [], starts: [], ends: [] };
}

const DIGITS = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^-?\d+$/ } as const;

function readNumbers({ text, start }: Line, { base, size }: Notation): DumpLine | undefined {
  const { offset, numbers } = (BITS.exec(text) ?? LINE.exec(text))?.groups ?? {};
  if (offset === undefined || numbers === undefined) return undefined;
  const all = [...numbers.matchAll(NUMBER)];
  // The notation was found in other lines: this one can have digits that it lacks.
  if (!all.every(([number]) => DIGITS[base].test(number))) return undefined;
  const line = begin(offset);
  const from = text.indexOf(numbers, text.indexOf(offset) + offset.length);
  for (const match of all) {
    const at = start + from + match.index;
    let value = BigInt.asUintN(size * 8, valueOf(match[0], base));
    for (let count = 0; count < size; count++, value >>= 8n)
      push(line, Number(value & 0xffn), at, at + match[0].length);
  }
  return line;
}

function valueOf(number: string, base: Notation['base']): bigint {
  if (base === 10) return BigInt(number);
  return BigInt(`${base === 2 ? '0b' : '0o'}${number}`);
}

/** The line as it stands in the whole text: spaces at its end are bytes. */
function readCharacters(whole: string, { text: trimmed, start }: Line): DumpLine | undefined {
  if (!CHARACTERS.test(trimmed)) return undefined;
  const newline = whole.indexOf('\n', start);
  const text = whole.slice(start, newline < 0 ? whole.length : newline).replace(/\r$/, '');
  const line = begin(text.slice(0, 7));
  for (let at = 7; at < text.length; at += CHARACTER_WIDTH) {
    const cell = text.slice(at, at + CHARACTER_WIDTH).trim();
    const octal = OCTAL_BYTE.test(cell) ? Number.parseInt(cell, 8) : undefined;
    const end = start + Math.min(at + CHARACTER_WIDTH, text.length);
    push(line, octal ?? ESCAPED.get(cell) ?? (cell === '' ? 0x20 : cell.charCodeAt(0) & 0xff), start + at + 1, end);
  }
  return line;
}

function push(line: Growing, byte: number, start: number, end: number): void {
  line.bytes.push(byte);
  line.starts.push(start);
  line.ends.push(end);
}
