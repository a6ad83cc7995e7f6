import type { DialectTable } from '../dialects';
import { MOST_OPTION_BYTES, meetsKind, walkOptions } from '../options';
import type { Fragment, Line } from './fragment';
import { linesOf } from './fragment';
import type { Written } from './written';
import { writtenHex } from './written';

const OPTION_CELL = /^(?:[0-9a-f]{2})+$/i;
const FIELD_NAMES = /^"?(?:[a-z]+\.[\w.]+|_ws\.[\w.]+)"?(?:[\t,;|]"?[\w.]+"?)*$/;
/** A first column of numbers, or a title in its place. */
const FIRST_COLUMN = /^"?(?:\d{1,9}|[a-z]+\.[\w.]+)"?([,;|])/;

interface Row {
  /** The number in its first column. */
  readonly first: number | undefined;
  readonly line: number;
  readonly options: Written | undefined;
  readonly empty: boolean;
}

/**
 * A table with TCP options in it, one packet a line, as `tshark -T fields -e frame.number -e tcp.options` writes it: columns parted by
 * tabs or what `-E separator` says, with or without quotes and a line of names. The packet's number is the first column where that counts
 * up, else the number of the line.
 */
export function readHexTable(text: string, { carries }: DialectTable): readonly Fragment[] | undefined {
  const rows: Row[] = [];
  let titles = 0;
  const separator = separatorOf(text);
  const columns = separator !== undefined;
  for (const line of linesOf(text)) {
    if (rows.length === 0 && FIELD_NAMES.test(line.text)) titles++;
    else rows.push(readRow(line, separator ?? '\t', rows.length + 1));
  }
  const filled = rows.filter(({ options }) => options !== undefined);
  if (titles === 0 && !columns && !isList(text, filled.length)) return undefined;
  if (
    titles === 0 &&
    !filled.some(({ options }) => options !== undefined && meetsKind(options.bytes, 0, options.bytes.length, carries))
  )
    return undefined;
  const numbered = countsUp(rows);
  return filled.flatMap(({ first, line, options }): readonly Fragment[] =>
    options === undefined
      ? []
      : [{ as: 'options', frame: numbered && first !== undefined ? first : line, written: options }],
  );
}

/** Tabs, or what stands behind the number or title that every line begins with. */
function separatorOf(text: string): string | undefined {
  if (text.includes('\t')) return '\t';
  const found = FIRST_COLUMN.exec(text)?.[1];
  if (found === undefined) return undefined;
  for (const line of linesOf(text))
    if (line.text !== '' && FIRST_COLUMN.exec(line.text)?.[1] !== found) return undefined;
  return found;
}

/** The first column holds packet numbers when it counts up over all lines. */
function countsUp(rows: readonly Row[]): boolean {
  let last = 0;
  for (const { first, empty } of rows) {
    if (empty) continue;
    if (first === undefined || first <= last) return false;
    last = first;
  }
  return true;
}

/** A single column counts as a table when every line of it is a whole block of options; wrapped bytes are not. */
function isList(text: string, filled: number): boolean {
  let lines = 0;
  for (const line of linesOf(text)) if (line.text.trim() !== '') lines++;
  return filled > 1 && filled === lines;
}

function readRow({ text, start }: Line, separator: string, line: number): Row {
  let first: number | undefined;
  let options: Written | undefined;
  for (let at = 0; at < text.length;) {
    const next = text.indexOf(separator, at);
    const end = next < 0 ? text.length : next;
    const quoted = text[at] === '"' && text[end - 1] === '"' ? 1 : 0;
    const cell = text.slice(at + quoted, end - quoted);
    if (at === 0 && next > 0 && /^\d{1,9}$/.test(cell)) first = Number(cell);
    else options = optionCell(cell, start + at + quoted) ?? options;
    at = end + 1;
  }
  return { first, line, options, empty: text.trim() === '' };
}

function optionCell(cell: string, start: number): Written | undefined {
  const digits = cell.trim();
  if (digits.length < 4 || digits.length > 2 * MOST_OPTION_BYTES || !OPTION_CELL.test(digits)) return undefined;
  const written = writtenHex(digits, 0, digits.length);
  const { end } = walkOptions(written.bytes, 0, written.bytes.length);
  if (end !== 'complete' && end !== 'end-of-list') return undefined;
  const shift = start + cell.indexOf(digits);
  return {
    bytes: written.bytes,
    starts: written.starts.map((at) => at + shift),
    ends: written.ends.map((at) => at + shift),
  };
}
