import type { Span } from '../text';
import { scan, type Scan } from './scan';
import type { Assignment, Branch, Makefile, Rule, Statement } from './syntax';

/** A stretch of a Makefile that make expands, with what was read in it. Comments are in none. */
export interface Region {
  readonly kind: 'value' | 'recipe' | 'other';
  readonly span: Span;
  readonly scan: Scan;
  readonly branch: Branch | undefined;
  readonly assignment: Assignment | undefined;
  /** The rule whose recipe it is. */
  readonly rule: Rule | undefined;
}

/** Every stretch that make expands, in the order of the text. */
export function findRegions(makefile: Makefile): readonly Region[] {
  return makefile.statements.flatMap((statement) =>
    stretches(statement).map(({ kind, span }) => ({
      kind,
      span,
      scan: scan(makefile.text, span, kind === 'recipe' || isDefine(statement) ? 'recipe' : 'value'),
      branch: statement.branch,
      assignment: statement.kind === 'assignment' ? statement : undefined,
      rule: statement.kind === 'rule' ? statement : statement.kind === 'recipe' ? statement.rule : undefined,
    })),
  );
}

function stretches(statement: Statement): readonly Pick<Region, 'kind' | 'span'>[] {
  switch (statement.kind) {
    case 'blank':
      return [];
    case 'assignment':
      return [{ kind: 'value', span: statement.value }];
    case 'recipe':
      return [{ kind: 'recipe', span: statement.recipe }];
    case 'rule':
      return [
        { kind: 'other', span: statement.targets },
        { kind: 'other', span: statement.prerequisites },
        ...(statement.recipe ? [{ kind: 'recipe', span: statement.recipe } as const] : []),
      ];
    case 'conditional':
      return [{ kind: 'other', span: statement.condition }];
    case 'include':
      return [{ kind: 'other', span: statement.files }];
    case 'directive':
    case 'plain':
      return [{ kind: 'other', span: statement.content }];
  }
}

function isDefine(statement: Statement): boolean {
  return statement.kind === 'assignment' && statement.form === 'define';
}
