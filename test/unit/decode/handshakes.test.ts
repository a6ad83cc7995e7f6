// "The option is not in these packets" is the answer that most captures give: it must say what was looked at, and never be guessed.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeBytes, decodeText } from '../../../extension/core/decode/decode';
import { STANDARD_DIALECTS } from '../../../extension/core/decode/dialects';
import { Handshakes, tellMissing, type HandshakeSummary } from '../../../extension/core/decode/handshakes';
import { storyOf } from '../../../extension/core/decode/story';
import { createReader } from '../../../extension/core/decode/reader';
import { createCaptureReader } from '../../../extension/core/decode/stream';
import { render } from '../../../extension/core/message';
import { ACK, PSH_ACK, SYN, SYN_ACK, bytes, ethernet, frame, hex, ipv4, ipv6, pcap, tcp } from './build';

const OPTION = bytes('fe08d298c633645d'); // 198.51.100.93:53912
const USUAL = bytes('020405b40101040201030307');
const REQUEST = bytes('474554202f');
const CONNECTION = '100.97.12.40:40112 → 10.0.3.20:443';

const packets = (syn: Uint8Array, ack: Uint8Array): readonly Uint8Array[] => [
  frame({ options: syn, flags: SYN }),
  frame({ options: USUAL, flags: SYN_ACK }),
  frame({ options: ack, flags: ACK }),
  frame({ options: ack, flags: PSH_ACK, payload: REQUEST }),
];

function watched(data: Uint8Array): { readonly summary: HandshakeSummary; readonly told: readonly string[] } {
  const handshakes = new Handshakes();
  const results = decodeBytes(data, STANDARD_DIALECTS, handshakes);
  const summary = handshakes.summary();
  const stories = storyOf(results, { module: { kinds: [254], lengths: [8] }, handshakes: summary.handshakes });
  const told = stories.map(
    ({ connection, texts }) => `${connection ?? '-'}: ${texts.map((text) => render(text)).join(' ')}`,
  );
  return { summary, told };
}

const missing = (summary: HandshakeSummary): string | undefined => {
  const text = tellMissing(summary);
  return text === undefined ? undefined : render(text);
};

/** A capture and what people paste of it. */
const forms: readonly (readonly [string, (all: readonly Uint8Array[]) => Uint8Array])[] = [
  ['a capture', (all) => pcap(all)],
  ['a dump of each packet', (all) => Buffer.from(all.map((one) => dump(one)).join('\n'))],
  ['the capture in hexadecimal digits', (all) => Buffer.from(hex(pcap(all)))],
];

function dump(packet: Uint8Array): string {
  const digits = hex(packet).match(/.{1,32}/g) ?? [];
  return digits
    .map((line, index) => `${(index * 16).toString(16).padStart(8, '0')}: ${line.replace(/(.{4})(?=.)/g, '$1 ')}`)
    .join('\n');
}

describe('what tools print of the fixture: the connection is opened, and its handshake ACK has the option', () => {
  it.each(['tcpdump-v', 'tcpdump-plain', 'tshark-V', 'tshark-json', 'tshark-ek'])('%s', (name) => {
    const { told, summary } = watched(readFileSync(`test/fixtures/decode/${name}.txt`));
    expect(summary).toMatchObject({ opened: 1, completed: 1, data: 2, segments: 8 });
    expect(summary.handshakes).toMatchObject([{ connection: CONNECTION, syn: 'bare', ack: 'carries' }]);
    expect(told).toEqual([
      `${CONNECTION}: SYN without an option. ${name.startsWith('tcpdump') ? 'Handshake ACK with 200 in 8 bytes: this module does not read it, and the server sees the balancer.' : 'Handshake ACK with 254: this module reads 198.51.100.93:53912.'}`,
    ]);
  });

  it('tshark-pdml, whose three packets end with the ACK', () => {
    const { told, summary } = watched(readFileSync('test/fixtures/decode/tshark-pdml.txt'));
    expect(summary).toMatchObject({ opened: 1, completed: 1, data: 0, segments: 3 });
    expect(told).toMatchObject([expect.stringMatching(/^.* → .*: SYN without an option\. Handshake ACK with 200/)]);
  });

  it('text that is too long to be read whole', () => {
    const text = Buffer.from(dumps(2000));
    expect(text.length).toBeGreaterThan(1 << 20);
    const handshakes = new Handshakes();
    const reader = createReader({ brief: true, handshakes });
    reader.feed(text);
    reader.end();
    expect(reader.takeResults()).toEqual([]);
    expect(handshakes.summary()).toMatchObject({ opened: 1, completed: 1, data: 2000, segments: 8000 });
  });
});

