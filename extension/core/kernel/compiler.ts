import type { KernelTree, Tools } from '../facts';
import type { Message } from '../message';
import { message } from '../message';
import { compareReleases } from './compareReleases';

/** A compiler as a kernel names it. */
export interface Compiler {
  readonly kind: 'gcc' | 'clang';
  /** Like `12.2.0`. */
  readonly version: string;
  /** The command it was called by, where it is named: `gcc`, `x86_64-linux-gnu-gcc-12`. */
  readonly command: string | undefined;
}

/** How this machine's compiler stands to the one a kernel was built with. */
export interface CompilerVerdict {
  readonly relation: 'same' | 'older' | 'newer' | 'missing' | 'unknown';
  /** What to tell the user; absent when there is nothing to tell. */
  readonly warning: Message | undefined;
}

/**
 * Reads the compiler in CONFIG_CC_VERSION_TEXT, compile.h or /proc/version, like `gcc-12 (Debian 12.2.0-14) 12.2.0` or
 * `gcc version 4.8.5 20150623 (Red Hat 4.8.5-44) (GCC)`. `undefined` when none is named.
 */
export function parseCompiler(text: string): Compiler | undefined {
  const line = text.slice(0, 1000);
  const clang = /clang version (\d+(?:\.\d+)*)/.exec(line)?.[1];
  if (clang !== undefined) return { kind: 'clang', version: clang, command: undefined };
  const old = /gcc version (\d+(?:\.\d+)*)/.exec(line)?.[1];
  if (old !== undefined) return { kind: 'gcc', version: old, command: undefined };
  const named = /(?:^|[\s(])((?:[\w.]+-)*gcc(?:-[\d.]+)?) (.*)$/s.exec(line);
  const version = /(?:^|\s)(\d+(?:\.\d+)+)/.exec(withoutParentheses(named?.[2] ?? ''))?.[1];
  return version === undefined ? undefined : { kind: 'gcc', version, command: named?.[1] };
}

/** Compares the compiler a tree was prepared with to what this machine has. */
export function judgeCompiler(tree: KernelTree, tools: Tools): CompilerVerdict {
  const wanted = parseCompiler(tree.compiler ?? '');
  if (wanted?.kind === 'clang') return judgeClang(wanted, tools);
  const command = tree.compilerCommand;
  if (command !== undefined && !hasCommand(tools, command) && !isSameMajor(wanted, tools.gcc)) {
    return missing(command);
  }
  if (tools.gcc === undefined) return missing('gcc');
  if (wanted === undefined) return { relation: 'unknown', warning: undefined };
  return judgeGcc(wanted.version, tools.gcc);
}

function judgeGcc(wanted: string, present: string): CompilerVerdict {
  const order = compareReleases(majorOf(present), majorOf(wanted));
  const values = { wanted, present };
  if (order === 0) return { relation: 'same', warning: undefined };
  return order < 0
    ? {
        relation: 'older',
        warning: message(
          'This kernel was built with gcc {wanted}; the older gcc {present} here may not know its options.',
          values,
        ),
      }
    : {
        relation: 'newer',
        warning: message(
          'This kernel was built with gcc {wanted}; the newer gcc {present} here may report new warnings or errors in its headers.',
          values,
        ),
      };
}

function judgeClang({ version }: Compiler, tools: Tools): CompilerVerdict {
  if (!Object.keys(tools.commands).some((name) => /^clang(?:-\d+)?$/.test(name))) return missing('clang');
  return {
    relation: 'unknown',
    warning: message('This kernel was built with clang {version}: build modules with LLVM=1.', { version }),
  };
}

function missing(command: string): CompilerVerdict {
  return {
    relation: 'missing',
    warning: message('The compiler {command} that this kernel asks for is not installed.', { command }),
  };
}

/** A command may be named by its path. */
function hasCommand({ commands }: Tools, command: string): boolean {
  return Object.hasOwn(commands, command.slice(command.lastIndexOf('/') + 1));
}

function isSameMajor(wanted: Compiler | undefined, present: string | undefined): boolean {
  return wanted !== undefined && present !== undefined && majorOf(wanted.version) === majorOf(present);
}

/** Before gcc 5 the second number was the one that counted. */
function majorOf(version: string): string {
  const [major = '', minor = ''] = version.split('.');
  return Number(major) < 5 ? `${major}.${minor}` : major;
}

function withoutParentheses(text: string): string {
  let depth = 0;
  let outside = '';
  for (const character of text) {
    if (character === '(') depth++;
    if (depth === 0) outside += character;
    if (character === ')' && depth > 0) depth--;
  }
  return outside;
}
