import type { Client } from '../core/decode/clients';
import { ClientCounts } from '../core/decode/clients';
import type { Decoded } from '../core/decode/decoded';
import type { Message } from '../core/message';
import { message } from '../core/message';

/** Takes results as they come and writes them. */
export interface ResultWriter {
  add(results: readonly Decoded[]): void;
  /** `missing`: what was looked at, when no client was found. */
  end(missing?: Message): void;
}

type Write = (text: string) => void;
type Say = (text: Message) => string;

/** `[`, one result after the other, `]`: a long capture's results are not kept. */
export function jsonWriter(write: Write, say: Say): ResultWriter {
  let count = 0;
  return {
    add: (results) => {
      const text = results.map(
        (result) => `${count++ === 0 ? '[' : ','}\n${JSON.stringify(forJson(result, say), undefined, 1)}`,
      );
      if (text.length > 0) write(text.join(''));
    },
    end: () => {
      write(count === 0 ? '[]\n' : '\n]\n');
    },
  };
}

/** Messages become sentences; everything else is as in {@link Decoded}. */
function forJson({ note, alternative, ...rest }: Decoded, say: Say): unknown {
  return {
    ...rest,
    ...(note && { note: say(note) }),
    ...(alternative && { alternative: { client: alternative.client, reason: say(alternative.reason) } }),
  };
}

const NOTHING = message('No client address found');

const HEADINGS = ['FRAME', 'CLIENT', 'KIND', 'DIALECT', 'STATUS', 'SEGMENT', 'NOTE'];
/** As many rows decide how wide the columns are. */
const MOST_HELD = 1000;

/** Aligned columns. The first rows decide their widths; later ones are written as they come. */
export function tableWriter(write: Write, say: Say): ResultWriter {
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
      for (const result of results) held.push(cells(result, say));
      if (held.length > MOST_HELD) flush();
    },
    end: (missing) => {
      if (widths !== undefined || held.length > 1) flush();
      if (missing !== undefined || (widths === undefined && held.length === 1)) write(`${say(missing ?? NOTHING)}\n`);
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

function cells(result: Decoded, say: Say): readonly string[] {
  const { frame, client, port, kind, dialect, status, segment, note, vip, alternative } = result;
  return [
    String(frame),
    client ?? (port === null ? '-' : `?:${port}`),
    kind === null ? '-' : String(kind),
    dialect,
    status,
    segment ?? '-',
    note === undefined && vip === undefined && alternative === undefined ? '' : notesOf(result, say),
  ];
}

function notesOf({ note, vip, alternative }: Decoded, say: Say): string {
  const notes = [
    ...(note === undefined ? [] : [note]),
    ...(vip === undefined ? [] : [message('Service: {vip}.', { vip })]),
    ...(alternative === undefined
      ? []
      : [message('Or {client}: {reason}', { client: alternative.client, reason: say(alternative.reason) })]),
  ];
  return notes.map(say).join(' ');
}

const SUMMARY_HEADINGS = ['CLIENT', 'COUNT', 'FIRST', 'LAST', 'KINDS', 'SEGMENTS'];

/** Each client once, with how often and where it was seen; as JSON the rows of `clientsOf`. */
export function summaryWriter(write: Write, say: Say, json: boolean): ResultWriter {
  const counts = new ClientCounts();
  return {
    add: (results) => {
      for (const result of results) counts.add(result);
    },
    end: (missing = NOTHING) => {
      const clients = counts.clients();
      if (json) write(`${JSON.stringify(clients, undefined, 1)}\n`);
      else write(clients.length === 0 ? `${say(missing)}\n` : summary(clients));
    },
  };
}

function summary(clients: readonly Client[]): string {
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
