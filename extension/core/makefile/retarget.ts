import { message, type Message } from '../message';
import { applyEdits, type Span, type TextEdit } from '../text';
import { slice } from './characters';
import { evaluate } from './evaluate';
import { sitesOf, type KernelSite } from './kernelSites';
import { parseMakefile } from './parse';
import { resolveTraced, type ResolvedTree } from './resolve';
import { directoryFor, reaches, refusal, type Target } from './target';
import { enclosing, outermost } from './spans';
import type { Makefile } from './syntax';
import { trace } from './trace';

const LONGEST_LINK = 4096;

/** Edits that do what was asked (none when nothing is left to do), or why there are none. */
export type Edited =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'refused'; readonly reason: Message };

/**
 * The smallest edits after which a plain `make` builds for the target. Releases are replaced where that is enough, whole
 * directories where it is not; install paths follow. Branches that a plain `make` does not take stay as they are. The edited
 * text is resolved again before it is handed out: edits that would not lead to the target are refused.
 */
export function retarget(makefile: Makefile, target: Target): Edited {
  const reason = refusal(target);
  if (reason) return refuse(reason);
  const traced = trace(makefile);
  if (!traced.uses.some(({ role }) => role === 'build')) {
    return refuse(message('This Makefile does not enter a kernel tree, so there is nothing to change.'));
  }
  const evaluation = evaluate(makefile, {});
  const sites = sitesOf(traced).filter((site) => site.role !== 'other' && evaluation.isTaken(site.branch) !== false);
  const releases = sites.flatMap((site) => releaseEdit(makefile, site, target));
  const writtenOut = new Set(sites.filter(({ kind }) => kind === 'tree-path').map(({ span }) => span.start));
  const words = traced.treeWords
    .filter(({ region }) => evaluation.isTaken(region.branch) !== false)
    .map(({ word }) => word)
    .filter((word) => !reaches(slice(makefile.text, word), target));
  const decidedByRelease = (word: Span): boolean =>
    target.viaBuildLink && !writtenOut.has(word.start) && isBuildLink(slice(makefile.text, word));
  const someWords = words.filter((word) => !decidedByRelease(word));
  const plans = [[], someWords, words].filter((plan, index, all) => plan.length > (all[index - 1]?.length ?? -1));
  const edits = plans
    .map((directories) => withDirectories(releases, directories, target))
    .find((plan) => leadsToTarget(makefile, plan, target));
  if (edits) return { kind: 'edits', edits };
  const { release } = target;
  return refuse(message('No edit of this Makefile is certain to make it build for {release}.', { release }));
}

function refuse(reason: Message): Edited {
  return { kind: 'refused', reason };
}

/** Whole directories replaced, and releases outside of them. */
function withDirectories(
  releases: readonly TextEdit[],
  directories: readonly Span[],
  target: Target,
): readonly TextEdit[] {
  const around = enclosing(releases, directories);
  const outside = releases.filter((_, index) => around[index] === undefined);
  const replaced = outermost(directories).map((word) => ({ ...word, text: directoryFor(target) }));
  return [...outside, ...replaced].sort((a, b) => a.start - b.start);
}

/** Where an edited Makefile leads. A command-line or environment variable may still decide otherwise. */
function leadsToTarget(makefile: Makefile, edits: readonly TextEdit[], target: Target): boolean {
  const edited = edits.length === 0 ? makefile : parseMakefile(applyEdits(makefile.text, edits));
  const traced = trace(edited);
  const environment = { exists: (path: string) => reaches(path, target) || undefined };
  const isReached = ({ path }: ResolvedTree): boolean => path !== undefined && reaches(path, target);
  const trees = resolveTraced(traced, environment);
  if (trees.length === 0 || trees.every(isReached)) return trees.length > 0;
  const mayBeReached = (tree: ResolvedTree): boolean =>
    tree.path === undefined ? isDecidedFor(edited, tree.sites, target) : isReached(tree);
  return (
    trees.every(mayBeReached) &&
    [true, false].every((assume) => resolveTraced(traced, { ...environment, assume }).every(isReached))
  );
}

/** Where conditions keep the path unknown: does every place that could decide it name the target? */
function isDecidedFor(makefile: Makefile, sites: readonly KernelSite[], target: Target): boolean {
  const names = (site: KernelSite): boolean => {
    const text = slice(makefile.text, site.span);
    if (site.kind === 'tree-path') return reaches(text, target);
    return site.kind === 'release-literal' && target.viaBuildLink && text === target.release;
  };
  return sites.length > 0 && sites.every(names);
}

/** The release of a site replaced by that of the target. */
function releaseEdit(makefile: Makefile, site: KernelSite, { release }: Target): readonly TextEdit[] {
  const { span, assignment } = site;
  if (site.kind === 'tree-path' || slice(makefile.text, span) === release) return [];
  if (site.form === 'command') return [{ ...span, text: `echo ${release}` }];
  if (site.form !== 'assignment' || !assignment) return [{ ...span, text: release }];
  return [{ start: assignment.operatorSpan.start, end: span.end, text: `:= ${release}` }];
}

/** `/lib/modules/<one thing>/build`, perhaps below a variable such as `$(SYSROOT)`. */
function isBuildLink(directory: string): boolean {
  return (
    directory.length < LONGEST_LINK &&
    /^(\$[({]\w+[)}])?(\/usr)?\/lib\/modules\/[^/|]+\/(build|source)\/?$/.test(
      directory.replaceAll('/bin/uname', 'uname'),
    )
  );
}
