// CHANGELOG.md and the version: what is noted since the last release stands below "Unreleased" until a release gives it a number.

/** One section, from its heading to the next. */
interface Section {
  /** `0.2.0`, or `Unreleased`. */
  readonly name: string;
  readonly notes: readonly string[];
}

export const UNRELEASED = 'Unreleased';

/** The sections, the newest first. */
export function sectionsOf(changelog: string): readonly Section[] {
  return changelog
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [name = '', ...lines] = section.split('\n');
      return { name: name.trim(), notes: lines.filter((line) => line.startsWith('- ')) };
    });
}

/** What is known of a checkout. */
export interface State {
  readonly changelog: string;
  /** Of package.json. */
  readonly version: string;
  /** What the product is made of was changed since the release of this version; false where it was not released yet. */
  readonly changed: boolean;
}

/** Why the changelog and the version do not belong together, in one line. */
export function problemOf({ changelog, version, changed }: State): string | undefined {
  const [top, ...older] = sectionsOf(changelog);
  if (top === undefined || top.notes.length === 0) return 'the first section of CHANGELOG.md has no notes';
  const released = top.name === UNRELEASED ? older : [top, ...older];
  const names = released.map(({ name }) => name);
  if (names[0] !== version) return `package.json says ${version}, CHANGELOG.md ${names[0] ?? 'nothing'}`;
  if (names.some((name, index) => index > 0 && !isNewer(names[index - 1] ?? '', name)))
    return `CHANGELOG.md is not in order: ${names.join(', ')}`;
  return changed && top.name !== UNRELEASED
    ? `changed since ${version} was released: say what below "## ${UNRELEASED}" at the top of CHANGELOG.md`
    : undefined;
}

export type Step = 'major' | 'minor' | 'patch';

/** The version after this one. */
export function nextVersion(version: string, step: Step): string {
  const [major, minor, patch] = numbersOf(version);
  if (step === 'major') return `${major + 1}.0.0`;
  return step === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/** The changelog with what is unreleased given its number. Throws when nothing is. */
export function released(changelog: string, version: string): string {
  const [top] = sectionsOf(changelog);
  if (top?.name !== UNRELEASED || top.notes.length === 0)
    throw new Error(`nothing stands below "## ${UNRELEASED}" at the top of CHANGELOG.md`);
  return changelog.replace(`## ${UNRELEASED}`, `## ${version}`);
}

function isNewer(version: string, other: string): boolean {
  const [ours, theirs] = [numbersOf(version), numbersOf(other)];
  const first = ours.findIndex((number, index) => number !== theirs[index]);
  return first >= 0 && (ours[first] ?? 0) > (theirs[first] ?? 0);
}

function numbersOf(version: string): readonly [number, number, number] {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  if (patch === undefined) throw new Error(`${version} is no version like 1.2.3`);
  return [Number(major), Number(minor), Number(patch)];
}
