import { viewOf } from '../bytes';

/** As much of the next bytes is put behind what was left: more than nearly every record and line needs to be whole. */
const BRIDGE = 1 << 14;

/**
 * Bytes that came and are not done with. They are read where they came; only what is left of them is copied, into one buffer that is used
 * again. It grows by what comes, never by what a length field says.
 */
export class Backlog {
  bytes: Uint8Array = new Uint8Array();
  /** The same bytes, to read numbers from. */
  numbers = viewOf(this.bytes);
  filled = 0;
  #own = this.bytes;

  /**
   * Has `read` go over what was left and the next bytes, in up to three steps; each time it gives how many it is done with. The caller may
   * use its buffer again afterwards.
   */
  feed(chunk: Uint8Array, read: () => number): void {
    let rest = chunk;
    if (this.filled > 0) {
      const bridge = chunk.subarray(0, BRIDGE);
      this.append(bridge);
      this.drop(read());
      rest = chunk.subarray(bridge.length);
      if (this.filled > bridge.length) {
        this.append(rest);
        this.drop(read());
        return;
      }
      rest = chunk.subarray(bridge.length - this.filled);
    }
    this.#look(rest, rest.length);
    const done = read();
    this.#look(this.#own, 0);
    this.append(rest.subarray(done));
  }

  /** Copies the next bytes behind those that are there. */
  append(chunk: Uint8Array): void {
    const needed = this.filled + chunk.length;
    if (needed > this.#own.length) {
      const larger = new Uint8Array(Math.max(needed, this.#own.length * 2));
      larger.set(this.view());
      this.#own = larger;
    }
    this.#own.set(chunk, this.filled);
    this.#look(this.#own, needed);
  }

  /** Forgets the first bytes. */
  drop(count: number): void {
    this.bytes.copyWithin(0, count, this.filled);
    this.filled -= count;
  }

  /** What there is, without a copy: valid until the next change. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.filled);
  }

  #look(bytes: Uint8Array, filled: number): void {
    if (bytes !== this.bytes) this.numbers = viewOf(bytes);
    this.bytes = bytes;
    this.filled = filled;
  }
}
