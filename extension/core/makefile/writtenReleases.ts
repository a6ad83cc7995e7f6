import { slice } from './characters';
import { echoedRelease, releaseLiteral, type LexicalSite } from './lexical';
import type { Region } from './regions';
import { enclosing } from './spans';
import type { Trace } from './trace';
import type { Use } from './uses';

/** Releases that stand alone: as the value of a variable that names one by use, as depmod's argument, or behind `echo`. */
export function writtenReleases(
  { makefile: { text }, reaches }: Trace,
  region: Region,
  uses: readonly Use[],
): readonly LexicalSite[] {
  const reach = region.assignment && reaches.get(region.assignment.name);
  const value = reach?.holds.has('release') ? [region.span] : [];
  const words = uses.filter(({ holds }) => holds === 'release').map(({ word }) => word);
  return [...value, ...words].flatMap((span) => releaseLiteral(text, span) ?? []).concat(echoed(text, region));
}

/** `echo RELEASE` inside a substitution: what an edit leaves where `uname -r` fed a longer command. */
function echoed(text: string, region: Region): readonly LexicalSite[] {
  const releases = region.scan.commands.flatMap((command) => echoedRelease(text, command) ?? []);
  const around = enclosing(
    releases,
    region.scan.substitutions.filter((substitution) => slice(text, substitution).includes('echo')),
  );
  return releases
    .filter((_, index) => around[index] !== undefined)
    .map((span) => ({ kind: 'release-literal', form: 'text', span }));
}
