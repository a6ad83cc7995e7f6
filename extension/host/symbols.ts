import { readKnowledge, type TreeKnowledge } from '../core/explain/tree/knowledge';
import type { Host } from './host';
import symbolsScript from './symbols.sh';

const TIMEOUT = 30_000;
/** Bytes. */
const LIMIT = 1024 * 1024;

export interface SymbolQuestion {
  /** Empty when there is none. */
  readonly tree: string;
  readonly release: string;
  readonly names: readonly string[];
  /** `exports` leaves the headers unread. */
  readonly about?: 'everything' | 'exports';
}

/** Asks a kernel and its tree for names, in one round trip and without changing anything. `undefined` when the host did not answer. */
export async function lookUpSymbols(
  host: Host,
  { tree, release, names, about = 'everything' }: SymbolQuestion,
  signal?: AbortSignal,
): Promise<TreeKnowledge | undefined> {
  const options = { timeout: TIMEOUT, outputLimit: LIMIT, ...(signal && { signal }) };
  const { outcome, stdout } = await host.script(symbolsScript, [about, tree, release, ...names], options);
  return outcome === 'exited' ? readKnowledge(stdout, tree, names) : undefined;
}
