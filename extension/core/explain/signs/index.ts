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

type Row = readonly [name: SignName, sign: Sign];

const rows = (table: Partial<Record<SignName, Sign>>): readonly Row[] =>
  (Object.entries(table) as readonly (readonly [SignName, Sign])[]).map(([name, sign]) => [name, sign]);

/** In the order in which a line is tried: the first sign that fits is what the line says. */
const FAILURES: readonly Row[] = [
  TREE_SIGNS,
  COMPILER_SIGNS,
  SOURCE_SIGNS,
  LOAD_SIGNS,
  INSTALL_SIGNS,
  RUNTIME_SIGNS,
].flatMap(rows);
const CONTEXT: readonly Row[] = rows(CONTEXT_SIGNS);

/** One pass over a line that has none of the guards, as most lines of a log. */
const anyGuard = (table: readonly Row[]): RegExp => {
  const words = table.flatMap(([, { guards }]) => guards);
  return new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'));
};
const ANY_FAILURE = anyGuard(FAILURES);
const ANY_CONTEXT = anyGuard(CONTEXT);

/** What a line says of a failure, by the first sign that fits. */
export function readSign(line: string): Said | undefined {
  if (!ANY_FAILURE.test(line)) return undefined;
  for (const row of FAILURES) {
    const said = fits(row, line);
    if (said !== undefined) return said;
  }
  return undefined;
}

/** All that a line tells of the machine and the command. */
export function readContext(line: string): readonly Said[] {
  if (!ANY_CONTEXT.test(line)) return [];
  return CONTEXT.map((row) => fits(row, line)).filter((said) => said !== undefined);
}

function fits([sign, { guards, pattern }]: Row, line: string): Said | undefined {
  if (!guards.some((guard) => line.includes(guard))) return undefined;
  if (pattern === undefined) return { kind: 'said', sign, values: {} };
  const match = pattern.exec(line);
  return match === null ? undefined : { kind: 'said', sign, values: { ...match.groups } };
}
