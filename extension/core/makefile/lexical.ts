import type { Span } from '../text';
import { slice, trimmed, unquoted } from './characters';
import type { Region } from './regions';
import { isReleaseShaped, isUnameCommand, LONGEST_RELEASE, RELEASE_PREFIXES } from './release';
import type { Command, Scan } from './scan';

/** A place that names a kernel by its characters alone, before it is known what for. */
export interface LexicalSite {
  readonly kind: 'uname' | 'release-literal';
  /**
   * `substitution`: the whole of `` `uname -r` `` or `$(shell uname -r)`; `command`: the words `uname -r` within a longer
   * command; `assignment`: the value of `NAME != uname -r`; `text`: a release written out.
   */
  readonly form: 'substitution' | 'command' | 'assignment' | 'text';
  readonly span: Span;
}

/** Every use of `uname -r` and every release in a path, in the order of the text. */
export function lexicalSites(text: string, region: Region): readonly LexicalSite[] {
  const value = trimmed(text, region.span);
  const asAssignment = region.assignment?.operator === '!=' && isUnameCommand(slice(text, bounded(value)));
  const sites = asAssignment
    ? [{ kind: 'uname', form: 'assignment', span: value } as const]
    : [...unameSites(text, region.scan), ...literalsInPaths(text, region.span)];
  return sites.sort((a, b) => a.span.start - b.span.start);
}

/** `uname -r` wherever a shell runs it in this text. */
export function unameSites(text: string, scan: Scan): readonly LexicalSite[] {
  const whole = scan.substitutions.filter(({ inner }) => inner.end - inner.start < 100 && isUname(text, inner));
  const insideWhole = new Set(whole.map(({ inner }) => trimmed(text, inner).start));
  const commands = scan.commands.flatMap((command) => unameWords(text, command) ?? []);
  return [
    ...whole.map(({ start, end }) => ({ kind: 'uname', form: 'substitution', span: { start, end } }) as const),
    ...commands
      .filter(({ start }) => !insideWhole.has(start))
      .map((span) => ({ kind: 'uname', form: 'command', span }) as const),
  ];
}

function isUname(text: string, span: Span): boolean {
  return isUnameCommand(slice(text, span));
}

/** A command that starts with `uname -r`, such as `uname -r | cut -d. -f1`. */
function unameWords(text: string, [name, option]: Command): Span | undefined {
  if (!name || !option || option.end - name.start > 100) return undefined;
  const span = { start: name.start, end: option.end };
  return isUname(text, span) ? span : undefined;
}

/** The release in `echo RELEASE`, which stands for `uname -r` within a longer command. */
export function echoedRelease(text: string, [name, release]: Command): Span | undefined {
  if (!name || !release || slice(text, bounded(name)) !== 'echo') return undefined;
  return isReleaseShaped(slice(text, bounded(release))) ? release : undefined;
}

/** The stretch itself when it is a release written out. */
export function releaseLiteral(text: string, span: Span): LexicalSite | undefined {
  const inner = unquoted(text, trimmed(text, span));
  if (inner.end - inner.start > LONGEST_RELEASE || !isReleaseShaped(slice(text, inner))) return undefined;
  return { kind: 'release-literal', form: 'text', span: inner };
}

/** Releases written out after `/lib/modules/` and the like. */
export function literalsInPaths(text: string, span: Span): readonly LexicalSite[] {
  return RELEASE_PREFIXES.flatMap((prefix) => {
    const found: LexicalSite[] = [];
    const region = text.slice(span.start, span.end);
    for (let at = region.indexOf(prefix); at >= 0; at = region.indexOf(prefix, at + prefix.length)) {
      const start = span.start + at + prefix.length;
      const end = endOfRelease(text, start, span.end);
      const goesOn = end < span.end && /[\w$`{*?[%]/.test(text.charAt(end));
      if (!goesOn && isReleaseShaped(text.slice(start, end))) {
        found.push({ kind: 'release-literal', form: 'text', span: { start, end } });
      }
    }
    return found;
  });
}

function endOfRelease(text: string, start: number, end: number): number {
  const limit = Math.min(end, start + LONGEST_RELEASE);
  let at = start;
  while (at < limit && /[\w.+~-]/.test(text.charAt(at))) at++;
  return at;
}

function bounded({ start, end }: Span): Span {
  return { start, end: Math.min(end, start + LONGEST_RELEASE) };
}
