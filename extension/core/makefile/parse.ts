import type { Span } from '../text';
import { readAssignment } from './assignment';
import { findOutsideReferences, isBlank, skipBlanks, slice, trimmed } from './characters';
import { readDefine } from './define';
import { lineEnding, logicalLine, type LogicalLine } from './lines';
import { readRule } from './rule';
import type { Assignment, Branch, ConditionDirective, Makefile, Rule, Statement } from './syntax';

/** What the lines before tell about the next one. */
interface State {
  branch: Branch | undefined;
  /** The rule whose recipe may go on; a tab line without one is an ordinary line. */
  rule: Rule | undefined;
  recipePrefix: string;
}

interface Line extends LogicalLine {
  /** First character that is not a blank. */
  readonly start: number;
  /** Without blanks before it and the comment after it. */
  readonly content: Span;
}

const CONDITIONS: readonly string[] = ['ifeq', 'ifneq', 'ifdef', 'ifndef'];
const INCLUDES: readonly string[] = ['include', '-include', 'sinclude'];
const DIRECTIVES: readonly string[] = ['export', 'unexport', 'undefine', 'vpath', 'override', 'private', 'load'];

/**
 * Reads a Makefile the way GNU make 4.3 does: logical lines, recipes, assignments with every operator, target-specific
 * variables, `define`, conditionals and includes. Never fails, takes time in proportion to the text, and runs nothing.
 */
export function parseMakefile(text: string): Makefile {
  const statements: Statement[] = [];
  const state: State = { branch: undefined, rule: undefined, recipePrefix: '\t' };
  let position = 0;
  while (position < text.length) {
    const statement = readStatement(text, position, state);
    statements.push(statement);
    position = statement.span.end;
  }
  return { text, lineEnding: lineEnding(text), statements };
}

function readStatement(text: string, position: number, state: State): Statement {
  const logical = logicalLine(text, position);
  if (state.rule && text.charAt(position) === state.recipePrefix) {
    const recipe = { start: position + 1, end: logical.contentEnd };
    return { kind: 'recipe', span: logical.span, branch: state.branch, recipe, rule: state.rule };
  }
  const line = withContent(text, logical);
  if (isEmpty(line)) return { kind: 'blank', span: blankRun(text, line, state), branch: state.branch };
  return (
    readVariable(text, line, state) ??
    readConditional(text, line, state) ??
    readDirective(text, line, state) ??
    readRuleLine(text, line, state)
  );
}

function isEmpty({ content }: Line): boolean {
  return content.start === content.end;
}

/** The empty lines and comments from this one on, as one stretch. */
function blankRun(text: string, first: Line, state: State): Span {
  const { start } = first.span;
  let { end } = first.span;
  while (end < text.length && !(state.rule && text.charAt(end) === state.recipePrefix)) {
    const next = withContent(text, logicalLine(text, end));
    if (!isEmpty(next)) break;
    end = next.span.end;
  }
  return { start, end };
}

function withContent(text: string, line: LogicalLine): Line {
  const byteOrderMark = line.span.start === 0 && text.startsWith('\uFEFF') ? 1 : 0;
  const start = skipBlanks(text, line.span.start + byteOrderMark, line.contentEnd);
  const end = findOutsideReferences(text, '#', start, line.contentEnd);
  return { ...line, start, content: { start, end: Math.min(end, line.contentEnd) } };
}

function readVariable(text: string, line: Line, state: State): Assignment | undefined {
  const parts = readAssignment(text, line.content);
  const define = parts ? undefined : readDefine(text, line, state.recipePrefix);
  if (!parts && !define) return undefined;
  state.rule = undefined;
  const base = { kind: 'assignment', branch: state.branch, targets: undefined } as const;
  if (define) return { ...base, ...define, form: 'define' };
  if (!parts) return undefined;
  if (parts.name === '.RECIPEPREFIX')
    state.recipePrefix = text.slice(parts.value.start, parts.value.end).charAt(0) || '\t';
  return { ...base, ...parts, form: 'line', span: line.span };
}

function readConditional(text: string, line: Line, state: State): Statement | undefined {
  const [word, rest] = firstWord(text, line.content);
  const outer = state.branch;
  if (isCondition(word)) {
    const opens: Branch = { directive: word, condition: rest, previous: undefined, parent: outer };
    state.branch = opens;
    return { kind: 'conditional', span: line.span, branch: outer, condition: rest, opens };
  }
  if (!outer || (word !== 'else' && word !== 'endif')) return undefined;
  const base = { kind: 'conditional', span: line.span, branch: outer.parent } as const;
  if (word === 'endif') {
    state.branch = outer.parent;
    return { ...base, condition: rest, opens: undefined };
  }
  const [second, condition] = firstWord(text, rest);
  const opens: Branch = isCondition(second)
    ? { directive: second, condition, previous: outer, parent: outer.parent }
    : { directive: 'else', condition: rest, previous: outer, parent: outer.parent };
  state.branch = opens;
  return { ...base, condition: opens.condition, opens };
}

function isCondition(word: string): word is ConditionDirective {
  return CONDITIONS.includes(word);
}

function readDirective(text: string, line: Line, state: State): Statement | undefined {
  const [word, rest] = firstWord(text, line.content);
  const base = { span: line.span, branch: state.branch };
  if (rest.start === line.content.start + word.length && rest.start < rest.end) return undefined;
  if (INCLUDES.includes(word)) {
    state.rule = undefined;
    return { ...base, kind: 'include', files: rest };
  }
  if (!DIRECTIVES.includes(word) || text.charAt(rest.start) === ':') return undefined;
  state.rule = undefined;
  return { ...base, kind: 'directive', name: word, content: rest };
}

function readRuleLine(text: string, line: Line, state: State): Statement {
  const base = { span: line.span, branch: state.branch };
  const rule = readRule(text, line.content, line.contentEnd);
  if (!rule) {
    state.rule = undefined;
    return { ...base, kind: 'plain', content: line.content };
  }
  if (rule.assignment) {
    state.rule = undefined;
    return { ...base, ...rule.assignment, kind: 'assignment', form: 'line', targets: rule.targets };
  }
  const { targets, prerequisites, recipe } = rule;
  state.rule = { ...base, kind: 'rule', targets, prerequisites, recipe };
  return state.rule;
}

/** The directive that starts a line, and the rest of it. Directives are short: a longer word is none. */
function firstWord(text: string, content: Span): readonly [string, Span] {
  let end = content.start;
  const limit = Math.min(content.end, content.start + 16);
  while (end < limit && !isBlank(text.charAt(end)) && !'("\''.includes(text.charAt(end))) end++;
  return [slice(text, { start: content.start, end }), trimmed(text, { start: end, end: content.end })];
}
