import { decodeText } from './decode';
import type { Decoded } from './decoded';
import type { DialectTable } from './dialects';
import { STANDARD_DIALECTS } from './dialects';
import type { Span } from '../text';

/** An option that stands in a line of text. */
export interface SpottedOption {
  /** In UTF-16 offsets of the line. */
  readonly span: Span;
  readonly result: Decoded;
}

/** Lines beyond this are data, not something that is pointed at. */
const LONGEST_LINE = 2000;
/** Shorter options are as short as what stands in MAC addresses and times. */
const SHORTEST = 7;

/** Hex bytes as people write them: `fe 08`, `fe:08`, `0xfe, 0x08`, `\xfe\x08`, `fe08 c76c`, and without any space. */
const RUNS = [
  /(?:\\x[0-9a-f]{2}){8,}/gi,
  /\b0x[0-9a-f]{2}(?:, ?0x[0-9a-f]{2}){7,}\b/gi,
  /(?<![\w:.-])[0-9a-f]{2}(?::[0-9a-f]{2}){7,}(?![\w:.-])/gi,
  /(?<![\w:.-])[0-9a-f]{2}(?: {1,2}[0-9a-f]{2}){7,}(?![\w:.-])/gi,
  /(?<![\w:.-])[0-9a-f]{4}(?: {1,2}[0-9a-f]{4}){1,}(?![\w:.-])/gi,
];
/** Without separators it may as well be a hash: only an option that is all of it counts. */
const SOLID = /(?<![\w:.-])(?:0x)?(?:[0-9a-f]{2}){7,40}(?![\w:.-])/gi;

/**
 * The address option at an offset of a line, for a hover. Only bytes of the kind and length of a known dialect count, so that UUIDs,
 * hashes and MAC addresses give nothing.
 */
export function optionAt(line: string, offset: number, dialects = STANDARD_DIALECTS): SpottedOption | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  const solid = runAt(line, offset, SOLID);
  if (solid !== undefined) {
    const bytes = bytesIn(solid);
    return bytes.length === lengthAt(bytes, 0, dialects) ? spotted(bytes, 0, dialects) : undefined;
  }
  for (const pattern of RUNS) {
    const run = runAt(line, offset, pattern);
    if (run !== undefined) return optionIn(bytesIn(run), offset, dialects);
  }
  return undefined;
}

interface Run {
  readonly text: string;
  readonly start: number;
}

interface PlacedByte {
  readonly digits: string;
  readonly start: number;
}

function runAt(line: string, offset: number, pattern: RegExp): Run | undefined {
  for (const { 0: text, index } of line.matchAll(pattern))
    if (index <= offset && offset <= index + text.length) return { text, start: index };
  return undefined;
}

function bytesIn({ text, start }: Run): readonly PlacedByte[] {
  const bare = text.replace(/0x|\\x/gi, '  ');
  return [...bare.matchAll(/[0-9a-f]{2}/gi)].map(({ 0: digits, index }) => ({ digits, start: start + index }));
}

/** The option that the offset lies in, at whatever byte it begins. */
function optionIn(bytes: readonly PlacedByte[], offset: number, dialects: DialectTable): SpottedOption | undefined {
  for (let at = 0; at < bytes.length && (bytes[at]?.start ?? offset) <= offset; at++) {
    const length = lengthAt(bytes, at, dialects);
    const last = length === undefined ? undefined : bytes[at + length - 1];
    if (last !== undefined && offset <= last.start + 2) return spotted(bytes, at, dialects);
  }
  return undefined;
}

/** The length of the option at a byte, when a dialect has its kind and length and all of its bytes are there. */
function lengthAt(bytes: readonly PlacedByte[], at: number, { rows }: DialectTable): number | undefined {
  const [kind, length] = bytes.slice(at, at + 2).map(({ digits }) => Number.parseInt(digits, 16));
  const known = rows.some(
    (dialect) => dialect.kind === kind && dialect.length === length && dialect.carries === 'client',
  );
  return known && length !== undefined && length >= SHORTEST && at + length <= bytes.length ? length : undefined;
}

function spotted(bytes: readonly PlacedByte[], at: number, dialects: DialectTable): SpottedOption | undefined {
  const own = bytes.slice(at, at + (lengthAt(bytes, at, dialects) ?? 0));
  const hex = own.map(({ digits }) => digits).join(' ');
  const [first, last] = [own[0], own.at(-1)];
  const result = decodeText(hex, dialects).find(({ client }) => client !== null);
  if (first === undefined || last === undefined || result === undefined) return undefined;
  return { span: { start: first.start, end: last.start + 2 }, result };
}