/** Handshakes without an option as a long dump. */
function dumps(count: number): string {
  const text = packets(USUAL, bytes(''))
    .map((one) => dump(one))
    .join('\n');
  return `${text}\n`.repeat(count);
}

describe.each(forms)('%s', (_, write) => {
  it('the story of issue 3: SYN without option, handshake ACK with 254, this module reads it', () => {
    const { told } = watched(write(packets(USUAL, OPTION)));
    expect(told).toEqual([
      `${CONNECTION}: SYN without an option. Handshake ACK with 254: this module reads 198.51.100.93:53912.`,
    ]);
  });

  it('a connection without an option in any segment', () => {
    const { told, summary } = watched(write(packets(USUAL, bytes(''))));
    expect(told).toEqual([
      `${CONNECTION}: SYN without an option. Handshake ACK without an option: whatever the module reads, the server sees 100.97.12.40:40112.`,
    ]);
    expect(summary).toMatchObject({ opened: 1, completed: 1, data: 1, segments: 4 });
    expect(missing(summary)).toMatch(
      /^The option is not in these packets\. Segments looked at: SYN 1, handshake ACK 1, with data 1\./,
    );
  });

  it('a connection whose handshake goes on outside of the capture', () => {
    const { told } = watched(write(packets(USUAL, OPTION).slice(0, 2)));
    expect(told).toEqual([
      `${CONNECTION}: SYN without an option. The ACK that completes the handshake is not in these packets.`,
    ]);
  });

  it('no beginning of a connection: the capture began too late', () => {
    const { told, summary } = watched(write(packets(USUAL, bytes('')).slice(2)));
    expect(told).toEqual([]);
    expect(missing(summary)).toMatch(/no connection begins in them \(2 TCP segments/);
  });
});

it('the same from tcpdump in words', () => {
  const handshakes = new Handshakes();
  const text = `10:21:43.1 IP 100.97.12.40.40112 > 10.0.3.20.443: Flags [S], seq 9, win 29200, options [mss 1460], length 0
10:21:43.2 IP 10.0.3.20.443 > 100.97.12.40.40112: Flags [S.], seq 9, ack 7, win 29200, length 0
10:21:43.3 IP 100.97.12.40.40112 > 10.0.3.20.443: Flags [.], ack 1, win 29200, length 0
10:21:43.4 IP6 fd00::9.40112 > fd00::1.443: Flags [S], seq 9, win 29200, options [mss 1440], length 0
`;
  expect(decodeText(text, STANDARD_DIALECTS, handshakes)).toEqual([]);
  expect(handshakes.summary()).toMatchObject({
    opened: 2,
    completed: 1,
    handshakes: [
      { connection: CONNECTION, syn: 'bare', ack: 'bare' },
      { connection: '[fd00::9]:40112 → [fd00::1]:443', syn: 'bare', ack: undefined },
    ],
  });
});

it('says nothing of text that has no packets', () => {
  const handshakes = new Handshakes();
  decodeText('nothing here', STANDARD_DIALECTS, handshakes);
  expect(tellMissing(handshakes.summary())).toBeUndefined();
});

it('follows IPv6 and tunnels, and takes a repeated SYN for one', () => {
  const over6 = ethernet(ipv6(tcp({ options: USUAL, flags: SYN })), 0x86dd);
  const inside = ethernet(ipv4(ipv4(tcp({ options: USUAL, flags: SYN })), { protocol: 4 }));
  const { summary } = watched(pcap([over6, over6, inside]));
  expect(summary.handshakes.map(({ connection }) => connection)).toEqual([
    '[fd00:97::1]:40112 → [fd00:10::2]:443',
    CONNECTION,
  ]);
});

it('remembers a bounded number of connections, and counts the others', () => {
  const handshakes = new Handshakes();
  const reader = createCaptureReader({ handshakes });
  const syn = frame({ options: USUAL, flags: SYN });
  const many = Array.from({ length: 12_000 }, (_, index) => {
    const packet = Uint8Array.from(syn);
    packet.set([index >> 8, index & 0xff], 34); // the source port
    return packet;
  });
  reader.feed(pcap(many));
  reader.end();
  const { opened, handshakes: kept } = handshakes.summary();
  expect(opened).toBe(12_000);
  expect(kept).toHaveLength(10_000);
});
