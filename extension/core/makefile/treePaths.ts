import { slice } from './characters';
import type { KernelSite } from './kernelSites';
import type { Reference } from './scan';
import { enclosing, startingInside } from './spans';
import { leadingTo, type DirectoryWord, type Trace } from './trace';

const GIVEN_BY_SHELL: readonly string[] = ['HOME', 'PWD', 'CURDIR'];

/** The directories after `-C` that are written out whole: no `uname -r`, no release, and no variable that leads to one. */
export function treePaths(traced: Trace, lexical: readonly KernelSite[]): readonly KernelSite[] {
  const assigned = new Set(traced.regions.flatMap(({ assignment }) => assignment?.name ?? []));
  const decidingNames = new Set(lexical.flatMap(({ assignment }) => assignment?.name ?? []));
  const deciding = leadingTo(traced.regions, ({ assignment }) => decidingNames.has(assignment?.name ?? ''));
  const withSite = wordsWithSite(traced, lexical);
  return traced.treeWords
    .filter((word) => !withSite.has(word) && isWrittenOut(traced, word, assigned, deciding))
    .map(({ word, region, chain }) => ({
      kind: 'tree-path',
      form: 'text',
      role: 'build',
      span: word,
      word,
      variables: chain,
      assignment: region.assignment,
      branch: region.branch,
    }));
}

function wordsWithSite({ treeWords }: Trace, lexical: readonly KernelSite[]): ReadonlySet<DirectoryWord> {
  const outer = treeWords.map((treeWord) => ({ ...treeWord.word, treeWord }));
  const around = enclosing(
    lexical.map(({ span }) => span),
    outer,
  );
  return new Set(around.flatMap((found) => found?.treeWord ?? []));
}

function isWrittenOut(
  { makefile: { text } }: Trace,
  { word, region }: DirectoryWord,
  assigned: ReadonlySet<string>,
  deciding: ReadonlySet<string>,
): boolean {
  const references = startingInside(region.scan.references, word);
  if (references.some(({ name }) => deciding.has(name))) return false;
  const given = ({ name, start }: Reference): boolean =>
    start === word.start && !assigned.has(name) && !GIVEN_BY_SHELL.includes(name);
  return !references.some(given) && !slice(text, word).startsWith('$$');
}
