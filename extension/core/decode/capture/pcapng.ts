import { viewOf } from '../../bytes';
import type { Layer } from '../packet/cursor';
import { layerOfLink } from '../packet/link';
import type { CaptureFormat, PacketRecord } from './format';
import { DAMAGED, LONGEST_PACKET, MORE } from './format';

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** As much of any block as is looked at, but for packets. */
const BLOCK_HEAD = 16;
/** Type and both lengths. */
const SMALLEST_BLOCK = 12;
const SMALLEST_INTERFACE = 20;
const SMALLEST_SIMPLE_PACKET = 16;
const SMALLEST_PACKET = 32;
/** A packet block with its fields and the most that its options may reasonably take. */
const LONGEST_PACKET_BLOCK = LONGEST_PACKET + 65_536;
/** An interface block is 20 bytes; a file of nothing else must not fill the memory. */
const MOST_INTERFACES = 65_536;

/** A pcapng file begins with a section header, which reads the same in both byte orders. */
export function isPcapng(bytes: Uint8Array): boolean {
  if (bytes.length < 28) return false;
  const view = viewOf(bytes);
  return view.getUint32(0) === SECTION_HEADER && orderOf(view, 0) !== undefined;
}

function orderOf(view: DataView, at: number): 'big' | 'little' | undefined {
  if (view.getUint32(at + 8) === BYTE_ORDER_MAGIC) return 'big';
  return view.getUint32(at + 8, true) === BYTE_ORDER_MAGIC ? 'little' : undefined;
}

/** A pcapng file by its first bytes. */
export function pcapngFormat(head: Uint8Array): CaptureFormat | undefined {
  return isPcapng(head) ? new Blocks() : undefined;
}

/** The blocks of a pcapng file, across sections and interfaces. */
class Blocks implements CaptureFormat {
  readonly headerLength = 0;
  #little = true;
  #interfaces: { readonly layer: Layer; readonly snapshot: number }[] = [];

  read(view: DataView, at: number, end: number, record: PacketRecord): number {
    record.isPacket = false;
    if (at + SMALLEST_BLOCK > end) return MORE;
    if (view.getUint32(at) === SECTION_HEADER && !this.#section(view, at)) return DAMAGED;
    const little = this.#little;
    const type = view.getUint32(at, little);
    const length = view.getUint32(at + 4, little);
    if (length < smallest(type) || length % 4 !== 0) return DAMAGED;
    if (at + Math.min(length, BLOCK_HEAD) > end) return MORE;
    if (type === INTERFACE) return this.#interface(view, at) ? length : DAMAGED;
    if (type !== ENHANCED_PACKET && type !== OBSOLETE_PACKET && type !== SIMPLE_PACKET) return length;
    if (length > LONGEST_PACKET_BLOCK) return DAMAGED;
    if (at + length > end) return MORE;
    record.isPacket = true;
    if (type === SIMPLE_PACKET) this.#simple(view, at, at + length - 4, record);
    else this.#packet(view, at, at + length - 4, type, record);
    return length;
  }

  #section(view: DataView, at: number): boolean {
    const order = orderOf(view, at);
    this.#little = order === 'little';
    this.#interfaces = [];
    return order !== undefined;
  }

  #interface(view: DataView, at: number): boolean {
    const little = this.#little;
    this.#interfaces.push({
      layer: layerOfLink(view.getUint16(at + 8, little)),
      snapshot: view.getUint32(at + 12, little),
    });
    return this.#interfaces.length <= MOST_INTERFACES;
  }

  #packet(view: DataView, at: number, end: number, type: number, record: PacketRecord): void {
    const little = this.#little;
    const index = type === ENHANCED_PACKET ? view.getUint32(at + 8, little) : view.getUint16(at + 8, little);
    record.layer = this.#interfaces[index]?.layer ?? 'stop';
    record.start = at + 28;
    record.end = Math.min(record.start + view.getUint32(at + 20, little), end);
  }

  /** A simple packet block tells the packet's length on the wire, of which the interface's snapshot length was kept. */
  #simple(view: DataView, at: number, end: number, record: PacketRecord): void {
    const device = this.#interfaces[0];
    const original = view.getUint32(at + 8, this.#little);
    const snapshot = device?.snapshot ?? 0;
    record.layer = device?.layer ?? 'stop';
    record.start = at + 12;
    record.end = Math.min(record.start + (snapshot === 0 ? original : Math.min(original, snapshot)), end);
  }
}

/** A block with fewer bytes has no place for its fields. */
function smallest(type: number): number {
  switch (type) {
    case INTERFACE:
      return SMALLEST_INTERFACE;
    case SIMPLE_PACKET:
      return SMALLEST_SIMPLE_PACKET;
    case ENHANCED_PACKET:
    case OBSOLETE_PACKET:
      return SMALLEST_PACKET;
    default:
      return SMALLEST_BLOCK;
  }
}
