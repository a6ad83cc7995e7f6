import type { Fragment } from './fragment';
import { WrittenBuilder } from './written';

const OPEN = /[[{(]/g;
const NUMBER = /[\s,]*(\d{1,3})(?=[\s,\])}])/y;
const CLOSE = /[\s,]*[\])}]/y;
const SHORTEST = 4;

/**
 * Lists of decimal bytes in brackets: Python's `[200, 8, …]`, Node's `Uint8Array(8) [ 200, … ]` and `{"type":"Buffer","data":[…]}`, Go's
 * `[200 8 …]`. Lists with anything else in them are left to other forms.
 */
export function readDecimalList(text: string): readonly Fragment[] | undefined {
  const fragments: Fragment[] = [];
  for (const { index } of text.matchAll(OPEN)) {
    const written = readList(text, index + 1);
    if (written !== undefined) fragments.push({ as: 'unknown', frame: fragments.length + 1, written });
  }
  return fragments.length > 0 ? fragments : undefined;
}

function readList(text: string, from: number) {
  const builder = new WrittenBuilder();
  let at = from;
  for (;;) {
    NUMBER.lastIndex = at;
    const match = NUMBER.exec(text);
    if (match?.[1] === undefined) break;
    const value = Number(match[1]);
    if (value > 255) return undefined;
    at += match[0].length;
    builder.push(value, at - match[1].length, at);
  }
  CLOSE.lastIndex = at;
  return builder.length >= SHORTEST && CLOSE.test(text) ? builder.finish() : undefined;
}
