import type { BytesFragment, Fragment } from './fragment';
import { linesOf } from './fragment';
import { WrittenBuilder } from './written';

const SHORTEST = 8;

/**
 * A paste that is nothing but base64 of either alphabet (RFC 4648), in one line or several, also as Python prints it: `b'…'`. Lines that are
 * padded each, or say nothing together, are packets of their own. Four letters share three bytes, so their places overlap.
 */
export function readBase64(text: string): readonly Fragment[] | undefined {
  const start = /^\s*(?:b?["'])?/.exec(text)?.[0].length ?? 0;
  const inside = text.slice(start).trimEnd().replace(/["']$/, '');
  const lines = [...linesOf(inside)].filter((line) => line.text.trim() !== '');
  const separate = lines.map((line) => readLetters(text, start + line.start, line.text));
  const apart = separate.every((one) => one !== undefined) ? separate : [];
  const together = readLetters(text, start, inside);
  if (together === undefined) return apart.length > 1 ? apart : undefined;
  return [{ ...together, instead: () => (apart.length > 1 ? apart : []) }];
}

/** Behind `name:` or `name=`, or in quotes, of a length that is a multiple of four: other words would be base64 too. */
const WORD = /(?:[:=]\s{0,4}|["'`])(?<letters>[A-Za-z0-9+/]{10,600}={0,2})(?![\w+/=-])/g;

/** Base64 in the middle of a text. */
export function readBase64Words(text: string): readonly Fragment[] | undefined {
  const fragments: Fragment[] = [];
  for (const match of text.matchAll(WORD)) {
    const { letters = '' } = match.groups ?? {};
    if (letters.length % 4 !== 0 || !/[A-Z]/.test(letters)) continue;
    const read = readLetters(text, match.index + match[0].length - letters.length, letters);
    if (read !== undefined) fragments.push({ ...read, confidence: 'likely' });
  }
  return fragments.length > 0 ? fragments : undefined;
}

function readLetters(text: string, start: number, letters: string): BytesFragment | undefined {
  if (letters.length < SHORTEST || !/^(?:[A-Za-z0-9+/\s]+|[\w-]+)={0,2}$/.test(letters)) return undefined;
  const builder = new WrittenBuilder();
  let bits = 0;
  let held = 0;
  let count = 0;
  for (let at = start; at < start + letters.length; at++) {
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
  return count % 4 === 1 ? undefined : { as: 'unknown', frame: 1, written: builder.finish() };
}

function valueOf(code: number): number | undefined {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  if (code === 43 || code === 45) return 62;
  return code === 47 || code === 95 ? 63 : undefined;
}
