import { u16, u8 } from '../../bytes';
import type { Layer } from './cursor';
import { cursorAt } from './cursor';
import { walkToIp } from './walk';

/** Dumps carry no link type. In this order an equal fit goes to the more common one. */
const CANDIDATES: readonly Layer[] = ['ip', 'ethernet', 'sll', 'sll2', 'null', 'ppp'];

/** A header that fits no better than this may be chance. */
const SMALLEST_FIT = 2;

/**
 * Guesses how a packet without a link type begins, by looking for an IP header whose lengths fit the bytes. `undefined` when nothing
 * fits, as for bytes that are no packet.
 */
export function sniffLink(bytes: Uint8Array): Layer | undefined {
  const fits = CANDIDATES.map((layer) => ({ layer, fit: fitOf(bytes, layer) }));
  const best = fits.reduce((a, b) => (b.fit > a.fit ? b : a));
  return best.fit >= SMALLEST_FIT ? best.layer : undefined;
}

/** 0 when there is no IP header; higher the better its length and checksum agree with the bytes. */
function fitOf(bytes: Uint8Array, layer: Layer): number {
  const cursor = cursorAt(bytes, 0, bytes.length, layer);
  if (!walkToIp(cursor)) return 0;
  const available = bytes.length - cursor.at;
  if (cursor.layer === 'ipv6') return available < 40 ? 0 : lengthFit(u16(bytes, cursor.at + 4) + 40, available);
  const header = (u8(bytes, cursor.at) & 15) * 4;
  const total = u16(bytes, cursor.at + 2);
  if (header < 20 || available < header || (total !== 0 && total < header)) return 0;
  return lengthFit(total, available) + (checksumHolds(bytes, cursor.at, header) ? 4 : 0);
}

/** Exact; or with a little padding; or cut short by the snapshot length. */
function lengthFit(declared: number, available: number): number {
  if (declared === available) return 3;
  return declared < available && available - declared <= 64 ? 2 : 1;
}

/** The Internet checksum over an IPv4 header (RFC 791). */
function checksumHolds(bytes: Uint8Array, at: number, length: number): boolean {
  let sum = 0;
  for (let index = 0; index < length; index += 2) sum += u16(bytes, at + index);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return sum === 0xffff;
}
