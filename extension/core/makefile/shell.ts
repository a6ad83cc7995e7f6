import { closingBracket, isSpace } from './characters';
import { valueOf, type Environment } from './environment';
import { isPwdCommand, isUnameCommand } from './release';

/** What a command prints, for the few whose output is known without running them. */
export function shellOutput(command: string, environment: Environment): string | undefined {
  if (isUnameCommand(command)) return environment.unameRelease;
  if (isPwdCommand(command)) return environment.directory;
  return /^\s*echo\s+([\w./+~-]+)\s*$/.exec(command.slice(0, 300))?.[1];
}

/**
 * The first word that the shell makes of a text: quotes removed, `uname -r`, `pwd` and known variables filled in.
 * `undefined` where that takes running something, or is not known.
 */
export function firstShellWord(text: string, environment: Environment): string | undefined {
  let word = '';
  let quote = '';
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    if (quote === '' && word !== '' && isSpace(character)) return word;
    const piece = pieceAt(text, at, quote, environment);
    if (!piece) return undefined;
    word += piece.value;
    at = piece.end;
    if (isQuote(character, quote)) quote = quote === '' ? character : '';
  }
  return quote === '' ? word : undefined;
}

function isQuote(character: string, open: string): boolean {
  return open === '' ? character === '"' || character === "'" : character === open;
}

/** A part of a word: what it becomes, and where the next begins. */
interface Piece {
  readonly value: string;
  readonly end: number;
}

function pieceAt(text: string, at: number, quote: string, environment: Environment): Piece | undefined {
  const character = text.charAt(at);
  if (isQuote(character, quote) || (quote === '' && isSpace(character))) return { value: '', end: at + 1 };
  if ((character === '$' || character === '`') && quote !== "'") return expandAt(text, at, environment);
  if (quote === '' && '*?[{~;&|<>()\\'.includes(character)) return undefined;
  return { value: character, end: at + 1 };
}

/** The expansion that starts with the `$` or backtick at `at`. */
function expandAt(text: string, at: number, environment: Environment): Piece | undefined {
  if (text.charAt(at) === '`') return substitution(text, at + 1, text.indexOf('`', at + 1), environment);
  const next = text.charAt(at + 1);
  if (next === '(') return substitution(text, at + 2, closingBracket(text, at + 1, text.length) ?? -1, environment);
  const name = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/.exec(text.slice(at, at + 100));
  const variable = name?.[1] ?? name?.[2];
  if (!name || variable === undefined) return undefined;
  const value = valueOf(environment.variables, variable) ?? (variable === 'PWD' ? environment.directory : undefined);
  return value === undefined ? undefined : { value, end: at + name[0].length };
}

function substitution(text: string, start: number, end: number, environment: Environment): Piece | undefined {
  if (end < 0) return undefined;
  const value = shellOutput(text.slice(start, end), environment);
  return value === undefined ? undefined : { value, end: end + 1 };
}
