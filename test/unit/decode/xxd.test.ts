// What xxd prints at the edges of its rows: payloads that look like another column, and words that are not whole.
import { expect, it } from 'vitest';
import { decodeText } from '../../../extension/core/decode/decode';
import { bytes, frame, hex, pcap } from './build';

const packet = (payload: string): Uint8Array =>
  frame({ options: bytes('fe08d298c633645d'), payload: Buffer.from(payload) });

/** An offset, the row's bytes as `spell` writes them, and what of them can be printed. */
function dump(bytesOf: Uint8Array, width: number, column: number, spell: (row: Buffer) => string): readonly string[] {
  const data = Buffer.from(bytesOf);
  return Array.from({ length: Math.ceil(data.length / width) }, (_, index) => {
    const row = data.subarray(index * width, (index + 1) * width);
    const offset = (index * width).toString(16).padStart(8, '0');
    return `${offset}: ${spell(row).padEnd(column)}  ${row.toString('latin1').replace(/[^ -~]/g, '.')}`;
  });
}

const bitsOf = (row: Buffer): string => [...row].map((byte) => byte.toString(2).padStart(8, '0')).join(' ');

const wordsOf = (row: Buffer): string =>
  Array.from({ length: Math.ceil(row.length / 4) }, (_, word) =>
    hex(Buffer.from(row.subarray(word * 4, word * 4 + 4)).reverse()).padStart(8),
  ).join(' ');

it('-b: bits with digits of the payload beside them', () => {
  const lines = dump(packet('0000123456'), 6, 53, bitsOf);
  expect(lines.at(-1)).toMatch(/ {2}123456$/);
  expect(decodeText(lines.join('\n'))).toMatchObject([{ client: '198.51.100.93:53912', status: 'decoded' }]);
});

it('-e: a last word that stands at the right of its place', () => {
  const lines = dump(pcap([packet('012345678')]), 16, 35, wordsOf);
  expect(lines.at(-1)).toMatch(/ {3}383736 /);
  // Without the last bytes the capture would be cut.
  expect(decodeText(lines.join('\n'))).toMatchObject([{ client: '198.51.100.93:53912', status: 'decoded' }]);
});

it('-b: a short line with other digits is none of the dump', () => {
  const lines = dump(packet('0000123456'), 6, 53, bitsOf);
  expect(decodeText([...lines, '000048 3', '000048 -1'].join('\n'))).toMatchObject([{ client: '198.51.100.93:53912' }]);
});
