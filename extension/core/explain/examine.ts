import type { Facts } from '../facts';
import { resolveBuildDirectory, type ResolvedTree } from '../makefile/resolve';
import { siteText } from '../makefile/kernelSites';
import type { Makefile } from '../makefile/syntax';
import { render } from '../message';
import type { MakefileReading } from './cause';
import { explain } from './engine';
import type { Finding } from './finding';
import { treeBehind } from './missingBuild';
import type { Symptom } from './symptom';

/** A Makefile as it reads on one host. */
export interface ReadMakefile {
  readonly makefile: Makefile;
  readonly trees: readonly ResolvedTree[];
  readonly forExplaining: MakefileReading;
}

/** Reads where a Makefile goes on a host. Pure: what would need a shell stays unresolved. */
export function readMakefile(makefile: Makefile, directory: string, facts: Facts): ReadMakefile {
  const trees = resolveBuildDirectory(makefile, { unameRelease: facts.kernel.release, directory });
  const sites = trees.flatMap((tree) => tree.sites);
  return {
    makefile,
    trees,
    forExplaining: {
      usesUname: sites.some(({ kind }) => kind === 'uname'),
      literalReleases: sites.filter(({ kind }) => kind === 'release-literal').map((site) => siteText(makefile, site)),
    },
  };
}

/** The release that a Makefile builds for on this host, by the path it takes; the tree behind it may be for another. */
export function meantRelease({ trees }: ReadMakefile, facts: Facts): string | undefined {
  const [first] = trees.filter(({ path }) => path !== undefined);
  return first?.release ?? facts.trees.find(({ path }) => path === first?.path)?.release;
}

/** One way of a Makefile into a kernel tree, and what is wrong with it before make ever runs. */
export interface ExaminedTree {
  readonly tree: ResolvedTree;
  readonly findings: readonly Finding[];
}

/** Examines each way of a Makefile into a kernel tree against the facts of the host. */
export function examine(reading: ReadMakefile, facts: Facts, wanted: string | undefined): readonly ExaminedTree[] {
  return reading.trees.map((tree) => {
    const symptom = symptomOf(tree, reading.makefile, facts);
    const symptoms = symptom === undefined ? [] : [symptom];
    return { tree, findings: explain({ symptoms, facts, wanted, makefile: reading.forExplaining }) };
  });
}

/** The findings of all ways, each said once: two recipes that take the same kernel have one problem. */
export function findingsOf(trees: readonly ExaminedTree[]): readonly Finding[] {
  const all = trees.flatMap(({ findings }) => findings);
  return [...new Map(all.map((finding) => [`${finding.cause} ${render(finding.title)}`, finding])).values()];
}

function symptomOf(tree: ResolvedTree, { text }: Makefile, facts: Facts): Symptom | undefined {
  const { path, release } = tree;
  if (path === undefined || release === undefined) return undefined;
  const seen = {
    line: lineAt(text, tree.sites[0]?.span.start ?? tree.span.start),
    text: tree.how,
    source: 'makefile',
  } as const;
  const behind = treeBehind(path, release, facts);
  if (behind === undefined) return { kind: 'missing-build', path, release, ...seen };
  const built = behind.release;
  if (built === undefined || built === release) return undefined;
  return { kind: 'wrong-tree', built, wanted: release, ...seen };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
