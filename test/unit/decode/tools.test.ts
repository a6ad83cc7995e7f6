// What the tools of this machine really print of test/fixtures/decode/handshake.pcap; see generate.ts there.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../../extension/core/decode/decode';

const read = (name: string): Uint8Array => readFileSync(`test/fixtures/decode/${name}`);
const TENCENT = '203.0.113.7:51052';
const LVS = '198.51.100.93:53912';
const ALL = [
  [3, 200, TENCENT],
  [4, 200, TENCENT],
  [7, 254, LVS],
  [8, 254, LVS],
];

describe('every byte is there', () => {
  it.each([
    'handshake.pcap',
    'tcpdump-x.txt',
    'tcpdump-xx.txt',
    'tcpdump-X.txt',
    'tcpdump-XX.txt',
    'tcpdump-e-tttt-XX.txt',
    'hexdump-C.txt',
    'hexdump.txt',
    'od-tx1z.txt',
    'od.txt',
    'xxd.txt',
    'xxd-p.txt',
    'xxd-i.txt',
    'base64.txt',
  ])('%s', (name) => {
    const results = decodeBytes(read(name));
    expect(results.map(({ frame, kind, client }) => [frame, kind, client])).toEqual(ALL);
    expect(results.map(({ segment }) => segment)).toEqual(['ACK', 'data', 'ACK', 'data']);
  });
});

describe('tcpdump without -x loses the address of kind 254', () => {
  it.each(['tcpdump-plain.txt', 'tcpdump-v.txt', 'tcpdump-A.txt'])('%s', (name) => {
    const results = decodeBytes(read(name));
    expect(results.map(({ frame, kind, client, port, status }) => [frame, kind, client, port, status])).toEqual([
      [3, 200, TENCENT, 51052, 'decoded'],
      [4, 200, TENCENT, 51052, 'decoded'],
      [7, 254, null, 53912, 'partial'],
      [8, 254, null, 53912, 'partial'],
    ]);
    expect(results.map(({ segment }) => segment)).toEqual(['ACK', 'data', 'ACK', 'data']);
  });
});

describe('other tools, by their known layouts', () => {
  const client = (text: string) =>
    decodeBytes(Buffer.from(text)).map((result) => [result.frame, result.kind, result.client]);
  it.each([
    ['tcpdump 3.9', 'options [nop,nop,opt-200:c76ccb007107]'],
    ['tcpdump 4.0', 'options [nop,nop,Unknown Option 200c76ccb007107], length 0'],
    ['toa.ko log', '[DEBUG] TOA: coded toa data: 077100cb6cc708c8'],
    ['scapy', "options=[('NOP', None), (200, b'\\xc7\\x6c\\xcb\\x00q\\x07')]"],
    ['debugger words', '6cc708c8 077100cb'],
  ])('%s', (_, text) => {
    expect(client(text)).toEqual([[1, 200, TENCENT]]);
  });

  it('tshark fields, numbered and bare', () => {
    expect(client('1\t10.0.0.1\t020405b4\n7\t10.0.0.1\tc808c76ccb007107\n')).toEqual([[7, 200, TENCENT]]);
    expect(client('020405b4\nc808c76ccb007107\n')).toEqual([[2, 200, TENCENT]]);
  });

  it('tshark -V', () => {
    const text = `Frame 3: 62 bytes on wire (496 bits), 62 bytes captured (496 bits)
        TCP Option - Experimental: Unknown
            Kind: RFC3692-style Experiment 2 (254)
            Length: 8
            Experiment Identifier: Unknown (0xd298)
            Data: c633645d\n`;
    expect(client(text)).toEqual([[3, 254, LVS]]);
  });

  it('tshark JSON and PDML', () => {
    const json = '[{"layers": {"frame": {"frame.number": "5"}, "tcp": {"tcp.options": "c8:08:c7:6c:cb:00:71:07"}}}]';
    const pdml =
      '<pdml><packet><field name="frame.number" size="0" show="5"/><field name="tcp.options" size="8" show="c8:08" value="c808c76ccb007107"></packet></pdml>';
    for (const text of [json, pdml]) expect(client(text)).toEqual([[5, 200, TENCENT]]);
  });

  it('says that the list of tshark loses the option', () => {
    const text = '    1   0.000000 100.97.1.2 → 10.0.0.9 TCP 62 4821 → 80 [ACK] Seq=1 Ack=1 Win=29200 Len=0\n';
    expect(decodeBytes(Buffer.from(text))).toMatchObject([{ status: 'lossy', client: null }]);
  });

  it('six bytes alone are read as a value, with little confidence', () => {
    expect(decodeBytes(Buffer.from('c76ccb007107'))).toMatchObject([
      { kind: null, client: TENCENT, confidence: 'possible' },
    ]);
    expect(decodeBytes(Buffer.from('c7:6c:cb:00:71:07'))).toEqual([]);
  });
});
