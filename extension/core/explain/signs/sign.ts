/**
 * One thing a tool can say on a line: `guards` are plain words of which one must be in the line (cheap, and they keep hostile lines
 * from the pattern), `pattern` then takes its named groups as values. Without a pattern a guard alone is enough.
 */
export interface Sign {
  readonly guards: readonly string[];
  readonly pattern?: RegExp;
}

export type SignTable = Readonly<Record<string, Sign>>;
