// What the server must answer for each place and form of the option. The addresses are documentation ranges and extremes.
import { isIP } from 'node:net';
import { addressBytes } from './frames';
import { BALANCER, type Connection } from './loadBalancer';

export const IPV4_PORT = 8000;
const DUAL_STACK_PORT = 8001;

export interface Case extends Omit<Connection, 'sourcePort' | 'text'> {
  readonly name: string;
  /** The client's address as `address:port`; absent when the proxy's own must come out. */
  readonly client?: string;
  /** The module keeps an address for this connection. */
  readonly stores?: boolean;
  readonly malformed?: boolean;
  /** TCP drops the segment by itself where it knows TCP-AO, see {@link knowsTcpAo}. */
  readonly dropped?: boolean;
}

function ipv6Bytes(address: string): Buffer {
  const [head = '', tail = ''] = address.split('::');
  const words = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const gap = Array.from({ length: 8 - words(head).length - words(tail).length }, () => '0');
  return Buffer.from([...words(head), ...gap, ...words(tail)].map((word) => word.padStart(4, '0')).join(''), 'hex');
}

/** The option: kind, length, port, address. `length` lies when a test wants it to. */
function option(kind: number, address: string, port: number, length?: number): Buffer {
  const bytes = isIP(address) === 4 ? addressBytes(address) : ipv6Bytes(address);
  return Buffer.concat([Buffer.from([kind, length ?? 4 + bytes.length, port >> 8, port & 0xff]), bytes]);
}

const NOP_NOP_TIMESTAMP = Buffer.from([1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0]);
/** Of a kind that nobody knows, 20 bytes long. */
const OTHER_OPTION = Buffer.concat([Buffer.from([77, 20]), Buffer.alloc(18, 254)]);
const END_OF_OPTIONS = Buffer.from([0]);

export const CASES: readonly Case[] = [
  { name: 'no option', port: IPV4_PORT },
  {
    name: 'kind 254 in the ACK',
    port: IPV4_PORT,
    inAck: option(254, '203.0.113.7', 4660),
    client: '203.0.113.7:4660',
    stores: true,
  },
  {
    name: 'kind 200 in the ACK',
    port: IPV4_PORT,
    inAck: option(200, '198.51.100.9', 65535),
    client: '198.51.100.9:65535',
    stores: true,
  },
  {
    name: 'option after NOP NOP timestamp',
    port: IPV4_PORT,
    inAck: Buffer.concat([NOP_NOP_TIMESTAMP, option(200, '192.0.2.1', 1)]),
    client: '192.0.2.1:1',
    stores: true,
  },
  {
    name: 'option in the data that completes the handshake',
    port: IPV4_PORT,
    inData: option(254, '203.0.113.8', 443),
    noBareAck: true,
    client: '203.0.113.8:443',
    stores: true,
  },
  { name: 'option in the data after a bare ACK', port: IPV4_PORT, inData: option(254, '203.0.113.9', 443) },
  { name: 'option in the SYN only', port: IPV4_PORT, inSyn: option(254, '203.0.113.10', 443) },
  { name: 'another kind', port: IPV4_PORT, inAck: option(253, '203.0.113.11', 443) },
  { name: 'length 7', port: IPV4_PORT, inAck: option(200, '203.0.113.12', 443, 7), malformed: true },
  { name: 'length 0', port: IPV4_PORT, inAck: option(200, '203.0.113.13', 443, 0), malformed: true, dropped: true },
  { name: 'length 1', port: IPV4_PORT, inAck: option(200, '203.0.113.13', 443, 1), malformed: true, dropped: true },
  { name: 'no length', port: IPV4_PORT, inAck: Buffer.from([1, 1, 1, 200]), malformed: true },
  {
    name: 'length beyond the header',
    port: IPV4_PORT,
    inAck: option(200, '203.0.113.14', 443, 255),
    malformed: true,
    dropped: true,
  },
  {
    name: 'option behind the end of the options',
    port: IPV4_PORT,
    inAck: Buffer.concat([END_OF_OPTIONS, option(200, '203.0.113.15', 443)]),
  },
  {
    name: 'two options, the first wins',
    port: IPV4_PORT,
    inAck: Buffer.concat([option(254, '203.0.113.16', 16), option(200, '203.0.113.17', 17)]),
    client: '203.0.113.16:16',
    stores: true,
  },
  {
    name: 'all 40 bytes used, the option last',
    port: IPV4_PORT,
    inAck: Buffer.concat([NOP_NOP_TIMESTAMP, OTHER_OPTION, option(254, '203.0.113.19', 19)]),
    client: '203.0.113.19:19',
    stores: true,
  },
  { name: 'IPv6 client, IPv4 listener', port: IPV4_PORT, inAck: option(254, '2001:db8::99', 443), stores: true },
  { name: 'no option, dual-stack listener', port: DUAL_STACK_PORT },
  {
    name: 'kind 200, dual-stack listener',
    port: DUAL_STACK_PORT,
    inAck: option(200, '203.0.113.18', 4660),
    client: '::ffff:203.0.113.18:4660',
    stores: true,
  },
  {
    name: 'IPv6 client, dual-stack listener',
    port: DUAL_STACK_PORT,
    inAck: option(254, '2001:db8::99', 4660),
    client: '2001:db8::99:4660',
    stores: true,
  },
];

/**
 * Whether TCP looks for an authentication option (RFC 5925) in every segment, as Debian's 7.x do: it then drops one whose
 * options lead nowhere with 5 bytes or more to go (tcp_do_parse_auth_options), and the module never sees it.
 */
export const knowsTcpAo = (series: string): boolean => Number.parseInt(series) >= 7;

/** The address that accept() and getpeername() must give. */
export function expected({ client, port }: Case, sourcePort: number): string {
  return client ?? `${port === DUAL_STACK_PORT ? '::ffff:' : ''}${BALANCER}:${sourcePort}`;
}
