import { u16, u32, u8 } from '../bytes';
import { mayBeHeader } from '../payload/header';
import type { Layer } from './cursor';

const ETHERNET = 14;
const IPV4 = 0x0800;
const SMALLEST_IP = 20;
const SMALLEST_TCP = 20;
const TCP = 6;
const END_OF_LIST = 0;
const NO_OPERATION = 1;
/** Kind, length, port and IPv4 address: what nearly every carrier looks like. */
const USUAL_LENGTH = 8;

const NONE = -1;
const UNUSUAL = -2;

/**
 * Lets packets go that say nothing about a client. Nearly every packet of a capture is plain TCP over IPv4 and is told by a few
 * comparisons, without any object; all others are kept, to be looked at properly. Keeps one packet's findings at a time.
 */
export class Sieve {
  /** Where the option is, when the packet kept last has one of the usual length and nothing else that tells about a client; else -1. */
  option = NONE;
  /** The TCP flags of that packet. */
  flags = 0;
  carriesData = false;
  readonly #kinds: Uint8Array;

  /** `kinds` has a 1 at each kind that carries an address. */
  constructor(kinds: Uint8Array) {
    this.#kinds = kinds;
  }

  /** Whether the packet may say something. False is certain, true is not. */
  keeps(bytes: Uint8Array, start: number, end: number, layer: Layer): boolean {
    this.option = NONE;
    if (layer === 'ip') return this.#keepsIpv4(bytes, start, end);
    if (layer !== 'ethernet' || u16(bytes, start + 12) !== IPV4) return layer !== 'stop';
    return this.#keepsIpv4(bytes, start + ETHERNET, end);
  }

  #keepsIpv4(bytes: Uint8Array, at: number, captured: number): boolean {
    const first = u8(bytes, at);
    const header = (first & 15) * 4;
    if (at + header > captured || first >> 4 !== 4 || header < SMALLEST_IP || u8(bytes, at + 9) !== TCP) return true;
    if ((u16(bytes, at + 6) & 0x1fff) !== 0) return false;
    const total = u16(bytes, at + 2);
    const end = total >= header ? Math.min(captured, at + total) : captured;
    return this.#keepsTcp(bytes, at + header, end);
  }

  #keepsTcp(bytes: Uint8Array, at: number, end: number): boolean {
    const header = (u8(bytes, at + 12) >> 4) * 4;
    const payload = at + header;
    if (header < SMALLEST_TCP || payload > end) return true;
    if (mayBeHeader(bytes, payload, end)) return true;
    const found = onlyCarrier(bytes, at + SMALLEST_TCP, payload, this.#kinds);
    if (found === NONE) return false;
    this.option = found === UNUSUAL ? NONE : found;
    this.flags = u8(bytes, at + 13);
    this.carriesData = payload < end;
    return true;
  }

  /** A number that is equal for packets with the same address, port, flags that matter, and data or none. Not for different kinds. */
  keyOf(bytes: Uint8Array): number {
    const { flags } = this;
    const shape = (flags & 7) | ((flags & 0x10) >> 1) | (this.carriesData ? 0x10 : 0);
    return (shape * 0x1_0000 + u16(bytes, this.option + 2)) * 0x1_0000_0000 + u32(bytes, this.option + 4);
  }
}

/** The carrier's place, when there is one of the usual length in a list in good order; NONE without a carrier. */
function onlyCarrier(bytes: Uint8Array, start: number, end: number, kinds: Uint8Array): number {
  let found = NONE;
  for (let at = start; at < end;) {
    const kind = u8(bytes, at);
    if (kind === NO_OPERATION) {
      at++;
      continue;
    }
    if (kind === END_OF_LIST) return found;
    const length = u8(bytes, at + 1);
    const carries = kinds[kind] === 1;
    if (at + 1 >= end || length < 2 || at + length > end) return carries || found !== NONE ? UNUSUAL : NONE;
    if (carries) {
      if (found !== NONE || length !== USUAL_LENGTH) return UNUSUAL;
      found = at;
    }
    at += length;
  }
  return found;
}
