import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewOf } from '../../../extension/core/bytes';
import { decodeBytes } from '../../../extension/core/decode/decode';
import { STANDARD_DIALECTS, dialectTable } from '../../../extension/core/decode/dialects';
import { cursorAt } from '../../../extension/core/decode/packet/cursor';
import { decodePacket } from '../../../extension/core/decode/packet/packet';
import { Sieve } from '../../../extension/core/decode/packet/sieve';
import { createCaptureReader } from '../../../extension/core/decode/stream';
import { ACK, PSH_ACK, SYN, bytes, ethernet, frame, hex, ipv4, pcap, pcapng, tcp } from './build';

const TOA = bytes('fe08d298c633645d');
const packet = frame({ options: TOA });

const captures: readonly (readonly [string, Uint8Array])[] = [
  ['pcap', pcap([packet, packet, packet])],
  ['big-endian pcap', pcap([packet, packet], { little: false, nanoseconds: true })],
  ['pcapng', pcapng([packet, packet])],
  ['two sections', Uint8Array.from([...pcapng([packet]), ...pcapng([packet], { little: false })])],
  ['cut', pcap([packet, packet]).slice(0, -5)],
  ['fixture', readFileSync('test/fixtures/decode/handshake.pcap')],
];

describe('a capture read in pieces', () => {
  it.each(captures)('%s: gives what it gives whole, however it is parted', (_, capture) => {
    const whole = decodeBytes(capture);
    expect(whole.length).toBeGreaterThan(0);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 }), (sizes) => {
        const reader = createCaptureReader();
        for (let at = 0, turn = 0; at < capture.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          reader.feed(capture.subarray(at, at + size));
          at += size;
        }
        reader.end();
        expect(reader.takeResults()).toEqual(whole);
        expect(reader.takeResults()).toEqual([]);
      }),
    );
  });

  it('tells what is no capture, and where one is cut', () => {
    const reader = createCaptureReader();
    reader.feed(bytes('00112233'));
    reader.end();
    expect(reader.problem?.text).toContain('no pcap');
    const cut = createCaptureReader({ brief: true });
    cut.feed(pcap([packet, packet]).slice(0, -5));
    cut.end();
    expect(cut.problem?.values).toEqual({ frames: 1 });
    expect(cut.takeResults()).toMatchObject([
      { frame: 1, options: [] },
      { frame: 2, status: 'truncated' },
    ]);
  });

  it('finds nothing, and no fault, in a capture without packets', () => {
    expect(decodeBytes(pcap([]))).toEqual([]);
  });

  it.each([
    '060000000c0000000c000000',
    '06000000100000000000000010000000',
    '030000000c0000000c000000',
    '010000000c0000000c000000',
  ])('gives what came before a block that is too short for its fields: %s', (block) => {
    const data = Uint8Array.from([...pcapng([packet]), ...bytes(block)]);
    expect(decodeBytes(data)).toMatchObject([
      { frame: 1, status: 'decoded' },
      { frame: 2, status: 'truncated' },
    ]);
  });

  it('skips a block that claims 4 GB without waiting for its bytes', () => {
    const capture = pcapng([packet]);
    const reader = createCaptureReader();
    reader.feed(capture);
    reader.feed(bytes('0a000000f0ffffff0000000000000000'));
    reader.feed(new Uint8Array(1 << 20));
    reader.end();
    expect(reader.takeResults()).toMatchObject([{ frame: 1, status: 'decoded' }, { status: 'truncated' }]);
  });
});

describe('a brief reading', () => {
  it('says the same of clients, options and ends left out', () => {
    const others = [
      '0101fe08d298c633645d',
      'fe08d298c633645dfa080050cb007101',
      'c808d298c633645d',
      'fe08f989c633645d',
      '1c0701c633645d00',
    ];
    const packets = others.flatMap((list) =>
      [SYN, ACK, PSH_ACK].flatMap((flags) =>
        ['', '4745'].map((data) => frame({ options: bytes(list), flags, payload: bytes(data) })),
      ),
    );
    const capture = pcap([...packets, ...packets]);
    const read = (brief: boolean) => {
      const reader = createCaptureReader({ brief });
      reader.feed(capture);
      reader.end();
      return reader.takeResults();
    };
    const full = read(false).map((one) => ({
      ...one,
      span: undefined,
      source: undefined,
      destination: undefined,
      options: [],
    }));
    expect(full.length).toBe(packets.length * 2);
    expect(read(true).map((one) => ({ ...one, span: undefined, source: undefined, destination: undefined }))).toEqual(
      full,
    );
  });
});

