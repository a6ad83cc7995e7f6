import type { Distribution, Packages } from '../facts';
import type { Message } from '../message';
import { message } from '../message';
import type { Archive } from './archive';
import { archiveOf } from './archive';
import { foreignKernel } from './foreignKernel';
import type { PackageRow } from './headerPackages';
import { headerPackages } from './headerPackages';
import type { Manager } from './packageManager';
import { installCommands, removeCommands } from './packageManager';
import { isSafeRelease, parseRelease } from './release';

/** How to get the headers of a release, or why no package brings them. */
export type HeaderPackage = AvailablePackage | NoPackage;

export interface AvailablePackage {
  readonly kind: 'package';
  /** Names as the package manager takes them, the headers first. */
  readonly packages: readonly string[];
  /** The package is for exactly that release. If not, it brings the newest headers, which may be for another release. */
  readonly exact: boolean;
  /** Argument lists that need root, to run one after the other. */
  readonly installCommands: readonly (readonly string[])[];
  /** Takes the headers away again. Tools installed with them stay, since other software may use them. */
  readonly undoCommands: readonly (readonly string[])[];
  /** Where the packages moved when the distribution's repositories were closed. */
  readonly archive: Archive | undefined;
  readonly notes: readonly Message[];
}

export interface NoPackage {
  readonly kind: 'none';
  readonly reason: Message;
}

/**
 * The package that brings the headers of a release on this distribution, and the commands that install it and remove it. Values
 * reach argument lists alone; a release with characters that no package has is refused. Any text is allowed.
 */
export function headerPackage(
  text: string,
  distribution: Distribution,
  manager?: Packages['manager'],
): HeaderPackage {
  if (!isSafeRelease(text)) return none(message('{release} is not a kernel release that a package could be for.', { release: text }));
  const release = parseRelease(text);
  const foreign = foreignKernel(release, distribution);
  if (foreign !== undefined) return none(foreign);
  const row = headerPackages.find(({ families }) => families.includes(release.family));
  const answer = row?.headers(release) ?? none(message('No distribution package is known for the kernel {release}.', { release: text }));
  return 'kind' in answer ? answer : available(text, answer, archiveOf(release, distribution), manager);
}

function available(
  release: string,
  headers: Exclude<ReturnType<PackageRow['headers']>, NoPackage>,
  archive: Archive | undefined,
  present: Packages['manager'],
): AvailablePackage {
  const manager = managerToUse(headers.manager, present);
  const { packages, tools = [], exact = true, notes = [], options = [] } = headers;
  return {
    kind: 'package',
    packages,
    exact,
    installCommands: installCommands(manager, [...packages, ...tools], options),
    undoCommands: removeCommands(manager, headers.removable ?? packages),
    archive,
    notes: [
      ...(exact ? [] : [rolling(release)]),
      ...notes,
      ...(archive === undefined ? [] : [archive.note]),
    ],
  };
}

/** dnf and yum take the same commands, and a machine may have only one of them. */
function managerToUse(usual: Manager, present: Packages['manager']): Manager {
  const isRpm = usual === 'dnf' || usual === 'yum';
  return isRpm && (present === 'dnf' || present === 'yum') ? present : usual;
}

function rolling(release: string): Message {
  return message(
    'This package always brings the newest headers. If they are not for {release}, update the kernel too and reboot.',
    { release },
  );
}

function none(reason: Message): NoPackage {
  return { kind: 'none', reason };
}
