import type { Span } from '../text';
import { readAssignment, type AssignmentParts } from './assignment';
import { findOutsideReferences, trimmed } from './characters';

/** The parts of a rule line; with `assignment` when it sets a target-specific variable. */
export interface RuleParts {
  readonly targets: Span;
  readonly prerequisites: Span;
  readonly recipe: Span | undefined;
  readonly assignment: AssignmentParts | undefined;
}

/** Reads `targets: …` from a line without its comment. A recipe after `;` keeps its `#`, so it reaches to `lineEnd`. */
export function readRule(text: string, content: Span, lineEnd: number): RuleParts | undefined {
  const colon = findOutsideReferences(text, ':', content.start, content.end);
  if (colon >= content.end) return undefined;
  const targetEnd = text.charAt(colon - 1) === '&' && colon > content.start ? colon - 1 : colon;
  const targets = trimmed(text, { start: content.start, end: targetEnd });
  const after = { start: text.charAt(colon + 1) === ':' ? colon + 2 : colon + 1, end: content.end };
  if (after.start > after.end) return undefined;
  const assignment = readAssignment(text, { start: trimmed(text, after).start, end: after.end });
  if (assignment)
    return { targets, prerequisites: { start: after.end, end: after.end }, recipe: undefined, assignment };
  const semicolon = findOutsideReferences(text, ';', after.start, after.end);
  const prerequisites = trimmed(text, { start: after.start, end: Math.min(semicolon, after.end) });
  const recipe = semicolon < after.end ? { start: semicolon + 1, end: lineEnd } : undefined;
  return { targets, prerequisites, recipe, assignment: undefined };
}
