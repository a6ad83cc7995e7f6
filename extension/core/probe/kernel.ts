import type { RunningKernel } from '../facts';
import { unquote, type Fields } from './report';

/** The running kernel, without the checks that its required facts are there. */
export function runningKernel(fields: Fields): RunningKernel {
  const built = fields.one('kernel.built');
  return {
    release: fields.one('kernel.release') ?? '',
    machine: fields.one('kernel.machine') ?? '',
    version: fields.one('kernel.version') ?? '',
    compiler: built === undefined ? undefined : compilerOf(built),
    config: kernelOptions(fields.all('kernel.option')),
  };
}

/** `NAME=value` lines of a kernel configuration as a record, without quotes. */
export function kernelOptions(lines: readonly string[]): Readonly<Record<string, string>> {
  const pairs = lines.map((line) => /^([A-Z0-9_]+)=(.*)$/.exec(line));
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', unquote(pair[2] ?? '')]] : [])));
}

/**
 * The compiler in `/proc/version`: `Linux version <release> (<builder>) (<compiler>[, <linker>]) #1 …`, where builder and
 * compiler can hold brackets of their own (fs/proc/version.c; the linker is named since 5.11).
 */
function compilerOf(procVersion: string): string | undefined {
  const builder = bracketed(procVersion, 0);
  const tools = builder && bracketed(procVersion, builder.end);
  return tools && withoutLinker(tools.text).trim();
}

/** Drops the linker from `<compiler>, <linker>`, as `/proc/version` and `compile.h` both join them. */
export function withoutLinker(text: string): string {
  const comma = text.lastIndexOf(', ');
  return comma >= 0 && /\b(?:ld|lld|gold|mold)\b/i.test(text.slice(comma)) ? text.slice(0, comma) : text;
}

/** The next balanced pair of brackets from `start` on: what is inside, and where it ends. */
function bracketed(text: string, start: number): { readonly text: string; readonly end: number } | undefined {
  const open = text.indexOf('(', start);
  if (open < 0) return undefined;
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return { text: text.slice(open + 1, at), end: at + 1 };
  }
  return undefined;
}
