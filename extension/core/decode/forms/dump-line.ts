import type { Line } from './fragment';

/** Quote marks, a kernel log's time and names before the offset. Bounded, so that no line makes the search long. */
const LEAD = /^[\s>|]{0,20}(?:\[[^\]]{1,60}\]\s{0,8})?(?:[\w.-]{1,40}(?:\[\d{1,10}\])?:\s{1,8}){0,4}?/.source;

/** `0x0010:` (tcpdump), `00000010:` (xxd, print_hex_dump), `0x7ffe1000 <opt+8>:` (gdb). */
const MARKED = /(?<marked>(?:0x)?[0-9a-f]{4,16})(?:\s{1,4}<[^>]{1,80}>)?:\s/.source;

/** `0010   ` (Wireshark), `00000010  ` (hexdump -C). */
const SPACED = /(?<spaced>[0-9a-f]{4,16})(?:\s{2}|\t)/.source;

/** `0000020 ` (od, hexdump), `0000000000000010 ` (PowerShell's Format-Hex). */
const PLAIN = /(?<plain>[0-9a-f]{6,7}|0{8}[0-9a-f]{8}) (?! )/.source;

const OFFSET = new RegExp(`${LEAD}(?:${MARKED}|${SPACED}|${PLAIN})`, 'i');
const TOKEN = /(?:0x)?[0-9a-f]+(?=\s|$)/iy;
const MOST_TOKENS = 64;
const WIDE_COLUMNS = /^[0-9a-f]{7}(?: {4}[0-9a-f]{4}){1,8}$/;

/** One line of a dump: its offset as digits, whose base only the next line shows, and its bytes with their places in the text. */
export interface DumpLine {
  readonly offset: string;
  /** The offset is written as `0x…:`, as nothing else is. */
  readonly marked: boolean;
  readonly bytes: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Reads a line that begins with an offset; `undefined` for any other line. */
export function readDumpLine({ text, start }: Line): DumpLine | undefined {
  const match = OFFSET.exec(text);
  const { marked, spaced, plain } = match?.groups ?? {};
  const offset = marked ?? spaced ?? plain;
  if (match === null || offset === undefined) return undefined;
  const prefixed = /^0x/i.test(offset);
  const line = { offset: prefixed ? offset.slice(2) : offset, marked: prefixed, bytes: [], starts: [], ends: [] };
  readTokens(text, match[0].length, start, marked === undefined, line);
  return line.bytes.length === 0 ? undefined : line;
}

interface Growing {
  readonly bytes: number[];
  readonly starts: number[];
  readonly ends: number[];
}

/** Reads groups up to the ASCII column, which stands behind two spaces or more, `|` or `>`. hexdump -x parts all columns by four spaces. */
function readTokens(text: string, from: number, start: number, machineOrder: boolean, line: Growing): void {
  let at = from;
  let previous = 0;
  const usual = WIDE_COLUMNS.test(text) ? 4 : 1;
  for (let count = 0; count < MOST_TOKENS; count++) {
    const gap = spacesAt(text, at);
    const middle = gap === 2 && line.bytes.length === 8 && previous === 1; // hexdump -C parts its 16 bytes in two
    TOKEN.lastIndex = at + gap;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return;
    const isRest = isRestOfWord(gap, token, previous);
    if (count > 0 && gap !== usual && !middle && !isRest) return;
    const bytes = bytesOf(token, machineOrder);
    if (bytes === undefined) return;
    pushToken(line, bytes, start + at + gap, token, machineOrder);
    if (isRest) return;
    previous = bytes.length;
    at += gap + token.length;
  }
}

/** xxd -e puts a last word that is not whole at the right of its place. */
function isRestOfWord(gap: number, token: string, bytesBefore: number): boolean {
  return gap > 1 && bytesBefore > 1 && gap + token.length === 1 + bytesBefore * 2;
}

function pushToken(line: Growing, bytes: readonly number[], start: number, token: string, machineOrder: boolean): void {
  const asWritten = bytes.length * 2 === token.length && !machineOrder;
  bytes.forEach((byte, index) => {
    line.bytes.push(byte);
    line.starts.push(asWritten ? start + index * 2 : start);
    line.ends.push(asWritten ? start + index * 2 + 2 : start + token.length);
  });
}

function spacesAt(text: string, at: number): number {
  let end = at;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return end - at;
}

/**
 * The bytes of one group. Two digits are a byte and three octal ones too; longer groups are bytes in order where the tool marks its
 * offsets (tcpdump, xxd), else numbers in the machine's order (hexdump, od, and gdb's words with `0x`), taken as little-endian.
 */
function bytesOf(token: string, machineOrder: boolean): readonly number[] | undefined {
  const prefixed = /^0x/i.test(token);
  const digits = prefixed ? token.slice(2) : token;
  if (!prefixed && /^[0-3][0-7]{2}$/.test(token)) return [Number.parseInt(token, 8)];
  if (!prefixed && machineOrder && /^[01][0-7]{5}$/.test(token)) return littleEndian(Number.parseInt(token, 8), 2);
  if (digits.length % 2 !== 0 || digits.length > 16) return undefined;
  const bytes = Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
  return prefixed || machineOrder ? bytes.reverse() : bytes;
}

const littleEndian = (value: number, size: number): readonly number[] =>
  Array.from({ length: size }, (_, index) => (value >> (8 * index)) & 0xff);
