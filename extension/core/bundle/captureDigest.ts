import { ClientCounts, type Client } from '../decode/clients';
import { Handshakes } from '../decode/handshakes';
import { createReader } from '../decode/reader';

/** Clients that are listed; a maintainer needs a few of them, not all. */
const MOST = 200;

/** Reads a capture or pasted packets, in pieces, for a report. */
export interface CaptureDigest {
  feed(piece: Uint8Array): void;
  /** What the capture has, without its bytes: how many handshakes, and a row for each client in an option. */
  end(): string;
}

/** A digest of one capture. Its addresses are not redacted yet; nothing of the packets themselves is kept. */
export function captureDigest(): CaptureDigest {
  const handshakes = new Handshakes();
  const reader = createReader({ brief: true, handshakes });
  const counts = new ClientCounts();
  const take = (): void => {
    for (const { frame, result } of reader.takeSightings()) counts.add(result, frame);
  };
  return {
    feed(piece) {
      reader.feed(piece);
      take();
    },
    end() {
      reader.end();
      take();
      const { segments, opened, completed } = handshakes.summary();
      const clients = counts.clients();
      const rows = clients.slice(0, MOST).map(row);
      const rest = clients.length - rows.length + counts.uncounted;
      return [
        `TCP segments: ${segments}, SYN: ${opened}, handshakes completed: ${completed}, clients in options: ${clients.length}`,
        ...rows,
        ...(rest > 0 ? [`… and ${rest} more`] : []),
        '',
      ].join('\n');
    },
  };
}

function row({ client, count, kinds, dialects, segments }: Client): string {
  const kind = kinds.map((one) => one ?? '-').join(',');
  return `client=${client} count=${count} kind=${kind} form=${dialects.join(',')} in=${segments.join(',') || '-'}`;
}
