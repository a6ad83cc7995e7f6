import type { Span, TextEdit } from '../text';
import { contains, unquoted } from './characters';
import { commandVariable } from './commands';
import { literalsInPaths, unameSites } from './lexical';
import { logicalLine } from './lines';
import { scan } from './scan';
import { enclosing } from './spans';

/** A place in dkms.conf that names a kernel by itself instead of taking the one dkms builds for. */
export interface DkmsSite {
  readonly kind: 'uname' | 'release-literal';
  readonly span: Span;
  /** The directive it stands in, such as `MAKE[0]`. */
  readonly directive: string;
  /** What says the same for the kernel that dkms builds for. */
  readonly edit: TextEdit;
}

/**
 * Finds `uname -r` and written-out releases in MAKE and CLEAN of a dkms.conf. dkms(8) sets `kernelver` and
 * `kernel_source_dir` before it reads the file, and evaluates these two directives again before it runs them.
 */
export function findDkmsSites(text: string): readonly DkmsSite[] {
  return directives(text).flatMap(({ name, value }) => sitesIn(text, name, value));
}

/** The edits of all sites; none when there is nothing to change. */
export function dkmsEdits(text: string): readonly TextEdit[] {
  return [...new Map(findDkmsSites(text).map(({ edit }) => [edit.start, edit])).values()];
}

interface DkmsDirective {
  readonly name: string;
  readonly value: Span;
}

function directives(text: string): readonly DkmsDirective[] {
  const found: DkmsDirective[] = [];
  let position = 0;
  while (position < text.length) {
    const line = logicalLine(text, position);
    const head = /^[ \t]{0,80}((?:MAKE|CLEAN)(?:\[\d{1,9}\])?)=/.exec(text.slice(position, position + 120));
    if (head?.[1]) found.push({ name: head[1], value: { start: position + head[0].length, end: line.contentEnd } });
    position = line.span.end;
  }
  return found;
}

function sitesIn(text: string, directive: string, value: Span): readonly DkmsSite[] {
  const command = unquoted(text, value);
  const read = scan(text, command, 'shell');
  const sites = [...unameSites(text, read), ...literalsInPaths(text, command)];
  const words = enclosing(
    sites.map(({ span }) => span),
    read.commands.flat(),
  );
  return sites.map(({ kind, form, span }, index) => {
    const edit =
      form === 'command' ? { ...span, text: 'echo ${kernelver}' } : dkmsEdit(text, span, words[index] ?? span);
    return { kind, span, directive, edit };
  });
}

/** The whole directory where it is a kernel's build directory, the release alone elsewhere. */
function dkmsEdit(text: string, span: Span, word: Span): TextEdit {
  const value = commandVariable(text, word)?.value;
  const path = unquoted(text, value && contains(value, span) ? value : word);
  const before = text.slice(path.start, span.start);
  const after = text.slice(span.end, path.end);
  const isModules = before === '/lib/modules/' && /^\/(build|source)\/?$/.test(after);
  const isTree = /^\/usr\/src\/(linux-headers-|kernels\/|linux-)$/.test(before) && /^\/?$/.test(after);
  return isModules || isTree ? { ...path, text: '${kernel_source_dir}' } : { ...span, text: '${kernelver}' };
}
