import type { Decoded, Segment } from './decoded';

/** One client of a capture or paste. */
export interface Client {
  readonly client: string;
  readonly count: number;
  readonly firstFrame: number;
  readonly lastFrame: number;
  readonly kinds: readonly (number | string | null)[];
  readonly dialects: readonly string[];
  readonly segments: readonly Segment[];
}

/** The clients among results, each once, in the order of their first frames. Results without an address are left out. */
export function clientsOf(results: readonly Decoded[]): readonly Client[] {
  const counts = new ClientCounts();
  for (const result of results) counts.add(result);
  return counts.clients();
}

interface Growing {
  count: number;
  firstFrame: number;
  lastFrame: number;
  readonly kinds: Set<number | string | null>;
  readonly dialects: Set<string>;
  readonly segments: Set<Segment>;
}

/** Counts clients as results come, so that a long capture's results need not be kept. */
export class ClientCounts {
  readonly #clients = new Map<string, Growing>();

  add({ client, frame, kind, dialect, segment }: Decoded): void {
    if (client === null) return;
    const one = this.#clients.get(client) ?? this.#begin(client, frame);
    one.count++;
    one.firstFrame = Math.min(one.firstFrame, frame);
    one.lastFrame = Math.max(one.lastFrame, frame);
    one.kinds.add(kind);
    one.dialects.add(dialect);
    if (segment !== undefined) one.segments.add(segment);
  }

  /** By first frame. */
  clients(): readonly Client[] {
    return [...this.#clients]
      .map(([client, { kinds, dialects, segments, ...numbers }]) => ({
        client,
        ...numbers,
        kinds: [...kinds],
        dialects: [...dialects],
        segments: [...segments],
      }))
      .sort((a, b) => a.firstFrame - b.firstFrame);
  }

  #begin(client: string, frame: number): Growing {
    const one = {
      count: 0,
      firstFrame: frame,
      lastFrame: frame,
      kinds: new Set<number | string | null>(),
      dialects: new Set<string>(),
      segments: new Set<Segment>(),
    };
    this.#clients.set(client, one);
    return one;
  }
}
