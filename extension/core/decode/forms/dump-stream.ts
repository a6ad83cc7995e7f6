import { viewOf } from '../../bytes';
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
    const whole = end === 0 ? 0 : text.lastIndexOf(NEWLINE, end - 1) + 1;
    for (let at = 0; at < whole;) {
      at = this.#line(text, at);
      while (text[at] !== NEWLINE) at++;
      at++;
    }
    return whole;
  }

  /** Gives the packet that the last line belongs to. */
  end(): void {
    if (this.#length > 0) this.#take(this.#packet, this.#length, this.frames);
    this.#length = -1;
  }

  /** Reads a line as far as it is a dump. Gives where it stopped: at its line end, which stops everything here, or before. */
  #line(text: Uint8Array, start: number): number {
    let at = behindBlanks(text, start);
    if (text[at] === 0x30 && text[at + 1] === 0x78) at += 2;
    const digits = at;
    let offset = 0;
    for (let value = digitAt(text, at); value !== NO_DIGIT; value = digitAt(text, ++at)) offset = offset * 16 + value;
    if (at - digits < 4 || at - digits > 8) return at;
    if (text[at] === COLON) at++;
    else if (text[at + 1] !== SPACE) return at;
    if (text[at] !== SPACE) return at;
    at = behindBlanks(text, at);
    if (digitAt(text, at) === NO_DIGIT) return at;
    this.#place(offset);
    return this.#bytes(text, at);
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

  /** Bytes in groups, parted by one space, or by two in the middle of sixteen single ones. Gives where they end. */
  #bytes(text: Uint8Array, start: number): number {
    const packet = this.#packet;
    const first = this.#length;
    let length = first;
    let at = start;
    while (length < LONGEST_PACKET) {
      const high = digitAt(text, at);
      if (high === NO_DIGIT) break;
      const low = digitAt(text, at + 1);
      if (low === NO_DIGIT) break;
      packet[length++] = (high << 4) | low;
      at += 2;
      if (text[at] !== SPACE) continue;
      at++;
      if (text[at] === SPACE && length - first === 8 && text[at - 4] === SPACE) at++;
    }
    this.#length = length;
    return at;
  }
}

function behindBlanks(text: Uint8Array, start: number): number {
  let at = start;
  while (text[at] === SPACE || text[at] === TAB) at++;
  return at;
}

function digitAt(text: Uint8Array, at: number): number {
  return DIGITS[text[at] ?? 0] ?? NO_DIGIT;
}
