import { u16, u8 } from '../bytes';
import { meetsKind } from '../options';
import { mayBeHeader } from '../payload/header';
import type { Layer } from './cursor';

const ETHERNET = 14;
const IPV4 = 0x0800;
const SMALLEST_IP = 20;
const SMALLEST_TCP = 20;
const TCP = 6;

/**
 * Whether a packet may say something about a client. False is certain, true is not: nearly every packet of a capture is plain TCP over
 * IPv4, and is let go here, in a few comparisons and without any object. All others are looked at properly.
 */
export function mayCarry(bytes: Uint8Array, start: number, end: number, layer: Layer, kinds: Uint8Array): boolean {
  if (layer === 'ip') return mayCarryIpv4(bytes, start, end, kinds);
  if (layer !== 'ethernet' || u16(bytes, start + 12) !== IPV4) return layer !== 'stop';
  return mayCarryIpv4(bytes, start + ETHERNET, end, kinds);
}

function mayCarryIpv4(bytes: Uint8Array, at: number, captured: number, kinds: Uint8Array): boolean {
  const first = u8(bytes, at);
  const header = (first & 15) * 4;
  if (at + header > captured || first >> 4 !== 4 || header < SMALLEST_IP || u8(bytes, at + 9) !== TCP) return true;
  if ((u16(bytes, at + 6) & 0x1fff) !== 0) return false;
  const total = u16(bytes, at + 2);
  const end = total >= header ? Math.min(captured, at + total) : captured;
  return mayCarryTcp(bytes, at + header, end, kinds);
}

function mayCarryTcp(bytes: Uint8Array, at: number, end: number, kinds: Uint8Array): boolean {
  const header = (u8(bytes, at + 12) >> 4) * 4;
  const payload = at + header;
  if (header < SMALLEST_TCP || payload > end) return true;
  return meetsKind(bytes, at + SMALLEST_TCP, payload, kinds) || mayBeHeader(bytes, payload, end);
}
