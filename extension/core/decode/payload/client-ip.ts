import { addressText } from '../address';
import { u16, u32, u8 } from '../../bytes';

/** The client that a NetScaler put before a payload. */
export interface ClientIp {
  readonly addr: string;
  readonly port: number;
  readonly length: number;
}

/** Magic and length. */
const HEAD = 8;
/** Type and length of the headers, in newer releases. */
const TYPED = 4;
const TCP = 6;
/** With the shortest headers of IP and TCP. */
export const SHORTEST = HEAD + 40;
/** With typed headers of IP and TCP that have options. */
export const LONGEST = 256;

/**
 * NetScaler's client IP insertion: magic4, length4, in newer releases type2 and header length2, then the client's own IP and TCP header.
 * The magic number is set at each site, so only the lengths and the headers inside tell it; all must agree (Citrix documentation).
 */
export function readClientIp(bytes: Uint8Array, start: number, end: number): ClientIp | undefined {
  const ip = innerHeader(bytes, start, end);
  if (ip === undefined) return undefined;
  const version4 = u8(bytes, ip) >> 4 === 4;
  const tcp = ip + (version4 ? (u8(bytes, ip) & 15) * 4 : 40);
  return {
    addr: version4 ? addressText(bytes, ip + 12, 4) : addressText(bytes, ip + 8, 16),
    port: u16(bytes, tcp),
    length: u32(bytes, start + 4),
  };
}

function innerHeader(bytes: Uint8Array, start: number, end: number): number | undefined {
  const length = u32(bytes, start + 4);
  if (length < SHORTEST || length > LONGEST || start + length > end) return undefined;
  const typed = start + HEAD + TYPED;
  const last = start + length;
  if (u16(bytes, start + HEAD + 2) === length - HEAD - TYPED && fits(bytes, typed, last)) return typed;
  return fits(bytes, start + HEAD, last) ? start + HEAD : undefined;
}

/** An IP header followed by a TCP header, which fill the bytes exactly. */
function fits(bytes: Uint8Array, at: number, end: number): boolean {
  const first = u8(bytes, at);
  const header = first >> 4 === 4 ? (first & 15) * 4 : first >> 4 === 6 ? 40 : 0;
  if (header < 20 || at + header + 20 > end) return false;
  if (u8(bytes, at + (header === 40 && first >> 4 === 6 ? 6 : 9)) !== TCP) return false;
  return at + header + (u8(bytes, at + header + 12) >> 4) * 4 === end;
}
