// The filter, run by the real tcpdump over packets with options of every kind in every place.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { handshakeFilter } from '../../../extension/core/capture/filter';
import { readNetwork } from '../../../extension/core/capture/network';
import { findCommand } from '../../tools/systemPackages';
import { ACK, FIN, PSH, segmentFrame, SYN } from '../../vm/frames';
import { pcap } from '../support/pcap';

const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-filter-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const MAC = Buffer.alloc(6);
const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const TIMESTAMP = bytes('0101080a 00000001 00000000');
const sack = (blocks: number): Buffer =>
  Buffer.concat([Buffer.from([1, 1, 5, 2 + 8 * blocks]), Buffer.alloc(8 * blocks)]);
const option = (kind: number, length: number): Buffer =>
  Buffer.concat([Buffer.from([kind, length]), Buffer.alloc(length - 2, 7)]);
const nops = (count: number): Buffer => Buffer.alloc(count, 1);

/** The frame of one segment; its source port tells it apart. No padding, as on a virtual wire. */
function overIpv4(sourcePort: number, options: Uint8Array, flags = ACK, data: Uint8Array = new Uint8Array()): Buffer {
  const ends = { source: '192.0.2.1', sourcePort, destination: '192.0.2.2', destinationPort: 80 };
  const frame = segmentFrame(MAC, MAC, { ...ends, sequence: 1, acknowledged: 1, flags, options, data });
  return frame.subarray(0, 14 + frame.readUInt16BE(16));
}

/** The same segment behind an IPv6 header. */
function overIpv6(...segment: Parameters<typeof overIpv4>): Buffer {
  const tcp = overIpv4(...segment).subarray(34);
  const header = Buffer.concat([
    bytes('60000000 0000 0640 20010db8'),
    Buffer.alloc(11),
    bytes('01 20010db8'),
    Buffer.alloc(11),
    bytes('02'),
  ]);
  header.writeUInt16BE(tcp.length, 4);
  return Buffer.concat([Buffer.alloc(12), bytes('86dd'), header, tcp]);
}

/** The source ports of the frames that the filter lets through. */
function matched(filter: string, frames: readonly Buffer[]): readonly number[] {
  const file = join(directory, 'frames.pcap');
  writeFileSync(file, pcap(frames));
  const { stdout, stderr, status } = spawnSync('tcpdump', ['-nn', '-r', file, filter], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return [...stdout.matchAll(/ IP6? \S+\.(\d+) > /g)].map(([, port]) => Number(port));
}

describe.skipIf(findCommand('tcpdump') === undefined).each([
  ['IPv4', overIpv4],
  ['IPv6', overIpv6],
])('over %s', (_, frame) => {
  const every = handshakeFilter({ port: undefined, peers: undefined });

  test('lets a SYN through, and no answer to one', () => {
    const mss = bytes('020405b4');
    const frames = [
      frame(1, mss, SYN),
      frame(2, nops(0), SYN),
      frame(3, mss, SYN | ACK),
      frame(4, option(254, 8), SYN),
    ];
    expect(matched(every, frames)).toEqual([1, 2, 4]);
  });

  test('keeps back what every connection sends', () => {
    const data = Buffer.from('GET / HTTP/1.1');
    const usual = [
      nops(0),
      TIMESTAMP,
      ...[1, 2, 3, 4].map(sack),
      ...[1, 2, 3].map((n) => Buffer.concat([TIMESTAMP, sack(n)])),
    ];
    const frames = usual.flatMap((options, index) => [
      frame(10 + index, options),
      frame(30 + index, options, ACK | PSH, data),
      frame(50 + index, options, ACK | FIN),
    ]);
    // The option's bytes, but as data.
    expect(matched(every, [...frames, frame(99, nops(0), ACK | PSH, option(254, 8))])).toEqual([]);
  });

  test('finds options of every kind and length in every place, with and without data', () => {
    for (const [kind, length] of [
      [200, 8],
      [254, 8],
      [254, 20],
      [253, 8],
      [249, 12],
      [252, 16],
      [28, 7],
      [254, 6],
    ] as const) {
      const places = Array.from({ length: 41 - length }, (__, place) => place);
      const built = places.map((place) => frame(1000 + place, Buffer.concat([nops(place), option(kind, length)])));
      const withData = places.map((place) =>
        frame(2000 + place, Buffer.concat([nops(place), option(kind, length)]), ACK | PSH, Buffer.from('x')),
      );
      const expected = [...places.map((place) => 1000 + place), ...places.map((place) => 2000 + place)];
      expect(matched(every, [...built, ...withData]), `kind ${kind}, length ${length}`).toEqual(expected);
    }
  });

  test('finds options behind a timestamp and behind SACK blocks', () => {
    const frames = [TIMESTAMP, sack(1), Buffer.concat([TIMESTAMP, sack(1)])].map((before, index) =>
      frame(10 + index, Buffer.concat([before, option(254, 8)])),
    );
    expect(matched(every, frames)).toEqual([10, 11, 12]);
  });

  test('takes a port and a network', () => {
    const one = [frame(1, option(254, 8))];
    const network = frame === overIpv4 ? '192.0.2.0/24' : '2001:db8::/32';
    const peers = (text: string) => handshakeFilter({ port: 80, peers: readNetwork(text) });
    expect(matched(peers(network), one)).toEqual([1]);
    expect(matched(peers('198.51.100.0/24'), one)).toEqual([]);
    expect(matched(peers('2001:db9::/32'), one)).toEqual([]);
    expect(matched(handshakeFilter({ port: 81, peers: undefined }), one)).toEqual([]);
  });
});
