import { describe, expect, it } from 'vitest';
import { decodeBytes, decodeText } from '../../../extension/core/decode/decode';
import { ACK, PSH_ACK, SYN, SYN_ACK, bytes, ethernet, frame, hex, ipv4, ipv6, pcap, pcapng, tcp } from './build';

const option = bytes('fe08c76ccb007107');
const CLIENT = '203.0.113.7:51052';
const segment = tcp({ options: option });
const clients = (data: Uint8Array): (string | null)[] => decodeBytes(data).map(({ client }) => client);
const udp = (port: number, payload: Uint8Array): Uint8Array =>
  Uint8Array.from([0x30, 0x39, port >> 8, port & 0xff, 0, 8 + payload.length, 0, 0, ...payload]);
const packet = ipv4(segment);

describe('link types', () => {
  it.each([
    ['Ethernet', 1, ethernet(packet)],
    ['VLAN', 1, ethernet(Uint8Array.from([0, 7, 8, 0, ...packet]), 0x8100)],
    ['QinQ', 1, ethernet(Uint8Array.from([0, 7, 0x81, 0, 0, 9, 8, 0, ...packet]), 0x88a8)],
    ['MPLS', 1, ethernet(Uint8Array.from([0, 1, 0, 64, 0, 2, 1, 64, ...packet]), 0x8847)],
    ['PPPoE', 1, ethernet(Uint8Array.from([0x11, 0, 0, 1, 0, 70, 0, 0x21, ...packet]), 0x8864)],
    ['raw IP', 101, packet],
    ['cooked', 113, Uint8Array.from([...bytes('00000001000652540000000100000800'), ...packet])],
    ['cooked 2', 276, Uint8Array.from([...bytes('0800000000000002000100065254000000010000'), ...packet])],
    ['BSD loopback', 0, Uint8Array.from([2, 0, 0, 0, ...packet])],
    ['PPP', 9, Uint8Array.from([0xff, 3, 0, 0x21, ...packet])],
  ])('%s, named by the capture and guessed from a dump', (_, link, data) => {
    expect(clients(pcap([data], { link }))).toEqual([CLIENT]);
    expect(decodeText(hex(data)).map(({ client }) => client)).toEqual([CLIENT]);
  });

  it('leaves a link type that it does not know alone', () => {
    expect(clients(pcap([packet], { link: 147 }))).toEqual([]);
  });
});

describe('headers', () => {
  const gre = (type: string, payload: Uint8Array): Uint8Array =>
    ipv4(Uint8Array.from([...bytes(`0000${type}`), ...payload]), { protocol: 47 });
  const vxlan = Uint8Array.from([...bytes('0800000000000700'), ...ethernet(packet)]);
  const geneve = Uint8Array.from([...bytes('0100655800000700aabbccdd'), ...ethernet(packet)]);
  it.each([
    ['IPv6', ethernet(ipv6(segment), 0x86dd)],
    [
      'IPv6 with hop-by-hop and destination options',
      ethernet(ipv6(Uint8Array.from([...bytes('3c000104000000000600010400000000'), ...segment]), 0), 0x86dd),
    ],
    [
      'the first IPv6 fragment',
      ethernet(ipv6(Uint8Array.from([...bytes('0600000100000001'), ...segment]), 44), 0x86dd),
    ],
    ['IPv4 options', ethernet(ipv4(segment, { options: bytes('01010100') }))],
    ['IPv4 in IPv4', ethernet(ipv4(packet, { protocol: 4 }))],
    ['IPv6 in IPv4', ethernet(ipv4(ipv6(segment), { protocol: 41 }))],
    ['GRE', ethernet(gre('0800', packet))],
    ['bridged GRE', ethernet(gre('6558', ethernet(packet)))],
    ['VXLAN', ethernet(ipv4(udp(4789, vxlan), { protocol: 17 }))],
    ['VXLAN on the old Linux port', ethernet(ipv4(udp(8472, vxlan), { protocol: 17 }))],
    ['GENEVE with an option', ethernet(ipv4(udp(6081, geneve), { protocol: 17 }))],
  ])('%s', (_, data) => {
    expect(clients(pcap([data]))).toEqual([CLIENT]);
  });

  it.each([
    ['a later fragment', ethernet(ipv4(segment, { fragment: 0x00b9 }))],
    ['bytes of an option in the payload', frame({ options: bytes(''), payload: option })],
    ['bytes of an option in a timestamp', frame({ options: bytes('0101080ac8081f90cb007107') })],
    ['bytes behind the IP packet', Uint8Array.from([...frame({ options: bytes('') }), ...option])],
  ])('%s: nothing', (_, data) => {
    expect(clients(pcap([data]))).toEqual([]);
  });

  it.each([
    [SYN, '', 'SYN'],
    [SYN_ACK, '', 'SYN-ACK'],
    [ACK, '', 'ACK'],
    [PSH_ACK, '47', 'data'],
    [0x11, '', 'FIN'],
    [0x04, '', 'RST'],
  ])('flags %i with payload "%s" are called %s', (flags, payload, word) => {
    const [result] = decodeBytes(pcap([frame({ options: option, flags, payload: bytes(payload) })]));
    expect(result?.segment).toBe(word);
  });

  it('says what a short snapshot cut', () => {
    const whole = frame({ options: option });
    expect(decodeBytes(pcap([whole.slice(0, -4)]))).toMatchObject([{ status: 'truncated', port: 51052, client: null }]);
    expect(decodeBytes(pcap([whole.slice(0, 44)]))).toMatchObject([{ status: 'truncated', client: null }]);
  });
});

