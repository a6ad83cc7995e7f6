// Makes packets and captures for the tests: enough of each header to be right, and no more.

export const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
export const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');
const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));
const be16 = (value: number): number[] => [value >> 8, value & 0xff];

function checksum(data: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += 2) sum += ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return 0xffff - sum;
}

export interface Segment {
  readonly options: Uint8Array;
  readonly flags?: number;
  readonly payload?: Uint8Array;
}

export const SYN = 0x02;
export const SYN_ACK = 0x12;
export const ACK = 0x10;
export const PSH_ACK = 0x18;

/** A TCP header and its payload; options are padded with EOL to four bytes. */
export function tcp({ options, flags = ACK, payload = new Uint8Array() }: Segment): Uint8Array {
  const padded = join(options, new Uint8Array((4 - (options.length % 4)) % 4));
  const words = 5 + padded.length / 4;
  const head = [...be16(40112), ...be16(443), 0, 0, 0, 9, 0, 0, 0, 7, words << 4, flags, 0x72, 0x10, 0, 0, 0, 0];
  return join(Uint8Array.from(head), padded, payload);
}

const SOURCE = [100, 97, 12, 40];
const TARGET = [10, 0, 3, 20];

export interface Ipv4Fields {
  readonly protocol: number;
  readonly options: Uint8Array;
  readonly fragment: number;
}

export function ipv4(
  payload: Uint8Array,
  { protocol = 6, options = new Uint8Array(), fragment = 0 }: Partial<Ipv4Fields> = {},
): Uint8Array {
  const words = 5 + options.length / 4;
  const total = words * 4 + payload.length;
  const head = [
    0x40 | words,
    0,
    ...be16(total),
    0x12,
    0x34,
    ...be16(fragment),
    61,
    protocol,
    0,
    0,
    ...SOURCE,
    ...TARGET,
  ];
  const header = join(Uint8Array.from(head), options);
  header.set(be16(checksum(header)), 10);
  if (protocol === 6) fillTcpChecksum(payload);
  return join(header, payload);
}

function fillTcpChecksum(segment: Uint8Array): void {
  segment.set([0, 0], 16);
  const pseudo = Uint8Array.from([...SOURCE, ...TARGET, 0, 6, ...be16(segment.length)]);
  segment.set(be16(checksum(join(pseudo, segment))), 16);
}

export function ipv6(payload: Uint8Array, next = 6): Uint8Array {
  const addresses = bytes('fd000097000000000000000000000001fd000010000000000000000000000002');
  return join(Uint8Array.from([0x60, 0, 0, 0, ...be16(payload.length), next, 64]), addresses, payload);
}

export function ethernet(payload: Uint8Array, type = 0x0800): Uint8Array {
  return join(bytes('525400aabb02525400aabb01'), Uint8Array.from(be16(type)), payload);
}

export const frame = (segment: Segment): Uint8Array => ethernet(ipv4(tcp(segment)));

export interface PcapOptions {
  readonly little?: boolean;
  readonly nanoseconds?: boolean;
  readonly link?: number;
}

export function pcap(packets: readonly Uint8Array[], options: PcapOptions = {}): Uint8Array {
  const { little = true, nanoseconds = false, link = 1 } = options;
  const word = (value: number): Uint8Array => {
    const made = Buffer.alloc(4);
    if (little) made.writeUInt32LE(value);
    else made.writeUInt32BE(value);
    return made;
  };
  const version = little ? bytes('02000400') : bytes('00020004');
  const magic = word(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4);
  const records = packets.flatMap((packet, index) => [
    word(1_700_000_000 + index),
    word(0),
    word(packet.length),
    word(packet.length),
    packet,
  ]);
  return join(magic, version, word(0), word(0), word(262144), word(link), ...records);
}

/** A section of a pcapng file with one interface. */
export function pcapng(packets: readonly Uint8Array[], { little = true, link = 1 }: PcapOptions = {}): Uint8Array {
  const number = (value: number, size: 2 | 4): Uint8Array => {
    const made = Buffer.alloc(size);
    if (little) made.writeUIntLE(value, 0, size);
    else made.writeUIntBE(value, 0, size);
    return made;
  };
  const block = (type: number, ...body: readonly Uint8Array[]): Uint8Array => {
    const content = join(...body);
    const padded = join(content, new Uint8Array((4 - (content.length % 4)) % 4));
    const length = number(padded.length + 12, 4);
    return join(number(type, 4), length, padded, length);
  };
  const enhanced = packets.map((packet) =>
    block(6, number(0, 4), number(0, 4), number(0, 4), number(packet.length, 4), number(packet.length, 4), packet),
  );
  const section = block(0x0a0d0d0a, number(0x1a2b3c4d, 4), number(1, 2), number(0, 2), bytes('ffffffffffffffff'));
  return join(section, block(1, number(link, 2), number(0, 2), number(0, 4)), ...enhanced);
}
