import { lengthOf } from '../decode/acceptance';
import type { CapturedSegment } from './segments';

/** Connections with one kind of option. */
export interface KindCount {
  readonly kind: number;
  /** Bytes of the option. */
  readonly length: number;
  readonly connections: number;
}

/** What a capture saw, in connections. */
export interface CaptureCount {
  readonly segments: number;
  /** Those whose SYN was seen, or that carried an option. */
  readonly connections: number;
  /** Those with a TCP option that holds a client's address. */
  readonly carrying: number;
  /** Those with the option in an ACK without data, as the one that completes the handshake is. */
  readonly inAck: number;
  /** By kind and length, those of most connections first. */
  readonly kinds: readonly KindCount[];
}

/** Counts connections as segments come. What it keeps grows with the connections, which the limit of packets bounds. */
export function countSegments(): { add(segment: CapturedSegment): void; count(): CaptureCount } {
  let segments = 0;
  const connections = new Set<string>();
  const carrying = new Set<string>();
  const inAck = new Set<string>();
  const kinds = new Map<string, { readonly kind: number; readonly length: number; readonly having: Set<string> }>();
  return {
    add({ connection, opens, results }) {
      segments++;
      if (opens) connections.add(connection);
      for (const result of results) {
        const { kind, client, segment } = result;
        if (typeof kind !== 'number' || client === null) continue;
        const length = lengthOf(result) ?? 0;
        const known = kinds.get(`${kind}/${length}`) ?? { kind, length, having: new Set() };
        kinds.set(`${kind}/${length}`, known);
        for (const set of [connections, carrying, known.having]) set.add(connection);
        if (segment === 'ACK') inAck.add(connection);
      }
    },
    count: () => ({
      segments,
      connections: connections.size,
      carrying: carrying.size,
      inAck: inAck.size,
      kinds: [...kinds.values()]
        .map(({ kind, length, having }) => ({ kind, length, connections: having.size }))
        .sort((a, b) => b.connections - a.connections || a.kind - b.kind || a.length - b.length),
    }),
  };
}
