import { sitesOf } from './kernelSites';
import { belongsToKbuild } from './kbuildNames';
import { resolveTraced } from './resolve';
import { directoryFor, reaches, refusal, type Target } from './target';
import type { Makefile } from './syntax';
import { trace, type Trace } from './trace';

/** Variables for make's command line, by name. */
export type Override = Readonly<Record<string, string>>;

const MOST_NAMES = 5;

/**
 * The command-line variables that make this Makefile, as it is, build for the target; `undefined` when none do, because the
 * kernel is hard-wired or set with `override`. Each proposal is checked by resolving the Makefile with it.
 */
export function overrideFor(makefile: Makefile, target: Target): Override | undefined {
  if (refusal(target)) return undefined;
  const traced = trace(makefile);
  const names = [...traced.reaches].filter(([name, { role }]) => role === 'build' && !belongsToKbuild(name));
  const holding = (held: 'release' | 'directory'): readonly string[] =>
    names
      .filter(([, { holds }]) => holds.has(held))
      .map(([name]) => name)
      .slice(0, MOST_NAMES);
  const releases = valued([...holding('release'), ...unameNames(traced)], target.release);
  const directories = valued(holding('directory'), directoryFor(target));
  return proposals(releases, directories, target).find((variables) => leadsTo(traced, variables, target));
}

type Pairs = readonly (readonly [string, string])[];

/** The fewest variables first; by release first where `/lib/modules` leads to the tree, since install paths follow it. */
function proposals(releases: Pairs, directories: Pairs, { viaBuildLink }: Target): readonly Override[] {
  const single = (viaBuildLink ? [...releases, ...directories] : directories).map((pair) => [pair]);
  const joint = directories.flatMap((directory) => releases.map((release) => [directory, release]));
  const all = [...releases, ...directories];
  const byDirectory = viaBuildLink ? single : [...joint, ...single];
  return [...byDirectory, directories, all]
    .filter((pairs) => pairs.length > 0)
    .map((pairs) => Object.fromEntries(pairs));
}

function valued(names: readonly string[], value: string): Pairs {
  return [...new Set(names)].map((name) => [name, value]);
}

/** Variables on the way that are `uname -r` and nothing else. */
function unameNames(traced: Trace): readonly string[] {
  return sitesOf(traced)
    .filter(({ kind, role, form }) => kind === 'uname' && role === 'build' && form !== 'command')
    .flatMap(({ assignment, span, word }) =>
      assignment && span.end - span.start === word.end - word.start ? assignment.name : [],
    )
    .filter((name) => !belongsToKbuild(name))
    .slice(0, MOST_NAMES);
}

function leadsTo(traced: Trace, commandLine: Override, target: Target): boolean {
  const trees = resolveTraced(traced, { commandLine, exists: (path) => reaches(path, target) || undefined });
  return trees.length > 0 && trees.every(({ path }) => path !== undefined && reaches(path, target));
}
