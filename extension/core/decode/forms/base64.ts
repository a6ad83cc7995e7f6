import type { Fragment } from './fragment';
import { WrittenBuilder } from './written';

const SHORTEST = 8;

/** A paste that is nothing but base64, in one line or several. Four letters share three bytes, so their places overlap. */
export function readBase64(text: string): readonly Fragment[] | undefined {
  const trimmed = text.trim();
  if (trimmed.length < SHORTEST || !/^[A-Za-z0-9+/\s]+={0,2}$/.test(trimmed)) return undefined;
  const builder = new WrittenBuilder();
  let bits = 0;
  let held = 0;
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const value = valueOf(text.charCodeAt(at));
    if (value === undefined) continue;
    count++;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      builder.push((held >> bits) & 0xff, at - 1, at + 1);
    }
  }
  if (count % 4 === 1) return undefined;
  return [{ as: 'unknown', frame: 1, written: builder.finish() }];
}

function valueOf(code: number): number | undefined {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  if (code === 43) return 62;
  return code === 47 ? 63 : undefined;
}
