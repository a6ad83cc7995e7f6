import type { Span, TextEdit } from '../text';
import { slice } from './characters';
import { findModuleArguments } from './kbuild';
import type { Makefile } from './syntax';

/** Variables that Linux 6.15 took away, and what has been there since 2.6.24. */
const FLAGS: Readonly<Record<string, string>> = {
  EXTRA_CFLAGS: 'ccflags-y',
  EXTRA_AFLAGS: 'asflags-y',
  EXTRA_LDFLAGS: 'ldflags-y',
};

/** Writes `ccflags-y` for `EXTRA_CFLAGS`, where it is set and where it is used; likewise for the assembler and the linker. */
export function renameFlags({ text, statements }: Makefile): readonly TextEdit[] {
  const blanks = statements.filter(({ kind }) => kind === 'blank').map(({ span }) => span);
  return [...text.matchAll(/\bEXTRA_(?:C|A|LD)FLAGS\b/g)]
    .map(({ 0: name, index }) => ({ start: index, end: index + name.length, text: FLAGS[name] ?? name }))
    .filter((edit) => !isInComment(text, edit, blanks));
}

/** A comment of its own is a blank statement; one behind a statement starts with a `#`. */
function isInComment(text: string, { start }: Span, blanks: readonly Span[]): boolean {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return line.includes('#') || blanks.some((blank) => blank.start <= start && start < blank.end);
}

/** Writes `M=` for `SUBDIRS=`, which Linux 5.3 took away. Every kernel since 2.6 knows `M=`. */
export function replaceSubdirs(makefile: Makefile): readonly TextEdit[] {
  const given = findModuleArguments(makefile);
  return given
    .filter(
      ({ name, span }) =>
        name === 'SUBDIRS' && !given.some((other) => other.name === 'M' && isNear(makefile, other.span, span)),
    )
    .map(({ span: { start } }) => ({ start, end: start + 'SUBDIRS'.length, text: 'M' }));
}

/** In the same command, which then has both for kernels of both kinds. */
function isNear({ text }: Makefile, one: Span, other: Span): boolean {
  const [first, second] = one.start < other.start ? [one, other] : [other, one];
  return !slice(text, { start: first.end, end: second.start }).includes('\n');
}

/** Writes `$(CURDIR)` for `$(PWD)`, which sudo drops, where the module's directory is handed to kbuild. Not when the Makefile sets PWD. */
export function replacePwd(makefile: Makefile): readonly TextEdit[] {
  const { text, statements } = makefile;
  if (statements.some((statement) => statement.kind === 'assignment' && statement.name === 'PWD')) return [];
  return findModuleArguments(makefile).flatMap(({ value }) =>
    [...slice(text, value).matchAll(/\$(?:\(PWD\)|\{PWD\}|\$(?:PWD\b|\{PWD\}))/g)].map(({ 0: reference, index }) => ({
      start: value.start + index,
      end: value.start + index + reference.length,
      text: '$(CURDIR)',
    })),
  );
}

/**
 * Puts a tab for the blanks before recipe lines: at `line`, counted from 1, where make stopped, and at every line right below a rule or
 * another line of its recipe. No edits when the line does not begin with blanks: then something else is wrong with it.
 */
export function tabsForSpaces({ text }: Makefile, line: number): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let isRecipe = false;
  let start = 0;
  const lines = text.split('\n');
  for (const [index, content] of lines.entries()) {
    const blanks = BLANKS.exec(content)?.[0] ?? '';
    isRecipe = index === line - 1 || (isRecipe && /^\s+\S/.test(content)) || RULE.test(content);
    if (isRecipe && blanks !== '') edits.push({ start, end: start + blanks.length, text: '\t' });
    start += content.length + 1;
  }
  return BLANKS.test(lines[line - 1] ?? '') ? edits : [];
}

/** Blanks as web pages have them, before something that is no comment. */
const BLANKS = /^[ \u00a0\u3000][ \t\u00a0\u3000]*(?=[^\s#])/;
const RULE = /^[^\s#:=][^:=]*:(?![:=])/;
