import { findingsOf } from '../core/explain/examine';
import type { Finding } from '../core/explain/finding';
import type { BuildReport } from '../doctor/build';
import type { SourceReport } from '../doctor/diagnose';
import type { State } from './store';

/** Builds whose findings still hold. */
export function failedBuilds({ builds }: Pick<State, 'builds'>): readonly BuildReport[] {
  return [...builds.values()].filter(({ outcome }) => outcome !== 'built');
}

/** The last build of a directory, if its findings still hold. */
export function failedBuild(directory: string, { builds }: Pick<State, 'builds'>): BuildReport | undefined {
  const build = builds.get(directory);
  return build?.outcome === 'built' ? undefined : build;
}

/** What is wrong with a source as far as it is known: by its last build, or by looking at it where none has failed. */
export function findingsOfSource({ directory, trees }: SourceReport, state: Pick<State, 'builds'>): readonly Finding[] {
  return failedBuild(directory, state)?.findings ?? findingsOf(trees);
}
