import type { Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { message } from '../core/message';
import { wordsOf } from '../core/messageError';
import { HostFileError, tooLarge, type DirectoryEntry, type FileError, type FileStat } from './host';
import { errorCode } from './errorCode';

const PROBLEMS: Readonly<Record<string, FileError>> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  EACCES: 'not-permitted',
  EPERM: 'not-permitted',
  EISDIR: 'is-directory',
  ENOSPC: 'no-space',
};

/** Reads a regular file of at most `limit` bytes. Rejects with {@link HostFileError}. */
export async function readLocalFile(path: string, limit: number): Promise<Uint8Array> {
  return asHostError(path, async () => {
    const information = await stat(path);
    if (information.isDirectory()) throw new HostFileError('is-directory', path, message('it is a directory'));
    // A pipe or a device could keep the reader waiting for ever.
    if (!information.isFile()) throw new HostFileError('other', path, message('it is no regular file'));
    return readAtMost(path, limit);
  });
}

/** Files below /proc say that they are empty, and a log can grow while it is read: the bytes are counted, not the size believed. */
async function readAtMost(path: string, limit: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of file.createReadStream({ end: limit, autoClose: false }) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
    }
    if (length > limit) throw tooLarge(path, limit);
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}

/** Lists a directory, sorted by name. Rejects with {@link HostFileError}. */
export function readLocalDirectory(path: string): Promise<readonly DirectoryEntry[]> {
  return asHostError(path, async () => {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  });
}

/** What `stat` says, links followed, or `undefined` when nothing is there. Rejects with {@link HostFileError} otherwise. */
export function statLocalFile(path: string): Promise<FileStat | undefined> {
  return asHostError(path, async () => {
    const found = await stat(path);
    return { modified: found.mtimeMs, size: found.size, directory: found.isDirectory() };
  }).catch((error: unknown) => {
    if (error instanceof HostFileError && error.problem === 'not-found') return undefined;
    throw error;
  });
}

function kindOf(entry: Dirent): DirectoryEntry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

async function asHostError<Result>(path: string, operation: () => Promise<Result>): Promise<Result> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof HostFileError) throw error;
    throw new HostFileError(PROBLEMS[errorCode(error) ?? ''] ?? 'other', path, wordsOf(error));
  }
}
