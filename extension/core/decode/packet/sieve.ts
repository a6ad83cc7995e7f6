import { mayBeHeader } from '../payload/header';
import type { Layer } from './cursor';

const ETHERNET = 14;
const IPV4 = 0x0800;
const SMALLEST_IP = 20;
const SMALLEST_TCP = 20;
const TCP = 6;
const END_OF_LIST = 0;
const NO_OPERATION = 1;
const TIMESTAMPS = 8;
/** Two NOPs, kind 8 and its length: how nearly every system begins the options of nearly every segment (RFC 7323, appendix A). */
const ALIGNED_TIMESTAMPS = 0x0101080a;
const ALIGNED_LENGTH = 12;
/** Kind, length, port and IPv4 address: what nearly every carrier looks like. */
export const USUAL_LENGTH = 8;

const NONE = -1;
const UNUSUAL = -2;
/** A length below 2, or one that leads out of the options. */
const IMPOSSIBLE = 0;

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
  /** Timestamps are no carrier, unless a user says so. */
  readonly #skipsTimestamps: boolean;

  /** `kinds` has a 1 at each kind that carries an address. */
  constructor(kinds: Uint8Array) {
    this.#kinds = kinds;
    this.#skipsTimestamps = kinds[TIMESTAMPS] !== 1;
  }

  /** Whether the packet may say something. False is certain, true is not. */
  keeps(view: DataView, start: number, end: number, layer: Layer): boolean {
    this.option = NONE;
    if (layer === 'stop') return false;
    if (layer === 'ip') return this.#keepsIp(view, start, end);
    const usual = layer === 'ethernet' && start + ETHERNET <= end && view.getUint16(start + 12) === IPV4;
    return !usual || this.#keepsIp(view, start + ETHERNET, end);
  }

  /** Fields that stand side by side are read at once: this runs for every packet of a capture. */
  #keepsIp(view: DataView, at: number, captured: number): boolean {
    if (at + SMALLEST_IP > captured) return true;
    const first = view.getUint32(at); // version, header length, type of service, total length
    const header = ((first >>> 24) & 15) * 4;
    const middle = view.getUint32(at + 6); // flags and fragment offset, time to live, protocol
    if (first >>> 28 !== 4 || header < SMALLEST_IP || (middle & 0xff) !== TCP) return true;
    if ((middle & 0x1fff0000) !== 0) return false; // a later fragment has no TCP header
    const total = first & 0xffff;
    return this.#keepsTcp(view, at + header, captured, total >= header ? at + total : captured);
  }

  #keepsTcp(view: DataView, at: number, captured: number, declaredEnd: number): boolean {
    const end = Math.min(captured, declaredEnd);
    if (at + SMALLEST_TCP > end) return true;
    const lengthAndFlags = view.getUint16(at + 12);
    const header = (lengthAndFlags >>> 12) * 4;
    const payload = at + header;
    if (header < SMALLEST_TCP || payload > end || mayBeHeader(view, payload, end)) return true;
    const found = this.#carrier(view, at + SMALLEST_TCP, payload);
    if (found === NONE) return false;
    this.option = found === UNUSUAL ? NONE : found;
    this.flags = lengthAndFlags & 0xff;
    this.carriesData = payload < declaredEnd;
    return true;
  }

  /** The carrier's place, when there is one of the usual length in a list in good order; NONE without a carrier. */
  #carrier(view: DataView, start: number, end: number): number {
    const kinds = this.#kinds;
    let found = NONE;
    for (let at = this.#behindTimestamps(view, start, end); at < end;) {
      const kind = view.getUint8(at);
      if (kind === END_OF_LIST) return found;
      const carries = kinds[kind] === 1;
      const length = lengthOf(view, at, end, kind);
      if (length === IMPOSSIBLE) return carries || found !== NONE ? UNUSUAL : NONE;
      if (carries) {
        if (found !== NONE || length !== USUAL_LENGTH) return UNUSUAL;
        found = at;
      }
      at += length;
    }
    return found;
  }

  #behindTimestamps(view: DataView, start: number, end: number): number {
    const behind = start + ALIGNED_LENGTH;
    return behind <= end && this.#skipsTimestamps && view.getUint32(start) === ALIGNED_TIMESTAMPS ? behind : start;
  }
}

function lengthOf(view: DataView, at: number, end: number, kind: number): number {
  if (kind === NO_OPERATION) return 1;
  const length = at + 1 < end ? view.getUint8(at + 1) : IMPOSSIBLE;
  return length < 2 || at + length > end ? IMPOSSIBLE : length;
}
