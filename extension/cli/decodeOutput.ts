import { alignedRow, widthsOf } from '../core/columns';
import type { Client } from '../core/decode/clients';
import { ClientCounts } from '../core/decode/clients';
import { decodedJson } from '../core/decode/decodedJson';
import type { Sighting } from '../core/decode/sightings';
import { message, type Message, type Say } from '../core/message';
import { DecodedTable } from './decodeTable';

/** Takes results as they come and writes them. */
export interface ResultWriter {
  add(sightings: readonly Sighting[]): void;
  /** `missing`: what was looked at, when no client was found. */
  end(missing?: Message): void;
}

type Write = (text: string) => void;

/** `[`, one result after the other, `]`: a long capture's results are not kept. */
export function jsonWriter(write: Write, say: Say): ResultWriter {
  let count = 0;
  return {
    add: (sightings) => {
      const text = sightings.map(
        ({ result }) => `${count++ === 0 ? '[' : ','}\n${JSON.stringify(decodedJson(result, say), undefined, 1)}`,
      );
      if (text.length > 0) write(text.join(''));
    },
    end: () => {
      write(count === 0 ? '[]\n' : '\n]\n');
    },
  };
}

/** What there is to say where there is nothing to show. */
const NOTHING = message('No client address found');

/** Aligned columns, one row a result. */
export function tableWriter(write: Write, say: Say): ResultWriter {
  const table = new DecodedTable(write, say);
  return {
    add: (sightings) => {
      table.add(sightings);
    },
    end: (missing) => {
      const isEmpty = table.end();
      if (missing !== undefined || isEmpty) write(`${say(missing ?? NOTHING)}\n`);
    },
  };
}

const SUMMARY_HEADINGS = ['CLIENT', 'COUNT', 'FIRST', 'LAST', 'KINDS', 'SEGMENTS'];

interface SummaryOptions {
  readonly write: Write;
  /** Is told what did not fit. */
  readonly warn: Write;
  readonly say: Say;
  readonly json: boolean;
}

/** Each client once, with how often and where it was seen; as JSON the rows of `clientsOf`. */
export function summaryWriter({ write, warn, say, json }: SummaryOptions): ResultWriter {
  const counts = new ClientCounts();
  return {
    add: (sightings) => {
      for (const { frame, result } of sightings) counts.add(result, frame);
    },
    end: (missing = NOTHING) => {
      const clients = counts.clients();
      if (counts.uncounted > 0) warn(`toa-doctor decode: ${say(leftOut(clients.length, counts.uncounted))}\n`);
      if (json) write(`${JSON.stringify(clients, undefined, 1)}\n`);
      else write(clients.length === 0 ? `${say(missing)}\n` : summary(clients));
    },
  };
}

const leftOut = (listed: number, uncounted: number): Message =>
  message('only the first {listed} clients are listed; {uncounted} results of others are left out', {
    listed,
    uncounted,
  });

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
  const widths = widthsOf(rows);
  return rows.map((row) => alignedRow(row, widths)).join('');
}
