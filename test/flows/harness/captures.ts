// Captures for the flows, written by the test itself: handshakes through a balancer that writes kind 254.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../../tools/project';

const ETHERNET = 1;

/** Sends the end of a handshake with an option to a port of this machine, again and again. */
export function sendHandshakes(port: string): ChildProcess {
  return spawn('python3', [join(root, 'test/capture/send.py'), port], { stdio: 'inherit' });
}

/** A little-endian pcap file with `count` packets, from `clients` clients in turn; every fifth packet carries the option. */
export function captureOf(count: number, clients: number): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(ETHERNET, 20);
  const packets = Array.from({ length: count }, (_, index) =>
    packet(index, index % 5 === 0 ? (index / 5) % clients : -1),
  );
  return Buffer.concat([header, ...packets]);
}

/** A gzip capture of `times` times 100,000 packets, which takes a while to read and hardly any room: one packed part, repeated. */
export function longCapture(times: number): Buffer {
  const part = captureOf(100_000, 30);
  const packed = gzipSync(part.subarray(24));
  return Buffer.concat([gzipSync(part.subarray(0, 24)), ...Array.from({ length: times }, () => packed)]);
}

/** The first packets of a connection without an option: SYN, its answer, the ACK that completes the handshake. */
export function bareHandshake(): Buffer {
  const capture = captureOf(3, 1);
  for (const [index, flags] of [0x02, 0x12, 0x10].entries()) {
    const tcp = 24 + index * (16 + 62) + 16 + 14 + 20;
    capture.writeUInt8(flags, tcp + 13);
    capture.fill(1, tcp + 20, tcp + 28); // NOPs in the place of an option
    capture.writeUInt16BE(40_112, tcp);
  }
  return capture;
}

function packet(index: number, client: number): Buffer {
  const options = client < 0 ? Buffer.alloc(8, 1) : option(client);
  const length = 14 + 20 + 20 + options.length;
  const bytes = Buffer.alloc(16 + length);
  bytes.writeUInt32LE(1_700_000_000 + index, 0);
  bytes.writeUInt32LE(length, 8);
  bytes.writeUInt32LE(length, 12);
  const ip = 16 + 14;
  bytes.writeUInt16BE(0x0800, ip - 2);
  bytes.writeUInt8(0x45, ip);
  bytes.writeUInt16BE(length - 14, ip + 2);
  bytes.writeUInt8(64, ip + 8);
  bytes.writeUInt8(6, ip + 9);
  bytes.set([100, 97, 12, 40], ip + 12);
  bytes.set([10, 0, 3, 20], ip + 16);
  const tcp = ip + 20;
  bytes.writeUInt16BE(1024 + (index % 60_000), tcp);
  bytes.writeUInt16BE(443, tcp + 2);
  bytes.writeUInt8((20 + options.length) << 2, tcp + 12);
  bytes.writeUInt8(0x10, tcp + 13);
  bytes.set(options, tcp + 20);
  return bytes;
}

/** 203.0.113.N:40000 and so on. */
function option(client: number): Buffer {
  const bytes = Buffer.from([254, 8, 0, 0, 203, 0, 113, client % 256]);
  bytes.writeUInt16BE(40_000 + client, 2);
  return bytes;
}
