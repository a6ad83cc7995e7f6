import type { Cells } from './rows';

/** The forms in which a table can be copied. */
export const COPY_FORMS = { text: asText, csv: asCsv, json: asJson } as const;
export type CopyForm = keyof typeof COPY_FORMS;

/** Columns side by side, as a terminal shows them. */
function asText(rows: readonly Cells[]): string {
  const lines = withHeadings(rows).map((line) => line.map((cell) => cell.replace(/\s+/g, ' ')));
  const widths = (lines[0] ?? []).map((_, column) =>
    lines.reduce((most, line) => Math.max(most, (line[column] ?? '').length), 0),
  );
  return ended(
    lines.map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
  );
}

/** RFC 4180. A cell that a spreadsheet would calculate gets an apostrophe: its text comes from a capture that anyone may have sent. */
function asCsv(rows: readonly Cells[]): string {
  return ended(
    withHeadings(rows).map((line) => line.map(csvCell).join(',')),
    '\r\n',
  );
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

function ended(lines: readonly string[], end = '\n'): string {
  return lines.map((line) => line + end).join('');
}
