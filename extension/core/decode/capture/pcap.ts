import { viewOf } from '../../bytes';
import { layerOfLink } from '../packet/link';
import type { CaptureFormat } from './format';
import { DAMAGED, LONGEST_PACKET, MORE } from './format';

const HEADER = 24;
const RECORD = 16;
/** Times in microseconds and in nanoseconds. */
const MAGIC: readonly number[] = [0xa1b2c3d4, 0xa1b23c4d];

/** The byte order of a pcap file by its magic number and version; `undefined` for another file. */
export function pcapOrder(bytes: Uint8Array): 'big' | 'little' | undefined {
  if (bytes.length < HEADER) return undefined;
  const view = viewOf(bytes);
  // With the version, 2.x for decades, since machine words of another capture in the wrong order look like the magic number.
  if (MAGIC.includes(view.getUint32(0)) && view.getUint16(4) === 2) return 'big';
  return MAGIC.includes(view.getUint32(0, true)) && view.getUint16(4, true) === 2 ? 'little' : undefined;
}

/** A pcap file by its first bytes. Packets are as long as they were captured (incl_len), whatever orig_len says. */
export function pcapFormat(head: Uint8Array): CaptureFormat | undefined {
  const order = pcapOrder(head);
  if (order === undefined) return undefined;
  const little = order === 'little';
  const layer = layerOfLink(viewOf(head).getUint32(20, little) & 0xffff); // the upper bits tell the length of a frame check sequence
  return {
    headerLength: HEADER,
    read: (view, at, end, record) => {
      if (at + RECORD > end) return MORE;
      const length = view.getUint32(at + 8, little);
      if (length > LONGEST_PACKET) return DAMAGED;
      record.start = at + RECORD;
      record.end = record.start + length;
      record.layer = layer;
      record.isPacket = true;
      return record.end > end ? MORE : RECORD + length;
    },
  };
}
