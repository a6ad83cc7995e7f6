import { u32, u32le } from '../bytes';
import type { PacketVisitor } from './capture';

const HEADER = 24;
const RECORD = 16;
/** tcpdump's own limit; a longer record is a damaged file, and what follows cannot be trusted. */
const LONGEST_PACKET = 262_144;

/** The byte order of a pcap file by its magic number, micro- or nanoseconds; `undefined` for another file. */
export function pcapOrder(bytes: Uint8Array): 'big' | 'little' | undefined {
  if (bytes.length < HEADER) return undefined;
  const isMagic = (value: number): boolean => value === 0xa1b2c3d4 || value === 0xa1b23c4d;
  if (isMagic(u32(bytes, 0))) return 'big';
  return isMagic(u32le(bytes, 0)) ? 'little' : undefined;
}

/**
 * Visits each packet of a pcap file. Packets are as long as they were captured (incl_len), whatever orig_len says. Gives false when
 * the file ends inside a record or a record's length is impossible; the packets before it were visited.
 */
export function visitPcap(bytes: Uint8Array, order: 'big' | 'little', visit: PacketVisitor): boolean {
  const read = order === 'big' ? u32 : u32le;
  const link = read(bytes, 20) & 0xffff; // the upper bits tell the length of a frame check sequence
  let at = HEADER;
  for (let frame = 1; at < bytes.length; frame++) {
    if (at + RECORD > bytes.length) return false;
    const length = read(bytes, at + 8);
    const start = at + RECORD;
    if (length > LONGEST_PACKET || start + length > bytes.length) return false;
    visit(start, start + length, link, frame);
    at = start + length;
  }
  return true;
}
