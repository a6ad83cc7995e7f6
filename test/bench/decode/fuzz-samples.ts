// What the fuzzer begins with: something small of every form, since a small input is tried far more often in the same time.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ACK, PSH_ACK, SYN, bytes, ethernet, frame, hex, ipv4, ipv6, pcap, pcapng, tcp } from '../../unit/decode/build';

const FIXTURES = 'test/fixtures/decode';
/** As much of a fixture as is taken at once, in lines. */
const WINDOW = 5;

const OPTIONS = [
  'c808c76ccb007107',
  '0101080a0000000100000002fe08d298c633645d',
  'fd14d29820010db8000000000000000000000007',
  '1c0701c633645d00',
  'fe08d298c633645dfa080050cb007101',
  'fc14d298c633645d00000001cb00710100500000',
];

const PAYLOADS = [
  Buffer.from('PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n'),
  bytes('0d0a0d0a000d0a515549540a2111000cc633645d0a0303d298005000'),
  bytes(`00beef1100000034000100${hex(ipv4(tcp({ options: bytes('') })))}`),
];

/** Text that only some tools print, a line or two of each. */
const TEXTS = [
  '12:00:00.000001 IP 10.0.0.1.1 > 10.0.0.2.2: Flags [.], options [nop,unknown-200 0xc76ccb007107], length 0\n',
  '12:00:00.000001 IP 10.0.0.1.1 > 10.0.0.2.2: Flags [S], options [exp-d298,uto 0x127 8820[len 7],[bad opt]], length 0\n',
  'IP 1 > 2: . ack 1 win 1 <opt-200:02813d3a5496,Unknown Option 20002813d3a5496>\n',
  '    3   2.000274 100.97.28.239 → 10.0.3.207 TCP 62 13283 → 8080 [ACK] Seq=1 ExID=D298\n',
  'Frame 3: 62 bytes on wire\n    TCP Option - Experimental\n        Kind: Experiment (254)\n        Length: 8\n        Payload: d298c633645d\n',
  'frame.number\ttcp.options\n3\tc808c76ccb007107\n4\t0101080a0000000100000002\n',
  '{"layers": {"frame": {"frame.number": "3"}, "tcp.flags": "0x0010", "tcp.options": "c8:08:c7:6c:cb:00:71:07"}}',
  '<pdml><proto name="tcp"><field name="tcp.options" size="8" value="c808c76ccb007107"/></proto></pdml>',
  'unsigned char toa[] = "\\xc8\\x08\\xc7\\x6c\\xcb\\x00\\x71\\x07";',
  "[('NOP', None), (200, b'\\xc7l\\xcb\\x00q\\x07')]",
  '[200 8 199 108 203 0 113 7] {"type":"Buffer","data":[254,8,210,152,198,51,100,93]}',
  '0xfe, 0x08, 0xd2, 0x98, 0xc6, 0x33, 0x64, 0x5d',
  'TOA: coded toa data: 0x071700cb6cc708c8, find toa data: ip = 203.0.113.7, port = 51052',
  'PROXY TCP6 2001:db8::1 2001:db8::2 1 2\r\n',
  '0x7ffe1000:\t0xc8\t0x08\t0xc7\t0x6c\n0x7ffe1004 <opt+4>:\t0xcb00\t0x7107\n',
  "0x555555558010 <opt>:\t-56 '\\310'\t8 '\\b'\t-57\t108\t-53\t0\t113\t7\n",
  '$1 = "\\310\\b\\307l\\313\\000q\\a"',
  'new byte[] { (byte) 0xc8, 0x08, -57, 108, 203u8, 0x0.toByte(), 113, 7 }, // Java',
  '{"0":200,"1":8,"2":199,"3":108,"4":203,"5":0,"6":113,"7":7}',
  'ZAEMO3GLABYQO=== option=yAjHbMsAcQc= "\\u00c8\\u0008" 0c8h, 08h \\xc808c76ccb007107',
  '11001000 00001000 11000111 01101100 11001011 00000000 01110001 00000111',
  '200 8 199 108 203 0 113 7 and -56, 8, -57, 108, -53, 0, 113, 7 and c8 8 c7 6c cb 0 71 7',
  '"3","2.0","100.97.1.2","10.0.0.9","TCP","62","4821  >  80 [ACK] Seq=1 Len=0 ExID=D298"\n',
  'Internet Protocol Version 4, Src: 10.0.0.1, Dst: 10.0.0.2\nTransmission Control Protocol, Src Port: 1, Dst Port: 2, Len: 0\n    Flags: 0x010 (ACK)\n    TCP Option - Unknown\n        Kind: Unknown (200)\n        Length: 8\n        Payload: c76ccb007107\n',
  '0000000 310 010 307 154 313 000 161 007\n0000010\n',
  '这个抓包里 ｃ８０８ ｃ７６ｃ ｃｂ００７１０７ 是什么？',
];

/** Small samples: text, packets, captures. */
export const SAMPLES: readonly Uint8Array[] = [
  ...TEXTS.map((text) => Buffer.from(text)),
  ...readdirSync(FIXTURES)
    .filter((name) => name.endsWith('.txt'))
    .flatMap(windows),
  ...OPTIONS.flatMap((option, index) => {
    const segment = { options: bytes(option), flags: [SYN, ACK, PSH_ACK][index % 3] ?? ACK };
    const plain = frame(segment);
    const carrying = frame({ ...segment, payload: PAYLOADS[index % PAYLOADS.length] ?? bytes('') });
    const tunnelled = ethernet(ipv6(ipv4(tcp(segment)), 4), 0x86dd);
    return [
      Buffer.from(option),
      bytes(option),
      Buffer.from(hex(plain)),
      plain,
      tunnelled,
      pcap([plain]),
      pcap([carrying, plain], { little: index % 2 === 0 }),
      pcapng([tunnelled, plain], { little: index % 2 === 0 }),
    ];
  }),
];

function windows(name: string): readonly Uint8Array[] {
  const lines = readFileSync(join(FIXTURES, name), 'utf8').split(/(?<=\n)/);
  return lines.flatMap((_, at) => (at % WINDOW === 0 ? [Buffer.from(lines.slice(at, at + WINDOW).join(''))] : []));
}
