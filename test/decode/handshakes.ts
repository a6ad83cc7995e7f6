// Captures with other addresses, orders and neighbours in every run of the generator, and what each frame truly carries.
import fc from 'fast-check';
import { ACK, bytes, ethernet, ipv4, ipv6, pcap, PSH_ACK, SYN, SYN_ACK, tcp } from '../unit/decode/build';

/** What one frame carries: `frame kind client`, as the tests compare it. */
export type Truth = string;

export interface Sample {
  readonly capture: Uint8Array;
  readonly packets: readonly Uint8Array[];
  readonly truth: readonly Truth[];
  /** As `truth`, for tools that print the port of experiments alone: `frame kind ?:port` where the address is lost. */
  readonly printed: readonly Truth[];
}

interface Option {
  readonly kind: number;
  readonly hex: string;
  readonly client: string;
  /** What tcpdump prints of it without -x: the port of kinds 253 and 254 of any length, nothing of kind 28. */
  readonly printed: string | undefined;
}

const two = (value: number): string => value.toString(16).padStart(2, '0');
const four = (value: number): string => value.toString(16).padStart(4, '0');
const dotted = (address: readonly number[]): string => address.join('.');
const hexOf = (address: readonly number[]): string => address.map(two).join('');

/** Eight groups without a zero one, so that the text needs no shortening. */
const groups = fc
  .array(fc.integer({ min: 1, max: 0xffff }), { minLength: 7, maxLength: 7 })
  .map((rest) => [0x2001, ...rest]);
const quad = fc.tuple(fc.integer({ min: 1, max: 223 }), fc.nat(255), fc.nat(255), fc.nat(255));
const port = fc.integer({ min: 1, max: 0xffff });

/** tcpdump takes the first four bytes of an experiment for its number and prints nothing else; it knows kind 253 only without number. */
const isExperiment = (kind: number): boolean => kind === 254;

const toaV4 = fc.tuple(fc.constantFrom(200, 253, 254), port, quad).map(([kind, number, address]): Option => {
  const client = `${dotted(address)}:${number}`;
  return {
    kind,
    hex: `${two(kind)}08${four(number)}${hexOf(address)}`,
    client,
    printed: isExperiment(kind) ? `?:${number}` : client,
  };
});
const toaV6 = fc.tuple(fc.constantFrom(200, 253, 254), port, groups).map(([kind, number, address]): Option => {
  const client = `[${address.map((group) => group.toString(16)).join(':')}]:${number}`;
  const digits = address.map(four).join('');
  return {
    kind,
    hex: `${two(kind)}14${four(number)}${digits}`,
    client,
    printed: isExperiment(kind) ? `?:${number}` : client,
  };
});
const vtoa = fc.tuple(port, quad, quad, port).map(([number, address, service, servicePort]): Option => {
  const client = `${dotted(address)}:${number}`;
  const hex = `fc14${four(number)}${hexOf(address)}00000007${hexOf(service)}${four(servicePort)}0000`;
  return { kind: 252, hex, client, printed: client };
});
const withVip = fc.tuple(port, quad, quad, port).map(([number, address, service, servicePort]): Option => {
  const hex = `fe08${four(number)}${hexOf(address)}fa08${four(servicePort)}${hexOf(service)}`;
  return { kind: 254, hex, client: `${dotted(address)}:${number}`, printed: `?:${number}` };
});
const tencent = fc.tuple(port, quad, quad).map(([number, address, service]): Option => {
  const client = `${dotted(address)}:${number}`;
  const hex = `c808${four(number)}${hexOf(address)}c90600001092ca0801bb${hexOf(service)}`;
  return { kind: 200, hex, client, printed: client };
});
const overlay = quad.map((address): Option => ({
  kind: 28,
  hex: `1c0701${hexOf(address)}`,
  client: dotted(address),
  printed: undefined,
}));

