import { closeSync, openSync, writeSync } from 'node:fs';

/** The bench's capture: what is in it, so that every side can be held to the truth. */
export interface Truth {
  /** `frame client` lines in the order of the frames. */
  readonly lines: readonly string[];
  readonly packets: number;
  readonly bytes: number;
}

const FLOWS = 2000;
/** One packet in so many carries the option. */
const SHARE = 20;
const PAYLOAD = 1_460;

/** A small generator of numbers (Numerical Recipes), so that every run reads the same file. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 8;
}

const TIMESTAMPS = Buffer.from('0101080a00000001000000ff', 'hex');

/** Writes a pcap of TCP over Ethernet and IPv4: 2,000 flows, timestamps in every segment, kind 200 in 5 % of them. */
export function generatePcap(path: string, packets: number): Truth {
  const file = openSync(path, 'w');
  const next = numbers(20_261_123);
  const lines: string[] = [];
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(1, 20);
  let size = writeSync(file, header);
  const block = Buffer.alloc(1 << 20);
  let filled = 0;
  for (let frame = 1; frame <= packets; frame++) {
    const carries = next() % SHARE === 0;
    const flow = next() % FLOWS;
    const payload = next() % 10 === 0 ? next() % (PAYLOAD / 2) : next() % 113;
    if (filled + 2000 > block.length) {
      size += writeSync(file, block, 0, filled);
      filled = 0;
    }
    if (carries) lines.push(`${frame} ${clientOf(flow)}`);
    filled += writePacket(block, filled, { frame, flow, payload, carries });
  }
  size += writeSync(file, block, 0, filled);
  closeSync(file);
  return { lines, packets, bytes: size };
}

const clientOf = (flow: number): string => `203.0.${flow >> 8}.${flow & 255}:${1024 + flow}`;

interface Packet {
  readonly frame: number;
  readonly flow: number;
  readonly payload: number;
  readonly carries: boolean;
}

function writePacket(block: Buffer, at: number, { frame, flow, payload, carries }: Packet): number {
  const options = TIMESTAMPS.length + (carries ? 8 : 0);
  const ip = 20 + 20 + options + payload;
  const length = 14 + ip;
  block.fill(0x61, at, at + 16 + length);
  block.writeUInt32LE(1_700_000_000 + Math.floor(frame / 1000), at);
  block.writeUInt32LE((frame % 1000) * 1000, at + 4);
  block.writeUInt32LE(length, at + 8);
  block.writeUInt32LE(length, at + 12);
  const ethernet = at + 16;
  block.write('525400aabb02525400aabb010800', ethernet, 'hex');
  const network = ethernet + 14;
  block.write('450000001234400040060000', network, 'hex');
  block.writeUInt16BE(ip, network + 2);
  block.write('64610000', network + 12, 'hex'); // 100.97.0.0: the balancer
  block.writeUInt16BE(flow, network + 14);
  block.write('0a000002', network + 16, 'hex');
  block.writeUInt16BE(checksum(block, network), network + 10);
  const tcp = network + 20;
  block.writeUInt16BE(20_000 + flow, tcp);
  block.writeUInt16BE(8443, tcp + 2);
  block.writeUInt32BE(frame, tcp + 4);
  block.writeUInt32BE(7, tcp + 8);
  block[tcp + 12] = ((20 + options) / 4) << 4;
  block[tcp + 13] = payload > 0 ? 0x18 : 0x10;
  block.write('721000000000', tcp + 14, 'hex');
  TIMESTAMPS.copy(block, tcp + 20);
  if (carries) {
    const option = tcp + 20 + TIMESTAMPS.length;
    block.set([200, 8, (1024 + flow) >> 8, (1024 + flow) & 255, 203, 0, flow >> 8, flow & 255], option);
  }
  return 16 + length;
}

function checksum(bytes: Buffer, at: number): number {
  let sum = 0;
  for (let word = 0; word < 20; word += 2) sum += bytes.readUInt16BE(at + word);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return 0xffff - sum;
}

/** The first packets of a pcap as `tcpdump -x` prints them without its summary line, which text2pcap reads too. */
export function generateText(
  pcap: Buffer,
  path: string,
  most: number,
): { readonly packets: number; readonly bytes: number } {
  const file = openSync(path, 'w');
  let size = 0;
  let at = 24;
  let packets = 0;
  let text: string[] = [];
  for (; at < pcap.length && packets < most; packets++) {
    const length = pcap.readUInt32LE(at + 8);
    text.push(`12:00:00.${String(packets % 1_000_000).padStart(6, '0')} IP 100.97.0.1.20000 > 10.0.0.2.8443: tcp\n`);
    text.push(dump(pcap.subarray(at + 30, at + 16 + length)));
    at += 16 + length;
    if (text.length > 4096) {
      size += writeSync(file, text.join(''));
      text = [];
    }
  }
  size += writeSync(file, text.join(''));
  closeSync(file);
  return { packets, bytes: size };
}

function dump(packet: Buffer): string {
  let text = '';
  for (let at = 0; at < packet.length; at += 16) {
    const hex = packet.toString('hex', at, Math.min(at + 16, packet.length));
    text += `\t0x${at.toString(16).padStart(4, '0')}:  ${hex.replace(/(.{4})(?=.)/g, '$1 ')}\n`;
  }
  return text;
}
