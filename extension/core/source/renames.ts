import type { TextEdit } from '../text';
import { findCalls, findName, type CSource } from './c';
import { includeVersion, newerKernel, placesOfIncludes, type Needed } from './guard';

/** A name that left the kernel for another with the same arguments. */
export interface Rename {
  readonly from: string;
  readonly to: string;
  /** The release without the old name. */
  readonly since: readonly [major: number, minor: number];
  /**
   * How kernels without the new name read it: `undefined` when every kernel in use has it. For a macro the parameters are needed.
   */
  readonly parameters?: string;
  /** The new function gives back something else: only calls whose result nobody takes are changed. */
  readonly resultDiffers?: true;
}

/** Checked against the real headers of 5.10, 6.1 and 6.12 by test/headers/apiChanges.test.ts. */
export const RENAMES: readonly Rename[] = [
  { from: 'strlcpy', to: 'strscpy', since: [6, 8], resultDiffers: true },
  { from: 'PDE_DATA', to: 'pde_data', since: [5, 17], parameters: 'inode' },
  { from: 'del_timer', to: 'timer_delete', since: [6, 15], parameters: 'timer' },
  { from: 'del_timer_sync', to: 'timer_delete_sync', since: [6, 15], parameters: 'timer' },
  { from: 'from_timer', to: 'timer_container_of', since: [6, 16], parameters: 'var, callback_timer, timer_fieldname' },
  { from: 'prandom_u32', to: 'get_random_u32', since: [6, 1] },
  { from: 'ioremap_nocache', to: 'ioremap', since: [5, 6] },
  { from: 'netif_rx_ni', to: 'netif_rx', since: [5, 18], parameters: 'skb' },
  { from: 'complete_and_exit', to: 'kthread_complete_and_exit', since: [5, 17], parameters: 'completion, code' },
  { from: 'skb_frag_page_offset', to: 'skb_frag_off', since: [5, 4], parameters: 'frag' },
  { from: 'ACCESS_ONCE', to: 'READ_ONCE', since: [4, 15] },
];

/** Writes the new name everywhere, and for older kernels what it means there. None where a result would change its meaning. */
export function rename(source: CSource, change: Rename, needed: Needed): readonly TextEdit[] {
  const { from, to, parameters, resultDiffers } = change;
  const uses = findName(source, from);
  if (uses.length === 0 || findName(source, to).length > 0) return [];
  if (resultDiffers === true && !findCalls(source, from).every(({ start }) => isStatement(source, start))) return [];
  const edits = uses.map((use) => ({ ...use, text: to }));
  if (parameters === undefined) return edits;
  const { lineEnding } = source;
  const { after: at } = placesOfIncludes(source);
  const shim = [
    '',
    `#if !(${newerKernel(needed)}) && !defined(${to})`,
    `#define ${to}(${parameters}) ${from}(${parameters})`,
    '#endif',
    '',
  ];
  return [
    ...includeVersion(source),
    { start: at, end: at, text: shim.join(lineEnding) + (at < source.text.length ? '' : lineEnding) },
    ...edits,
  ];
}

/** Nothing but the end of another statement, or a cast to void, stands before the call. */
function isStatement({ code }: CSource, start: number): boolean {
  return /(?:[;{}:]|\belse|\)\s*\n|^)\s*(?:\(\s*void\s*\)\s*)?$/.test(code.slice(Math.max(0, start - 200), start));
}
