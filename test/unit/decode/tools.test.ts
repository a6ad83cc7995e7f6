// What the tools of this machine really print of test/fixtures/decode/handshake.pcap; see generate.ts there.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../../extension/core/decode/decode';
import { Handshakes } from '../../../extension/core/decode/handshakes';

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
    'base32.txt',
    'hexdump-o.txt',
    'hexdump-d.txt',
    'hexdump-c.txt',
    'od-c.txt',
    'od-td1.txt',
    'od-tu1z.txt',
    'od-tu2.txt',
    'od-tu4.txt',
    'od-to4.txt',
    'od-tx8.txt',
    'od-An-td1.txt',
    'xxd-b.txt',
    'tshark-V.txt',
    'tshark-json.txt',
    'tshark-ek.txt',
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

  // gdb's lines are its real output; crash, bpftrace and PowerShell by their layouts.
  it.each([
    ['gdb x/ub', '0x555555558010 <opt>:\t200\t8\t199\t108\t203\t0\t113\t7'],
    ['gdb x/db', '0x555555558010 <opt>:\t-56\t8\t-57\t108\t-53\t0\t113\t7'],
    ['gdb x/ob', '0x555555558010 <opt>:\t0310\t010\t0307\t0154\t0313\t0\t0161\t07'],
    [
      'gdb x/tb',
      '0x555555558010 <opt>:\t11001000\t00001000\t11000111\t01101100\t11001011\t00000000\t01110001\t00000111',
    ],
    [
      'gdb x/cb',
      "0x555555558010 <opt>:\t-56 '\\310'\t8 '\\b'\t-57 '\\307'\t108 'l'\t-53 '\\313'\t0 '\\000'\t113 'q'\t7 '\\a'",
    ],
    ['gdb x/xw', '0x555555558010 <opt>:\t0x6cc708c8\t0x077100cb'],
    ['gdb x/xg', '0x555555558010 <opt>:\t0x077100cb6cc708c8'],
    ['gdb p', '$1 = "\\310\\b\\307l\\313\\000q\\a"'],
    ['gdb p/x', '$2 = {0xc8, 0x8, 0xc7, 0x6c, 0xcb, 0x0, 0x71, 0x7}'],
    ['gdb p/d', '$3 = {-56, 8, -57, 108, -53, 0, 113, 7}'],
    ['crash rd', 'ffff88003a4b1000:  077100cb6cc708c8                    .....l.q'],
    ['bpftrace', 'opts: \\xc8\\x08\\xc7l\\xcb\\x00q\\x07'],
    [
      "PowerShell 7's Format-Hex",
      `\n   Label: option\n\n          Offset Bytes                                           Ascii
                 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F
          ------ ----------------------------------------------- -----
0000000000000000 C8 08 C7 6C CB 00 71 07                         ÈÇlË q\n`,
    ],
    [
      "PowerShell 5.1's Format-Hex",
      `           Path: C:\\option\n
           00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F\n
00000000   C8 08 C7 6C CB 00 71 07                          È.ÇlË.q.\n`,
    ],
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

  describe("tshark's list", () => {
    const row = (length: number, more = ''): string =>
      `    3   2.000274 100.97.1.2 → 10.0.0.9 TCP ${length} 4821 → 80 [ACK] Seq=1 Ack=1 Win=29200 Len=0${more}\n`;
    const results = (text: string) =>
      decodeBytes(Buffer.from(text)).map(({ frame, dialect, status, port }) => [frame, dialect, status, port]);

    it('loses an option that the length of the frame has room for', () => {
      expect(results(row(62))).toEqual([[1, 'unknown', 'lossy', null]]);
      expect(results(row(74, ' TSval=1 TSecr=2'))).toEqual([[1, 'unknown', 'lossy', null]]);
    });
    it.each([
      ['a bare header', row(54)],
      ['a frame that was padded', row(60)],
      ['timestamps', row(66, ' TSval=1 TSecr=2')],
      ['a SYN with the usual options', row(66, ' MSS=1460 SACK_PERM WS=128')],
      ['SACK', row(78, ' TSval=1 TSecr=2 SLE=1 SRE=2')],
      ['a request that was read', '    4   3.0 100.97.1.2 → 10.0.0.9 HTTP 147 GET / HTTP/1.1\n'],
    ])('knows that %s has no room for one', (_, text) => {
      expect(results(text)).toEqual([]);
    });
    it('shows the port of an experiment, and by the length whether its address is of IPv6', () => {
      expect(results(row(62, ' ExID=D298'))).toEqual([[3, 'toa-v4', 'partial', 0xd298]]);
      expect(results(row(74, ' ExID=D298'))).toEqual([[3, 'toa-v6', 'partial', 0xd298]]);
    });
    it('is read as CSV too', () => {
      const text =
        '"3","2.000274","100.97.1.2","10.0.0.9","TCP","62","4821  >  80 [ACK] Seq=1 Ack=1 Win=29200 Len=0 ExID=D298"\n';
      expect(results(text)).toEqual([[3, 'toa-v4', 'partial', 0xd298]]);
    });
    it('cannot tell what a payload begins with that was not read', () => {
      const data = '    4   3.0 100.97.1.2 → 10.0.0.9 TCP 155 4821 → 80 [PSH, ACK] Seq=1 Ack=1 Win=29200 Len=101\n';
      expect(results(row(54) + data)).toEqual([[1, 'unknown', 'lossy', null]]);
    });
    it('tells which segments were looked at', () => {
      const handshakes = new Handshakes();
      const syn = row(66, ' MSS=1460 SACK_PERM WS=128').replace('[ACK]', '[SYN]');
      expect(decodeBytes(Buffer.from(syn + row(54)), undefined, handshakes)).toEqual([]);
      expect(handshakes.summary()).toMatchObject({ opened: 1, completed: 1, segments: 2 });
    });
  });

  it('six bytes alone are read as a value, with little confidence', () => {
    expect(decodeBytes(Buffer.from('c76ccb007107'))).toMatchObject([
      { kind: null, client: TENCENT, confidence: 'possible' },
    ]);
    expect(decodeBytes(Buffer.from('c7:6c:cb:00:71:07'))).toEqual([]);
  });
});
