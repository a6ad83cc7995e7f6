import { lengthOf } from '../decode/acceptance';
import type { CapturedSegment } from '../capture/segments';

/** A connection as a capture saw its beginning. */
export interface Handshake {
  /** `address:port` that opened it: the load balancer, behind one. */
  readonly source: string;
  /** `address:port` that it was opened to. */
  readonly destination: string;
  /** That of the destination. */
  readonly port: number;
  /** Options with a client's address, by the segment that carried them. */
  readonly options: readonly SeenOption[];
  /** What completes the handshake had no room for an option of 8 bytes. */
  readonly full: boolean;
}

export interface SeenOption {
  readonly kind: number;
  readonly length: number;
  readonly client: string;
  readonly segment: string | undefined;
}

const ROOM = 40;
const OPTION = 8;

/** Collects what a capture sees into connections. What it keeps grows with the connections, which the capture's limit bounds. */
export function collectHandshakes(): { add(segment: CapturedSegment): void; handshakes(): readonly Handshake[] } {
  const found = new Map<string, Handshake>();
  /** The sequence number of what completes each handshake. */
  const next = new Map<string, number>();
  return {
    add(segment) {
      const { connection, opens, sequence } = segment;
      const known = found.get(connection);
      const options = optionsOf(segment);
      if (opens) next.set(connection, (sequence + 1) >>> 0);
      else if (known === undefined && options.length === 0) return;
      // Later segments may be full of SACK blocks: that says nothing about the option.
      const full = sequence === next.get(connection) && options.length === 0 && segment.optionBytes > ROOM - OPTION;
      found.set(connection, {
        ...endsOf(connection),
        options: [...(known?.options ?? []), ...options],
        full: known?.full === true || full,
      });
    },
    handshakes: () => [...found.values()],
  };
}

function endsOf(connection: string): Pick<Handshake, 'source' | 'destination' | 'port'> {
  const [source = '', destination = ''] = connection.split(' > ');
  return { source, destination, port: Number(destination.slice(destination.lastIndexOf(':') + 1)) };
}

function optionsOf({ results }: CapturedSegment): readonly SeenOption[] {
  return results.flatMap((result) => {
    const { kind, client, segment } = result;
    const length = lengthOf(result);
    return typeof kind === 'number' && client !== null && length !== undefined
      ? [{ kind, length, client, segment }]
      : [];
  });
}
