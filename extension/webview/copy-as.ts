import { alignedRow, widthsOf } from '../core/columns';
import type { Cells } from './rows';

/** The forms in which a table can be copied. */
export const COPY_FORMS = { text: asText, csv: asCsv, json: asJson } as const;
export type CopyForm = keyof typeof COPY_FORMS;

/** Columns side by side, as a terminal shows them. */
function asText(rows: readonly Cells[]): string {
  const lines = withHeadings(rows).map((line) => line.map((cell) => cell.replace(/\s+/g, ' ')));
  const widths = widthsOf(lines);
  return lines.map((line) => alignedRow(line, widths)).join('');
}

/** RFC 4180. A cell that a spreadsheet would calculate gets an apostrophe: its text comes from a capture that anyone may have sent. */
function asCsv(rows: readonly Cells[]): string {
  return withHeadings(rows)
    .map((line) => `${line.map(csvCell).join(',')}\r\n`)
    .join('');
}

function csvCell(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function asJson(rows: readonly Cells[]): string {
  return `${JSON.stringify(rows, undefined, 1)}\n`;
}

function withHeadings(rows: readonly Cells[]): readonly (readonly string[])[] {
  const columns = Object.keys(rows[0] ?? {});
  return [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
}
