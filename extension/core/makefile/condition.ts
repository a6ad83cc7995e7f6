import { findOutsideReferences, slice } from './characters';
import type { Branch } from './syntax';

/** What a condition may ask for; `undefined` when it cannot be told. */
export interface Values {
  valueOf(text: string): string | undefined;
  isSet(name: string): boolean | undefined;
}

/** Whether the condition of a branch holds by itself; `undefined` when it cannot be told. */
export function holds(text: string, { directive, condition }: Branch, values: Values): boolean | undefined {
  const source = slice(text, condition);
  if (directive === 'else') return true;
  if (directive === 'ifdef' || directive === 'ifndef') {
    const name = values.valueOf(source.trim());
    const isSet = name === undefined ? undefined : values.isSet(name);
    return isSet === undefined ? undefined : isSet === (directive === 'ifdef');
  }
  const sides = comparedTexts(source);
  if (!sides) return undefined;
  const [left, right] = [values.valueOf(sides[0]), values.valueOf(sides[1])];
  if (left === undefined || right === undefined) return undefined;
  return (left === right) === (directive === 'ifeq');
}

/** The two sides of `(a,b)`, `"a" "b"` or `'a' 'b'`. */
function comparedTexts(source: string): readonly [string, string] | undefined {
  if (!source.startsWith('(')) return quotedTexts(source);
  const end = source.endsWith(')') ? source.length - 1 : source.length;
  const comma = findOutsideReferences(source, ',', 1, end);
  if (comma >= end) return undefined;
  return [source.slice(1, comma).trimEnd(), source.slice(comma + 1, end).trimStart()];
}

function quotedTexts(source: string): readonly [string, string] | undefined {
  const [first, rest] = quoted(source);
  const [second] = quoted(rest.trimStart());
  return first === undefined || second === undefined ? undefined : [first, second];
}

function quoted(source: string): readonly [string | undefined, string] {
  const quote = source.charAt(0);
  const end = quote === '"' || quote === "'" ? source.indexOf(quote, 1) : -1;
  return end < 0 ? [undefined, ''] : [source.slice(1, end), source.slice(end + 1)];
}
