import type { DirectoryEntry, Host } from '../host/host';

/** Directories that never hold a kernel module's own source. */
const SKIPPED = new Set(['node_modules', '.git', 'dist', 'target', '.svn', '.hg']);
const MAKEFILES = ['Kbuild', 'GNUmakefile', 'makefile', 'Makefile'];
const DEPTH = 3;
const DIRECTORY_LIMIT = 500;

type Lister = Pick<Host, 'readDirectory'>;

/** A directory with files that make or kbuild reads. */
export interface SourceDirectory {
  readonly path: string;
  /** The file a plain `make` reads, in make's own order; absent where there is only a Kbuild file. */
  readonly makefile: string | undefined;
  /** The file kbuild reads: `Kbuild` when it is there, else `Makefile`. */
  readonly kbuild: string | undefined;
}

/**
 * Looks for directories with a Makefile below `root`, breadth first, at most three levels deep and 500 directories, so that a huge workspace
 * costs little. Directories that cannot be read are left out: the user sees their absence, not an error for a folder they never meant.
 */
export async function findSourceDirectories(host: Lister, root: string): Promise<readonly SourceDirectory[]> {
  const found: SourceDirectory[] = [];
  let level: readonly string[] = [root];
  let visited = 0;
  for (let depth = 0; depth <= DEPTH && level.length > 0; depth += 1) {
    const directories = level.slice(0, DIRECTORY_LIMIT - visited);
    visited += directories.length;
    // All of a level at once: on another host each answer takes the time of the way there and back.
    const listed = await Promise.all(directories.map((path) => host.readDirectory(path).catch(() => [])));
    found.push(...listed.flatMap((entries, index) => asSource(directories[index] ?? root, entries) ?? []));
    level = listed.flatMap((entries, index) => subdirectories(directories[index] ?? root, entries));
  }
  return found;
}

/** One directory as a source directory, or `undefined` when nothing in it is for make. */
export async function sourceDirectory(host: Lister, path: string): Promise<SourceDirectory | undefined> {
  return asSource(path, await host.readDirectory(path));
}

function asSource(path: string, entries: readonly DirectoryEntry[]): SourceDirectory | undefined {
  const names = new Set(entries.filter(({ kind }) => kind !== 'directory').map(({ name }) => name));
  if (!MAKEFILES.some((name) => names.has(name))) return undefined;
  const makefile = ['GNUmakefile', 'makefile', 'Makefile'].find((name) => names.has(name));
  const kbuild = ['Kbuild', 'Makefile'].find((name) => names.has(name));
  const file = (name: string | undefined): string | undefined => (name === undefined ? undefined : `${path}/${name}`);
  return { path, makefile: file(makefile), kbuild: file(kbuild) };
}

function subdirectories(parent: string, entries: readonly DirectoryEntry[]): readonly string[] {
  return entries
    .filter(({ kind, name }) => kind === 'directory' && !SKIPPED.has(name) && !name.startsWith('.'))
    .map(({ name }) => `${parent === '/' ? '' : parent}/${name}`);
}
