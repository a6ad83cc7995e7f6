import type { CapturedSegment } from './segments';

/** What a capture saw, in connections. */
export interface CaptureCount {
  readonly segments: number;
  /** Those whose SYN was seen, or that carried an option. */
  readonly connections: number;
  /** Those with a TCP option that holds a client's address. */
  readonly carrying: number;
  /** Connections of each kind of option, most first. */
  readonly kinds: readonly { readonly kind: number; readonly connections: number }[];
}

/** Counts connections as segments come. What it keeps grows with the connections, which the limit of packets bounds. */
export function countSegments(): { add(segment: CapturedSegment): void; count(): CaptureCount } {
  let segments = 0;
  const connections = new Set<string>();
  const carrying = new Set<string>();
  const kinds = new Map<number, Set<string>>();
  return {
    add({ connection, opens, results }) {
      segments++;
      const found = new Set(
        results.flatMap(({ kind, client }) => (typeof kind === 'number' && client !== null ? kind : [])),
      );
      if (opens || found.size > 0) connections.add(connection);
      if (found.size > 0) carrying.add(connection);
      for (const kind of found) kinds.set(kind, (kinds.get(kind) ?? new Set()).add(connection));
    },
    count: () => ({
      segments,
      connections: connections.size,
      carrying: carrying.size,
      kinds: [...kinds]
        .map(([kind, having]) => ({ kind, connections: having.size }))
        .sort((a, b) => b.connections - a.connections || a.kind - b.kind),
    }),
  };
}
