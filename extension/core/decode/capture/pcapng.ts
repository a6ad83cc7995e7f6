import { u16, u32, u32le, u8 } from '../bytes';
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
/** A packet block with its fields and the most that its options may reasonably take. */
const LONGEST_PACKET_BLOCK = LONGEST_PACKET + 65_536;
/** An interface block is 20 bytes; a file of nothing else must not fill the memory. */
const MOST_INTERFACES = 65_536;

/** A pcapng file begins with a section header, which reads the same in both byte orders. */
export function isPcapng(bytes: Uint8Array): boolean {
  return bytes.length >= 28 && u32(bytes, 0) === SECTION_HEADER && orderOf(bytes, 0) !== undefined;
}

function orderOf(bytes: Uint8Array, at: number): 'big' | 'little' | undefined {
  if (u32(bytes, at + 8) === BYTE_ORDER_MAGIC) return 'big';
  return u32le(bytes, at + 8) === BYTE_ORDER_MAGIC ? 'little' : undefined;
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

  read(bytes: Uint8Array, at: number, end: number, record: PacketRecord): number {
    record.isPacket = false;
    if (at + SMALLEST_BLOCK > end) return MORE;
    if (u32(bytes, at) === SECTION_HEADER && !this.#section(bytes, at)) return DAMAGED;
    const type = this.#word(bytes, at);
    const length = this.#word(bytes, at + 4);
    if (length < SMALLEST_BLOCK || length % 4 !== 0) return DAMAGED;
    if (at + Math.min(length, BLOCK_HEAD) > end) return MORE;
    if (type === INTERFACE) return length < 20 || !this.#interface(bytes, at) ? DAMAGED : length;
    if (type !== ENHANCED_PACKET && type !== OBSOLETE_PACKET && type !== SIMPLE_PACKET) return length;
    if (length > LONGEST_PACKET_BLOCK) return DAMAGED;
    if (at + length > end) return MORE;
    record.isPacket = true;
    this.#packet(bytes, at, at + length - 4, type, record);
    return length;
  }

  #section(bytes: Uint8Array, at: number): boolean {
    const order = orderOf(bytes, at);
    this.#little = order === 'little';
    this.#interfaces = [];
    return order !== undefined;
  }

  #interface(bytes: Uint8Array, at: number): boolean {
    this.#interfaces.push({ layer: layerOfLink(this.#half(bytes, at + 8)), snapshot: this.#word(bytes, at + 12) });
    return this.#interfaces.length <= MOST_INTERFACES;
  }

  #packet(bytes: Uint8Array, at: number, end: number, type: number, record: PacketRecord): void {
    const simple = type === SIMPLE_PACKET;
    const index = simple ? 0 : type === ENHANCED_PACKET ? this.#word(bytes, at + 8) : this.#half(bytes, at + 8);
    const device = this.#interfaces[index];
    record.layer = device?.layer ?? 'stop';
    record.start = Math.min(at + (simple ? 12 : 28), end);
    const captured = simple
      ? this.#simpleLength(this.#word(bytes, at + 8), device?.snapshot ?? 0)
      : this.#word(bytes, at + 20);
    record.end = Math.min(record.start + captured, end);
  }

  /** A simple packet block tells the packet's length on the wire, of which the interface's snapshot length was kept. */
  #simpleLength(original: number, snapshot: number): number {
    return snapshot === 0 ? original : Math.min(original, snapshot);
  }

  #word(bytes: Uint8Array, at: number): number {
    return this.#little ? u32le(bytes, at) : u32(bytes, at);
  }

  #half(bytes: Uint8Array, at: number): number {
    return this.#little ? u8(bytes, at) | (u8(bytes, at + 1) << 8) : u16(bytes, at);
  }
}
