import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../extension/core/decode/decode';

type Spelling = (data: readonly number[]) => string;
const two = (byte: number): string => byte.toString(16).padStart(2, '0');
const digits: Spelling = (data) => data.map(two).join('');
const grouped = (data: readonly number[], size: number, order: 1 | -1 = 1): string =>
  Array.from({ length: Math.ceil(data.length / size) }, (_, index) => {
    const group = data.slice(index * size, index * size + size);
    return digits(order === 1 ? group : [...group].reverse());
  }).join(' ');

const signed = (byte: number): number => (byte > 127 ? byte - 256 : byte);
const bits: Spelling = (data) => data.map((byte) => byte.toString(2).padStart(8, '0')).join(' ');
const base32: Spelling = (data) =>
  bits(data)
    .replaceAll(' ', '')
    .replace(/.{1,5}/g, (group) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number.parseInt(group.padEnd(5, '0'), 2)));

const spellings: Readonly<Record<string, Spelling>> = {
  'run together': digits,
  'upper case': (data) => digits(data).toUpperCase(),
  'one 0x': (data) => `0x${digits(data)}`,
  spaced: (data) => data.map(two).join(' '),
  colons: (data) => data.map(two).join(':'),
  dashes: (data) => data.map(two).join('-'),
  'groups of two bytes': (data) => grouped(data, 2),
  'groups of four bytes': (data) => grouped(data, 4),
  'C list': (data) => data.map((byte) => `0x${two(byte)}`).join(', '),
  'C array': (data) => `unsigned char opt[] = { ${data.map((byte) => `0x${two(byte)}`).join(', ')} };`,
  'C string': (data) => `"${data.map((byte) => `\\x${two(byte)}`).join('')}"`,
  'Go slice': (data) => `[]byte{${data.map((byte) => `0x${byte.toString(16)}`).join(', ')}}`,
  'Go %v': (data) => `[${data.join(' ')}]`,
  'Python list': (data) => `[${data.join(', ')}]`,
  'Node Buffer': (data) => `<Buffer ${data.map(two).join(' ')}>`,
  'Buffer as JSON': (data) => JSON.stringify({ type: 'Buffer', data }),
  base64: (data) => Buffer.from(data).toString('base64'),
  'kernel log': (data) => `[ 8123.456789] toa: tcp opts: ${data.map(two).join(' ')}`,
  'iptables log': (data) =>
    `IN=eth0 MAC=52:54:00:aa:bb:02:52:54:00:aa:bb:01:08:00 ACK URGP=0 OPT (${digits(data).toUpperCase()})`,
  'C list with comments': (data) =>
    `{\n${data.map((byte, index) => `  0x${two(byte)}, // byte ${index}`).join('\n')}\n}`,
  'C string in octal': (data) => `"${data.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}"`,
  'JSON string': (data) => `"${data.map((byte) => `\\u00${two(byte)}`).join('')}"`,
  'Uint8Array as JSON': (data) => JSON.stringify(Uint8Array.from(data)),
  'Rust vec!': (data) => `vec![${data.map((byte) => `${byte}u8`).join(', ')}]`,
  'Rust {:x?}': (data) => `[${data.map((byte) => byte.toString(16)).join(', ')}]`,
  'Java Arrays.toString': (data) => `[${data.map(signed).join(', ')}]`,
  'Java array': (data) => `new byte[] {${data.map((byte) => `(byte) 0x${two(byte)}`).join(', ')}}`,
  'Kotlin array': (data) => `byteArrayOf(${data.map((byte) => `0x${two(byte)}.toByte()`).join(', ')})`,
  assembler: (data) => data.map((byte) => `0${two(byte)}h`).join(', '),
  'bare decimal': (data) => data.join(' '),
  'signed decimal': (data) => data.map(signed).join(' '),
  bits,
  'base64 behind a name': (data) =>
    `option=${Buffer.from([...data, 1, 1, 1].slice(0, data.length + ((3 - (data.length % 3)) % 3))).toString('base64')}`,
  base32,
  'long dashes': (data) => data.map(two).join('–'),
  'spaces of no width': (data) => data.map(two).join('\u200b'),
  'bytea of PostgreSQL': (data) => `\\x${digits(data)}`,
  'words of 16 digits, little-endian': (data) =>
    grouped([...data, ...Array.from({ length: 16 - (data.length % 8) }, () => 1)].slice(0, 40), 8, -1),
  gdb: (data) => `0x7ffe1000:\t${data.map((byte) => `0x${two(byte)}`).join('\t')}`,
  'quoted reply': (data) => `> ${data.map(two).join(' ')}`,
  'Chinese prose': (data) => `抓包看到的 tcp option：${data.map(two).join(' ')}，帮忙看下客户端 IP？`,
  'full-width digits': (data) =>
    data
      .map(two)
      .join(' ')
      .replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  'no-break spaces and CRLF': (data) => `${data.map(two).join('\u00a0')}\r\n`,
  backticks: (data) => `the option is \`${digits(data)}\` from prod-lb-03, thanks`,
};

