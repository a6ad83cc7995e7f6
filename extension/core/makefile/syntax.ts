import type { Span } from '../text';

/** A Makefile as statements whose spans tile its text. Every span is in UTF-16 offsets of that text. */
export interface Makefile {
  readonly text: string;
  readonly lineEnding: '\n' | '\r\n';
  readonly statements: readonly Statement[];
}

export type Statement = Blank | Assignment | Rule | Recipe | Conditional | Include | Directive | Plain;

interface Base {
  /** All its lines, line endings included. */
  readonly span: Span;
  /** The innermost branch of a conditional that it stands in. */
  readonly branch: Branch | undefined;
}

/** Empty lines and comments, a whole run of them. */
export interface Blank extends Base {
  readonly kind: 'blank';
}

export type Operator = '=' | ':=' | '::=' | ':::=' | '?=' | '+=' | '!=';
export type Modifier = 'export' | 'override' | 'private';

/** `NAME = value`, `target: NAME = value`, or `define NAME … endef`. */
export interface Assignment extends Base {
  readonly kind: 'assignment';
  readonly form: 'line' | 'define';
  readonly name: string;
  readonly modifiers: readonly Modifier[];
  /** The modifiers with the blanks after them. */
  readonly modifierSpan: Span;
  readonly operator: Operator;
  /** Empty when a `define` has none. */
  readonly operatorSpan: Span;
  /** After the operator and blanks, up to the comment or line ending; make keeps blanks at its end. */
  readonly value: Span;
  /** The targets of a target-specific variable. */
  readonly targets: Span | undefined;
}

/** `targets: prerequisites ; recipe`. */
export interface Rule extends Base {
  readonly kind: 'rule';
  readonly targets: Span;
  readonly prerequisites: Span;
  /** A recipe on the rule's own line. */
  readonly recipe: Span | undefined;
}

/** A line that make gives to the shell. */
export interface Recipe extends Base {
  readonly kind: 'recipe';
  /** Without the recipe prefix and the line ending. */
  readonly recipe: Span;
  readonly rule: Rule | undefined;
}

export type ConditionDirective = 'ifeq' | 'ifneq' | 'ifdef' | 'ifndef';

/** `ifeq …`, `else`, `endif`. */
export interface Conditional extends Base {
  readonly kind: 'conditional';
  readonly condition: Span;
  /** The branch it opens; absent for `endif`. */
  readonly opens: Branch | undefined;
}

/** One branch of a conditional. It is taken when its parent is, no earlier one is, and its own condition holds. */
export interface Branch {
  /** `else` without a condition of its own always holds. */
  readonly directive: ConditionDirective | 'else';
  readonly condition: Span;
  readonly previous: Branch | undefined;
  readonly parent: Branch | undefined;
}

export interface Include extends Base {
  readonly kind: 'include';
  readonly files: Span;
}

/** `export NAME`, `unexport`, `undefine`, `vpath`. */
export interface Directive extends Base {
  readonly kind: 'directive';
  readonly name: string;
  readonly content: Span;
}

/** Anything else: a lone expansion such as `$(eval …)`, or a line that make would refuse. */
export interface Plain extends Base {
  readonly kind: 'plain';
  readonly content: Span;
}
