import type { Span } from '../text';
import { slice, trimmed, unquoted } from './characters';
import { findRegions, type Region } from './regions';
import { RELEASE_PREFIXES } from './release';
import type { Reference } from './scan';
import { startingInside } from './spans';
import type { Makefile } from './syntax';
import { findUses, mentionsKernel, type Use } from './uses';

/** What the value of a variable is, seen from the words that use it. */
export type Holds = 'directory' | 'release' | 'part';

/** How a variable gets to decide the kernel: its strongest role, and the variables on the way to it. */
export interface Reach {
  readonly role: 'build' | 'install';
  readonly holds: ReadonlySet<Holds>;
  readonly chain: readonly string[];
}

/** A word that names a kernel's directory and is more than one reference to a variable. */
export interface DirectoryWord {
  readonly word: Span;
  readonly region: Region;
  readonly chain: readonly string[];
}

export interface Trace {
  readonly makefile: Makefile;
  readonly regions: readonly Region[];
  readonly uses: readonly Use[];
  readonly reaches: ReadonlyMap<string, Reach>;
  /** The words in which the ways to each `-C` end. */
  readonly treeWords: readonly DirectoryWord[];
}

const LONGEST_CHAIN = 32;

/** Follows every use of a kernel back through the variables, by use and not by a list of names. */
export function trace(makefile: Makefile): Trace {
  const { text } = makefile;
  const regions = findRegions(makefile);
  const values = valuesByName(regions);
  const leads = leadingTo(regions, (region) => mentionsKernel(slice(text, region.span)));
  const uses = findUses(text, regions, leads);
  return { makefile, regions, uses, ...follow(text, uses, values) };
}

function valuesByName(regions: readonly Region[]): ReadonlyMap<string, readonly Region[]> {
  const values = new Map<string, Region[]>();
  for (const region of regions) {
    if (!region.assignment) continue;
    const { name } = region.assignment;
    const same = values.get(name);
    if (same) same.push(region);
    else values.set(name, [region]);
  }
  return values;
}

/** The variables whose value is as `wanted`, or refers to such a variable. */
export function leadingTo(regions: readonly Region[], wanted: (region: Region) => boolean): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  const found = new Set<string>();
  for (const region of regions) {
    if (!region.assignment) continue;
    const { name } = region.assignment;
    if (wanted(region)) found.add(name);
    for (const reference of region.scan.references) {
      const same = users.get(reference.name);
      if (same) same.push(name);
      else users.set(reference.name, [name]);
    }
  }
  for (const name of found) users.get(name)?.forEach((user) => found.add(user));
  return found;
}

interface Step extends Omit<Use, 'holds'> {
  readonly holds: Holds;
  readonly chain: readonly string[];
}

function follow(
  text: string,
  uses: readonly Use[],
  values: ReadonlyMap<string, readonly Region[]>,
): Pick<Trace, 'reaches' | 'treeWords'> {
  const reaches = new Map<string, MutableReach>();
  const treeWords: DirectoryWord[] = [];
  for (const role of ['build', 'install'] as const) {
    const queue: Step[] = uses.filter((use) => use.role === role).map((use) => ({ ...use, chain: [] }));
    for (const step of queue) {
      if (endsHere(text, step)) treeWords.push(step);
      for (const { name, holds } of variablesIn(text, step)) {
        if (reaches.get(name)?.holds.has(holds) === true) continue;
        const chain = [...step.chain, name];
        const reach: MutableReach = reaches.get(name) ?? { role, holds: new Set(), chain };
        reaches.set(name, reach);
        reach.holds.add(holds);
        queue.push(...(values.get(name) ?? []).flatMap((region) => valueStep(text, region, { ...step, holds, chain })));
      }
    }
  }
  return { reaches, treeWords };
}

interface MutableReach extends Reach {
  readonly holds: Set<Holds>;
}

/** A directory that is not simply handed on from a variable. */
function endsHere(text: string, { role, holds, word, region }: Step): boolean {
  return role === 'build' && holds === 'directory' && !isOneReference(text, word, region.scan.references);
}

interface VariableUse {
  readonly name: string;
  readonly holds: Holds;
}

function variablesIn(text: string, step: Step): readonly VariableUse[] {
  if (step.chain.length >= LONGEST_CHAIN) return [];
  return startingInside(step.region.scan.references, step.word).map((reference) => ({
    name: reference.name,
    holds: heldBy(text, step, reference),
  }));
}

function valueStep(text: string, region: Region, step: Step): readonly Step[] {
  const word = unquoted(text, trimmed(text, region.span));
  return word.start < word.end ? [{ ...step, word, region }] : [];
}

function heldBy(text: string, step: Step, reference: Reference): Holds {
  const before = text.slice(Math.max(step.word.start, reference.start - 24), reference.start);
  if (RELEASE_PREFIXES.some((prefix) => before.endsWith(prefix))) return 'release';
  return isWhole(text, step.word, reference) ? step.holds : 'part';
}

/** Is the word `$(NAME)` and nothing more than slashes after it? */
function isOneReference(text: string, word: Span, references: readonly Reference[]): boolean {
  const first = startingInside(references, { start: word.start, end: word.start + 1 })[0];
  return first !== undefined && isWhole(text, word, first);
}

function isWhole(text: string, word: Span, reference: Reference): boolean {
  if (reference.start !== word.start || reference.end > word.end) return false;
  const rest = word.end - reference.end;
  return rest === 0 || (rest < 8 && /^\/+$/.test(text.slice(reference.end, word.end)));
}
