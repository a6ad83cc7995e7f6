/** Layouts of 8 and 20 bytes hold a port and an address. */
const ENDPOINT = /^(?:(?<v4>[\d.]{7,15})|\[(?<v6>[0-9a-f:.]{2,45})\]):(?<port>\d{1,5})$/i;

/**
 * The option that announces a client: kind, length, port and address in network order, 8 bytes for IPv4 and 20 for IPv6. `client` is
 * `ip:port` or `[v6]:port`. `undefined` when it is not, or when the kind is none that has a length (2 to 255).
 */
export function encodeOption(client: string, kind: number): Uint8Array | undefined {
  if (!Number.isInteger(kind) || kind < 2 || kind > 255) return undefined;
  const { v4, v6, port } = ENDPOINT.exec(client.trim())?.groups ?? {};
  const address = v4 === undefined ? ipv6Bytes(v6 ?? '') : ipv4Bytes(v4);
  const number = Number(port);
  if (address === undefined || number > 0xffff) return undefined;
  return Uint8Array.from([kind, 4 + address.length, number >> 8, number & 0xff, ...address]);
}

/** The four bytes of a dotted quad; `undefined` for anything else. */
function ipv4Bytes(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte < 256) ? bytes : undefined;
}

/** The sixteen bytes of an IPv6 address, also with `::` and with a dotted quad at its end. */
function ipv6Bytes(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupBytes);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (tail === undefined) return head.length === 16 ? head : undefined;
  const zeros = 16 - head.length - tail.length;
  return zeros < 2 ? undefined : [...head, ...Array.from({ length: zeros }, () => 0), ...tail];
}

function groupBytes(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    const quad = index === groups.length - 1 && group.includes('.') ? ipv4Bytes(group) : undefined;
    if (quad !== undefined) bytes.push(...quad);
    else if (/^[0-9a-f]{1,4}$/i.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff);
    else return undefined;
  }
  return bytes;
}
