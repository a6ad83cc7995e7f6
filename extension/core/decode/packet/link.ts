import { u16, u32, u8 } from '../../bytes';
import type { Cursor, Layer } from './cursor';
import { advance } from './cursor';

/** Link types of pcap and pcapng files (tcpdump.org/linktypes.html) that can carry IP. */
const LINK_LAYERS: ReadonlyMap<number, Layer> = new Map([
  [0, 'null'],
  [1, 'ethernet'],
  [9, 'ppp'],
  [12, 'ip'],
  [14, 'ip'],
  [101, 'ip'],
  [108, 'null'],
  [113, 'sll'],
  [228, 'ip'],
  [229, 'ip'],
  [276, 'sll2'],
]);

/** The first header of a packet of that link type; `stop` for one that is not known. */
export function layerOfLink(link: number): Layer {
  return LINK_LAYERS.get(link) ?? 'stop';
}

export function ethernet(cursor: Cursor): void {
  cursor.type = u16(cursor.bytes, cursor.at + 12);
  advance(cursor, 14, 'ethertype');
}

/** Linux cooked capture, version 1: the protocol is in the last two of 16 bytes. */
export function sll(cursor: Cursor): void {
  cursor.type = u16(cursor.bytes, cursor.at + 14);
  advance(cursor, 16, 'ethertype');
}

/** Linux cooked capture, version 2: the protocol comes first, in 20 bytes. */
export function sll2(cursor: Cursor): void {
  cursor.type = u16(cursor.bytes, cursor.at);
  advance(cursor, 20, 'ethertype');
}

/** BSD loopback: an address family in either byte order, whose number for IPv6 differs by system. The IP version tells more. */
export function loopback(cursor: Cursor): void {
  advance(cursor, 4, 'ip');
}

/** PPP with or without its HDLC address and control bytes. */
export function ppp(cursor: Cursor): void {
  const framing = u16(cursor.bytes, cursor.at) === 0xff03 ? 2 : 0;
  const protocol = u16(cursor.bytes, cursor.at + framing);
  advance(cursor, framing + 2, protocol === 0x0021 || protocol === 0x0057 ? 'ip' : 'stop');
}

/** What an EtherType announces: IP, another tag, or a tunnel inside the frame. */
export function ethertype(cursor: Cursor): void {
  switch (cursor.type) {
    case 0x0800:
    case 0x86dd:
      cursor.layer = 'ip';
      return;
    case 0x8100:
    case 0x88a8:
    case 0x9100:
      cursor.type = u16(cursor.bytes, cursor.at + 2);
      advance(cursor, 4, 'ethertype');
      return;
    case 0x8847:
      cursor.layer = 'mpls';
      return;
    case 0x8864:
      advance(cursor, 6, 'ppp');
      return;
    default:
      cursor.layer = 'stop';
  }
}

/** One label of an MPLS stack; behind the last comes IP, as nearly always. */
export function mpls(cursor: Cursor): void {
  const last = (u32(cursor.bytes, cursor.at) & 0x100) !== 0;
  advance(cursor, 4, last ? 'ip' : 'mpls');
}

/** Tells IPv4 from IPv6 by the version in the first byte. */
export function ip(cursor: Cursor): void {
  const version = u8(cursor.bytes, cursor.at) >> 4;
  if (cursor.at >= cursor.end || (version !== 4 && version !== 6)) cursor.layer = 'stop';
  else cursor.layer = version === 4 ? 'ipv4' : 'ipv6';
}
