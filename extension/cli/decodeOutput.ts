import type { Client } from '../core/decode/clients';
import { ClientCounts } from '../core/decode/clients';
import type { Decoded } from '../core/decode/decoded';
import type { Sighting } from '../core/decode/sightings';
import { render } from '../core/message';
import { DecodedTable, alignedRow, widthsOf } from './decodeTable';

/** Takes results as they come and writes them. */
export interface ResultWriter {
  add(sightings: readonly Sighting[]): void;
  end(): void;
}

type Write = (text: string) => void;

/** `[`, one result after the other, `]`: a long capture's results are not kept. */
export function jsonWriter(write: Write): ResultWriter {
  let count = 0;
  return {
    add: (sightings) => {
      const text = sightings.map(
        ({ result }) => `${count++ === 0 ? '[' : ','}\n${JSON.stringify(forJson(result), undefined, 1)}`,
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

/** Aligned columns, one row a result. */
export function tableWriter(write: Write): ResultWriter {
  return new DecodedTable(write);
}

const SUMMARY_HEADINGS = ['CLIENT', 'COUNT', 'FIRST', 'LAST', 'KINDS', 'SEGMENTS'];

/** Each client once, with how often and where it was seen; as JSON the rows of `clientsOf`. `warn` is told what did not fit. */
export function summaryWriter(write: Write, json: boolean, warn: Write): ResultWriter {
  const counts = new ClientCounts();
  return {
    add: (sightings) => {
      for (const { frame, result } of sightings) counts.add(result, frame);
    },
    end: () => {
      const clients = counts.clients();
      if (counts.uncounted > 0)
        warn(
          `toa-doctor decode: only the first ${clients.length} clients are listed; ${counts.uncounted} results of others are left out\n`,
        );
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
  const widths = widthsOf(rows);
  return rows.map((row) => alignedRow(row, widths)).join('');
}