const option = fc.oneof(
  { weight: 6, arbitrary: toaV4 },
  { weight: 2, arbitrary: toaV6 },
  vtoa,
  withVip,
  tencent,
  overlay,
);
const around = fc.constantFrom('', '', '01', '0101', '0101080a0000000100000002', '0101050a0000000100000009');
const usual = fc.constantFrom('020405b40101040201030307', '020405b4', '020405b40402080a9d6984a7000000000103 0307', '');

const payload = fc.oneof(
  fc.constant(Buffer.from('GET /index.html HTTP/1.1\r\nHost: example.test\r\n\r\n')),
  fc.constant(Buffer.from('deadbeef 0x0010:  4500 003c cafe\n0020  fe 08 12 34 cb 00 71 07\n')),
  fc.constant(Buffer.from('Flags [.], options [unknown-200 0x12345678], \'quoted\' "text" \\x41\n')),
  fc.uint8Array({ minLength: 1, maxLength: 90 }),
);

interface Connection {
  readonly option: Option;
  readonly before: string;
  readonly after: string;
  readonly inSyn: boolean;
  readonly syn: string;
  readonly payload: Uint8Array;
  readonly overIpv6: boolean;
}

const connection: fc.Arbitrary<Connection> = fc.record({
  option,
  before: around,
  after: around,
  inSyn: fc.boolean(),
  syn: usual,
  payload,
  overIpv6: fc.nat(4).map((value) => value === 0),
});

/** Bytes of options as far as the 40 of a TCP header reach; the option itself always fits. */
function optionsOf(middle: string, before = '', after = ''): Uint8Array {
  const fits = [before + middle + after, middle + after, before + middle, middle].find((hex) => hex.length <= 80);
  return bytes(fits ?? middle);
}

const LINKS = ['ethernet', 'vlan', 'raw', 'cooked'] as const;
const LINK_TYPES = { ethernet: 1, vlan: 1, raw: 101, cooked: 113 } as const;

function linked(link: (typeof LINKS)[number], packet: Uint8Array, overIpv6: boolean): Uint8Array {
  const type = overIpv6 ? 0x86dd : 0x0800;
  switch (link) {
    case 'ethernet':
      return ethernet(packet, type);
    case 'vlan':
      return ethernet(Uint8Array.from([0, 42, type >> 8, type & 0xff, ...packet]), 0x8100);
    case 'raw':
      return packet;
    case 'cooked':
      return Uint8Array.from([...bytes('0000000100065254000000010000'), type >> 8, type & 0xff, ...packet]);
  }
}

/** A capture of one to four connections, each a whole handshake with data. */
export const sample: fc.Arbitrary<Sample> = fc
  .record({
    connections: fc.array(connection, { minLength: 1, maxLength: 4 }),
    link: fc.constantFrom(...LINKS),
  })
  .map(({ connections, link }) => {
    const packets: Uint8Array[] = [];
    const truth: Truth[] = [];
    const printed: Truth[] = [];
    for (const { option: one, before, after, inSyn, syn, payload: data, overIpv6 } of connections) {
      const add = (
        options: Uint8Array,
        flags: number,
        carries: boolean,
        content: Uint8Array = new Uint8Array(),
      ): void => {
        const segment = tcp({ options, flags, payload: content });
        packets.push(linked(link, overIpv6 ? ipv6(segment) : ipv4(segment), overIpv6));
        const { kind, client } = one;
        if (!carries) return;
        truth.push(`${packets.length} ${kind} ${client}`);
        if (one.printed !== undefined) printed.push(`${packets.length} ${kind} ${one.printed}`);
      };
      add(inSyn ? optionsOf(one.hex, '', before) : optionsOf(syn), SYN, inSyn);
      add(optionsOf(syn), SYN_ACK, false);
      add(optionsOf(one.hex, before, after), ACK, true);
      add(optionsOf(one.hex, after, before), PSH_ACK, true, data);
    }
    return { capture: pcap(packets, { link: LINK_TYPES[link] }), packets, truth, printed };
  });
