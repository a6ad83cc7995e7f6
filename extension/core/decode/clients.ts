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
  const counts = new ClientCounts(Infinity);
  for (const result of results) counts.add(result);
  return counts.clients();
}

interface Growing {
  count: number;
  firstFrame: number;
  lastFrame: number;
  readonly kinds: (number | string | null)[];
  readonly dialects: string[];
  readonly segments: Segment[];
}

/** As many clients are counted at most: a flood of invented addresses must not fill the memory. */
const MOST_CLIENTS = 1 << 17;

/** Counts clients as results come, so that a long capture's results need not be kept. */
export class ClientCounts {
  readonly #clients = new Map<string, Growing>();
  readonly #most: number;
  /** Results of clients that came when there was no room for more. */
  uncounted = 0;

  constructor(most = MOST_CLIENTS) {
    this.#most = most;
  }

  /** `frame`: where it was seen, when the result is shared by several packets. */
  add(result: Decoded, frame = result.frame): void {
    const { client, kind, dialect, segment } = result;
    if (client === null) return;
    const one = this.#clients.get(client) ?? this.#begin(client, frame);
    if (one === undefined) {
      this.uncounted++;
      return;
    }
    one.count++;
    one.firstFrame = Math.min(one.firstFrame, frame);
    one.lastFrame = Math.max(one.lastFrame, frame);
    if (!one.kinds.includes(kind)) one.kinds.push(kind);
    if (!one.dialects.includes(dialect)) one.dialects.push(dialect);
    if (segment !== undefined && !one.segments.includes(segment)) one.segments.push(segment);
  }

  /** By first frame. */
  clients(): readonly Client[] {
    return [...this.#clients]
      .map(([client, seen]) => ({ client, ...seen }))
      .sort((a, b) => a.firstFrame - b.firstFrame);
  }

  #begin(client: string, frame: number): Growing | undefined {
    if (this.#clients.size >= this.#most) return undefined;
    const one: Growing = { count: 0, firstFrame: frame, lastFrame: frame, kinds: [], dialects: [], segments: [] };
    this.#clients.set(client, one);
    return one;
  }
}
