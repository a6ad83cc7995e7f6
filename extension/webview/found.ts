import type { Client } from '../core/decode/clients';
import type { Decoded } from '../core/decode/decoded';

/** Results beyond this are counted with their clients, and not kept: a capture can hold millions. */
export const MOST_RESULTS = 10_000;

/** What a paste or a file holds, as far as it is read. Grows with the number of clients, not with the number of packets. */
export class Found {
  readonly results: Decoded[] = [];
  /** How many results there are, kept or not. */
  total = 0;
  private readonly byName = new Map<string, Client>();

  /** Adds a part that comes later in the file. `total` counts its results, also those that are not among them. */
  add(results: readonly Decoded[], clients: readonly Client[], total = results.length): void {
    for (const result of results.slice(0, this.room)) this.results.push(result);
    this.total += total;
    for (const client of clients) {
      const before = this.byName.get(client.client);
      this.byName.set(client.client, before === undefined ? client : joined(before, client));
    }
  }

  /** How many more results will be kept. */
  get room(): number {
    return MOST_RESULTS - this.results.length;
  }

  /** How many clients there are. */
  get count(): number {
    return this.byName.size;
  }

  /** By first packet. */
  get clients(): readonly Client[] {
    return [...this.byName.values()];
  }
}

function joined(before: Client, after: Client): Client {
  return {
    client: before.client,
    count: before.count + after.count,
    firstFrame: Math.min(before.firstFrame, after.firstFrame),
    lastFrame: Math.max(before.lastFrame, after.lastFrame),
    kinds: union(before.kinds, after.kinds),
    dialects: union(before.dialects, after.dialects),
    segments: union(before.segments, after.segments),
  };
}

function union<T>(before: readonly T[], after: readonly T[]): readonly T[] {
  return after.every((one) => before.includes(one)) ? before : [...new Set([...before, ...after])];
}
