import { u16, u32, u32le } from '../bytes';
import { layerOfLink } from '../packet/link';
import type { CaptureFormat } from './format';
import { DAMAGED, LONGEST_PACKET, MORE } from './format';

const HEADER = 24;
const RECORD = 16;

/** The byte order of a pcap file by its magic number, micro- or nanoseconds; `undefined` for another file. */
export function pcapOrder(bytes: Uint8Array): 'big' | 'little' | undefined {
  if (bytes.length < HEADER) return undefined;
  const isMagic = (value: number): boolean => value === 0xa1b2c3d4 || value === 0xa1b23c4d;
  // With the version, 2.x for decades, since machine words of another capture in the wrong order look like the magic number.
  if (isMagic(u32(bytes, 0)) && u16(bytes, 4) === 2) return 'big';
  return isMagic(u32le(bytes, 0)) && u16(bytes, 4) === 0x0200 ? 'little' : undefined;
}

/** A pcap file by its first bytes. Packets are as long as they were captured (incl_len), whatever orig_len says. */
export function pcapFormat(head: Uint8Array): CaptureFormat | undefined {
  const order = pcapOrder(head);
  if (order === undefined) return undefined;
  const word = order === 'big' ? u32 : u32le;
  const layer = layerOfLink(word(head, 20) & 0xffff); // the upper bits tell the length of a frame check sequence
  return {
    headerLength: HEADER,
    read: (bytes, at, end, record) => {
      if (at + RECORD > end) return MORE;
      const length = word(bytes, at + 8);
      if (length > LONGEST_PACKET) return DAMAGED;
      record.start = at + RECORD;
      record.end = record.start + length;
      record.layer = layer;
      record.isPacket = true;
      return record.end > end ? MORE : RECORD + length;
    },
  };
}
