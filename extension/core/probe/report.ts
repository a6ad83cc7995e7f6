/** A fact as the probe wrote it. */
type Entry = readonly [key: string, value: string];

/** The facts of a report, or of one record in it. A key may have several values. */
export class Fields {
  private readonly values = new Map<string, string[]>();

  constructor(private readonly entries: readonly Entry[]) {
    for (const [key, value] of entries) {
      const known = this.values.get(key);
      if (known === undefined) this.values.set(key, [value]);
      else known.push(value);
    }
  }

  /** The first value of `key`. */
  one(key: string): string | undefined {
    return this.values.get(key)?.[0];
  }

  /** Every value of `key`, in the order of the report. */
  all(key: string): readonly string[] {
    return this.values.get(key) ?? [];
  }

  /** Whether `key` is `yes`. */
  is(key: string): boolean {
    return this.one(key) === 'yes';
  }

  /** The records that `key` begins: its value, and the facts `key.…` up to the next `key`, with keys cut to what follows the dot. */
  records(key: string): readonly { readonly value: string; readonly fields: Fields }[] {
    const records: { readonly value: string; readonly entries: Entry[] }[] = [];
    for (const [name, value] of this.entries) {
      if (name === key) records.push({ value, entries: [] });
      else if (name.startsWith(`${key}.`)) records.at(-1)?.entries.push([name.slice(key.length + 1), value]);
    }
    return records.map(({ value, entries }) => ({ value, fields: new Fields(entries) }));
  }
}

/** What lies between the markers of a probe's output, or why it cannot be used. */
export type Report = { readonly fields: Fields } | { readonly fault: 'no-report' | 'cut' };

// eslint-disable-next-line no-control-regex -- A terminal would obey them, and no fact needs them.
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

/**
 * Reads the output of a probe script: lines `key=value` between `<name>-begin 1` and `<name>-end 1`. What a login prints around
 * them is passed over, and so is every line that is no fact. Without the end marker the report is cut, and nothing of it is used.
 */
export function readReport(text: string, name: string): Report {
  const lines = text.replace(CONTROLS, '').split('\n');
  const begin = lines.lastIndexOf(`${name}-begin 1`);
  if (begin < 0) return { fault: 'no-report' };
  const end = lines.indexOf(`${name}-end 1`, begin);
  if (end < 0) return { fault: 'cut' };
  return { fields: new Fields(lines.slice(begin + 1, end).flatMap(entry)) };
}

function entry(line: string): Entry[] {
  const equals = line.indexOf('=');
  return equals > 0 ? [[line.slice(0, equals), line.slice(equals + 1)]] : [];
}

/** The value of a `NAME=value` line as sh and kconfig write it: in single, double or no quotes, with backslash escapes. */
export function unquote(text: string): string {
  const quoted = /^(["'])(.*)\1\s*$/.exec(text);
  const inside = quoted?.[2] ?? text;
  return quoted?.[1] === "'" ? inside : inside.replace(/\\(.)/g, '$1').trim();
}

/** Splits `name value` at the first space. */
export function splitPair(text: string): readonly [string, string] {
  const space = text.indexOf(' ');
  return space < 0 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)];
}
