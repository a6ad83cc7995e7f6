/** Addresses to capture from, as tcpdump's `src net` takes them: no bits set behind the prefix. */
export interface Network {
  readonly family: 4 | 6;
  /** `10.1.0.0/16`, `2001:db8:0:0:0:0:0:0/32`. */
  readonly text: string;
}

/** Reads an address or a network in CIDR form, and clears the bits behind its prefix; `undefined` for anything else. */
export function readNetwork(text: string): Network | undefined {
  const match = /^([0-9a-f.:]{2,45})(?:\/(\d{1,3}))?$/i.exec(text);
  const address = match?.[1];
  if (address === undefined) return undefined;
  const family = address.includes(':') ? 6 : 4;
  const groups = family === 6 ? groupsOf(address) : quadOf(address);
  const unit = family === 6 ? 16 : 8;
  const bits = groups === undefined ? 0 : groups.length * unit;
  const prefix = match?.[2] === undefined ? bits : Number(match[2]);
  if (groups === undefined || prefix > bits) return undefined;
  const kept = groups.map((group, index) => clear(group, unit, prefix - index * unit));
  const written = family === 6 ? kept.map((group) => group.toString(16)).join(':') : kept.join('.');
  return { family, text: `${written}/${prefix}` };
}

/** Keeps the first `count` of the `unit` bits of a number. */
function clear(value: number, unit: number, count: number): number {
  const behind = Math.min(unit, Math.max(0, unit - count));
  return (value >> behind) << behind;
}

function quadOf(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  const isQuad = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return isQuad ? parts.map(Number) : undefined;
}

/** The eight groups of an IPv6 address (RFC 4291, without a dotted quad at the end). */
function groupsOf(text: string): readonly number[] | undefined {
  const [head = '', tail, ...more] = text.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = 8 - before.length - after.length;
  if (more.length > 0 || (tail === undefined ? zeros !== 0 : zeros < 1)) return undefined;
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : undefined;
}
