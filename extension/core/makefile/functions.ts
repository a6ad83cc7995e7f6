import type { Environment } from './environment';
import { shellOutput } from './shell';

/** Expands an argument when the function asks for it; `undefined` when it cannot be resolved. */
export type Argument = () => string | undefined;

type Text = (...values: readonly string[]) => string | undefined;

/** Functions that only compute on text (GNU make manual, chapter 8). */
const TEXT_FUNCTIONS: ReadonlyMap<string, Text> = new Map<string, Text>([
  ['strip', (text = '') => words(text).join(' ')],
  ['firstword', (text = '') => words(text)[0] ?? ''],
  ['lastword', (text = '') => words(text).at(-1) ?? ''],
  ['words', (text = '') => String(words(text).length)],
  ['word', (n = '', text = '') => words(text)[Number(n) - 1] ?? ''],
  ['subst', (from = '', to = '', text = '') => (from === '' ? undefined : text.replaceAll(from, () => to))],
  ['findstring', (wanted = '', text = '') => (text.includes(wanted) ? wanted : '')],
  ['filter', (patterns = '', text = '') => matching(patterns, text, true)],
  ['filter-out', (patterns = '', text = '') => matching(patterns, text, false)],
  ['dir', (text = '') => each(text, (path) => path.slice(0, path.lastIndexOf('/') + 1) || './')],
  ['notdir', (text = '') => each(text, (path) => path.slice(path.lastIndexOf('/') + 1))],
  ['addprefix', (prefix = '', text = '') => each(text, (word) => prefix + word)],
  ['addsuffix', (suffix = '', text = '') => each(text, (word) => word + suffix)],
  ['info', () => ''],
  ['warning', () => ''],
]);

export const FUNCTIONS: ReadonlySet<string> = new Set([
  ...TEXT_FUNCTIONS.keys(),
  'if',
  'or',
  'and',
  'shell',
  'wildcard',
  'error',
  'abspath',
  'realpath',
  'call',
  'eval',
  'foreach',
  'file',
  'flavor',
  'guile',
  'intcmp',
  'join',
  'let',
  'origin',
  'patsubst',
  'sort',
  'suffix',
  'basename',
  'value',
  'wordlist',
]);

/** The result of a make function, or `undefined` when it is not one that can be computed without running anything. */
export function callFunction(
  name: string,
  parameters: readonly Argument[],
  environment: Environment,
): string | undefined {
  switch (name) {
    case 'if':
      return choose(parameters);
    case 'or':
    case 'and':
      return firstDeciding(parameters, name === 'or');
    case 'shell':
      return onKnown(joinArguments(parameters), (command) => shellOutput(command, environment));
    case 'wildcard':
      return onKnown(parameters[0]?.(), (path) => existing(path, environment));
    default:
      return computeText(name, parameters);
  }
}

function computeText(name: string, parameters: readonly Argument[]): string | undefined {
  const compute = TEXT_FUNCTIONS.get(name);
  if (!compute) return undefined;
  const values = parameters.map((parameter) => parameter());
  return values.every((value) => value !== undefined) ? compute(...values) : undefined;
}

function choose([condition, then, otherwise]: readonly Argument[]): string | undefined {
  const value = condition?.();
  if (value === undefined) return undefined;
  return (value.trim() === '' ? otherwise : then)?.() ?? (otherwise || value.trim() !== '' ? undefined : '');
}

/** `or` stops at the first value that is not empty, `and` at the first that is. */
function firstDeciding(parameters: readonly Argument[], isOr: boolean): string | undefined {
  let last: string | undefined = '';
  for (const parameter of parameters) {
    last = parameter()?.trim();
    if (last === undefined || (last !== '') === isOr) return last;
  }
  return last;
}

function existing(path: string, { exists }: Environment): string | undefined {
  const plain = path.trim();
  if (/[\s*?[]/.test(plain)) return undefined;
  const found = exists?.(plain);
  return found === undefined ? undefined : found ? plain : '';
}

/** The shell gets the commas that separate the arguments of other functions. */
function joinArguments(parameters: readonly Argument[]): string | undefined {
  const values = parameters.map((parameter) => parameter());
  return values.includes(undefined) ? undefined : values.join(',');
}

function onKnown(value: string | undefined, use: (value: string) => string | undefined): string | undefined {
  return value === undefined ? undefined : use(value);
}

function matching(patterns: string, text: string, wanted: boolean): string | undefined {
  const known = words(patterns);
  if (known.length > 100) return undefined;
  const matches = (word: string): boolean => known.some((pattern) => matchesPattern(word, pattern));
  return words(text)
    .filter((word) => matches(word) === wanted)
    .join(' ');
}

function matchesPattern(word: string, pattern: string): boolean {
  const percent = pattern.indexOf('%');
  if (percent < 0) return word === pattern;
  const [head, tail] = [pattern.slice(0, percent), pattern.slice(percent + 1)];
  return word.length >= head.length + tail.length && word.startsWith(head) && word.endsWith(tail);
}

function each(text: string, change: (word: string) => string): string {
  return words(text).map(change).join(' ');
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
