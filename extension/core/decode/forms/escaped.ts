import type { DialectTable } from '../dialects';
import type { Fragment } from './fragment';
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
const ESCAPE = /\\(?:x([0-9a-f]{1,2})|([0-3]?[0-7]{1,2})|([nrtabfv\\"'`]))/iy;

/**
 * Strings with escapes, as C and Python write bytes: `"\xc8\x08…"`, `b'\xfe\x08\x1d\x9c\'…'`, adjacent C strings across lines, and
 * escapes without quotes. Strings or lines that are the options of one packet each are several packets. Python's tuples of scapy,
 * `(200, b'…')`, get their kind and length back.
 */
export function readEscaped(text: string, dialects: DialectTable): readonly Fragment[] | undefined {
  if (!/\\x[0-9a-f]{1,2}/i.test(text)) return undefined;
  const scapy = readScapy(text);
  if (scapy.length > 0) return scapy;
  const quoted = [...quotedParts(text)].map(({ start, end }) => unescaped(text, start, end));
  const strings = quoted.some(({ bytes }) => bytes.length > 0) ? quoted : unquotedLines(text);
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

function unquotedLines(text: string): readonly Written[] {
  return partsByLine(text, unescaped(text, text.indexOf('\\x'), text.length, true));
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
