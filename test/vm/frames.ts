// Ethernet, ARP, IPv4 and TCP, as much of them as a load balancer in front of one guest needs. Network byte order all over.

export interface Segment {
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledged: number;
  readonly flags: number;
  /** TCP options; padded here with NOPs to a multiple of 4. */
  readonly options?: Uint8Array;
  readonly data?: Uint8Array;
}

export interface ArpPacket {
  readonly operation: 'request' | 'reply';
  readonly senderMac: Buffer;
  readonly senderAddress: string;
  readonly targetAddress: string;
}

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;

const ETHERTYPE_IPV4 = 0x0800;
const ETHERTYPE_ARP = 0x0806;
const PROTOCOL_TCP = 6;
const ETHERNET_HEADER = 14;
const MINIMUM_FRAME = 60;

export const addressBytes = (address: string): Buffer => Buffer.from(address.split('.').map(Number));
const addressText = (bytes: Buffer): string => [...bytes].join('.');

function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, index) => bytes.writeUInt16BE(value, 2 * index));
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

/** The internet checksum, RFC 1071. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += bytes.readUInt8(at) * 256 + (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

function ethernet(to: Buffer, from: Buffer, type: number, payload: Buffer): Buffer {
  const frame = Buffer.concat([to, from, u16(type), payload]);
  return Buffer.concat([frame, Buffer.alloc(Math.max(0, MINIMUM_FRAME - frame.length))]);
}

function tcp(segment: Segment): Buffer {
  const options = segment.options ?? new Uint8Array();
  const padding = Buffer.alloc(-options.length & 3, 1);
  const words = (20 + options.length + padding.length) / 4;
  const ports = u16(segment.sourcePort, segment.destinationPort);
  const offsetAndFlags = Buffer.from([words << 4, segment.flags]);
  const window = u16(64240);
  const before = [ports, u32(segment.sequence), u32(segment.acknowledged), offsetAndFlags, window];
  const after = [u16(0), options, padding, segment.data ?? new Uint8Array()];
  const length = words * 4 + (segment.data?.length ?? 0);
  const pseudo = [addressBytes(segment.source), addressBytes(segment.destination), u16(PROTOCOL_TCP, length)];
  return Buffer.concat([...before, u16(checksum(Buffer.concat([...pseudo, ...before, u16(0), ...after]))), ...after]);
}

function ipv4(source: string, destination: string, payload: Buffer): Buffer {
  const dontFragment = 0x4000;
  const before = [u16(0x4500, 20 + payload.length, 0, dontFragment), Buffer.from([64, PROTOCOL_TCP])];
  const after = [addressBytes(source), addressBytes(destination)];
  return Buffer.concat([...before, u16(checksum(Buffer.concat([...before, u16(0), ...after]))), ...after, payload]);
}

/** A whole ethernet frame that carries the segment. */
export function segmentFrame(to: Buffer, from: Buffer, segment: Segment): Buffer {
  return ethernet(to, from, ETHERTYPE_IPV4, ipv4(segment.source, segment.destination, tcp(segment)));
}

/** An ARP answer: `address` is at `from`. */
export function arpReply(request: ArpPacket, from: Buffer, address: string): Buffer {
  const body = [u16(1, ETHERTYPE_IPV4), Buffer.from([6, 4]), u16(2), from, addressBytes(address)];
  const target = [request.senderMac, addressBytes(request.senderAddress)];
  return ethernet(request.senderMac, from, ETHERTYPE_ARP, Buffer.concat([...body, ...target]));
}

/** An ARP question for `address`, sent to all. */
export function arpRequest(from: Buffer, sender: string, address: string): Buffer {
  const body = [u16(1, ETHERTYPE_IPV4), Buffer.from([6, 4]), u16(1), from, addressBytes(sender), Buffer.alloc(6)];
  return ethernet(Buffer.alloc(6, 0xff), from, ETHERTYPE_ARP, Buffer.concat([...body, addressBytes(address)]));
}

/** The ARP packet in a frame, or undefined when it carries something else. */
export function readArp(frame: Buffer): ArpPacket | undefined {
  if (frame.length < 42 || frame.readUInt16BE(12) !== ETHERTYPE_ARP) return undefined;
  return {
    operation: frame.readUInt16BE(20) === 1 ? 'request' : 'reply',
    senderMac: frame.subarray(22, 28),
    senderAddress: addressText(frame.subarray(28, 32)),
    targetAddress: addressText(frame.subarray(38, 42)),
  };
}

/** The TCP segment over IPv4 in a frame, or undefined when it carries something else. */
export function readSegment(frame: Buffer): Segment | undefined {
  if (frame.length < MINIMUM_FRAME - 6 || frame.readUInt16BE(12) !== ETHERTYPE_IPV4) return undefined;
  const packet = frame.subarray(ETHERNET_HEADER, ETHERNET_HEADER + frame.readUInt16BE(ETHERNET_HEADER + 2));
  if (packet.readUInt8(9) !== PROTOCOL_TCP) return undefined;
  const header = packet.subarray((packet.readUInt8(0) & 15) * 4);
  return {
    source: addressText(packet.subarray(12, 16)),
    sourcePort: header.readUInt16BE(0),
    destination: addressText(packet.subarray(16, 20)),
    destinationPort: header.readUInt16BE(2),
    sequence: header.readUInt32BE(4),
    acknowledged: header.readUInt32BE(8),
    flags: header.readUInt8(13),
    data: header.subarray((header.readUInt8(12) >> 4) * 4),
  };
}
