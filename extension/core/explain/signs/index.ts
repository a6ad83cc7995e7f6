import { COMPILER_SIGNS } from './compiler';
import { CONTEXT_SIGNS } from './context';
import { INSTALL_SIGNS } from './install';
import { LOAD_SIGNS } from './load';
import { RUNTIME_SIGNS } from './runtime';
import type { Sign } from './sign';
import { SOURCE_SIGNS } from './source';
import { TREE_SIGNS } from './tree';

type Tables = typeof TREE_SIGNS &
  typeof COMPILER_SIGNS &
  typeof SOURCE_SIGNS &
  typeof LOAD_SIGNS &
  typeof INSTALL_SIGNS &
  typeof RUNTIME_SIGNS &
  typeof CONTEXT_SIGNS;

/** Everything a tool can say that is known by a pattern. */
export type SignName = keyof Tables;

/** What a line says by one sign, with the named parts of its pattern. */
export interface Said {
  readonly kind: 'said';
  readonly sign: SignName;
  readonly values: Readonly<Partial<Record<string, string>>>;
}

/** A sign with its name. */
export type SignRow = readonly [name: SignName, sign: Sign];

const rows = (table: Partial<Record<SignName, Sign>>): readonly SignRow[] =>
  (Object.entries(table) as readonly (readonly [SignName, Sign])[]).map(([name, sign]) => [name, sign]);

/** In the order in which a line is tried: the first sign that fits is what the line says. */
export const FAILURE_SIGNS: readonly SignRow[] = [
  TREE_SIGNS,
  COMPILER_SIGNS,
  SOURCE_SIGNS,
  LOAD_SIGNS,
  INSTALL_SIGNS,
  RUNTIME_SIGNS,
].flatMap(rows);

/** What a line tells of the machine and the command: each sign that fits says something. */
export const CONTEXT_SIGNS_IN_ORDER: readonly SignRow[] = rows(CONTEXT_SIGNS);

/** What a line says by one sign, `undefined` when it does not fit. The line has one of the sign's guards. */
export function readSign([sign, { pattern }]: SignRow, line: string): Said | undefined {
  if (pattern === undefined) return { kind: 'said', sign, values: {} };
  const match = pattern.exec(line);
  return match === null ? undefined : { kind: 'said', sign, values: { ...match.groups } };
}
