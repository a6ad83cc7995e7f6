import { addressText, isMapped } from '../address';
import { u16, u8 } from '../../bytes';

/** A client named in the payload of something that is not TCP. */
export interface DatagramClient {
  readonly kind: string;
  readonly dialect: string;
  readonly addr: string;
  readonly port: number;
  readonly mapped: boolean;
  readonly length: number;
}

const SPP_MAGIC = 0x56ec;
const SPP_LENGTH = 38;

/** Simple Proxy Protocol before a UDP payload: magic2, client16, proxy16, client port2, proxy port2 (Cloudflare Spectrum's documentation). */
export function readSimpleProxy(bytes: Uint8Array, start: number, end: number): DatagramClient | undefined {
  if (start + SPP_LENGTH > end || u16(bytes, start) !== SPP_MAGIC) return undefined;
  return {
    kind: 'spp',
    dialect: 'simple-proxy-protocol',
    addr: addressText(bytes, start + 2, 16),
    port: u16(bytes, start + 34),
    mapped: isMapped(bytes, start + 2),
    length: SPP_LENGTH,
  };
}

const ECHO_REQUEST = 8;
const CA_IDENTIFIER = 0x1234;
const CA_MAGIC = 123;
const CA_LENGTH = 22;

/** ip_vs_ca announces a UDP client in an echo request: identifier 0x1234, then 123, protocol, both ports and an option of 8 bytes. */
export function readEchoClient(bytes: Uint8Array, start: number, end: number): DatagramClient | undefined {
  if (start + CA_LENGTH > end || u8(bytes, start) !== ECHO_REQUEST) return undefined;
  if (u16(bytes, start + 4) !== CA_IDENTIFIER || u8(bytes, start + 8) !== CA_MAGIC) return undefined;
  if (u8(bytes, start + 15) !== 8) return undefined;
  return {
    kind: 'icmp-ca',
    dialect: 'ip_vs_ca',
    addr: addressText(bytes, start + 18, 4),
    port: u16(bytes, start + 16),
    mapped: false,
    length: CA_LENGTH,
  };
}
