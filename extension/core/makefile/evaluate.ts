import type { Span } from '../text';
import { slice } from './characters';
import { holds, type Values } from './condition';
import { valueOf, type Environment } from './environment';
import { Expander, type Expansion } from './expander';
import { joinContinuations } from './lines';
import { shellOutput } from './shell';
import type { Assignment, Branch, Makefile, Rule } from './syntax';
import { joinSteps, type Variable } from './variables';

/** A Makefile as make has it after reading, on a given host. */
export interface Evaluation {
  /** Expands a stretch of the Makefile. With a rule, its target-specific variables count. */
  expand(span: Span, rule?: Rule): Expansion;
  /** Whether make takes a branch; `undefined` when that depends on what is not known. */
  isTaken(branch: Branch | undefined): boolean | undefined;
}

/** Reads a Makefile from top to bottom as make does, without running anything. */
export function evaluate(makefile: Makefile, environment: Environment): Evaluation {
  return new Reader(makefile, environment).read();
}

class Reader implements Evaluation, Values {
  private readonly variables = new Map<string, Variable>();
  private readonly forTarget = new Map<string, Map<string, Variable>>();
  private readonly taken = new Map<Branch, Known>();
  /** For each branch, whether an earlier one of the same conditional is taken. */
  private readonly earlierTaken = new Map<Branch, Known>();
  private readonly expander: Expander;
  private target: ReadonlyMap<string, Variable> | undefined;
  /** An included file may set any variable. */
  private included = false;

  constructor(
    private readonly makefile: Makefile,
    private readonly environment: Environment,
  ) {
    this.expander = new Expander(environment, (name) => this.lookup(name));
  }

  read(): Evaluation {
    for (const statement of this.makefile.statements) {
      if (statement.kind === 'conditional') this.decide(statement.opens);
      else if (statement.kind === 'include') this.included ||= this.isTaken(statement.branch) !== false;
      else if (statement.kind === 'assignment') this.assign(statement);
    }
    return this;
  }

  expand(span: Span, rule?: Rule): Expansion {
    this.target = rule && this.forTarget.get(slice(this.makefile.text, rule.targets));
    const expansion = this.expander.expand(joinContinuations(slice(this.makefile.text, span)));
    this.target = undefined;
    return expansion;
  }

  isTaken(branch: Branch | undefined): boolean | undefined {
    return branch ? this.taken.get(branch) : true;
  }

  /** The value of a text within a condition. */
  valueOf(text: string): string | undefined {
    return this.expander.expand(text).text;
  }

  /** `ifdef` asks for the text of a variable, before it is expanded. */
  isSet(name: string): Known {
    const variable = this.lookup(name);
    if (variable?.flavor === 'unknown') return undefined;
    const text = variable ? variable.text : this.valueOf(`$(${name})`);
    return text === undefined ? undefined : text !== '';
  }

  private lookup(name: string): Variable | undefined {
    const known = this.target?.get(name) ?? this.variables.get(name);
    const given = valueOf(this.environment.commandLine, name);
    if (given !== undefined && known?.override !== true) return recursive(given);
    if (known) return known;
    const fromEnvironment = valueOf(this.environment.variables, name);
    if (fromEnvironment !== undefined) return simple(fromEnvironment);
    const mayBeIncluded = this.included && name !== 'KERNELRELEASE' && !/^(MAKE|CURDIR|PWD)$/.test(name);
    return mayBeIncluded ? UNKNOWN : undefined;
  }

  /** A branch is taken when its parent is, no earlier branch of the conditional is, and its condition holds. */
  private decide(branch: Branch | undefined): void {
    if (!branch) return;
    const { previous, parent } = branch;
    const earlier = previous ? or(this.taken.get(previous), this.earlierTaken.get(previous)) : false;
    const possible = and(this.isTaken(parent), not(earlier));
    const own = possible === false ? false : (holds(this.makefile.text, branch, this) ?? this.environment.assume);
    this.earlierTaken.set(branch, earlier);
    this.taken.set(branch, and(possible, own));
  }

  private assign(assignment: Assignment): void {
    const taken = this.isTaken(assignment.branch);
    if (taken === false) return;
    const table = this.tableFor(assignment);
    this.target = assignment.targets && table;
    this.assignIn(table, assignment, taken);
    this.target = undefined;
  }

  private assignIn(table: Map<string, Variable>, assignment: Assignment, taken: Known): void {
    const name = assignment.name.includes('$') ? this.expander.expand(assignment.name).text : assignment.name;
    if (name === undefined) return;
    const old = this.lookup(name);
    const isOverride = assignment.modifiers.includes('override');
    if (old?.override === true && !isOverride) return;
    if (assignment.operator === '?=' && old && old !== UNKNOWN) return;
    const value = { ...this.value(assignment, old), override: isOverride };
    if (taken === true) table.set(name, value);
    else table.set(name, { ...value, flavor: 'unknown', steps: joinSteps(old?.steps ?? [], value.steps) });
  }

  private tableFor({ targets }: Assignment): Map<string, Variable> {
    if (!targets) return this.variables;
    const target = slice(this.makefile.text, targets);
    const table = this.forTarget.get(target) ?? new Map<string, Variable>();
    this.forTarget.set(target, table);
    return table;
  }

  private value(assignment: Assignment, old: Variable | undefined): Omit<Variable, 'override'> {
    const source = slice(this.makefile.text, assignment.value);
    const text = assignment.form === 'define' ? source : unescapeHash(joinContinuations(source));
    const step = { variable: assignment.name, span: assignment.value };
    switch (assignment.operator) {
      case '=':
      case '?=':
        return { flavor: 'recursive', text, steps: [step] };
      case '+=':
        return this.append(text, [step], old);
      case ':=':
      case '::=':
      case ':::=':
        return final(this.expander.expand(text), [step]);
      case '!=':
        return final(this.output(text), [step]);
    }
  }

  private append(text: string, steps: Variable['steps'], old: Variable | undefined): Omit<Variable, 'override'> {
    if (!old) return { flavor: 'recursive', text, steps };
    const added = old.flavor === 'simple' ? this.expander.expand(text) : { text, steps: [] };
    if (added.text === undefined) return { flavor: 'unknown', text: '', steps: joinSteps(old.steps, steps) };
    const joined = joinSteps(joinSteps(old.steps, added.steps), steps);
    return { flavor: old.flavor, text: [old.text, added.text].filter((part) => part !== '').join(' '), steps: joined };
  }

  private output(text: string): Expansion {
    const command = this.expander.expand(text);
    const output = command.text === undefined ? undefined : shellOutput(command.text, this.environment);
    return { ...command, text: output };
  }
}

const UNKNOWN: Variable = { flavor: 'unknown', text: '', steps: [], override: false };

function recursive(text: string): Variable {
  return { flavor: 'recursive', text, steps: [], override: false };
}

function simple(text: string): Variable {
  return { flavor: 'simple', text, steps: [], override: false };
}

function final(expansion: Expansion, steps: Variable['steps']): Omit<Variable, 'override'> {
  const flavor = expansion.text === undefined ? 'unknown' : 'simple';
  return { flavor, text: expansion.text ?? '', steps: joinSteps(steps, expansion.steps) };
}

function unescapeHash(text: string): string {
  return text.includes('\\#') ? text.replaceAll('\\#', '#') : text;
}

type Known = boolean | undefined;

function and(a: Known, b: Known): Known {
  if (a === false || b === false) return false;
  return a === true && b === true ? true : undefined;
}

function or(a: Known, b: Known): Known {
  return not(and(not(a), not(b)));
}

function not(a: Known): Known {
  return a === undefined ? undefined : !a;
}
