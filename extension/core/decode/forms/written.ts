import { hexByteAt } from '../../bytes';
import type { Locate } from '../decoded';

/** Bytes that were written out in a text, each with the UTF-16 offsets where it stands. */
export interface Written {
  readonly bytes: Uint8Array;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Collects bytes as a form reads them. Grows as they come: no length in the text decides how much is allocated. */
export class WrittenBuilder {
  readonly #bytes: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  push(byte: number, start: number, end: number): void {
    this.#bytes.push(byte);
    this.#starts.push(start);
    this.#ends.push(end);
  }

  /** Adds the bytes of `digits` hexadecimal digits that stand at `start`; an odd digit at the end is left out. */
  pushHex(text: string, start: number, digits: number): void {
    for (let at = start; at + 2 <= start + digits; at += 2) this.push(hexByteAt(text, at), at, at + 2);
  }

  /** Forgets the bytes after the first `length`; all of them when there is to be less than nothing. */
  cut(length: number): void {
    for (const list of [this.#bytes, this.#starts, this.#ends])
      list.length = Math.max(0, Math.min(list.length, length));
  }

  finish(): Written {
    return { bytes: new Uint8Array(this.#bytes), starts: this.#starts, ends: this.#ends };
  }
}

/** The bytes of hexadecimal digits that stand at one place of a text. */
export function writtenHex(text: string, start: number, digits: number): Written {
  const builder = new WrittenBuilder();
  builder.pushHex(text, start, digits);
  return builder.finish();
}

/** Where written bytes stand in the text. Bytes that were not written, as in `unknown-200`, have no place. */
export function locateWritten({ starts, ends }: Written): Locate {
  return (start, end) => {
    const from = starts[start];
    const to = ends[end - 1];
    return from === undefined || to === undefined || from >= to ? undefined : { start: from, end: to };
  };
}
