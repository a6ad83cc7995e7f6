import type { Fragment } from './fragment';
import { WrittenBuilder } from './written';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const SHORTEST = 13;

/** A paste that is nothing but base32 (RFC 4648), in one line or several. Eight letters share five bytes, so their places overlap. */
export function readBase32(text: string): readonly Fragment[] | undefined {
  if (text.length < SHORTEST || !/^[A-Z2-7\s]+[=\s]*$/.test(text)) return undefined;
  const builder = new WrittenBuilder();
  let bits = 0;
  let held = 0;
  for (let at = 0; at < text.length; at++) {
    const value = LETTERS.indexOf(text.charAt(at));
    if (value < 0) continue;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    builder.push((held >> bits) & 0xff, Math.max(at - 1, 0), at + 1);
  }
  return [{ as: 'unknown', frame: 1, written: builder.finish() }];
}
