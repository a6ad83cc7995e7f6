import type { ArchiveFile } from '../../../core/archive/archiveFile';
import { message } from '../../../core/message';
import { HostFileError, type DirectoryEntry, type Host } from '../../../host/host';

/** Files as a host has them: its own, or those that a plan will put there. */
export type Reader = Pick<Host, 'readFile' | 'readDirectory' | 'stat'>;

/** Shows files as if they lay in `directory` already, so that a plan can be made before anything is written. */
export function readerOf(directory: string, files: readonly ArchiveFile[]): Reader {
  const contents = new Map(files.map(({ path, bytes }) => [`${directory}/${path}`, bytes]));
  const directories = new Map<string, Map<string, DirectoryEntry>>([[directory, new Map()]]);
  for (const path of contents.keys()) {
    const parts = path.slice(directory.length + 1).split('/');
    parts.reduce((parent, name, index) => {
      const kind = index === parts.length - 1 ? 'file' : 'directory';
      if (!directories.has(parent)) directories.set(parent, new Map());
      directories.get(parent)?.set(name, { name, kind });
      return `${parent}/${name}`;
    }, directory);
  }
  const missing = (path: string): HostFileError =>
    new HostFileError('not-found', path, message('it is not in the archive'));
  return {
    readFile: (path) => {
      const bytes = contents.get(path);
      return bytes === undefined ? Promise.reject(missing(path)) : Promise.resolve(bytes);
    },
    readDirectory: (path) => {
      const entries = directories.get(path);
      return entries === undefined
        ? Promise.reject(missing(path))
        : Promise.resolve([...entries.values()].sort((one, other) => (one.name < other.name ? -1 : 1)));
    },
    stat: (path) => {
      const size = contents.get(path)?.length;
      const isDirectory = directories.has(path);
      return Promise.resolve(
        size === undefined && !isDirectory ? undefined : { modified: 0, size: size ?? 0, directory: isDirectory },
      );
    },
  };
}

/** Levels of folders and folders in all that are looked into: more than any package of a module has, and little over ssh. */
const [DEPTH, MOST_FOLDERS] = [6, 500];

/**
 * Each file below a folder, its name with the path from there; links are given as such and not followed, and what a version control system
 * keeps is left out. Rejects with HostFileError.
 */
export async function* filesBelow(reader: Reader, root: string): AsyncGenerator<DirectoryEntry> {
  const folders = [{ path: '', depth: 0 }];
  for (const { path, depth } of folders) {
    for (const { name, kind } of await reader.readDirectory(`${root}${path}`)) {
      const below = `${path}/${name}`;
      if (kind !== 'directory') yield { name: below.slice(1), kind };
      else if (depth < DEPTH && folders.length < MOST_FOLDERS && name !== '.git' && name !== '.svn')
        folders.push({ path: below, depth: depth + 1 });
    }
  }
}
