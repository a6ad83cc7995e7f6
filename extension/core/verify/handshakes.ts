import { lengthOf } from '../decode/acceptance';
import type { CapturedSegment } from '../capture/segments';

/** A connection as a capture saw its beginning. */
export interface Handshake {
  /** `address:port` that opened it: the load balancer, behind one. */
  readonly source: string;
  readonly port: number;
  /** Options with a client's address, by the segment that carried them. */
  readonly options: readonly SeenOption[];
  /** A segment after the SYN had no room for an option of 8 bytes. */
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
  return {
    add(segment) {
      const options = segment.results.flatMap((result) => {
        const { kind, client, segment: place } = result;
        const length = lengthOf(result);
        return typeof kind === 'number' && client !== null && length !== undefined
          ? [{ kind, length, client, segment: place }]
          : [];
      });
      const [source = '', destination = ''] = segment.connection.split(' > ');
      const known = found.get(segment.connection);
      const isFull = !segment.opens && options.length === 0 && segment.optionBytes > ROOM - OPTION;
      if (known === undefined && !segment.opens && options.length === 0 && !isFull) return;
      found.set(segment.connection, {
        source,
        port: Number(destination.slice(destination.lastIndexOf(':') + 1)),
        options: [...(known?.options ?? []), ...options],
        full: (known?.full ?? false) || isFull,
      });
    },
    handshakes: () => [...found.values()],
  };
}
