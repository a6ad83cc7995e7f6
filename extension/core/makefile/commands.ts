import type { Span } from '../text';
import { slice, unquoted } from './characters';
import type { Region } from './regions';
import type { Command } from './scan';

/** `NAME=value` on the command line of make. */
export interface CommandVariable {
  readonly name: string;
  readonly span: Span;
  /** Without quotes around it. */
  readonly value: Span;
}

/** A command that starts make, or a value with the arguments of one. */
export interface MakeCommand {
  readonly region: Region;
  /** What follows each `-C`. */
  readonly directories: readonly Span[];
  readonly variables: readonly CommandVariable[];
}

const MODULE_ARGUMENTS: readonly string[] = ['M', 'SUBDIRS', 'KBUILD_EXTMOD'];
const LONGEST_NAME = 80;

/** Does this variable hand kbuild the directory of an external module? */
export function isModuleArgument({ name }: CommandVariable): boolean {
  return MODULE_ARGUMENTS.includes(name);
}

/** Every make command of a region. */
export function makeCommands(text: string, region: Region): readonly MakeCommand[] {
  return region.scan.commands.flatMap((command) => {
    const first = firstArgument(text, command, region.kind === 'value');
    if (first === undefined) return [];
    const variables = command.slice(first).flatMap((word) => commandVariable(text, word) ?? []);
    return [{ region, directories: directoriesOf(text, command, first), variables }];
  });
}

/** The position of the first argument after the word that names make; `undefined` when no word does. */
function firstArgument(text: string, command: Command, isValue: boolean): number | undefined {
  const make = command.findIndex((word) => isMake(commandWord(text, word)));
  if (make >= 0) return make + 1;
  const first = command[0];
  if (!first) return undefined;
  const word = commandWord(text, first);
  if (/^\$[({][\w.-]+[)}]$/.test(word)) return 1;
  return isValue && /^(-|[A-Z_]+=)/.test(text.slice(first.start, first.start + LONGEST_NAME)) ? 0 : undefined;
}

/** The start of a word that may name a command, without the `@`, `-` and `+` of a recipe. */
export function commandWord(text: string, word: Span): string {
  return text.slice(word.start, Math.min(word.end, word.start + LONGEST_NAME)).replace(/^[@+-]{1,4}/, '');
}

function isMake(word: string): boolean {
  return /^(\/[\w/.]*\/)?g?make$/.test(word) || /^\$[({]\w*MAKE\w*[)}]$/.test(word);
}

/** Reads a word as `NAME=value`. */
export function commandVariable(text: string, word: Span): CommandVariable | undefined {
  const name = /^(\w+):?=/.exec(text.slice(word.start, Math.min(word.end, word.start + LONGEST_NAME)));
  if (!name?.[1]) return undefined;
  const value = unquoted(text, { start: word.start + name[0].length, end: word.end });
  return { name: name[1], span: word, value };
}

function directoriesOf(text: string, command: Command, first: number): readonly Span[] {
  return command.slice(first).flatMap((word, index) => {
    const option = slice(text, { start: word.start, end: Math.min(word.end, word.start + 12) });
    const following = command[first + index + 1];
    if (option === '-C' || option === '--directory') return following ? [unquoted(text, following)] : [];
    if (option.startsWith('--directory=')) return [unquoted(text, { start: word.start + 12, end: word.end })];
    return option.startsWith('-C') ? [unquoted(text, { start: word.start + 2, end: word.end })] : [];
  });
}
