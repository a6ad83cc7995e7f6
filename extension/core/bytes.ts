/** Bytes in network order. Reading past the end gives zeros, never an error: callers compare lengths first. */
export function u8(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

export function u16(bytes: Uint8Array, at: number): number {
  return (u8(bytes, at) << 8) | u8(bytes, at + 1);
}

export function u32(bytes: Uint8Array, at: number): number {
  return ((u16(bytes, at) << 16) | u16(bytes, at + 2)) >>> 0;
}

/** The same bytes, to read numbers from. */
export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** Each byte as two lower-case digits. */
const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Two lower-case digits a byte. */
export function hexOf(bytes: Uint8Array, start: number, end: number): string {
  let hex = '';
  for (let at = start; at < Math.min(end, bytes.length); at++) hex += PAIRS[u8(bytes, at)] ?? '';
  return hex;
}

/** The byte of two hexadecimal digits in a text, which the caller knows to be there. */
export function hexByteAt(text: string, at: number): number {
  return (digitValue(text.charCodeAt(at)) << 4) | digitValue(text.charCodeAt(at + 1));
}

/** `0` to `9`, else `a` to `f` in either case. */
function digitValue(code: number): number {
  return code < 58 ? code - 48 : (code & 15) + 9;
}

/** The bytes of hexadecimal digits, two each; a last odd digit is dropped. */
export function bytesOfHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let at = 0; at < bytes.length; at++) bytes[at] = hexByteAt(hex, at * 2);
  return bytes;
}

/** All parts in one new array. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The bytes that a text takes in UTF-8. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
