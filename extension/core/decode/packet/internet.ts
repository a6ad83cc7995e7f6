import { u16, u8 } from '../../bytes';
import type { Cursor, Layer } from './cursor';
import { advance } from './cursor';

/** An IPv6 packet has a few extension headers; more is an attack on the reader. */
const MOST_EXTENSIONS = 8;

/** What an IP protocol number announces. 248 is the private protocol of DPVS UOA. */
function layerOfProtocol(protocol: number): Layer {
  switch (protocol) {
    case 6:
      return 'tcp';
    case 1:
      return 'icmp';
    case 17:
      return 'udp';
    case 4:
    case 41:
      return 'ip';
    case 47:
      return 'gre';
    case 248:
      return 'uoa';
    default:
      return 'stop';
  }
}

/** Cuts the layer to what the header declares; bytes beyond it are padding or a trailer. */
function declare(cursor: Cursor, declaredEnd: number): void {
  cursor.declaredEnd = declaredEnd;
  cursor.end = Math.min(cursor.end, declaredEnd);
}

/** IPv4. A later fragment has no TCP header, whatever its bytes look like. A total length of 0 comes from segmentation offload. */
export function ipv4(cursor: Cursor): void {
  const { bytes, at } = cursor;
  const header = (u8(bytes, at) & 15) * 4;
  if (at + 20 > cursor.end || header < 20) {
    cursor.layer = 'stop';
    return;
  }
  if (cursor.ip < 0) cursor.ip = at;
  cursor.innerIp = at;
  const total = u16(bytes, at + 2);
  if (total >= header) declare(cursor, at + total);
  cursor.ipOptions = at + 20;
  cursor.ipOptionsEnd = at + header;
  const laterFragment = (u16(bytes, at + 6) & 0x1fff) !== 0;
  advance(cursor, header, laterFragment ? 'stop' : layerOfProtocol(u8(bytes, at + 9)));
}

/** IPv6 with its extension headers. A payload length of 0 is a jumbogram or offload. */
export function ipv6(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (at + 40 > cursor.end) {
    cursor.layer = 'stop';
    return;
  }
  if (cursor.ip < 0) cursor.ip = at;
  cursor.innerIp = at;
  cursor.ipOptions = cursor.ipOptionsEnd = 0;
  const payload = u16(bytes, at + 4);
  if (payload !== 0) declare(cursor, at + 40 + payload);
  let next = u8(bytes, at + 6);
  cursor.at = at + 40;
  for (let count = 0; count < MOST_EXTENSIONS && isExtension(next); count++) {
    if (cursor.at + 8 > cursor.end || (next === 44 && (u16(bytes, cursor.at + 2) & 0xfff8) !== 0)) {
      cursor.layer = 'stop';
      return;
    }
    const length = next === 44 ? 8 : (u8(bytes, cursor.at + 1) + 1) * 8;
    next = u8(bytes, cursor.at);
    cursor.at += length;
  }
  advance(cursor, 0, layerOfProtocol(next));
}

/** Hop-by-hop, routing, fragment and destination options. */
function isExtension(protocol: number): boolean {
  return protocol === 0 || protocol === 43 || protocol === 44 || protocol === 60;
}
