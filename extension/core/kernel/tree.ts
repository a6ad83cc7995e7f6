import type { KernelTree } from '../facts';
import type { Message } from '../message';
import { message } from '../message';

/** Whether modules can be built with a tree. */
export interface TreeVerdict {
  readonly usable: boolean;
  /** Why not. Empty for a usable tree. */
  readonly problems: readonly Message[];
  /** What may go wrong although it is usable. Empty for one that is not. */
  readonly warnings: readonly Message[];
}

/** Judges a header or source tree by what it holds. */
export function judgeTree(tree: KernelTree): TreeVerdict {
  const problems = problemsOf(tree);
  const usable = problems.length === 0;
  return { usable, problems, warnings: usable ? warningsOf(tree) : [] };
}

function problemsOf(tree: KernelTree): readonly Message[] {
  const { path } = tree;
  if (isCommonPart(path)) {
    return [
      message(
        '{path} is the part that several Debian kernels share. It cannot build modules; use the tree of one kernel beside it.',
        { path },
      ),
    ];
  }
  if (!tree.hasMakefile) return [message('{path} has no Makefile, so it is no kernel tree.', { path })];
  if (tree.release === undefined && !tree.hasConfiguration) {
    return [message('{path} is a kernel source that was never configured and prepared.', { path })];
  }
  return [
    tree.release === undefined && message('{path} was never prepared: it does not say which release it is.', { path }),
    !tree.hasConfiguration &&
      message('{path} has no include/config/auto.conf: it is not configured, or its headers package is damaged.', {
        path,
      }),
    !tree.hasModpost &&
      message('{path} has no scripts/mod/modpost, which links modules: its scripts were not built, or a package is missing.', {
        path,
      }),
  ].filter((problem) => problem !== false);
}

function warningsOf(tree: KernelTree): readonly Message[] {
  if (tree.hasSymvers) return [];
  return [
    message('{path} has no Module.symvers: modules get no symbol versions, and a kernel with MODVERSIONS may refuse them.', {
      path: tree.path,
    }),
  ];
}

/** Debian splits its headers: `linux-headers-6.1.0-50-common` goes with `linux-headers-6.1.0-50-amd64`. */
export function isCommonPart(path: string): boolean {
  return /\/linux-headers-[^/]*-common(?:-rt)?\/*$/.test(path);
}
