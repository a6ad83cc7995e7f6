import { applyEdits, type Span, type TextEdit } from '../text';
import { findIncludes, type CSource } from './c';

/** The kernel from which on a change is needed, and the one at hand that needs it. */
export interface Needed {
  readonly since: readonly [major: number, minor: number];
  /** The release that was built for, if it is known. */
  readonly release: string | undefined;
}

/**
 * The preprocessor's question whether the kernel has the newer interface. Red Hat takes interfaces into old version numbers: where the
 * kernel at hand is older than the change, its own series is asked for besides.
 */
export function newerKernel({ since: [major, minor], release }: Needed): string {
  const mainline = `LINUX_VERSION_CODE >= KERNEL_VERSION(${major}, ${minor}, 0)`;
  const [, first, second, patch] = /^(\d+)\.(\d+)\.(\d+)/.exec(release ?? '') ?? [];
  const isBackport = first !== undefined && (Number(first) - major || Number(second) - minor) < 0;
  if (!isBackport) return mainline;
  const redHat = /\.el(\d+)_(\d+)/.exec(release ?? '');
  const own =
    redHat === null
      ? `LINUX_VERSION_CODE >= KERNEL_VERSION(${first}, ${second ?? 0}, ${patch ?? 0})`
      : `RHEL_RELEASE_CODE >= RHEL_RELEASE_VERSION(${redHat[1] ?? 0}, ${redHat[2] ?? 0})`;
  return /\.el\d/.test(release ?? '') ? `${mainline} || (defined(RHEL_RELEASE_CODE) && ${own})` : own;
}

/** A place that is written twice, with what the newer kernel needs in it. */
export interface Place extends Span {
  readonly edits: readonly TextEdit[];
}

/** One edit as a place of its own. */
export const placeOf = (edit: TextEdit): Place => ({ start: edit.start, end: edit.end, edits: [edit] });

/**
 * Makes edits hold for newer kernels only: the lines they touch are written twice, behind a test of the kernel's version. No edits when a
 * place cannot be told apart by lines, as inside of a macro.
 */
export function guarded(source: CSource, places: readonly Place[], condition: string): readonly TextEdit[] {
  const blocks = merged(places.map((place) => wholeLines(source, place)));
  if (blocks === undefined || blocks.length === 0) return [];
  const edits = places.flatMap((place) => place.edits);
  const { text, lineEnding } = source;
  const written = blocks.map(({ start, end }) => {
    const inside = edits.filter((edit) => edit.start >= start && edit.end <= end);
    const before = text.slice(start, end);
    const after = applyEdits(
      before,
      inside.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start })),
    );
    const lines = [`#if ${condition}`, after, '#else', before, '#endif'];
    return { start, end, text: lines.join(lineEnding) };
  });
  return [...includeVersion(source), ...written];
}

/** Lines and characters beyond which a call is no call any more. */
const MOST_LINES = 50;
const LONGEST_PLACE = 20_000;

/** The lines of a place, with as many more as the brackets on them need; without the last line ending. */
function wholeLines({ code }: CSource, { start, end }: Span): Span | undefined {
  let from = code.lastIndexOf('\n', start - 1) + 1;
  let to = lineEnd(code, end);
  for (let round = 0; round < MOST_LINES && to - from < LONGEST_PLACE; round += 1) {
    const { opened, closed } = brackets(code, from, to);
    if (opened === 0 && closed === 0) return isDirective(code, from, to) ? undefined : { start: from, end: to };
    if (closed > 0 && from > 0) from = code.lastIndexOf('\n', from - 2) + 1;
    else if (opened > 0 && to < code.length) to = lineEnd(code, code.indexOf('\n', to) + 1);
    else return undefined;
  }
  return undefined;
}

function lineEnd(code: string, from: number): number {
  const newline = code.indexOf('\n', from);
  if (newline < 0) return code.length;
  return code.charAt(newline - 1) === '\r' && newline > from ? newline - 1 : newline;
}

/** Round brackets without their pair. */
function brackets(code: string, from: number, to: number): { readonly opened: number; readonly closed: number } {
  let opened = 0;
  let closed = 0;
  for (let at = from; at < to; at += 1) {
    const character = code.charAt(at);
    if (character === '(') opened += 1;
    else if (character === ')' && opened > 0) opened -= 1;
    else if (character === ')') closed += 1;
  }
  return { opened, closed };
}

/** A directive's lines cannot hold another directive. */
function isDirective(code: string, from: number, to: number): boolean {
  const lineBefore = code.slice(code.lastIndexOf('\n', from - 2) + 1, Math.max(0, from - 1));
  return /\\\r?$/.test(lineBefore) || /^[ \t]*#(?![ \t]*include\b)/m.test(code.slice(from, to));
}

/** Places on lines that follow each other become one; `undefined` when one of them is none. */
function merged(places: readonly (Span | undefined)[]): readonly Span[] | undefined {
  const result: Span[] = [];
  const known = places.filter((place) => place !== undefined).sort((a, b) => a.start - b.start);
  if (known.length < places.length) return undefined;
  for (const place of known) {
    const last = result.at(-1);
    if (last === undefined || place.start > last.end + 2) result.push(place);
    else result[result.length - 1] = { start: last.start, end: Math.max(last.end, place.end) };
  }
  return result;
}

/** Adds an `#include` below the others; none where it stands already. */
export function include(source: CSource, header: string): readonly TextEdit[] {
  return includeAt(source, header, placesOfIncludes(source).after);
}

/** Makes the kernel's version known from the first `#include` on. */
export function includeVersion(source: CSource): readonly TextEdit[] {
  return includeAt(source, 'linux/version.h', placesOfIncludes(source).before);
}

function includeAt(source: CSource, header: string, at: number): readonly TextEdit[] {
  if (findIncludes(source).some((line) => line.header === header)) return [];
  return [{ start: at, end: at, text: `#include <${header}>${source.lineEnding}` }];
}

/** Line starts before the first and after the last `#include` that stands outside of every `#if`; the text's start when there is none. */
export function placesOfIncludes({ text, code }: CSource): { readonly before: number; readonly after: number } {
  let depth = 0;
  let before: number | undefined;
  let after = 0;
  for (const { 1: word, index } of code.matchAll(/^[ \t]*#[ \t]*(if|endif|include)/gm)) {
    if (word === 'if') depth += 1;
    else if (word === 'endif') depth -= 1;
    else if (depth === 0) {
      before ??= index;
      after = text.indexOf('\n', index) + 1;
    }
  }
  return { before: before ?? 0, after };
}