const client = fc.record({
  kind: fc.constantFrom(200, 254),
  // Below the range of experiment numbers that make the reading ambiguous.
  port: fc.integer({ min: 0x1000, max: 0x4000 }),
  address: fc.tuple(fc.integer({ min: 11, max: 99 }), fc.nat(255), fc.nat(255), fc.nat(255)),
});
const before = fc.constantFrom([], [1, 1], [2, 4, 5, 180], [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2]);
/** Behind the end of the list only padding stands. */
const after = fc.oneof(before, fc.constantFrom([0], [0, 0], [0, 0, 0], [0, 1, 1], [4, 2, 0, 0]));

describe.each(Object.entries(spellings))('%s', (_, spell) => {
  it('gives back the client, wherever the option stands', () => {
    fc.assert(
      fc.property(client, before, after, ({ kind, port, address }, head, tail) => {
        const option = [kind, 8, port >> 8, port & 0xff, ...address];
        const found = decodeText(spell([...head, ...option, ...tail]));
        expect(found).toMatchObject([{ frame: 1, kind, client: `${address.join('.')}:${port}` }]);
      }),
    );
  });
});

describe('decoys', () => {
  const none = (text: fc.Arbitrary<string>): void => {
    fc.assert(
      fc.property(text, (sample) => {
        expect(decodeText(sample)).toEqual([]);
      }),
    );
  };
  const hexDigits = (bytes: number): fc.Arbitrary<string> =>
    fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((data) => Buffer.from(data).toString('hex'));

  it('UUIDs, also those that begin like an option', () => {
    none(fc.uuid());
    none(fc.uuid().map((uuid) => `fe06${uuid.slice(4)}`));
  });
  it('SHA sums', () => {
    none(hexDigits(20));
    none(hexDigits(32).map((sum) => `${sum}  kernel.tar.xz`));
  });
  it('lists of Ethernet addresses, also those that begin like an option', () => {
    const mac = fc
      .tuple(fc.constantFrom('fe:08', 'c8:08', '52:54'), hexDigits(4))
      .map(([head, tail]) => `${head}:${tail.replace(/(..)(?=.)/g, '$1:')}`);
    none(fc.array(mac, { minLength: 1, maxLength: 5 }).map((list) => list.join(' ')));
  });
  it('prose and numbers', () => {
    none(fc.lorem());
    none(fc.date({ noInvalidDate: true }).map((date) => date.toISOString()));
    none(fc.ipV4());
    none(fc.ipV6());
  });
  it.each([
    'The load balancer adds option 200 (0xc8) with length 8, see RFC 6994 and c808 in the docs.',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
    'c8081f90c0a80001deadbeefc8081f90c0a80001',
    '[Tue Nov 21 08:13:22 2023] backend kernel: nothing here',
    '',
    ' \n\t',
  ])('%j', (text) => {
    expect(decodeText(text)).toEqual([]);
  });
});
