import { utf8Length } from '../bytes';
import { message, type Message } from '../message';

/** A file of an archive. */
export interface ArchiveFile {
  /** Relative, with `/`, without `.` and `..`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly isExecutable: boolean;
}

/** An archive's files, or why nothing of it is used. */
export type Unpacked = { readonly files: readonly ArchiveFile[] } | { readonly refused: Message };

/** More than any package of a module or a kernel. */
export const MOST_FILES = 2000;

/** Bytes of a path and of a name in it, so that each fits into a plain tar archive. */
const [LONGEST_PATH, LONGEST_NAME] = [155, 100];

/** The name of an entry as a relative path; `undefined` for one that would lie outside of the archive's folder, or is none for a file. */
export function insidePath(name: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- A path with one is no path of a package.
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name) || /[\u0000-\u001f\u007f\\]/.test(name)) return undefined;
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.some((part) => part === '..' || utf8Length(part) > LONGEST_NAME)) return undefined;
  const path = parts.join('/');
  return utf8Length(path) > LONGEST_PATH ? undefined : path;
}

/** Whether a link leads to something inside of the archive's folder. `path` is the link's own. */
export function linksInside(path: string, target: string): boolean {
  if (target.startsWith('/')) return false;
  const parts = path.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..' && parts.pop() === undefined) return false;
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return true;
}

export function leadsOutside(entry: string): { readonly refused: Message } {
  return {
    refused: message(
      'The archive has the entry {entry}, which leads out of its own folder or is no name of a file. It is broken or hostile: nothing of it is used.',
      { entry: JSON.stringify(entry.slice(0, 200)) },
    ),
  };
}

export function damaged(): { readonly refused: Message } {
  return { refused: message('The archive is cut short or damaged: download it again.') };
}

export function tooMany(): { readonly refused: Message } {
  return {
    refused: message('The archive has more than {most} files: it is no package of a module.', { most: MOST_FILES }),
  };
}
