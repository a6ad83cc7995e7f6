import { findOutsideReferences, slice } from './characters';
import type { Branch } from './syntax';

/** Whether the condition of a branch holds by itself; `undefined` when it cannot be told. */
export function holds(
  text: string,
  { directive, condition }: Branch,
  expand: (text: string) => string | undefined,
): boolean | undefined {
  const source = slice(text, condition);
  if (directive === 'else') return true;
  if (directive === 'ifdef' || directive === 'ifndef') return isDefined(source, directive === 'ifdef', expand);
  const sides = comparedTexts(source);
  if (!sides) return undefined;
  const [left, right] = [expand(sides[0]), expand(sides[1])];
  if (left === undefined || right === undefined) return undefined;
  return (left === right) === (directive === 'ifeq');
}

/** `ifdef NAME` asks whether NAME has a value; a value that expands to nothing counts for make, and is rare. */
function isDefined(source: string, wanted: boolean, expand: (text: string) => string | undefined): boolean | undefined {
  const name = expand(source.trim());
  const value = name === undefined ? undefined : expand(`$(${name})`);
  return value === undefined ? undefined : (value !== '') === wanted;
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
