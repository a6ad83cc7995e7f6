import type { DialectTable } from '../dialects';
import { MOST_OPTION_BYTES, meetsKind, walkOptions } from '../options';
import type { Fragment, Line } from './fragment';
import { linesOf } from './fragment';
import type { Written } from './written';
import { writtenHex } from './written';

const CELL = /[^\t]+/g;
const OPTION_CELL = /^(?:[0-9a-f]{2})+$/i;
const FIELD_NAMES = /^(?:[a-z]+\.[\w.]+|_ws\.[\w.]+)(?:\t[\w.]+)*$/;

interface Row {
  /** The number in its first column. */
  readonly first: number | undefined;
  readonly line: number;
  readonly options: Written | undefined;
  readonly empty: boolean;
}

/**
 * A table with TCP options in it, one packet a line, as `tshark -T fields -e frame.number -e tcp.options` writes it: columns parted by
 * tabs, with or without a line of names. The packet's number is the first column where that counts up, else the number of the line.
 */
export function readHexTable(text: string, { carries }: DialectTable): readonly Fragment[] | undefined {
  const rows: Row[] = [];
  let titles = 0;
  let columns = false;
  for (const line of linesOf(text)) {
    if (rows.length === 0 && FIELD_NAMES.test(line.text)) titles++;
    else rows.push(readRow(line, rows.length + 1));
    columns ||= line.text.includes('\t');
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

function readRow({ text, start }: Line, line: number): Row {
  let first: number | undefined;
  let options: Written | undefined;
  for (const cell of text.matchAll(CELL)) {
    if (cell.index === 0 && /^\d{1,9}$/.test(cell[0]) && text.includes('\t')) first = Number(cell[0]);
    else options = optionCell(cell[0], start + cell.index) ?? options;
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
