import { u16, u8 } from '../../bytes';
import type { Cursor } from './cursor';
import { advance } from './cursor';

const VXLAN_PORTS: ReadonlySet<number> = new Set([4789, 8472]); // IANA, and Linux before it
const GENEVE_PORT = 6081;

/** GRE with its optional fields: IP, a bridged frame, or a mirrored frame (ERSPAN type I, II with its own 8 bytes, III with 12 or 20). */
export function gre(cursor: Cursor): void {
  const { bytes, at } = cursor;
  if (at + 4 > cursor.end) {
    cursor.layer = 'stop';
    return;
  }
  const flags = u8(bytes, at);
  const sequence = (flags & 0x10) !== 0;
  const type = u16(bytes, at + 2);
  const header = 4 + ((flags & 0x80) !== 0 ? 4 : 0) + ((flags & 0x20) !== 0 ? 4 : 0) + (sequence ? 4 : 0);
  if (type === 0x88be) advance(cursor, header + (sequence ? 8 : 0), 'ethernet');
  else if (type === 0x22eb) advance(cursor, header + ((u8(bytes, at + header + 11) & 1) === 0 ? 12 : 20), 'ethernet');
  else if (type === 0x6558) advance(cursor, header, 'ethernet');
  else advance(cursor, header, type === 0x0800 || type === 0x86dd ? 'ip' : 'stop');
}

/** UDP: a VXLAN or GENEVE tunnel by its port, else a datagram with `at` on its payload. */
export function udp(cursor: Cursor): void {
  const { bytes, at } = cursor;
  const port = u16(bytes, at + 2);
  if (VXLAN_PORTS.has(port)) advance(cursor, 16, 'ethernet');
  else if (port === GENEVE_PORT && at + 10 <= cursor.end) geneve(cursor);
  else advance(cursor, 8, 'datagram');
}

function geneve(cursor: Cursor): void {
  const options = (u8(cursor.bytes, cursor.at + 8) & 63) * 4;
  cursor.type = u16(cursor.bytes, cursor.at + 10);
  advance(cursor, 16 + options, cursor.type === 0x6558 ? 'ethernet' : 'ethertype');
}
