import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBytes, decodeText } from '../../../extension/core/decode/decode';
import { addressText } from '../../../extension/core/decode/address';
import { bytes } from './build';

const folder = 'test/fixtures/decode';
const fixtures = readdirSync(folder)
  .filter((name) => /\.(?:txt|pcap)$/.test(name))
  .map((name) => readFileSync(`${folder}/${name}`));

/** Every result keeps its promises, whatever the input was. */
function check(results: ReturnType<typeof decodeBytes>, length: number): void {
  for (const { client, addr, status, frame, span } of results) {
    expect(frame).toBeGreaterThan(0);
    expect(client === null).toBe(addr === null);
    if (status === 'lossy' || status === 'malformed' || status === 'truncated') expect(client).toBeNull();
    if (span === undefined) continue;
    expect(span.start).toBeLessThan(span.end);
    expect(span.end).toBeLessThanOrEqual(length);
  }
}

describe('any input', () => {
  it('text', () => {
    const pieces = fc.constantFrom(
      'unknown-200 0x',
      'Frame 1: ',
      '0x0000:  ',
      '[',
      "b'\\x",
      '"layers": {',
      '\n',
      'c808',
      '\t',
      '→',
      '<pdml>',
      '*',
    );
    const text = fc
      .array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 30 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (sample) => {
        check(decodeText(sample), sample.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (sample) => {
        check(decodeBytes(sample), sample.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('fixtures with bytes changed, and cut short', () => {
    const change = fc.array(fc.tuple(fc.nat(1 << 16), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), change, fc.nat(1 << 16), (original, changes, cut) => {
        const sample = Uint8Array.from(original);
        for (const [at, value] of changes) sample[at % sample.length] = value;
        const part = sample.slice(0, (cut % sample.length) + 1);
        for (const data of [sample, part]) check(decodeBytes(data), data.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('long lines of one thing end soon', () => {
    for (const piece of [
      'a',
      'c8 ',
      '[1,',
      "(1,b'",
      '\\x',
      '0x',
      '0000  c8\n',
      'Frame 1: ',
      '1\tc808\n',
      '"',
      '*\n',
      ' → ',
      ' 0:',
    ])
      expect(decodeText(piece.repeat(100_000 / piece.length)).every(({ client }) => client === null)).toBe(true);
  });
});

describe('IPv6 text (RFC 5952)', () => {
  it.each([
    ['20010db8000000000000000000000001', '2001:db8::1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    ['20010000000000010000000000000001', '2001:0:0:1::1'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['00000000000000000000000000000000', '::'],
    ['fe800000000000000000000000000000', 'fe80::'],
    ['ABCDEF0123456789abcdef0123456789', 'abcd:ef01:2345:6789:abcd:ef01:2345:6789'],
    ['00000000000000000000ffffcb007107', '203.0.113.7'],
  ])('%s is %s', (hex, text) => {
    expect(addressText(bytes(hex), 0, 16)).toBe(text);
  });

  it('agrees with the URL parser of the platform', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(0xffff), (data, mask) => {
        const sparse = data.map((byte, index) => ((mask >> index) & 1 ? byte : 0));
        const groups = Array.from({ length: 8 }, (_, index) =>
          Buffer.from(sparse)
            .readUInt16BE(index * 2)
            .toString(16),
        );
        const expected = new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
        fc.pre(!expected.startsWith('::ffff:'));
        expect(addressText(sparse, 0, 16)).toBe(expected);
      }),
    );
  });

  it('a dump that is cut twice: by an offset alone, and by the offset of a line behind it', () => {
    const row = (offset: string, count: number): string => `${offset}: ${'00000000 '.repeat(count)}\n`;
    expect(decodeText(`${row('0000010e', 6)}00000110\n${row('0000010f', 6)}${row('00000115', 6)}`)).toEqual([]);
  });

  it('an octal dump whose offset goes wrong', () => {
    const octal = Array.from({ length: 8 }, (_, word) => `00${word}000`).join(' ');
    expect(decodeText(`0000000 ${octal}\n0000020 ${octal}\n000009a ${octal}\n`)).toEqual([]);
  });
});
