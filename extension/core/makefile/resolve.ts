import type { Span } from '../text';
import { slice, trimmed } from './characters';
import type { Environment } from './environment';
import { evaluate } from './evaluate';
import type { Expansion } from './expander';
import { sitesOf, type KernelSite } from './kernelSites';
import { releaseOfPath } from './release';
import { firstShellWord } from './shell';
import { startingInside } from './spans';
import type { Makefile } from './syntax';
import { trace, type Trace } from './trace';
import type { Use } from './uses';
import type { Step } from './variables';

/** The directory that one `-C` of the Makefile enters on a host, and the characters that decide it. */
export interface ResolvedTree {
  /** As make gets it: absolute when the directory of the Makefile is known. `undefined` when it cannot be told. */
  readonly path: string | undefined;
  /** The release that the path names, as in `/lib/modules/R/build`. The tree behind it may be for another. */
  readonly release: string | undefined;
  readonly sites: readonly KernelSite[];
  /** The word after `-C`. */
  readonly span: Span;
  readonly steps: readonly Step[];
  /** For reading: `$(KDIR) → KDIR = /lib/modules/$(KVER)/build → KVER = $(shell uname -r) → /lib/modules/6.1.0/build`. */
  readonly how: string;
}

/** Expands any stretch of a Makefile on a host. Runs nothing; what would need that is `undefined`. */
export function expand(makefile: Makefile, span: Span, environment: Environment): string | undefined {
  return evaluate(makefile, environment).expand(span).text;
}

/** Where each `-C` (or `cd`) that enters a kernel tree leads. Branches that make does not take are left out. */
export function resolveBuildDirectory(makefile: Makefile, environment: Environment): readonly ResolvedTree[] {
  return resolveTraced(trace(makefile), environment);
}

/** As {@link resolveBuildDirectory}, for a trace that is at hand. */
export function resolveTraced(traced: Trace, environment: Environment): readonly ResolvedTree[] {
  const { makefile } = traced;
  const evaluation = evaluate(makefile, environment);
  const sites = sitesOf(traced).map((site) => ({ ...site.span, site }));
  return traced.uses
    .filter(({ role, region }) => role === 'build' && evaluation.isTaken(region.branch) !== false)
    .map((use) => resolved(makefile, use, evaluation.expand(use.word, use.region.rule), sites, environment));
}

interface PlacedSite extends Span {
  readonly site: KernelSite;
}

function resolved(
  makefile: Makefile,
  { word }: Use,
  expansion: Expansion,
  sites: readonly PlacedSite[],
  environment: Environment,
): ResolvedTree {
  const shellWord = expansion.text === undefined ? undefined : firstShellWord(expansion.text, environment);
  const path = shellWord === '' ? undefined : absolute(shellWord, environment.directory);
  const steps = distinctSteps(expansion.steps);
  const visited = [word, ...steps.map(({ span }) => span)];
  return {
    path,
    release: path === undefined ? undefined : releaseOfPath(path),
    sites: visited.flatMap((span) => startingInside(sites, span).map(({ site }) => site)),
    span: word,
    steps,
    how: describe(makefile, word, steps, path),
  };
}

function absolute(path: string | undefined, directory: string | undefined): string | undefined {
  if (path === undefined || path.startsWith('/') || directory === undefined) return path;
  return `${directory}/${path}`;
}

function distinctSteps(steps: readonly Step[]): readonly Step[] {
  return [...new Map(steps.map((step) => [step.span.start, step])).values()];
}

function describe(makefile: Makefile, word: Span, steps: readonly Step[], path: string | undefined): string {
  const values = steps.map(({ variable, span }) => `${variable} = ${short(makefile, span)}`);
  return [short(makefile, word), ...values, ...(path === undefined ? [] : [path])].join(' → ');
}

const LONGEST_SHOWN = 200;

function short({ text }: Makefile, span: Span): string {
  const shown = slice(text, trimmed(text, span));
  return shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown;
}
