/** How wide each column is. */
export function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  return widths;
}

/** One line; the last cell is as wide as it is. */
export function alignedRow(row: readonly string[], widths: readonly number[]): string {
  let text = '';
  for (const [column, cell] of row.entries())
    text += column === row.length - 1 ? cell : `${cell.padEnd(widths[column] ?? 0)}  `;
  return `${text.trimEnd()}\n`;
}
