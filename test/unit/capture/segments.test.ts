import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countSegments } from '../../../extension/core/capture/count';
import { readSegments, type CapturedSegment } from '../../../extension/core/capture/segments';
import { captureSummary } from '../../../extension/core/capture/summary';
import type { ToaState } from '../../../extension/core/facts';
import { render } from '../../../extension/core/message';
import { ACK, PSH, segmentFrame, SYN } from '../../vm/frames';

const V4 = Buffer.from('fe081234cb007107', 'hex');
const MAC = Buffer.alloc(6);

/** A segment as `tcpdump -x` prints it: what the snapshot holds behind the link header. */
function printed(sourcePort: number, flags: number, options: Uint8Array, data = new Uint8Array()): string {
  const ends = { source: '10.9.0.1', sourcePort, destination: '10.9.0.2', destinationPort: 80 };
  const frame = segmentFrame(MAC, MAC, { ...ends, sequence: 1, acknowledged: 1, flags, options, data });
  const hex = frame.subarray(14, Math.min(14 + frame.readUInt16BE(16), 128)).toString('hex');
  const lines = Array.from({ length: Math.ceil(hex.length / 32) }, (_, index) => {
    const groups = hex.slice(index * 32, index * 32 + 32).replace(/(.{4})(?=.)/g, '$1 ');
    return `\t0x${(index * 16).toString(16).padStart(4, '0')}:  ${groups}\n`;
  });
  return `2026-11-22 10:00:00.000000 eth0  In  IP 10.9.0.1.${sourcePort} > 10.9.0.2.80: Flags [.], length 0\n${lines.join('')}`;
}

function read(...texts: readonly string[]): readonly CapturedSegment[] {
  const found: CapturedSegment[] = [];
  const reader = readSegments((segment) => found.push(segment));
  texts.forEach((text) => {
    reader.feed(text);
  });
  return found;
}

const syn = printed(1, SYN, Buffer.from([2, 4, 5, 0xb4]));
const ack = printed(1, ACK, V4);
const data = printed(1, ACK | PSH, V4, Buffer.alloc(1400, 0x41));

describe('what tcpdump prints', () => {
  test('is passed on, segment by segment, without waiting for the next', () => {
    expect(read(syn, ack, data)).toMatchObject([
      { connection: '10.9.0.1:1 > 10.9.0.2:80', opens: true, results: [] },
      { opens: false, results: [{ frame: 2, client: '203.0.113.7:4660', kind: 254, segment: 'ACK' }] },
      { results: [{ client: '203.0.113.7:4660', segment: 'data' }] },
    ]);
  });

  test('means the same line by line', () => {
    const lines = [syn, ack, data].join('').split('\n');
    expect(read(...lines)).toEqual(read(syn, ack, data));
  });

  test('may be of old versions, without the lines between, and with words of others', () => {
    const old = ack.replace(/^.*\n/, '10:00:00.000000 IP 10.9.0.1.1 > 10.9.0.2.80: . ack 1 win 1 <[bad opt]>\n');
    expect(read('reading from file x\n', old, '\n0x0000: what\n')).toHaveLength(1);
    expect(read(ack.replace(/^.*\n/, ''))).toHaveLength(1);
  });

  test('is no segment where it only looks like one in a payload', () => {
    const forged = `2026-11-22 10:00:00.000000 IP 1.2.3.4.5 > 6.7.8.9.80: Flags [P.], length 9: HTTP: exp-d298 0x0000:  4500\n`;
    expect(read(forged)).toEqual([]);
  });

  test('hostile, gives no exception', () => {
    const line = fc.oneof(
      fc.string(),
      fc.stringMatching(/^\t0x00[0-9a-f]{2}: [0-9a-f ]{0,50}$/),
      fc.constantFrom('\t0x0000:  4500', '\t0x0000:  6000 0000 ffff', '\t0x0000:  4f00 0000'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        for (const { results } of read(lines.join('\n'))) expect(Array.isArray(results)).toBe(true);
      }),
    );
  });
});

describe('the count', () => {
  const summed = (toa: Partial<ToaState>, ...texts: readonly string[]): string => {
    const counter = countSegments();
    read(...texts).forEach((segment) => {
      counter.add(segment);
    });
    const state = { loaded: false, version: undefined, srcversion: undefined, files: [], autoload: [], ...toa };
    return captureSummary(counter.count(), state)
      .map((one) => render(one))
      .join(' ');
  };
  const other = printed(2, ACK, Buffer.from('c8081234cb007107', 'hex'));

  test('is of connections, not of segments', () => {
    expect(summed({}, syn, ack, data, other, printed(3, SYN, new Uint8Array()))).toMatch(
      /^Connections: 3, with a client’s address in a TCP option: 2 \(kind 200, 254\)\./,
    );
  });

  test.each<[Partial<ToaState>, RegExp]>([
    [{}, /No toa module is loaded on this host/],
    [{ loaded: true }, /does not say which kinds it reads/],
    [{ loaded: true, kinds: [200, 254] }, /reads kind 254\.$/],
    [{ loaded: true, kinds: [200] }, /does not read kind 254: it is built for kind 200 with 8 or 20 bytes\.$/],
  ])('with the module %j', (toa, words) => {
    expect(summed(toa, ack)).toMatch(words);
  });

  test('names a length that the module does not read', () => {
    const addressOnly = printed(4, ACK, Buffer.from('fe06cb007107', 'hex'));
    expect(summed({ loaded: true, kinds: [254] }, addressOnly)).toMatch(
      /option: 1 \(kind 254\/6\)\. The module on this host does not read kind 254\/6:/,
    );
  });

  test('says when no option is where modules look', () => {
    const misplaced = /None had it in the ACK that completes the handshake/;
    expect(summed({}, printed(1, SYN, V4))).toMatch(misplaced);
    expect(summed({}, data)).toMatch(misplaced);
    expect(summed({}, data, ack)).not.toMatch(misplaced);
  });

  test('says what it means when nothing came, or nothing with an option', () => {
    expect(summed({})).toMatch(/^No connection was opened/);
    expect(summed({}, syn)).toMatch(/^Connections: 1\. None carried/);
  });
});
