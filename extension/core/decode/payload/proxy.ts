import { addressText, endpointText, isMapped } from '../address';
import { u16, u8 } from '../../bytes';

/** The client and the service that a PROXY protocol header names (haproxy's proxy-protocol.txt). */
export interface ProxyHeader {
  readonly version: 1 | 2;
  readonly addr: string;
  readonly port: number;
  readonly vip: string;
  readonly mapped: boolean;
  /** Bytes of the header as far as the addresses go. */
  readonly length: number;
}

const SIGNATURE_2 = [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a];
const LONGEST_LINE = 107;

/** Version 1 in a line of text, anywhere in it. Addresses and ports are checked; `UNKNOWN` has none. */
export const PROXY_LINE = /PROXY (TCP4|TCP6) ([0-9a-f.:]{2,45}) ([0-9a-f.:]{2,45}) (\d{1,5}) (\d{1,5})(?!\d)/;

/** Reads a PROXY protocol header at the start of a payload; `undefined` when there is none or it names no address. */
export function readProxy(bytes: Uint8Array, start: number, end: number): ProxyHeader | undefined {
  if (start + 16 > end) return undefined;
  if (SIGNATURE_2.every((byte, index) => u8(bytes, start + index) === byte)) return readVersion2(bytes, start, end);
  if (u8(bytes, start) !== 0x50 || u8(bytes, start + 1) !== 0x52) return undefined;
  const line = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + LONGEST_LINE)));
  const match = PROXY_LINE.exec(line);
  return match?.index === 0 ? proxyOfLine(match) : undefined;
}

/** The header in a match of {@link PROXY_LINE}; `undefined` when a number in it is out of range. */
export function proxyOfLine(match: RegExpExecArray): ProxyHeader | undefined {
  const [text, family, source = '', target = '', sourcePort = '', targetPort = ''] = match;
  const valid = family === 'TCP4' ? isIpv4 : isIpv6;
  const port = Number(sourcePort);
  if (!valid(source) || !valid(target) || port > 0xffff || Number(targetPort) > 0xffff) return undefined;
  return {
    version: 1,
    addr: source,
    port,
    vip: endpointText(target, Number(targetPort)),
    mapped: false,
    length: text.length,
  };
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  const groups = text.split(':').filter((group) => group !== '');
  const shaped = groups.every((group) => /^[0-9a-f]{1,4}$/.test(group));
  return shaped && (halves.length === 2 ? groups.length < 8 : halves.length === 1 && groups.length === 8);
}

function readVersion2(bytes: Uint8Array, start: number, end: number): ProxyHeader | undefined {
  const proxied = u8(bytes, start + 12) === 0x21;
  const size = { 1: 4, 2: 16 }[u8(bytes, start + 13) >> 4];
  if (!proxied || size === undefined) return undefined;
  const at = start + 16;
  const length = size * 2 + 4;
  if (u16(bytes, start + 14) < length || at + length > end) return undefined;
  return {
    version: 2,
    addr: addressText(bytes, at, size),
    port: u16(bytes, at + size * 2),
    vip: endpointText(addressText(bytes, at + size, size), u16(bytes, at + size * 2 + 2)),
    mapped: size === 16 && isMapped(bytes, at),
    length: 16 + length,
  };
}
