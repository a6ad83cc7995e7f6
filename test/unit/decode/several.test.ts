// Several packets in one paste: options one under the other, in any spelling, are packets of their own.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../extension/core/decode/decode';

type Spelling = (data: readonly number[]) => string;
const two = (byte: number): string => byte.toString(16).padStart(2, '0');
const digits: Spelling = (data) => data.map(two).join('');

const spellings: Readonly<Record<string, Spelling>> = {
  'run together': digits,
  'one 0x': (data) => `0x${digits(data)}`,
  spaced: (data) => data.map(two).join(' '),
  colons: (data) => data.map(two).join(':'),
  'groups of two bytes': (data) => digits(data).replace(/(.{4})(?=.)/g, '$1 '),
  'C list': (data) => `${data.map((byte) => `0x${two(byte)}`).join(', ')},`,
  'C string': (data) => `"${data.map((byte) => `\\x${two(byte)}`).join('')}"`,
  escapes: (data) => data.map((byte) => `\\x${two(byte)}`).join(''),
  'Python bytes': (data) => `b'${data.map((byte) => `\\x${two(byte)}`).join('')}'`,
  'Python list': (data) => `[${data.join(', ')}]`,
  'Node Buffer': (data) => `<Buffer ${data.map(two).join(' ')}>`,
  'kernel log': (data) => `[ 8123.456789] toa: tcp opts: ${data.map(two).join(' ')}`,
  gdb: (data) => `0x7ffe1000:\t${data.map((byte) => `0x${two(byte)}`).join('\t')}`,
  'quoted reply': (data) => `> ${data.map(two).join(' ')}`,
  'list with numbers': (data) => `1. ${data.map(two).join(' ')}`,
  tcpdump: (data) => `options [nop,nop,unknown-${data[0] ?? 0} 0x${digits(data.slice(2))}], length 0`,
};

const client = fc.record({
  kind: fc.constantFrom(200, 253),
  port: fc.integer({ min: 0x1000, max: 0x4000 }),
  address: fc.tuple(fc.integer({ min: 11, max: 99 }), fc.nat(255), fc.nat(255), fc.nat(255)),
});
const clients = fc.array(client, { minLength: 2, maxLength: 30 });
const optionOf = ({ kind, port, address }: { kind: number; port: number; address: readonly number[] }) => [
  kind,
  8,
  port >> 8,
  port & 0xff,
  ...address,
];

describe.each(Object.entries(spellings))('%s', (_, spell) => {
  it.each([
    ['in lines', '\n'],
    ['in lines of Windows', '\r\n'],
    ['with words between', '\nand this one:\n'],
  ])('%s', (__, between) => {
    fc.assert(
      fc.property(clients, (all) => {
        const found = decodeText(all.map((one) => spell(optionOf(one))).join(between));
        expect(found.map((one) => [one.frame, one.kind, one.client])).toEqual(
          all.map(({ kind, port, address }, index) => [index + 1, kind, `${address.join('.')}:${port}`]),
        );
      }),
      { numRuns: 25 },
    );
  });
});

it('base64 in lines', () => {
  const lines = ['yAi2GNLVS0U=', '/ggdnCeIsEE='];
  expect(decodeText(lines.join('\n'))).toMatchObject([
    { frame: 1, client: '210.213.75.69:46616' },
    { frame: 2, client: '39.136.176.65:7580' },
  ]);
});

it('reads a list of 64 KB', () => {
  const lines = Array.from({ length: 2800 }, (_, at) => `fe 08 1f 90 0a 01 ${two(at >> 8)} ${two(at & 0xff)}`);
  expect(decodeText(lines.join('\n'))).toHaveLength(2800);
});

it('an option that is cut is one too, and told', () => {
  const found = decodeText('fe 08 1f 90 0a 01 02 03\nc8 08 30 39 cb 00 71 07\nc8 08 30 39 cb 00 71');
  expect(found.map(({ frame, client, status }) => [frame, client, status])).toEqual([
    [1, '10.1.2.3:8080', 'decoded'],
    [2, '203.0.113.7:12345', 'decoded'],
    [3, null, 'truncated'],
  ]);
});

it('a line that is none does not hide the others', () => {
  const text = `${'fe 08 1f 90 0a 01 02 03\n'.repeat(9)}fe 09 1f 90 0a 01 02 03\n`;
  expect(decodeText(text).filter((one) => one.client !== null)).toHaveLength(9);
});

it.each([
  ['an option and the service that belongs to it', 'fe 08 1f 90 0a 01 02 03\nfa 08 01 bb 0a 00 00 05', '10.0.0.5:443'],
  ['one list of options', '01 01 08 0a 00 00 00 01\n00 00 00 02 fe 08 1f 90\n0a 01 02 03', undefined],
])('what is wrapped stays one packet: %s', (_, text, vip) => {
  expect(decodeText(text)).toMatchObject([{ frame: 1, client: '10.1.2.3:8080', vip }]);
});

it('numbers of a little-endian machine in a dump with offsets, as xxd -e prints them', () => {
  const text = '00000000: 901f08fe 0302010a                    ........\n';
  expect(decodeText(text)).toMatchObject([{ client: '10.1.2.3:8080' }]);
});
