import { alignedRow, widthsOf } from '../columns';
import type { Say } from '../message';
import type { HostRow } from './hostRow';

const COLUMNS = [
  'host',
  'distribution',
  'kernel',
  'headers',
  'built',
  'loaded',
  'fits',
  'at boot',
  'cause',
  'summary',
  'remedy',
];

/** The rows as cells, the worst first, then by name. */
export function tableOf(rows: readonly HostRow[], say: Say): readonly (readonly string[])[] {
  const order = ['unreached', 'findings', 'fine'];
  const sorted = [...rows].sort(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.host < b.host ? -1 : Number(a.host > b.host)),
  );
  return [COLUMNS, ...sorted.map((row) => cells(row, say))];
}

function cells(row: HostRow, say: Say): readonly string[] {
  const mark = (value: boolean): string => (row.state === 'unreached' ? '' : value ? 'yes' : 'no');
  const { host, distribution, kernel, headers, built, loaded, fit = '', atBoot, cause = '', summary, remedy } = row;
  return [
    host,
    distribution,
    kernel,
    mark(headers),
    mark(built),
    mark(loaded),
    fit,
    mark(atBoot),
    cause,
    say(summary),
    remedy,
  ];
}

/** As CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe: the hosts chose its text. */
export function csv(table: readonly (readonly string[])[]): string {
  const cell = (text: string): string => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
  return table.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** For a terminal: columns of the same width, the long last two below each other. */
export function plainTable(table: readonly (readonly string[])[]): string {
  const wide = COLUMNS.length - 2;
  const widths = widthsOf(table.map((row) => row.slice(0, wide)));
  const below = (row: readonly string[]): readonly string[] => row.slice(wide).filter((text) => text !== '');
  return table
    .flatMap((row, index) => [
      alignedRow(row.slice(0, wide), widths),
      ...(index === 0 ? [] : below(row).map((text) => `    ${text}\n`)),
    ])
    .join('');
}
