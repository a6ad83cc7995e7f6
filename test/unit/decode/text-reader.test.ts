import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../extension/core/decode/decode';
import { createReader } from '../../../extension/core/decode/reader';
import { DumpStream } from '../../../extension/core/decode/forms/dump-stream';
import { bytes, frame, hex } from './build';

const carrier = hex(frame({ options: bytes('0101fe08d298c633645d') }));
const plain = hex(frame({ options: bytes('0101080a0000000100000002') }));

/** A packet as tcpdump -xx prints it. */
function dump(digits: string): string {
  const rows = digits.match(/.{1,32}/g) ?? [];
  return rows
    .map((row, index) => `\t0x${(index * 16).toString(16).padStart(4, '0')}:  ${row.replace(/(.{4})(?=.)/g, '$1 ')}\n`)
    .join('');
}

function read(text: string, piece: number) {
  const reader = createReader();
  const data = Buffer.from(text);
  const reused = Buffer.alloc(piece); // as the command reads a file
  for (let at = 0; at < data.length; at += piece) reader.feed(reused.subarray(0, data.copy(reused, 0, at)));
  reader.end();
  return reader.takeResults();
}

describe('long text', () => {
  const head = '12:00:00.000001 IP 10.0.0.1.1 > 10.0.0.2.2: tcp\n';
  const turn = [...Array.from({ length: 9 }, () => `${head}${dump(plain)}`), `${head}${dump(carrier)}`].join('');
  const long = turn.repeat(800);

  it('of dumps is read as a stream, with the packets numbered', () => {
    expect(long.length).toBeGreaterThan(1 << 20);
    const found = read(long, 100_003);
    expect(found.map((one) => one.frame)).toEqual(Array.from({ length: 800 }, (_, index) => (index + 1) * 10));
    expect(new Set(found.map(({ client }) => client))).toEqual(new Set(['198.51.100.93:53912']));
    expect(decodeText(turn.repeat(3)).map((one) => one.frame)).toEqual([10, 20, 30]);
  });

  it('without a line end stops nothing', () => {
    expect(read('c808'.repeat(1 << 20), 1 << 18).filter(({ client }) => client !== null)).toEqual([]);
  });

  it.each(['a', 'c8 ', 'x1 '])('goes on behind a long line of %j, and tells that it was not read', (silent) => {
    const line = silent.repeat(Math.ceil((9 << 20) / silent.length));
    expect(read(`${line}\nunknown-200 0xd298c633645d\n`, 1 << 18)).toMatchObject([
      { client: null, dialect: 'text', status: 'truncated' },
      { client: '198.51.100.93:53912' },
    ]);
  });

  it('of one line of some megabytes is read to its end', () => {
    expect(read(`${'.'.repeat(3 << 20)} unknown-200 0xd298c633645d`, 1 << 18)).toMatchObject([
      { client: '198.51.100.93:53912' },
    ]);
  });

  it('of one line that says something is read on', () => {
    const clients = read(`{"data":[${[...bytes('fe08d298c633645d')].join()}]},`.repeat(60_000), 1 << 18);
    expect(clients.length).toBeGreaterThan(10_000);
  });

  it('of another form is read in blocks', () => {
    const line = (options: string) =>
      `12:00:00.000001 IP 10.0.0.1.1 > 10.0.0.2.2: Flags [.], options [${options}], length 0 ${'.'.repeat(900)}\n`;
    const hundred = line('nop').repeat(99) + line('unknown-200 0xd298c633645d');
    const found = read(hundred.repeat(120), 1 << 18);
    expect(found.map((one) => one.frame)).toEqual(Array.from({ length: 120 }, (_, index) => (index + 1) * 100));
  });
});

describe('the stream of dumps', () => {
  const packets = (text: string): readonly string[] => {
    const found: string[] = [];
    const stream = new DumpStream((data, length) => found.push(hex(data.subarray(0, length))));
    const data = new TextEncoder().encode(text);
    stream.read(data, data.length);
    stream.end();
    return found;
  };

  it.each([
    ['tcpdump -X', '\t0x0000:  4500 0003 61                             E...a\n', '4500000361'],
    ['xxd', '00000000: 4500 0003  E...\n00000004: ff                                       .\n', '45000003ff'],
    [
      'hexdump -C',
      '00000000  45 00 00 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f  |E...|\n',
      '450000030405060708090a0b0c0d0e0f',
    ],
    [
      'an ASCII column of digits',
      '0x0000:  4500 0001 0203 0405 0607 0809 0a0b 0c0d  abcd\n0x0010:  aa\n',
      '4500000102030405060708090a0b0c0daa',
    ],
  ])('%s', (_, text, expected) => {
    expect(packets(text)).toEqual([expected]);
  });

  it('begins a packet where an offset does not follow', () => {
    expect(packets(`${dump('4500'.repeat(8))}${dump('4501')}0x0100:  aaaa\n`)).toEqual([
      '4500'.repeat(8),
      '4501',
      'aaaa',
    ]);
  });
});
