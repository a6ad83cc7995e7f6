import type { Span } from '../text';

/** A value that was used on the way to a result: where it stands, and the variable it belongs to. */
export interface Step {
  readonly variable: string;
  readonly span: Span;
}

/** A variable as make keeps it. */
export interface Variable {
  /** `recursive` is expanded at every use; `simple` is final; `unknown` cannot be told. */
  readonly flavor: 'recursive' | 'simple' | 'unknown';
  readonly text: string;
  readonly steps: readonly Step[];
  /** Set with `override`: the command line does not replace it. */
  readonly override: boolean;
}

const MOST_STEPS = 50;

/** The steps of two lists, the newest of them when there are very many. */
export function joinSteps(first: readonly Step[], second: readonly Step[]): readonly Step[] {
  return [...first, ...second].slice(-MOST_STEPS);
}
