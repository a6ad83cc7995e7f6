import type { Span } from '../text';
import { contains, slice, unquoted } from './characters';
import { commandVariable } from './commands';
import { lexicalSites, type LexicalSite } from './lexical';
import type { Region } from './regions';
import { enclosing } from './spans';
import type { Assignment, Branch, Makefile } from './syntax';
import { trace, type Trace } from './trace';
import { treePaths } from './treePaths';
import type { Role, Use } from './uses';
import { writtenReleases } from './writtenReleases';

/** A stretch of a Makefile that decides, or takes part in deciding, which kernel it works for. */
export interface KernelSite {
  /** The running kernel, a release written out, or a whole directory written out. */
  readonly kind: 'uname' | 'release-literal' | 'tree-path';
  readonly form: LexicalSite['form'];
  readonly role: Role;
  /** The deciding characters. */
  readonly span: Span;
  /** The word around them, such as all of `` /lib/modules/`uname -r`/build ``. */
  readonly word: Span;
  /** The variables from the use to this place, such as `KDIR`, `KVER`; empty when it stands in the command itself. */
  readonly variables: readonly string[];
  /** The assignment whose value it is in. */
  readonly assignment: Assignment | undefined;
  readonly branch: Branch | undefined;
}

/** Every place that decides which kernel a Makefile builds for, installs to, or asks about, in the order of the text. */
export function findKernelSites(makefile: Makefile): readonly KernelSite[] {
  return sitesOf(trace(makefile));
}

/** As {@link findKernelSites}, for a trace that is at hand. */
export function sitesOf(traced: Trace): readonly KernelSite[] {
  const uses = usesByRegion(traced.uses);
  const lexical = traced.regions.flatMap((region) => regionSites(traced, region, uses.get(region) ?? []));
  return [...lexical, ...treePaths(traced, lexical)].sort((a, b) => a.span.start - b.span.start);
}

function usesByRegion(uses: readonly Use[]): ReadonlyMap<Region, readonly Use[]> {
  const byRegion = new Map<Region, Use[]>();
  for (const use of uses) {
    const same = byRegion.get(use.region);
    if (same) same.push(use);
    else byRegion.set(use.region, [use]);
  }
  return byRegion;
}

function regionSites(traced: Trace, region: Region, uses: readonly Use[]): readonly KernelSite[] {
  const { text } = traced.makefile;
  const found = distinct([...lexicalSites(text, region), ...writtenReleases(traced, region, uses)]);
  if (found.length === 0) return [];
  const spans = found.map(({ span }) => span);
  const words = enclosing(spans, region.scan.commands.flat());
  const usesAround = enclosing(
    spans,
    uses.map((use) => ({ ...use.word, use })),
  );
  return found.map((site, index) => {
    const word = pathIn(text, words[index] ?? site.span, site.span);
    const use = usesAround[index]?.use;
    return {
      ...site,
      ...roleOf(traced, site, region, use),
      word,
      assignment: region.assignment,
      branch: region.branch,
    };
  });
}

function roleOf(
  { makefile, reaches }: Trace,
  site: LexicalSite,
  { assignment }: Region,
  use: Use | undefined,
): Pick<KernelSite, 'role' | 'variables'> {
  if (use) return { role: use.role, variables: [] };
  const reach = assignment && reaches.get(assignment.name);
  if (reach) return { role: reach.role, variables: reach.chain };
  return { role: roleByPath(makefile.text, site.span), variables: assignment ? [assignment.name] : [] };
}

/** `/lib/modules/R/build` is for building, anything else below `/lib/modules/R` for installing. */
function roleByPath(text: string, { start, end }: Span): Role {
  const after = text.slice(end, end + 7);
  if (after.startsWith('/build') || after.startsWith('/source')) return 'build';
  return text.slice(Math.max(0, start - 13), start) === '/lib/modules/' ? 'install' : 'other';
}

/** A word without its quotes, and without `NAME=` before the path. */
function pathIn(text: string, word: Span, site: Span): Span {
  const value = commandVariable(text, word)?.value;
  const path = unquoted(text, value && contains(value, site) ? value : word);
  return contains(path, site) ? path : word;
}

function distinct(sites: readonly LexicalSite[]): readonly LexicalSite[] {
  return [...new Map(sites.map((site) => [site.span.start, site])).values()].sort(
    (a, b) => a.span.start - b.span.start,
  );
}

/** The deciding characters themselves. */
export function siteText(makefile: Makefile, site: KernelSite): string {
  return slice(makefile.text, site.span);
}
