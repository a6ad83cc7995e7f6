// The capture filters of the snippets, run by the real tcpdump over packets with the option in every place.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findCommand } from '../../tools/systemPackages';
import { ACK, PSH, segmentFrame, SYN } from '../../vm/frames';
import { pcap } from '../support/pcap';
import { expandNamed } from './expand';

const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-tcpdump-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const MAC = Buffer.alloc(6);
const IPV4 = Buffer.from([8, 0x12, 0x34, 203, 0, 113, 7]);
const IPV6 = Buffer.concat([Buffer.from([20, 0x12, 0x34]), Buffer.alloc(16, 0x20)]);
const option = (kind: number, rest = IPV4): Buffer => Buffer.concat([Buffer.from([kind]), rest]);
const nops = (count: number): Buffer => Buffer.alloc(count, 1);
const TIMESTAMP = Buffer.from([1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0]);

/** The frame of one segment; its source port tells it apart in tcpdump's output. */
function frame(sourcePort: number, options: Uint8Array, flags = ACK, data: Uint8Array = new Uint8Array()): Buffer {
  const ends = { source: '192.0.2.1', sourcePort, destination: '192.0.2.2', destinationPort: 80 };
  const numbers = { sequence: 1, acknowledged: 1, flags };
  return segmentFrame(MAC, MAC, { ...ends, ...numbers, options, data });
}

/** The source ports of the frames that the snippet's filter lets through. */
function matched(snippet: string, frames: readonly Buffer[]): readonly number[] {
  const file = join(directory, 'capture.pcap');
  writeFileSync(file, pcap(frames));
  const script = expandNamed('shell.json', snippet).replace('tcpdump -ni any', 'tcpdump -nr "$1"');
  const { stdout, stderr, status } = spawnSync('sh', ['-c', script, 'sh', file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return [...stdout.matchAll(/IP 192\.0\.2\.1\.(\d+) >/g)].map(([, port]) => Number(port));
}

const without = [
  frame(1, Buffer.alloc(0)),
  frame(2, TIMESTAMP),
  frame(3, option(253)),
  frame(4, option(254, Buffer.from([7, 0, 0, 0, 0, 0, 0]))),
  // The option's bytes, but as data.
  frame(5, Buffer.alloc(0), ACK | PSH, option(254)),
  // Cut short by the end of the header.
  frame(6, Buffer.concat([nops(36), Buffer.from([254, 8, 0x12, 0x34])])),
];

describe.skipIf(findCommand('tcpdump') === undefined)('tcpdump', () => {
  const places = Array.from({ length: 33 }, (_, place) => place);

  test('the full filter finds the option in every place, of either kind', () => {
    const with200 = places.map((place) => frame(1000 + place, Buffer.concat([nops(place), option(200)])));
    const with254 = places.map((place) =>
      frame(2000 + place, Buffer.concat([nops(place), option(254)]), ACK | PSH, Buffer.from('x')),
    );
    const inSyn = frame(3000, Buffer.concat([Buffer.from([2, 4, 5, 0xb4]), option(254)]), SYN);
    const ports = matched('Capture TOA options', [...without, ...with200, ...with254, inSyn]);
    expect(ports).toEqual([...places.map((place) => 1000 + place), ...places.map((place) => 2000 + place), 3000]);
  });

  test('the full filter finds IPv6 addresses in every place', () => {
    const sixes = places
      .slice(0, 21)
      .map((place) => frame(1000 + place, Buffer.concat([nops(place), option(254, IPV6)])));
    expect(matched('Capture TOA options', [...without, ...sixes])).toHaveLength(21);
  });

  test('the fast filter finds the handshake ACK of LVS, with and without timestamps', () => {
    const frames = [
      frame(10, option(254)),
      frame(11, option(200)),
      frame(12, Buffer.concat([TIMESTAMP, option(254)])),
      frame(13, option(254), SYN),
      frame(14, option(254), SYN | ACK),
    ];
    expect(matched('Capture TOA options, fast', [...without, ...frames])).toEqual([10, 11, 12]);
  });
});
