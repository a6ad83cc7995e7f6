import type { Decoded, Segment } from '../decoded';
import type { DialectTable } from '../dialects';
import type { Sieve } from '../packet/sieve';
import { USUAL_LENGTH } from '../packet/sieve';
import { segmentOf } from '../packet/tcp';
import { decodeOption } from '../segment';

/** As many options are remembered at most; memory must not grow with the file. */
const SLOTS = 1 << 15;
/** As many slots are looked at for one option: a file made to fill the same ones over and over must not take longer than others. */
const PROBES = 8;
/** A slot holds the eight bytes of an option and where its results are; 0 there is an empty slot. */
const WIDTH = 3;
const NO_SLOT = SLOTS * WIDTH; // reads as empty

/** An option has one result for each of them. */
const SEGMENTS: readonly Segment[] = ['SYN', 'SYN-ACK', 'ACK', 'data', 'FIN', 'RST'];

/** Bytes, and the same ones to read numbers from. */
export interface Viewed {
  readonly bytes: Uint8Array;
  readonly numbers: DataView;
}

/**
 * Results of packets that carry one usual option and nothing else. The same client comes again and again in a capture, and gets the
 * same result. Options are looked up as numbers in one table, which makes no object.
 */
export class Repeats {
  #slots = new Int32Array(); // until the first option is met
  readonly #results: (Decoded | undefined)[] = SEGMENTS.map(() => undefined);
  readonly #dialects: DialectTable;

  constructor(dialects: DialectTable) {
    this.#dialects = dialects;
  }

  /** What the packet says that the sieve kept last; `undefined` when it must be decoded whole. */
  resultOf(packet: Viewed, { option, flags, carriesData }: Sieve, frame: number): Decoded | undefined {
    if (option < 0) return undefined;
    if (this.#slots.length === 0) this.#slots = new Int32Array(SLOTS * WIDTH);
    const view = packet.numbers;
    const segment = segmentOf(flags, carriesData);
    const slot = this.#find(view.getInt32(option), view.getInt32(option + 4));
    const place = this.#slots[slot + 2] ?? 0;
    const known = this.#results[place + SEGMENTS.indexOf(segment)];
    if (known !== undefined) return known;
    const result = this.#again(place, segment, frame) ?? this.#decode(packet.bytes, option, segment, frame);
    if (result !== undefined && slot !== NO_SLOT) this.#learn(view, option, slot, result);
    return result;
  }

  /** The slot of an option, or the empty one where it belongs. */
  #find(head: number, address: number): number {
    const slots = this.#slots;
    const first = (Math.imul(address, 0x9e3779b1) ^ Math.imul(head, 0x85ebca6b)) >>> 17;
    for (let probe = 0; probe < PROBES; probe++) {
      const slot = ((first + probe) % SLOTS) * WIDTH;
      if (slots[slot + 2] === 0 || (slots[slot] === head && slots[slot + 1] === address)) return slot;
    }
    return NO_SLOT;
  }

  /** The same as in another segment with this option. */
  #again(place: number, segment: Segment, frame: number): Decoded | undefined {
    const known = this.#results.slice(place, place + SEGMENTS.length).find((result) => result !== undefined);
    return known && { ...known, segment, frame };
  }

  #learn(view: DataView, option: number, slot: number, result: Decoded): void {
    const results = this.#results;
    if (this.#slots[slot + 2] === 0) {
      this.#slots.set([view.getInt32(option), view.getInt32(option + 4), results.length], slot);
      for (const segment of SEGMENTS) results.push(segment === result.segment ? result : undefined);
    } else results[(this.#slots[slot + 2] ?? 0) + SEGMENTS.indexOf(result.segment ?? 'data')] = result;
  }

  /** The rest of the segment says nothing, so the option alone is enough. */
  #decode(bytes: Uint8Array, start: number, segment: Segment, frame: number): Decoded | undefined {
    const end = start + USUAL_LENGTH;
    const source = { bytes, start, end, captured: end, frame, segment, locate: nowhere, dialects: this.#dialects };
    const option = { kind: bytes[start] ?? 0, start, length: USUAL_LENGTH, available: USUAL_LENGTH };
    return decodeOption({ ...source, confidence: 'certain' }, option);
  }
}

const nowhere = (): undefined => undefined;
