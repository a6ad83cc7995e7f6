import { u16, u32, u8 } from '../bytes';

/** 32 bits as a dotted quad. */
export function quadText(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** Four bytes as a dotted quad. */
function ipv4Text(bytes: Uint8Array, at: number): string {
  return quadText(u32(bytes, at));
}

/** Sixteen bytes as RFC 5952 writes them: lower case, the longest run of two or more zero groups as `::`, the first one of equals. */
function ipv6Text(bytes: Uint8Array, at: number): string {
  const groups = Array.from({ length: 8 }, (_, group) => u16(bytes, at + group * 2));
  const { start, length } = longestZeros(groups);
  const write = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (length < 2) return write(groups);
  return `${write(groups.slice(0, start))}::${write(groups.slice(start + length))}`;
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== 0) start = index + 1;
    else if (index - start + 1 > best.length) best = { start, length: index - start + 1 };
  });
  return best;
}

/** `::ffff:a.b.c.d`. */
export function isMapped(bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < 10; index++) if (u8(bytes, at + index) !== 0) return false;
  return u16(bytes, at + 10) === 0xffff;
}

/** An address as users should see it. A mapped one is shown as the IPv4 address that it is. */
export function addressText(bytes: Uint8Array, at: number, length: number): string {
  if (length === 4) return ipv4Text(bytes, at);
  return isMapped(bytes, at) ? ipv4Text(bytes, at + 12) : ipv6Text(bytes, at);
}

/** `ip:port`, `[v6]:port`, or the bare address when there is no port. */
export function endpointText(address: string, port: number | null): string {
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
