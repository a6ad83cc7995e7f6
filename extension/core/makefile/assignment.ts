import type { Span } from '../text';
import { isBlank, isSpace, skipBlanks, skipReference } from './characters';
import type { Modifier, Operator } from './syntax';

/** The parts of `export override NAME := value`. */
export interface AssignmentParts {
  readonly name: string;
  readonly modifiers: readonly Modifier[];
  readonly modifierSpan: Span;
  readonly operator: Operator;
  readonly operatorSpan: Span;
  readonly value: Span;
}

const OPERATORS: readonly Operator[] = [':::=', '::=', ':=', '?=', '+=', '!=', '='];
const MODIFIERS: readonly Modifier[] = ['export', 'override', 'private'];

/** Reads an assignment from a line without its comment, or gives `undefined` when the line is something else. */
export function readAssignment(text: string, { start, end }: Span): AssignmentParts | undefined {
  const modifiers: Modifier[] = [];
  let at = start;
  for (;;) {
    const head = nameAndOperator(text, at, end);
    if (head) {
      const value = { start: skipSpaces(text, head.operatorSpan.end, end), end };
      return { ...head, modifiers, modifierSpan: { start, end: at }, value };
    }
    const modifier = readModifier(text, at, end);
    if (modifier === undefined) return undefined;
    modifiers.push(modifier);
    at = skipBlanks(text, at + modifier.length, end);
  }
}

/** The modifier at `at`, when a blank follows it. */
export function readModifier(text: string, at: number, end: number): Modifier | undefined {
  return MODIFIERS.find(
    (word) => at + word.length < end && text.startsWith(word, at) && isBlank(text.charAt(at + word.length)),
  );
}

function nameAndOperator(
  text: string,
  start: number,
  end: number,
): Pick<AssignmentParts, 'name' | 'operator' | 'operatorSpan'> | undefined {
  const nameEnd = endOfName(text, start, end);
  if (nameEnd === start) return undefined;
  const at = skipSpaces(text, nameEnd, end);
  const operator = operatorAt(text, at, end);
  if (operator === undefined) return undefined;
  return { name: text.slice(start, nameEnd), operator, operatorSpan: { start: at, end: at + operator.length } };
}

/** A name ends at a blank, a colon or an operator; references inside it are part of it. */
function endOfName(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const character = text.charAt(at);
    if (character === '$') at = skipReference(text, at, end);
    else if (isSpace(character) || character === ':' || character === '#') return at;
    else if ('=?+!'.includes(character) && operatorAt(text, at, end) !== undefined) return at;
    else at++;
  }
  return at;
}

export function operatorAt(text: string, at: number, end: number): Operator | undefined {
  return OPERATORS.find((operator) => at + operator.length <= end && text.startsWith(operator, at));
}

/** Blanks, and backslash line ends, which count as blanks here. */
function skipSpaces(text: string, start: number, end: number): number {
  let at = start;
  for (;;) {
    at = skipBlanks(text, at, end);
    if (text.startsWith('\\\n', at) && at + 2 <= end) at += 2;
    else if (text.startsWith('\\\r\n', at) && at + 3 <= end) at += 3;
    else return at;
  }
}