describe('captures', () => {
  const packets = [frame({ options: bytes('020405b4'), flags: SYN }), frame({ options: option })];
  it.each([
    ['little-endian', pcap(packets)],
    ['big-endian', pcap(packets, { little: false })],
    ['nanoseconds', pcap(packets, { nanoseconds: true })],
    ['with a frame check sequence in the link type', pcap(packets, { link: 0x2400_0001 })],
    ['pcapng', pcapng(packets)],
    ['big-endian pcapng', pcapng(packets, { little: false })],
  ])('%s', (_, data) => {
    expect(decodeBytes(data)).toMatchObject([{ frame: 2, client: CLIENT, segment: 'ACK' }]);
  });

  it('goes on across sections, orders and interfaces', () => {
    const data = Uint8Array.from([...pcapng(packets), ...pcapng([packet], { little: false, link: 101 })]);
    expect(decodeBytes(data).map((result) => [result.frame, result.client])).toEqual([
      [2, CLIENT],
      [3, CLIENT],
    ]);
  });

  it('keeps what came before a cut or a damaged length', () => {
    const whole = pcap([...packets, ...packets]);
    const huge = Uint8Array.from([...pcap(packets), ...bytes('000000000000000000000080ffffff7f')]);
    for (const data of [whole.slice(0, -3), huge])
      expect(decodeBytes(data)).toMatchObject([
        { frame: 2, client: CLIENT },
        { status: 'truncated', client: null },
      ]);
  });
});

describe('other carriers', () => {
  it('reads PROXY protocol 1 and 2', () => {
    const one = Uint8Array.from(Buffer.from('PROXY TCP4 203.0.113.7 10.0.0.9 51052 443\r\nGET /'));
    const two = bytes('0d0a0d0a000d0a515549540a2111000ccb0071070a000009c76c01bb');
    for (const payload of [one, two])
      expect(decodeBytes(pcap([frame({ options: bytes(''), flags: PSH_ACK, payload })]))).toMatchObject([
        { kind: null, client: CLIENT, vip: '10.0.0.9:443' },
      ]);
  });

  it('does not believe a PROXY line with numbers out of range, nor LOCAL', () => {
    const bad = Uint8Array.from(Buffer.from('PROXY TCP4 1.2.3.4 5.6.7.8 99999 443\r\n'));
    const local = bytes('0d0a0d0a000d0a515549540a2011000ccb0071070a000009c76c01bb');
    for (const payload of [bad, local])
      expect(clients(pcap([frame({ options: bytes(''), flags: PSH_ACK, payload })]))).toEqual([]);
  });

  it('reads UOA in an IPv4 option and behind protocol 248', () => {
    const uoa = bytes('1f08c76ccb007107');
    const inOption = ipv4(udp(53, bytes('00')), { protocol: 17, options: uoa });
    const inProtocol = ipv4(Uint8Array.from([...bytes('00000000'), ...uoa, ...udp(53, bytes('00'))]), {
      protocol: 248,
    });
    expect(decodeBytes(pcap([ethernet(inOption), ethernet(inProtocol)]))).toMatchObject([
      { frame: 1, kind: 'ip-31', client: CLIENT },
      { frame: 2, kind: 'opp-31', client: CLIENT },
    ]);
  });
});
