import type { DialectTable } from '../dialects';
import type { Fragment } from './fragment';
import { linesOf } from './fragment';
import { joinWritten, partsByLine, separatePackets } from './several';
import type { Written } from './written';
import { WrittenBuilder } from './written';

const SIMPLE: ReadonlyMap<string, number> = new Map([
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['a', 7],
  ['b', 8],
  ['f', 12],
  ['v', 11],
  ['\\', 92],
  ['"', 34],
  ["'", 39],
  ['`', 96],
]);
const ESCAPE = /\\(?:(?:x|u00)([0-9a-f]{1,2})|([0-3]?[0-7]{1,2})|([nrtabfv\\"'`]))/iy;
/** PostgreSQL's bytea: one escape for all digits. */
const DATABASE_HEX = /^\s*\\x[0-9a-f]{12,}\s*$/i;
/** An escape that only bytes have, and no ordinary string. */
const MARK = /\\(?:x[0-9a-f]{1,2}|u00[0-9a-f]{2}|[0-3][0-7]{2})/i;

/**
 * Strings with escapes, as C and Python write bytes: `"\xc8\x08…"`, `b'\xfe\x08\x1d\x9c\'…'`, adjacent C strings across lines, and
 * escapes without quotes. Strings or lines that are the options of one packet each are several packets. Python's tuples of scapy,
 * `(200, b'…')`, get their kind and length back.
 */
export function readEscaped(text: string, dialects: DialectTable): readonly Fragment[] | undefined {
  const mark = MARK.exec(text);
  if (mark === null || DATABASE_HEX.test(text)) return undefined;
  const scapy = readScapy(text);
  if (scapy.length > 0) return scapy;
  const quoted = [...quotedParts(text)].map(({ start, end }) => unescaped(text, start, end));
  const strings = quoted.filter(({ bytes }) => bytes.length > 0);
  return strings.length > 0
    ? together(strings, dialects)
    : (mixedLines(text) ?? together(unquotedLines(text, mark.index), dialects));
}

/** Strings that are the options of a packet each, or one thing in several pieces. */
function together(strings: readonly Written[], dialects: DialectTable): readonly Fragment[] {
  const packets = separatePackets(strings, dialects);
  if (packets !== undefined)
    return packets.map((written, index) => ({ as: 'unknown', frame: index + 1, written, whole: true }));
  const instead = () => strings.map((written) => ({ as: 'unknown', frame: 1, written }) as const);
  return [{ as: 'unknown', frame: 1, written: joinWritten(strings), whole: true, instead }];
}

/** What Python prints of bytes, and nothing else: whatever stands in the bytes as text is no text of its own. */
export function readPythonBytes(text: string, dialects: DialectTable): readonly Fragment[] | undefined {
  return /^\s*(?:>>> )?[([]?(?:bytearray\(|bytes\()?b['"]/.test(text) ? readEscaped(text, dialects) : undefined;
}

function unescaped(text: string, start: number, end: number, escapesOnly = false): Written {
  const builder = new WrittenBuilder();
  unescape(text, start, end, builder, escapesOnly);
  return builder.finish();
}

function unquotedLines(text: string, from: number): readonly Written[] {
  return partsByLine(text, unescaped(text, from, text.length, true));
}

const RUN = /(?:\\(?:(?:x|u00)[0-9a-f]{1,2}|[0-3]?[0-7]{1,2}|[nrtabfv\\"'`])[\s,;"'`+|]{0,8})+/gi;

/**
 * Lines with characters among the escapes: they are bytes too, as bpftrace prints a buffer, or only stand around, and then each run of
 * escapes is something of its own. `undefined` when all lines have nothing but escapes.
 */
function mixedLines(text: string): readonly Fragment[] | undefined {
  const fragments: Fragment[] = [];
  let mixed = false;
  for (const { text: line, start } of linesOf(text)) {
    const mark = MARK.exec(line);
    if (mark === null) continue;
    const end = start + line.length;
    const runs = [...line.slice(mark.index).matchAll(RUN)].map((run) => {
      const from = start + mark.index + run.index;
      return { as: 'unknown', frame: 1, written: unescaped(text, from, from + run[0].length, true) } as const;
    });
    mixed ||= runs[0]?.written.bytes.length !== unescaped(text, start + mark.index, end).bytes.length;
    fragments.push({ as: 'unknown', frame: 1, written: unescaped(text, start + mark.index, end), instead: () => runs });
  }
  return mixed ? fragments : undefined;
}

/** `(200, b'\xb6\x18…')` in a list of options. */
function readScapy(text: string): readonly Fragment[] {
  const fragments: Fragment[] = [];
  const builder = new WrittenBuilder();
  for (const match of text.matchAll(/\((\d{1,3}), ?b(['"])/g)) {
    const open = match.index + match[0].length;
    const end = closing(text, open, match[2] ?? "'");
    const value = new WrittenBuilder();
    unescape(text, open, end, value);
    if (Number(match[1]) < 256 && value.length < 39)
      append(builder, Number(match[1]), value.finish(), match.index, open);
  }
  if (builder.length > 0) fragments.push({ as: 'options', frame: 1, written: builder.finish() });
  return fragments;
}

function append(
  builder: WrittenBuilder,
  kind: number,
  { bytes, starts, ends }: Written,
  start: number,
  end: number,
): void {
  builder.push(kind, start, end);
  builder.push(bytes.length + 2, start, end);
  bytes.forEach((byte, index) => {
    builder.push(byte, starts[index] ?? start, ends[index] ?? end);
  });
}

/** The insides of the quoted strings that hold an escape. */
function* quotedParts(text: string): Generator<{ start: number; end: number }> {
  let backslash = text.indexOf('\\');
  for (let at = 0; at < text.length && backslash >= 0;) {
    const quote = text[at];
    if (quote !== '"' && quote !== "'" && quote !== '`') {
      at++;
      continue;
    }
    const end = closing(text, at + 1, quote);
    while (backslash >= 0 && backslash <= at) backslash = text.indexOf('\\', backslash + 1);
    if (backslash >= 0 && backslash < end) yield { start: at + 1, end };
    at = end + 1;
  }
}

function closing(text: string, from: number, quote: string): number {
  let at = from;
  while (at < text.length && text[at] !== quote) at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
}

/** Bytes of a string's inside. Characters without escape are bytes too, unless only escapes count (`escapesOnly`). */
function unescape(text: string, start: number, end: number, builder: WrittenBuilder, escapesOnly = false): void {
  for (let at = Math.max(start, 0); at < end;) {
    ESCAPE.lastIndex = at;
    const match = text[at] === '\\' ? ESCAPE.exec(text) : null;
    if (match !== null) {
      builder.push(escapeValue(match), at, at + match[0].length);
      at += match[0].length;
      continue;
    }
    const code = text.charCodeAt(at);
    if (!escapesOnly && code < 256 && code !== 10 && text[at] !== '\\') builder.push(code, at, at + 1);
    at++;
  }
}

function escapeValue([, hex, octal, simple]: RegExpExecArray): number {
  if (hex !== undefined) return Number.parseInt(hex, 16);
  if (octal !== undefined) return Number.parseInt(octal, 8) & 0xff;
  return SIMPLE.get(simple ?? '') ?? 0;
}