describe('the sieve', () => {
  const sieve = new Sieve(STANDARD_DIALECTS.carries);

  const payload = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.constantFrom(
      bytes('0d0a0d0a000d0a515549540a2111000cc633645d0a0303d298005000'),
      Buffer.from('PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n'),
    ),
  );
  const options = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(TOA));

  it('lets nothing go that says something', () => {
    let carried = 0;
    fc.assert(
      fc.property(
        options,
        payload,
        fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 2 }),
        fc.nat(160),
        (list, data, changes, cut) => {
          const made = ethernet(ipv4(tcp({ options: list, flags: PSH_ACK, payload: data })));
          for (const [at, byte] of changes) made[at % made.length] = byte;
          const whole = made.slice(0, cut < 40 ? cut * 3 : undefined);
          const kept = sieve.keeps(viewOf(whole), 0, whole.length, 'ethernet');
          const cursor = cursorAt(whole, 0, whole.length, 'ethernet');
          const locate = (start: number, end: number) => ({ start, end });
          const found = decodePacket(cursor, { frame: 1, confidence: 'certain', locate, dialects: STANDARD_DIALECTS });
          carried += found.length;
          if (!kept) expect(found).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
    expect(carried).toBeGreaterThan(100);
  });

  it('lets a plain segment go', () => {
    const plain = frame({ options: bytes('0101080a0000000100000002'), flags: ACK, payload: bytes('474554202f') });
    expect(sieve.keeps(viewOf(plain), 0, plain.length, 'ethernet')).toBe(false);
  });
});

describe('kinds of the user', () => {
  const table = dialectTable([
    { kind: 77, length: 8, layout: 'address-port' },
    { kind: 251, length: 18, layout: 'address' },
    { kind: 99, length: 9, layout: 'address' },
  ]);

  it('are read as they say', () => {
    expect(decodeBytes(pcap([frame({ options: bytes('4d08c633645dd298') })]), table)).toMatchObject([
      { kind: 77, dialect: 'user-v4', client: '198.51.100.93:53912' },
    ]);
    expect(decodeBytes(Buffer.from('fb1220010db8000000000000000000000007'), table)).toMatchObject([
      { kind: 251, client: '2001:db8::7', port: null },
    ]);
  });

  it('are left out when their length is impossible', () => {
    expect(table.carries[99]).toBe(0);
    expect(table.carries[254]).toBe(1);
  });
});

describe('NetScaler client IP insertion', () => {
  const inner = ipv4(tcp({ options: new Uint8Array() }));
  const header = (typed: boolean): string => {
    const length = inner.length + (typed ? 12 : 8);
    const size = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
    return `00beef11${size(length, 8)}${typed ? `0001${size(inner.length, 4)}` : ''}${hex(inner)}`;
  };

  it.each([true, false])('is found by its lengths and the headers inside (typed: %j)', (typed) => {
    const carrier = frame({ options: new Uint8Array(), flags: PSH_ACK, payload: bytes(`${header(typed)}474554`) });
    expect(decodeBytes(pcap([carrier]))).toMatchObject([
      { kind: 'cip', dialect: 'netscaler-cip', client: '100.97.12.40:40112', status: 'info' },
    ]);
  });

  it('is not seen when a length disagrees', () => {
    const wrong = header(true).replace('00beef1100000034', '00beef1100000038');
    const carrier = frame({ options: new Uint8Array(), flags: PSH_ACK, payload: bytes(`${wrong}4745545445`) });
    expect(decodeBytes(pcap([carrier]))).toEqual([]);
  });
});
