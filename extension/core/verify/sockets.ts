import { addressText } from '../decode/address';

/** A TCP socket as `/proc/net/tcp` and `tcp6` show it. */
export interface Socket {
  /** Of the socket, not of the connection: an IPv6 socket also takes IPv4 connections unless told otherwise. */
  readonly family: 4 | 6;
  readonly state: 'listening' | 'established';
  readonly address: string;
  readonly port: number;
  readonly peer: string;
  readonly peerPort: number;
}

const STATES: Readonly<Record<string, Socket['state']>> = { '01': 'established', '0A': 'listening' };

/** One line; `undefined` for sockets in other states, and for what is none. Addresses are words in the host's own byte order, little here. */
export function readSocket(line: string, family: 4 | 6): Socket | undefined {
  const [, local = '', remote = '', state = ''] = line.trim().split(/\s+/, 4);
  const known = STATES[state];
  const here = endpoint(local, family);
  const there = endpoint(remote, family);
  if (known === undefined || here === undefined || there === undefined) return undefined;
  return { family, state: known, ...here, peer: there.address, peerPort: there.port };
}

function endpoint(text: string, family: 4 | 6): { readonly address: string; readonly port: number } | undefined {
  const [, digits, port] = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/.exec(text) ?? [];
  if (digits === undefined || port === undefined || digits.length !== (family === 4 ? 8 : 32)) return undefined;
  const words = digits.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => [3, 2, 1, 0].map((at) => Number.parseInt(word.slice(at * 2, at * 2 + 2), 16)));
  return {
    address: withoutMapping(addressText(Uint8Array.from(bytes), 0, bytes.length)),
    port: Number.parseInt(port, 16),
  };
}

/** An IPv4 peer of an IPv6 socket. */
function withoutMapping(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}
