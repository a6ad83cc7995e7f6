import type { Facts, KernelTree, ModuleDirectory } from '../facts';
import { judgeTree } from '../kernel/tree';
import type { Case } from './cause';
import { firstOf, type EmptyBuild, type MissingBuild } from './symptom';

/** A build directory that is not there, seen together with what the host says of it. */
export interface Missing {
  readonly symptom: MissingBuild | EmptyBuild;
  readonly path: string;
  readonly release: string;
  /** It is the running kernel's; without facts that is what everybody means, so it counts as true. */
  readonly isRunning: boolean;
  /** Its directory in /lib/modules, if the host has one. */
  readonly directory: ModuleDirectory | undefined;
}

/** The missing build directory of a case; `undefined` when none was named, or the host has it by now. */
export function missingBuild(kase: Case): Missing | undefined {
  const symptom = firstOf(kase.symptoms, 'missing-build') ?? firstOf(kase.symptoms, 'empty-build');
  if (symptom?.release === undefined) return undefined;
  const { release, path } = symptom;
  const { facts } = kase;
  const directory = facts?.moduleDirectories.find((one) => one.release === release);
  if (facts !== undefined && treeBehind(path, release, facts) !== undefined) return undefined;
  return { symptom, path, release, isRunning: facts === undefined || facts.kernel.release === release, directory };
}

/** The tree that a path leads to, by the links of the module directory it goes through; `undefined` when the host has none there. */
export function treeBehind(path: string, release: string, facts: Facts): KernelTree | undefined {
  const directory = facts.moduleDirectories.find((one) => one.release === release);
  const bare = path.replace(/\/+$/, '');
  const link = (['build', 'source'] as const).find((name) => bare.endsWith(`/${name}`));
  const linked = link && directory?.[link].path;
  return facts.trees.find((tree) => tree.path === (linked ?? bare) && tree.hasMakefile);
}

/** A tree that a module can be built against: prepared, and so with a release of its own. */
export type PreparedTree = KernelTree & { readonly release: string };

/** The trees of a host that a module can be built against. */
export function usableTrees(facts: Facts): readonly PreparedTree[] {
  return facts.trees.filter((tree): tree is PreparedTree => tree.release !== undefined && judgeTree(tree).usable);
}
