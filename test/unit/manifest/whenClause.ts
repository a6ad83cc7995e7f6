// When-clauses as VS Code reads them, as far as package.json uses them: !, &&, ||, ==, != and parentheses.

/** The context of a window; a key that is not there is false. */
export type Context = Readonly<Record<string, string | number | boolean>>;

/** Whether a when-clause holds; one that is absent always does. */
export function holds(clause: string | undefined, context: Context): boolean {
  if (clause === undefined) return true;
  const tokens = clause.match(/&&|\|\||==|!=|!|[()]|[^\s()!=&|]+/g) ?? [];
  const reader = new Reader(tokens, context);
  const value = reader.either();
  if (reader.rest.length > 0) throw new Error(`${clause}: ${reader.rest.join(' ')} was not read`);
  return value;
}

class Reader {
  rest: readonly string[];

  constructor(
    tokens: readonly string[],
    private readonly context: Context,
  ) {
    this.rest = tokens;
  }

  either(): boolean {
    let value = this.both();
    while (this.take('||')) value = this.both() || value;
    return value;
  }

  private both(): boolean {
    let value = this.one();
    while (this.take('&&')) value = this.one() && value;
    return value;
  }

  private one(): boolean {
    if (this.take('!')) return !this.one();
    if (this.take('(')) {
      const value = this.either();
      if (!this.take(')')) throw new Error('a parenthesis is not closed');
      return value;
    }
    const value = this.context[this.next()] ?? false;
    if (this.take('==')) return String(value) === this.next();
    if (this.take('!=')) return String(value) !== this.next();
    return Boolean(value);
  }

  private take(token: string): boolean {
    if (this.rest[0] !== token) return false;
    this.rest = this.rest.slice(1);
    return true;
  }

  private next(): string {
    const [token, ...rest] = this.rest;
    if (token === undefined) throw new Error('a when-clause ends too early');
    this.rest = rest;
    return token;
  }
}
