import { viewOf } from './bytes';

/** Bytes that came and are not done with, in one buffer that is used again. It grows by what comes, never by what a length field says. */
export class Backlog {
  bytes = new Uint8Array();
  /** The same buffer, to read numbers from. */
  numbers = viewOf(this.bytes);
  filled = 0;

  /** Copies the next bytes behind those that are there. */
  append(chunk: Uint8Array): void {
    const needed = this.filled + chunk.length;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, this.filled));
      this.bytes = larger;
      this.numbers = viewOf(larger);
    }
    this.bytes.set(chunk, this.filled);
    this.filled = needed;
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
}
