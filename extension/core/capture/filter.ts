import type { CaptureRequest } from './request';

/** What precedes the TCP header in what the filter language indexes: nothing for `tcp[…]` (IPv4 only), the fixed header for `ip6[…]`. */
type Access = (offset: number, size?: number) => string;
const overIpv4: Access = (offset, size) => `tcp[${offset}${size === undefined ? '' : `:${size}`}]`;
const overIpv6: Access = (offset, size) => `ip6[${40 + offset}${size === undefined ? '' : `:${size}`}]`;

/**
 * A filter (pcap-filter(7)) for the segments that tell about a connection's client: the SYN that opens it, and every segment with options
 * other than a timestamp and SACK blocks, which busy connections have in each. So it finds every kind of option in every place, and
 * lets hardly any other traffic through. `fullHeaders`: also those whose header has no room for an option of 8 bytes. Over IPv6 it sees segments whose TCP header follows the fixed header, as nearly all do.
 */
export function handshakeFilter(
  { port, peers }: Pick<CaptureRequest, 'port' | 'peers'>,
  { fullHeaders = false } = {},
): string {
  const wanted = [
    ...(peers?.family === 6 ? [] : [`(ip and tcp and ${telling(overIpv4, fullHeaders)})`]),
    ...(peers?.family === 4 ? [] : [`(ip6 and ip6[6] = 6 and ${telling(overIpv6, fullHeaders)})`]),
  ];
  return [
    ...(port === undefined ? [] : [`tcp dst port ${port}`]),
    ...(peers === undefined ? [] : [`src net ${peers.text}`]),
    wanted.length > 1 ? `(${wanted.join(' or ')})` : wanted.join(''),
  ].join(' and ');
}

/**
 * A filter that reads beyond the packet lets it fall, so each read stands behind the test that the header reaches so far. A server's
 * answer (SYN with ACK) says nothing about its client.
 */
function telling(at: Access, fullHeaders: boolean): string {
  const header = `(${at(12)} & 0xf0) >> 2`;
  const sackTo = (start: number): string =>
    `${at(start, 2)} = 0x0101 and ${at(start + 2)} = 5 and ${at(start + 3)} + ${start + 2} = ${header}`;
  const timestamp = `${at(20, 4)} = 0x0101080a and (${header} = 32 or (${sackTo(32)}))`;
  const unusual = `${header} > 20 and not (${timestamp}) and not (${sackTo(20)})`;
  const full = fullHeaders ? ` or ${header} > 52` : '';
  return `${at(13)} & 0x12 != 0x12 and (${at(13)} & 2 != 0 or (${unusual})${full})`;
}
