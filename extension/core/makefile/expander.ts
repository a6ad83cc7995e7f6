import { closingBracket, skipReference } from './characters';
import { valueOf, type Environment } from './environment';
import { callFunction, FUNCTIONS, type Argument } from './functions';
import type { Step, Variable } from './variables';

/** What a text expands to; `undefined` when that cannot be told without running something. */
export interface Expansion {
  readonly text: string | undefined;
  /** The values of the variables it went through, in order. */
  readonly steps: readonly Step[];
}

export type Lookup = (name: string) => Variable | undefined;

const DEEPEST = 40;
const LONGEST = 100_000;
const MOST_STEPS = 200;
/** What one Makefile may cost, in characters produced: exponential and quadratic growth ends here. */
const BUDGET = 20_000_000;

/** Expands make texts. It never runs anything, and it gives up on what is too deep, circular or too large. */
export class Expander {
  private spent = 0;

  constructor(
    private readonly environment: Environment,
    private readonly lookup: Lookup,
  ) {}

  expand(text: string): Expansion {
    const steps: Step[] = [];
    return { text: this.text(text, [], steps), steps };
  }

  private text(text: string, open: readonly string[], steps: Step[]): string | undefined {
    if (open.length > DEEPEST || !this.afford(text.length)) return undefined;
    let result = '';
    let at = 0;
    for (;;) {
      const dollar = text.indexOf('$', at);
      if (dollar < 0) break;
      const end = skipReference(text, dollar, text.length);
      const value = this.reference(text.slice(dollar + 1, end), open, steps);
      if (value === undefined) return undefined;
      result += text.slice(at, dollar) + value;
      if (result.length > LONGEST || !this.afford(value.length)) return undefined;
      at = end;
    }
    return result + text.slice(at);
  }

  /** The reference after its `$`: `$`, a letter, or a bracket with its content. */
  private reference(source: string, open: readonly string[], steps: Step[]): string | undefined {
    const first = source.charAt(0);
    if (first === '$') return '$';
    if (first !== '(' && first !== '{') return this.variable(source, open, steps);
    if (closingBracket(source, 0, source.length) !== source.length - 1) return undefined;
    const content = source.slice(1, -1);
    const name = /^([a-z-]{2,12})[ \t]/.exec(content)?.[1];
    if (name !== undefined && FUNCTIONS.has(name)) return this.call(name, content.slice(name.length), open, steps);
    const variable = content.includes('$') ? this.text(content, [...open, ''], steps) : content;
    return variable === undefined || variable.includes('=') ? undefined : this.variable(variable, open, steps);
  }

  private call(name: string, source: string, open: readonly string[], steps: Step[]): string | undefined {
    const deeper = [...open, ''];
    const parameters = splitArguments(source.trimStart()).map(
      (argument): Argument =>
        () =>
          this.text(argument, deeper, steps),
    );
    return callFunction(name, parameters, this.environment);
  }

  private variable(name: string, open: readonly string[], steps: Step[]): string | undefined {
    if (open.includes(name)) return undefined;
    const variable = this.lookup(name);
    if (!variable) return this.builtin(name);
    if (steps.length < MOST_STEPS) steps.push(...variable.steps);
    if (variable.flavor === 'unknown') return undefined;
    return variable.flavor === 'simple' ? variable.text : this.text(variable.text, [...open, name], steps);
  }

  /** Variables that make or the calling shell sets; a variable nobody sets is empty. */
  private builtin(name: string): string | undefined {
    const given = valueOf(this.environment.variables, name);
    if (given !== undefined) return given;
    if (name === 'PWD' || name === 'CURDIR') return this.environment.directory;
    if (name === 'MAKE') return 'make';
    if (name === 'MAKEFILE_LIST') return 'Makefile';
    return /^[@<^+*?%|]|^HOME$/.test(name) ? undefined : '';
  }

  private afford(characters: number): boolean {
    this.spent += characters + 1;
    return this.spent <= BUDGET;
  }
}

function splitArguments(source: string): readonly string[] {
  const found: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === '(' || character === '{') depth++;
    else if (character === ')' || character === '}') depth--;
    else if (character === ',' && depth <= 0) {
      found.push(source.slice(start, at));
      start = at + 1;
    }
  }
  return [...found, source.slice(start)];
}
