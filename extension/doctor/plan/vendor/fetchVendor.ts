import { createHash } from 'node:crypto';
import { insidePath, type ArchiveFile } from '../../../core/archive/archiveFile';
import { message, type Message } from '../../../core/message';
import type { Step } from '../../../core/plan/step';
import { vendorDirectory, vendorFilesStep } from '../../../core/plan/vendorFiles';
import type { Host } from '../../../host/host';
import { filesBelow, readerOf, type Reader } from './reader';
import { isArchive, unpack } from './unpack';

/** Where a vendor's file or folder will lie on the host, what shows it now, and the step that brings it there if it is not there yet. */
export interface VendorPlace {
  readonly path: string;
  readonly reader: Reader;
  readonly steps: readonly Step[];
}

/** Bytes of a file: a kernel's package has some 100 MB. */
export const FILE_LIMIT = 256 * 1024 * 1024;
/** As many as one step can check: each is two of its arguments. */
const MOST_SENT = 500;

/**
 * Finds what the user names. An archive is unpacked in memory; that, and whatever lies on another machine than the host, comes to the host
 * by a step. Rejects with HostFileError.
 */
export async function fetchVendor(
  host: Host,
  from: Reader,
  path: string,
): Promise<VendorPlace | { readonly refused: Message }> {
  const found = await from.stat(path);
  if (found === undefined) return { refused: message('{path} does not exist.', { path }) };
  if (found.directory) return from === host ? here(host, path) : sent(path, await contentsBelow(from, path));
  // Neither is an archive, and each is read where its plan is made.
  if (from === host && /\.(?:rpm|ko)$/.test(path)) return here(host, path);
  const bytes = await from.readFile(path, FILE_LIMIT);
  if (isArchive(bytes)) {
    const unpacked = unpack(bytes);
    return 'refused' in unpacked ? unpacked : sent(path, unpacked.files);
  }
  const name = insidePath(path.split('/').at(-1) ?? '') ?? 'toa.ko';
  if (from === host) return here(host, path);
  const place = sent(path, [{ path: name, bytes, isExecutable: false }]);
  return 'refused' in place ? place : { ...place, path: `${place.path}/${name}` };
}

const here = (host: Host, path: string): VendorPlace => ({ path, reader: host, steps: [] });

function sent(from: string, files: readonly ArchiveFile[]): VendorPlace | { readonly refused: Message } {
  if (files.length > MOST_SENT)
    return {
      refused: message(
        '{path} has {count} files; a package of a module has fewer than {most}. Name the folder with its source.',
        {
          ...{ path: from, count: files.length, most: MOST_SENT },
        },
      ),
    };
  const directory = vendorDirectory(from);
  const hashed = files.map((file) => ({ ...file, sha256: createHash('sha256').update(file.bytes).digest('hex') }));
  return { path: directory, reader: readerOf(directory, files), steps: [vendorFilesStep(from, directory, hashed)] };
}

/** The plain files below a folder with their bytes, as many as can be sent and one. */
async function contentsBelow(from: Reader, root: string): Promise<readonly ArchiveFile[]> {
  const files: ArchiveFile[] = [];
  for await (const { name, kind } of filesBelow(from, root)) {
    const path = insidePath(name);
    if (path === undefined || kind !== 'file') continue;
    files.push({ path, bytes: await from.readFile(`${root}/${path}`, FILE_LIMIT), isExecutable: path.endsWith('.sh') });
    if (files.length > MOST_SENT) break;
  }
  return files;
}
