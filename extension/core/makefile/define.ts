import type { Span } from '../text';
import { operatorAt, readModifier } from './assignment';
import { isSpace, skipBlanks } from './characters';
import { logicalLine, type LogicalLine } from './lines';
import type { Assignment, Modifier } from './syntax';

type Define = Pick<Assignment, 'span' | 'name' | 'modifiers' | 'modifierSpan' | 'operator' | 'operatorSpan' | 'value'>;

/** Reads `define NAME [operator]` and its body up to the matching `endef`, or to the end of the text. */
export function readDefine(
  text: string,
  line: LogicalLine & { readonly content: Span },
  recipePrefix: string,
): Define | undefined {
  const { start, end } = line.content;
  const modifiers: Modifier[] = [];
  let at = start;
  for (let word = readModifier(text, at, end); word !== undefined; word = readModifier(text, at, end)) {
    modifiers.push(word);
    at = skipBlanks(text, at + word.length, end);
  }
  if (!isDirective(text, 'define', at, end)) return undefined;
  const head = readHead(text, skipBlanks(text, at + 'define'.length, end), end);
  const body = readBody(text, line.span.end, recipePrefix);
  const span = { start: line.span.start, end: body.end };
  return { ...head, span, modifiers, modifierSpan: { start, end: at }, value: body.value };
}

function readHead(text: string, start: number, end: number): Pick<Define, 'name' | 'operator' | 'operatorSpan'> {
  let nameEnd = start;
  while (nameEnd < end && !isSpace(text.charAt(nameEnd)) && operatorAt(text, nameEnd, end) === undefined) nameEnd++;
  const at = skipBlanks(text, nameEnd, end);
  const operator = operatorAt(text, at, end);
  const operatorSpan = { start: at, end: at + (operator?.length ?? 0) };
  return { name: text.slice(start, nameEnd), operator: operator ?? '=', operatorSpan };
}

/** A `define` inside the body needs its own `endef`; recipe lines hold neither. */
function readBody(text: string, start: number, recipePrefix: string): { readonly value: Span; readonly end: number } {
  let depth = 1;
  let position = start;
  while (position < text.length) {
    const line = logicalLine(text, position);
    if (text.charAt(position) !== recipePrefix) {
      const at = skipBlanks(text, position, line.contentEnd);
      if (isDirective(text, 'define', at, line.contentEnd)) depth++;
      else if (isDirective(text, 'endef', at, line.contentEnd)) depth--;
    }
    if (depth === 0) return { value: bodyWithoutLastLineEnd(text, start, position), end: line.span.end };
    position = line.span.end;
  }
  return { value: { start, end: position }, end: position };
}

function bodyWithoutLastLineEnd(text: string, start: number, end: number): Span {
  if (end === start) return { start, end };
  const crlf = text.charAt(end - 2) === '\r' && end - 2 >= start;
  return { start, end: end - (crlf ? 2 : 1) };
}

function isDirective(text: string, word: string, at: number, end: number): boolean {
  if (!text.startsWith(word, at)) return false;
  const after = at + word.length;
  return after >= end || isSpace(text.charAt(after)) || (word === 'endef' && text.charAt(after) === '#');
}
