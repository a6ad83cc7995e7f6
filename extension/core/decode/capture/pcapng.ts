import { u16, u32, u32le, u8 } from '../bytes';
import type { PacketVisitor } from './capture';

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** One section: its byte order and the link type and snapshot length of each interface. */
interface Section {
  readonly little: boolean;
  readonly interfaces: { readonly link: number; readonly snapshot: number }[];
}

/** A pcapng file begins with a section header, which reads the same in both byte orders. */
export function isPcapng(bytes: Uint8Array): boolean {
  return bytes.length >= 28 && u32(bytes, 0) === SECTION_HEADER && orderOf(bytes, 0) !== undefined;
}

function orderOf(bytes: Uint8Array, at: number): 'big' | 'little' | undefined {
  if (u32(bytes, at + 8) === BYTE_ORDER_MAGIC) return 'big';
  return u32le(bytes, at + 8) === BYTE_ORDER_MAGIC ? 'little' : undefined;
}

/** Visits each packet of a pcapng file, across sections and interfaces. Gives false when a block is damaged or cut. */
export function visitPcapng(bytes: Uint8Array, visit: PacketVisitor): boolean {
  let section: Section = { little: true, interfaces: [] };
  let frame = 0;
  let at = 0;
  while (at < bytes.length) {
    if (at + 12 > bytes.length) return false;
    if (u32(bytes, at) === SECTION_HEADER) {
      const order = orderOf(bytes, at);
      if (order === undefined) return false;
      section = { little: order === 'little', interfaces: [] };
    }
    const length = word(bytes, at + 4, section);
    if (length < 12 || length % 4 !== 0 || at + length > bytes.length) return false;
    const packet = readBlock(bytes, at, at + length - 4, section);
    if (packet !== undefined) visit(packet.start, packet.end, packet.link, ++frame);
    at += length;
  }
  return true;
}

const word = (bytes: Uint8Array, at: number, { little }: Section): number =>
  little ? u32le(bytes, at) : u32(bytes, at);

const half = (bytes: Uint8Array, at: number, { little }: Section): number =>
  little ? u8(bytes, at) | (u8(bytes, at + 1) << 8) : u16(bytes, at);

function readBlock(
  bytes: Uint8Array,
  at: number,
  end: number,
  section: Section,
): { start: number; end: number; link: number } | undefined {
  const packet = (index: number, start: number, captured: number) => {
    const link = section.interfaces[index]?.link ?? -1;
    return { start, end: Math.min(start + captured, end), link };
  };
  switch (word(bytes, at, section)) {
    case INTERFACE:
      section.interfaces.push({ link: half(bytes, at + 8, section), snapshot: word(bytes, at + 12, section) });
      return undefined;
    case ENHANCED_PACKET:
      return packet(word(bytes, at + 8, section), at + 28, word(bytes, at + 20, section));
    case OBSOLETE_PACKET:
      return packet(half(bytes, at + 8, section), at + 28, word(bytes, at + 20, section));
    case SIMPLE_PACKET: {
      const snapshot = section.interfaces[0]?.snapshot ?? 0;
      const original = word(bytes, at + 8, section);
      return packet(0, at + 12, snapshot === 0 ? original : Math.min(original, snapshot));
    }
    default:
      return undefined;
  }
}
