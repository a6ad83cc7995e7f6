/** More names than anyone checks at once; a range can be written that means billions. */
const MOST = 10_000;
const RANGE = /\[(\d+|[a-z]):(\d+|[a-z])\]/;

/**
 * The names that a pattern means: words, separated by blanks or commas; one with `*` or `?` stands for the known names that it matches, any
 * other for itself. `web[01:20]` and `db-[a:c]` are ranges, as in an inventory of Ansible.
 */
export function hostsMatching(pattern: string, known: readonly string[]): readonly string[] {
  const words = pattern.split(/[\s,]+/).filter(Boolean);
  const names = words.flatMap((word) =>
    /[*?]/.test(word) ? known.filter((name) => isMatch(name, word)) : expandRanges(word),
  );
  return [...new Set(names)].slice(0, MOST);
}

/** `web[01:03]` is `web01`, `web02` and `web03`. A text without a range, or with one that runs backwards, is itself. */
export function expandRanges(text: string): readonly string[] {
  let names: readonly string[] = [text];
  while (names.length < MOST && names.some((name) => rangeOf(name).length > 0)) {
    names = names.flatMap((name) => (rangeOf(name).length > 0 ? rangeOf(name) : [name])).slice(0, MOST);
  }
  return names;
}

/** The names that the first range of a name means; none when it has none. */
function rangeOf(name: string): readonly string[] {
  const found = RANGE.exec(name);
  if (found === null) return [];
  const [range, from = '', to = ''] = found;
  const put = (value: string): string => name.replace(range, value);
  if (/\d/.test(from) !== /\d/.test(to)) return [];
  const isNumber = /\d/.test(from);
  const [first, last] = isNumber ? [Number(from), Number(to)] : [from.charCodeAt(0), to.charCodeAt(0)];
  const count = Math.min(last - first + 1, MOST);
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    put(isNumber ? String(first + index).padStart(from.length, '0') : String.fromCharCode(first + index)),
  );
}

/** Whether a name is what a pattern with `*` and `?` means, without going back more than once. */
export function isMatch(name: string, pattern: string): boolean {
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let from = 0;
  while (at < name.length) {
    if (pattern[inPattern] === '?' || (pattern[inPattern] === name[at] && pattern[inPattern] !== '*')) {
      at += 1;
      inPattern += 1;
    } else if (pattern[inPattern] === '*') {
      star = inPattern;
      from = at;
      inPattern += 1;
    } else if (star >= 0) {
      from += 1;
      at = from;
      inPattern = star + 1;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(inPattern));
}
