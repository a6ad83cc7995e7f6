// Captures in every wrapping that issue 3 names: tshark proves that each is what it claims to be, and shows the option that is to be found.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createReader } from '../../extension/core/decode/reader';
import { bytes, ethernet, frame, hex, ipv4, ipv6, pcap, pcapng, tcp, SYN } from '../unit/decode/build';

const OPTION = bytes('fe08c76ccb007107');
const CLIENT = '203.0.113.7:51052';
const segment = tcp({ options: OPTION });
const packet = ipv4(segment);
const join8 = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? bytes(part) : part)]));
const be16 = (value: number): Uint8Array => Uint8Array.from([value >> 8, value & 0xff]);
const udp = (port: number, payload: Uint8Array): Uint8Array =>
  ipv4(join8('3039', be16(port), be16(8 + payload.length), '0000', payload), { protocol: 17 });
const gre = (header: string, payload: Uint8Array): Uint8Array => ipv4(join8(header, payload), { protocol: 47 });
const link = (value: number, data: Uint8Array): Uint8Array => pcap([data], { link: value });
const onEthernet = (data: Uint8Array, type = 0x0800): Uint8Array => link(1, ethernet(data, type));

const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-captures-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** The protocols and the TCP options that tshark sees in each packet. */
function tshark(capture: Uint8Array, options: readonly string[] = []): readonly string[] {
  const file = join(directory, 'capture');
  writeFileSync(file, capture);
  const fields = ['-T', 'fields', '-e', 'frame.protocols', '-e', 'tcp.options', '-e', '_ws.malformed'];
  const text = execFileSync('tshark', ['-r', file, ...options, ...fields], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return text.trimEnd().split('\n');
}

function clients(capture: Uint8Array): readonly (string | null)[] {
  const reader = createReader();
  reader.feed(capture);
  reader.end();
  return reader.takeResults().map(({ client }) => client);
}

const wrapped: readonly (readonly [string, string, Uint8Array])[] = [
  ['Ethernet', 'eth:ethertype:ip:tcp', onEthernet(packet)],
  ['a VLAN tag', 'vlan', onEthernet(join8('0007', '0800', packet), 0x8100)],
  ['a stack of VLAN tags', 'ieee8021ad', onEthernet(join8('0007', '8100', '0009', '0800', packet), 0x88a8)],
  ['Linux cooked', 'sll:ethertype:ip', link(113, join8('00000001000652540000000100000800', packet))],
  ['Linux cooked 2', 'sll:ethertype:ip', link(276, join8('0800000000000002000100065254000000010000', packet))],
  ['BSD loopback', 'null:ip', link(0, join8('02000000', packet))],
  ['OpenBSD loopback', 'null:ip', link(108, join8('00000002', packet))],
  ['raw IP', 'raw:ip', link(101, packet)],
  ['raw IPv6', 'ipv6:tcp', link(229, ipv6(segment))],
  ['PPP', 'ppp:ip', link(9, join8('ff030021', packet))],
  ['PPPoE', 'pppoes:ppp:ip', onEthernet(join8('11000001', be16(packet.length + 2), '0021', packet), 0x8864)],
  ['two MPLS labels', 'mpls:ip', onEthernet(join8('00010040', '00020140', packet), 0x8847)],
  ['IPv6', 'ipv6:tcp', onEthernet(ipv6(segment), 0x86dd)],
  ['IPv6 hop-by-hop options', 'ipv6.hopopts', onEthernet(ipv6(join8('0600010400000000', segment), 0), 0x86dd)],
  ['IPv6 destination options', 'ipv6.dstopts', onEthernet(ipv6(join8('0600010400000000', segment), 60), 0x86dd)],
  ['an IPv6 routing header', 'ipv6.routing', onEthernet(ipv6(join8('0600000000000000', segment), 43), 0x86dd)],
  ['IPv4 options', 'ip:tcp', onEthernet(ipv4(segment, { options: bytes('01010100') }))],
  ['IPv4 in IPv4', 'ip:ip:tcp', onEthernet(ipv4(packet, { protocol: 4 }))],
  ['IPv6 in IPv4', 'ip:ipv6:tcp', onEthernet(ipv4(ipv6(segment), { protocol: 41 }))],
  ['IPv4 in IPv6', 'ipv6:ip:tcp', onEthernet(ipv6(packet, 4), 0x86dd)],
  ['GRE', 'gre:ip:tcp', onEthernet(gre('00000800', packet))],
  ['GRE with key and sequence', 'gre:ip:tcp', onEthernet(gre('300008000000000700000001', packet))],
  ['bridged GRE', 'gre:eth', onEthernet(gre('00006558', ethernet(packet)))],
  ['ERSPAN type I', 'gre:erspan:eth', onEthernet(gre('000088be', ethernet(packet)))],
  ['ERSPAN type II', 'gre:erspan:eth', onEthernet(gre('100088be000000011007000100000000', ethernet(packet)))],
  ['ERSPAN type III', 'gre:erspan:eth', onEthernet(gre('100022eb00000001200700010000000000000000', ethernet(packet)))],
  ['VXLAN', 'vxlan:eth', onEthernet(udp(4789, join8('0800000000000700', ethernet(packet))))],
  ['GENEVE', 'geneve:eth', onEthernet(udp(6081, join8('0100655800000700aabbccdd', ethernet(packet))))],
];

describe('one packet', () => {
  it.each(wrapped)('in %s', (_, protocols, capture) => {
    const [protocol = '', options, malformed] = tshark(capture)[0]?.split('\t') ?? [];
    expect(protocol).toContain(protocols);
    expect([options, malformed ?? '']).toEqual([hex(OPTION), '']);
    expect(clients(capture)).toEqual([CLIENT]);
  });
});

describe('fragments', () => {
  it('the first of an IPv4 segment holds its options; a later one is never read as a header', () => {
    const first = ethernet(ipv4(segment, { fragment: 0x2000 }));
    const later = ethernet(ipv4(segment, { fragment: 0x0004 }));
    const seen = tshark(pcap([first]), ['-o', 'ip.defragment:FALSE']);
    expect(seen[0]).toContain(hex(OPTION));
    expect(clients(pcap([first, later]))).toEqual([CLIENT]);
  });
});

describe('files', () => {
  const plain = frame({ options: bytes('020405b4'), flags: SYN });
  const carrying = frame({ options: OPTION });
  const packets = [plain, carrying];
  /** A simple packet block: the length on the wire and the bytes, without interface and time. */
  const simple = (data: Uint8Array): Uint8Array => {
    const padded = data.length + ((4 - (data.length % 4)) % 4);
    const made = Buffer.alloc(16 + padded);
    made.writeUInt32LE(3, 0);
    made.writeUInt32LE(16 + padded, 4);
    made.writeUInt32LE(data.length, 8);
    made.set(data, 12);
    made.writeUInt32LE(16 + padded, 12 + padded);
    return Uint8Array.from(made);
  };
  const kinds: readonly (readonly [string, Uint8Array])[] = [
    ['pcap', pcap(packets)],
    ['big-endian pcap', pcap(packets, { little: false })],
    ['pcap with nanoseconds', pcap(packets, { nanoseconds: true })],
    ['pcapng', pcapng(packets)],
    ['big-endian pcapng', pcapng(packets, { little: false })],
    ['pcapng with simple packet blocks', join8(pcapng([]), simple(plain), simple(carrying))],
    ['pcapng with two sections of different orders', join8(pcapng([plain]), pcapng([carrying], { little: false }))],
    ['pcapng with two sections of different links', join8(pcapng([plain]), pcapng([packet], { link: 101 }))],
  ];
  it.each(kinds)('%s', (_, capture) => {
    expect(tshark(capture).map((line) => line.split('\t')[1])).toEqual(['020405b4', hex(OPTION)]);
    expect(clients(capture)).toEqual([CLIENT]);
  });

  it('a file that is packed is one that tshark reads too', () => {
    expect(tshark(gzipSync(pcap(packets)))).toHaveLength(2);
  });

  it.each([
    ['pcap', pcap([carrying, carrying])],
    ['pcapng', pcapng([carrying, carrying])],
  ])('a %s that is cut gives what came before, and says so', (_, capture) => {
    const reader = createReader();
    reader.feed(capture.slice(0, -7));
    reader.end();
    expect(reader.takeResults().map(({ client, status }) => [client, status])).toEqual([
      [CLIENT, 'decoded'],
      [null, 'truncated'],
    ]);
    expect(reader.problem?.text).toContain('is cut or damaged after packet');
  });
});
