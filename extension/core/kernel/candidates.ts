import type { Facts, KernelTree, ModuleDirectory } from '../facts';
import type { Message } from '../message';
import { message } from '../message';
import { compareReleases } from './compareReleases';
import { judgeCompiler } from './compiler';
import type { Fit } from './fit';
import { fits } from './fit';
import { isSameSeries, parseRelease } from './release';
import { isCommonPart, judgeTree } from './tree';
import { vermagicOfTree } from './vermagic';

/** A kernel one could build for, or an entry on the host that looks like one and why it is none. */
export interface Candidate {
  /** UTS_RELEASE of the tree; without a tree that has one, the name of the module directory. Absent when neither tells. */
  readonly release: string | undefined;
  readonly tree: KernelTree | undefined;
  /** `/lib/modules/<release>/build` leads to the tree; if not, the tree has to be named by its path. */
  readonly viaBuildLink: boolean;
  readonly isRunning: boolean;
  readonly usable: boolean;
  /** Why it is not usable. Empty when it is. */
  readonly problems: readonly Message[];
  /** What may go wrong although it is usable. */
  readonly warnings: readonly Message[];
  /** Whether a module built for it will load on the running kernel; absent when nothing can be built. */
  readonly fit: Fit | undefined;
}

/**
 * Every kernel that the host has a tree or a module directory for, and the running one in any case. The best comes first: usable
 * before not, the running kernel, those whose modules load on it, those of its own series nearest to it, then the newest.
 */
export function listCandidates(facts: Facts): readonly Candidate[] {
  // A part that several kernels share is none of them.
  const trees = facts.trees.filter(({ path }) => !isCommonPart(path));
  const withTree = trees.map((tree) => candidateOfTree(tree, facts));
  const directories = facts.moduleDirectories.filter(({ release }) => !hasRelease(withTree, release));
  const withoutTree = directories.map((directory) => candidateOfDirectory(directory, facts));
  const named = [...withTree, ...withoutTree];
  const running = facts.kernel.release;
  const all = hasRelease(named, running) ? named : [...named, withoutDirectory(running)];
  return rank(all, running);
}

function candidateOfTree(tree: KernelTree, facts: Facts): Candidate {
  const { usable, problems, warnings } = judgeTree(tree);
  const owner = facts.moduleDirectories.find(({ build }) => build.path === tree.path);
  // An unprepared tree has no release of its own; the link that leads to it says at least whose it was meant to be.
  const release = tree.release ?? owner?.release;
  const vermagic = vermagicOfTree(tree);
  const compiler = judgeCompiler(tree, facts.tools).warning;
  return {
    release,
    tree,
    viaBuildLink: facts.moduleDirectories.some((entry) => entry.release === tree.release && entry.build.path === tree.path),
    isRunning: release === facts.kernel.release,
    usable,
    problems,
    warnings: [...warnings, ...(compiler === undefined ? [] : [compiler]), ...wrongLinks(release, facts)],
    fit: usable && vermagic !== undefined ? fits(vermagic, facts.kernel) : undefined,
  };
}

/** The tree of this release is there, but `/lib/modules/<release>/build` leads elsewhere. */
function wrongLinks(release: string | undefined, facts: Facts): readonly Message[] {
  return facts.moduleDirectories
    .filter((directory) => directory.release === release)
    .flatMap((directory) => {
      const linked = linkedTree(directory, facts);
      return linked?.release !== undefined && linked.release !== release ? [wrongTree(directory, linked.release)] : [];
    });
}

function candidateOfDirectory(directory: ModuleDirectory, facts: Facts): Candidate {
  return {
    ...withoutDirectory(directory.release),
    isRunning: directory.release === facts.kernel.release,
    problems: [linkProblem(directory, linkedTree(directory, facts)?.release)],
  };
}

function withoutDirectory(release: string): Candidate {
  return {
    release,
    tree: undefined,
    viaBuildLink: false,
    isRunning: true,
    usable: false,
    problems: [message('{release} has no directory in /lib/modules and no headers on this machine.', { release })],
    warnings: [],
    fit: undefined,
  };
}

function linkProblem(directory: ModuleDirectory, releaseBehind: string | undefined): Message {
  const { release, build } = directory;
  if (releaseBehind !== undefined) return wrongTree(directory, releaseBehind);
  if (build.state === 'dangling') {
    return message('The headers of {release} are not installed: its build link points to {target}, which does not exist.', {
      release,
      target: build.target ?? '?',
    });
  }
  if (build.state === 'ok') {
    return message('{path}/build does not lead to a kernel tree.', { path: directory.path });
  }
  return message('The headers of {release} are not installed: {path}/build does not exist.', {
    release,
    path: directory.path,
  });
}

function wrongTree({ path, release }: ModuleDirectory, behind: string): Message {
  return message('{path}/build leads to the headers of {behind}, not of {release}: what is built there is for {behind}.', {
    path,
    release,
    behind,
  });
}

function linkedTree({ build }: ModuleDirectory, { trees }: Facts): KernelTree | undefined {
  return build.path === undefined ? undefined : trees.find(({ path }) => path === build.path);
}

function hasRelease(candidates: readonly Candidate[], release: string): boolean {
  return candidates.some((candidate) => candidate.release === release);
}

function rank(candidates: readonly Candidate[], running: string): readonly Candidate[] {
  const newestFirst = [...candidates].sort((a, b) => compareReleases(b.release ?? '', a.release ?? ''));
  const here = newestFirst.findIndex(({ release }) => release === running);
  return newestFirst
    .map((candidate, index) => ({ candidate, worth: worthOf(candidate, running, Math.abs(index - here)) }))
    .sort((a, b) => compareWorth(a.worth, b.worth))
    .map(({ candidate }) => candidate);
}

/** Smaller is better, the first number that differs decides. */
function worthOf(candidate: Candidate, running: string, distance: number): readonly number[] {
  const isNear = isSameSeries(parseRelease(candidate.release ?? ''), parseRelease(running));
  const verdicts = { loads: 0, unsure: 1, refused: 2 };
  return [
    candidate.usable ? 0 : 1,
    candidate.isRunning ? 0 : 1,
    candidate.viaBuildLink || !candidate.isRunning ? 0 : 1,
    candidate.fit === undefined ? 3 : verdicts[candidate.fit.verdict],
    isNear ? distance : Infinity,
  ];
}

function compareWorth(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((worth, at) => worth !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) < (b[index] ?? 0) ? -1 : 1;
}
