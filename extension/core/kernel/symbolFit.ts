import type { TreeKnowledge } from '../explain/tree/knowledge';
import type { NeededSymbol } from './moduleSymbols';

/** Why a kernel would refuse a module for its symbols; both lists are empty when it would not, or when nobody could tell. */
export interface SymbolProblems {
  /** Not exported to modules: “Unknown symbol”. */
  readonly missing: readonly string[];
  /** With another checksum: “disagrees about version of symbol”. */
  readonly otherVersions: readonly string[];
}

/** Compares what a module needs with what the host said of those names. */
export function symbolProblems(needed: readonly NeededSymbol[], known: TreeKnowledge): SymbolProblems {
  const exported = new Map(known.exports?.map(({ name, crc }) => [name, crc]));
  // Without a list of exports, what the running kernel does not even have is missing for sure.
  const present = known.exports === undefined ? known.inKernel : exported;
  const missing = needed.filter(({ name }) => present?.has(name) === false && !known.owners.has(name));
  const other = needed.filter(({ name, crc }) => {
    const own = exported.get(name);
    return crc !== undefined && own !== undefined && crc !== own;
  });
  return { missing: missing.map(({ name }) => name), otherVersions: other.map(({ name }) => name) };
}
