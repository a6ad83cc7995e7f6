import { viewOf } from '../bytes';
import { LONGEST_PACKET } from '../capture/format';

const NEWLINE = 10;
const SPACE = 32;
const TAB = 9;
const COLON = 58;
const NO_DIGIT = 16;

/** The value of each hexadecimal digit by its character, {@link NO_DIGIT} for all others. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? NO_DIGIT : value;
});

/** Takes the bytes of one packet; they are only valid during the call. */
export type PacketTaker = (bytes: Uint8Array, length: number, frame: number) => void;

/**
 * Reads dumps with hexadecimal offsets and bytes in their order, as tcpdump -x, xxd, hexdump -C, tshark -x and Wireshark write them,
 * from the bytes of a text: no string or object per line. Other dumps are left to `readOffsetDump`, which tells them apart.
 */
export class DumpStream {
  readonly #take: PacketTaker;
  readonly #packet = new Uint8Array(LONGEST_PACKET);
  /** The packet that is passed on, to read numbers from. */
  readonly numbers = viewOf(this.#packet);
  /** Bytes of the packet so far; -1 before the first. */
  #length = -1;
  frames = 0;

  constructor(take: PacketTaker) {
    this.#take = take;
  }

  /** Reads the whole lines of `text` up to `end`; gives where the last, unfinished line begins. */
  read(text: Uint8Array, end: number): number {
    let at = 0;
    for (;;) {
      const stop = text.indexOf(NEWLINE, at);
      if (stop < 0 || stop >= end) return at;
      this.#line(text, at, stop);
      at = stop + 1;
    }
  }

  /** Gives the packet that the last line belongs to. */
  end(): void {
    if (this.#length > 0) this.#take(this.#packet, this.#length, this.frames);
    this.#length = -1;
  }

  #line(text: Uint8Array, start: number, end: number): void {
    let at = this.#lead(text, start, end);
    const digits = at;
    let offset = 0;
    for (let value = this.#digit(text, at); value !== NO_DIGIT && at < end; value = this.#digit(text, ++at))
      offset = offset * 16 + value;
    if (at - digits < 4 || at - digits > 8) return;
    if (text[at] === COLON) at++;
    else if (text[at + 1] !== SPACE) return;
    if (text[at] !== SPACE) return;
    while (at < end && text[at] === SPACE) at++;
    if (this.#digit(text, at) === NO_DIGIT) return;
    this.#place(offset);
    this.#bytes(text, at, end);
  }

  /** Behind the indent and `0x`. */
  #lead(text: Uint8Array, start: number, end: number): number {
    let at = start;
    while (at < end && (text[at] === SPACE || text[at] === TAB)) at++;
    return text[at] === 0x30 && text[at + 1] === 0x78 ? at + 2 : at;
  }

  /** A line that does not go on where the packet stands begins another; one that goes back a little corrects its last line. */
  #place(offset: number): void {
    const back = this.#length - offset;
    if (offset !== 0 && back >= 0 && back < 16) {
      this.#length = offset;
      return;
    }
    this.end();
    this.frames++;
    this.#length = 0;
  }

  /** Bytes in groups, parted by one space, or by two in the middle of sixteen single ones. */
  #bytes(text: Uint8Array, start: number, end: number): void {
    const packet = this.#packet;
    const first = this.#length;
    let length = first;
    let at = start;
    while (at + 1 < end && length < LONGEST_PACKET) {
      const high = DIGITS[text[at] ?? 0] ?? NO_DIGIT;
      const low = DIGITS[text[at + 1] ?? 0] ?? NO_DIGIT;
      if ((high | low) >= NO_DIGIT) break;
      packet[length++] = (high << 4) | low;
      at += 2;
      if (text[at] !== SPACE) continue;
      at++;
      if (text[at] === SPACE && length - first === 8 && text[at - 4] === SPACE) at++;
    }
    this.#length = length;
  }

  #digit(text: Uint8Array, at: number): number {
    return DIGITS[text[at] ?? 0] ?? NO_DIGIT;
  }
}
