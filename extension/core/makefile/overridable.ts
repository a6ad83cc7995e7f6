import { message } from '../message';
import type { Span, TextEdit } from '../text';
import { slice, trimmed } from './characters';
import { belongsToKbuild } from './kbuildNames';
import { sitesOf, type KernelSite } from './kernelSites';
import type { Edited } from './retarget';
import type { Assignment, Branch, Makefile } from './syntax';
import { trace, type Trace } from './trace';

/** Tried in this order for a variable that the Makefile does not have yet. */
const NAMES = ['KVER', 'KERNEL_VERSION', 'TARGET_KERNEL'] as const;
const DEEPEST_BRANCH = 64;

/**
 * Edits after which `make KVER=…` (or the variable that already holds `uname -r`) chooses the kernel, and a plain `make` does
 * what it did before. Every `uname -r` that is built for or installed to becomes the variable; plain assignments on the way
 * become `?=` where that changes nothing else.
 */
export function makeOverridable(makefile: Makefile): Edited {
  const traced = trace(makefile);
  const sites = sitesOf(traced);
  const assignments = assignmentsByName(makefile);
  const wanted = sites.filter(({ kind, role }) => kind === 'uname' && role !== 'other');
  const holder = wanted.slice(0, 1).find((site) => canHold(makefile, site, wanted, assignments));
  const needsName = wanted.some((site) => site !== holder && !isWholeValue(makefile, site));
  const name = holder?.assignment?.name ?? (needsName ? unusedName(makefile.text) : undefined);
  if (needsName && name === undefined) {
    return {
      kind: 'refused',
      reason: message('The names {names} are all taken in this Makefile.', { names: NAMES.join(', ') }),
    };
  }
  const introduced = holder || name === undefined ? undefined : introduction(makefile, name);
  const replaced =
    name === undefined ? [] : wanted.filter((site) => site !== holder).map((site) => replacement(site, name));
  const deciding = sites.filter((site) => site.role === 'build' || site === holder);
  const edits = [...replaced, ...conditionalAssignments(traced, deciding, assignments)].sort(
    (a, b) => a.start - b.start,
  );
  return { kind: 'edits', edits: introduced ? withIntroduction(introduced, edits) : edits };
}

/** Two edits must not start at one place, so the new line joins an edit that is there. */
function withIntroduction(introduced: TextEdit, edits: readonly TextEdit[]): readonly TextEdit[] {
  const [first, ...rest] = edits;
  if (first?.start !== introduced.start) return [introduced, ...edits];
  return [{ ...first, text: introduced.text + first.text }, ...rest];
}

type Assignments = ReadonlyMap<string, readonly Assignment[]>;

function assignmentsByName({ statements }: Makefile): Assignments {
  const byName = new Map<string, Assignment[]>();
  for (const statement of statements) {
    if (statement.kind !== 'assignment') continue;
    const same = byName.get(statement.name);
    if (same) same.push(statement);
    else byName.set(statement.name, [statement]);
  }
  return byName;
}

/** May every other `uname -r` refer to the variable that this site, the first of them, is the whole value of? */
function canHold(
  makefile: Makefile,
  site: KernelSite,
  wanted: readonly KernelSite[],
  assignments: Assignments,
): boolean {
  const { assignment } = site;
  if (!assignment || !isWholeValue(makefile, site) || assignment.operator === '+=' || assignment.targets) return false;
  if (assignments.get(assignment.name)?.length !== 1) return false;
  return wanted.every((other) => isWithin(other.branch, site.branch));
}

function isWholeValue({ text }: Makefile, { span, assignment }: KernelSite): boolean {
  const value = assignment && trimmed(text, assignment.value);
  return value?.start === span.start && value.end === span.end;
}

function isWithin(inner: Branch | undefined, outer: Branch | undefined): boolean {
  let branch = inner;
  for (let depth = 0; depth < DEEPEST_BRANCH && branch !== outer; depth++) branch = branch?.parent;
  return branch === outer;
}

/** A name that stands nowhere in the file: `ifdef` and shells refer to variables by bare names too. */
function unusedName(text: string): string | undefined {
  return NAMES.find((name) => !new RegExp(`\\b${name}\\b`).test(text));
}

/** The new variable stands before the first statement, after the comments that open the file. */
function introduction({ text, statements, lineEnding }: Makefile, name: string): TextEdit {
  const first = statements.find(({ kind }) => kind !== 'blank');
  const start = Math.max(first?.span.start ?? text.length, text.startsWith('\uFEFF') ? 1 : 0);
  return { start, end: start, text: `${name} ?= $(shell uname -r)${lineEnding}` };
}

function replacement({ form, span, assignment }: KernelSite, name: string): TextEdit {
  if (form === 'command') return { ...span, text: `echo $(${name})` };
  if (form !== 'assignment' || !assignment) return { ...span, text: `$(${name})` };
  return { start: assignment.operatorSpan.start, end: span.end, text: `= $(${name})` };
}

/** `?=` for each plain assignment that decides the build and that the environment may replace without other effects. */
function conditionalAssignments(
  { makefile, regions }: Trace,
  sites: readonly KernelSite[],
  assignments: Assignments,
): readonly TextEdit[] {
  const firstInclude = makefile.statements.find(({ kind }) => kind === 'include')?.span.start ?? Infinity;
  const deciding = new Set(sites.flatMap(({ assignment }) => assignment ?? []));
  return regions.flatMap(({ assignment, scan }) => {
    if (!assignment || !deciding.has(assignment) || assignment.span.start > firstInclude) return [];
    const isSettled = scan.references.every(({ name }) => isAssignedBefore(assignments.get(name) ?? [], assignment));
    return isSettled && isPlainlyAssigned(assignment, assignments) ? toConditional(makefile, assignment) : [];
  });
}

function isPlainlyAssigned({ name, operator, form, targets }: Assignment, assignments: Assignments): boolean {
  if (form === 'define' || targets || belongsToKbuild(name)) return false;
  return operator !== '+=' && operator !== '!=' && assignments.get(name)?.length === 1;
}

/** Deferring an expansion changes nothing when what it refers to is assigned at most once, and before. */
function isAssignedBefore([first, second]: readonly Assignment[], { span }: Assignment): boolean {
  return !first || (!second && first.span.end <= span.start);
}

function toConditional(
  makefile: Makefile,
  { operator, operatorSpan, modifiers, modifierSpan }: Assignment,
): readonly TextEdit[] {
  const operatorEdits = operator === '?=' ? [] : [{ ...operatorSpan, text: '?=' }];
  return modifiers.includes('override') ? [withoutOverride(makefile, modifierSpan), ...operatorEdits] : operatorEdits;
}

function withoutOverride({ text }: Makefile, span: Span): TextEdit {
  return { ...span, text: slice(text, span).replace(/\boverride[ \t]+/, '') };
}
