import type { Client } from '../core/decode/clients';
import { ClientCounts } from '../core/decode/clients';
import type { Decoded } from '../core/decode/decoded';
import { render } from '../core/message';

/** Takes results as they come and writes them. */
export interface ResultWriter {
  add(results: readonly Decoded[]): void;
  end(): void;
}

type Write = (text: string) => void;

/** `[`, one result after the other, `]`: a long capture's results are not kept. */
export function jsonWriter(write: Write): ResultWriter {
  let count = 0;
  return {
    add: (results) => {
      const text = results.map(
        (result) => `${count++ === 0 ? '[' : ','}\n${JSON.stringify(forJson(result), undefined, 1)}`,
      );
      if (text.length > 0) write(text.join(''));
    },
    end: () => {
      write(count === 0 ? '[]\n' : '\n]\n');
    },
  };
}

/** Messages become sentences; everything else is as in {@link Decoded}. */
function forJson({ note, alternative, ...rest }: Decoded): unknown {
  return {
    ...rest,
    ...(note && { note: render(note) }),
    ...(alternative && { alternative: { client: alternative.client, reason: render(alternative.reason) } }),
  };
}

const HEADINGS = ['FRAME', 'CLIENT', 'KIND', 'DIALECT', 'STATUS', 'SEGMENT', 'NOTE'];
/** As many rows decide how wide the columns are. */
const MOST_HELD = 1000;

/** Aligned columns. The first rows decide their widths; later ones are written as they come. */
export function tableWriter(write: Write): ResultWriter {
  let held: (readonly string[])[] = [HEADINGS];
  let widths: readonly number[] | undefined;
  const flush = (): void => {
    widths ??= HEADINGS.map((_, column) => Math.max(...held.map((row) => (row[column] ?? '').length)));
    const columns = widths;
    write(held.map((row) => line(row, columns)).join(''));
    held = [];
  };
  return {
    add: (results) => {
      for (const result of results) held.push(cells(result));
      if (held.length > MOST_HELD) flush();
    },
    end: () => {
      if (widths === undefined && held.length === 1) write('No client address found.\n');
      else flush();
    },
  };
}

function line(row: readonly string[], widths: readonly number[]): string {
  let text = '';
  row.forEach((cell, column) => {
    text += column === row.length - 1 ? cell : `${cell.padEnd(widths[column] ?? 0)}  `;
  });
  return `${text.trimEnd()}\n`;
}

function cells(result: Decoded): readonly string[] {
  const { frame, client, port, kind, dialect, status, segment, note, vip, alternative } = result;
  return [
    String(frame),
    client ?? (port === null ? '-' : `?:${port}`),
    kind === null ? '-' : String(kind),
    dialect,
    status,
    segment ?? '-',
    note === undefined && vip === undefined && alternative === undefined ? '' : notesOf(result),
  ];
}

function notesOf({ note, vip, alternative }: Decoded): string {
  const notes = [
    note === undefined ? '' : render(note),
    vip === undefined ? '' : `Service: ${vip}.`,
    alternative === undefined ? '' : `Or ${alternative.client}: ${render(alternative.reason)}`,
  ];
  return notes.filter((part) => part !== '').join(' ');
}

const SUMMARY_HEADINGS = ['CLIENT', 'COUNT', 'FIRST', 'LAST', 'KINDS', 'SEGMENTS'];

/** Each client once, with how often and where it was seen; as JSON the rows of `clientsOf`. */
export function summaryWriter(write: Write, json: boolean): ResultWriter {
  const counts = new ClientCounts();
  return {
    add: (results) => {
      for (const result of results) counts.add(result);
    },
    end: () => {
      const clients = counts.clients();
      write(json ? `${JSON.stringify(clients, undefined, 1)}\n` : summary(clients));
    },
  };
}

function summary(clients: readonly Client[]): string {
  if (clients.length === 0) return 'No client address found.\n';
  const rows = [
    SUMMARY_HEADINGS,
    ...clients.map(({ client, count, firstFrame, lastFrame, kinds, segments }) => [
      client,
      String(count),
      String(firstFrame),
      String(lastFrame),
      kinds.map((kind) => kind ?? '-').join(','),
      segments.length === 0 ? '-' : segments.join(','),
    ]),
  ];
  const widths = SUMMARY_HEADINGS.map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, (row[column] ?? '').length), 0),
  );
  return rows.map((row) => line(row, widths)).join('');
}
