import { writeTar } from '../archive/tar';
import type { ArchiveFile } from '../archive/archiveFile';
import { message } from '../message';
import filesHold from './scripts/filesHold.sh';
import receive from './scripts/receive.sh';
import unpackFiles from './scripts/unpackFiles.sh';
import { script, type Action, type Step } from './step';

/** A file that is to lie on the host, with its SHA-256 in hexadecimal. */
export interface VendorFile extends ArchiveFile {
  readonly sha256: string;
}

/** Bytes of what is sent at once. */
const PIECE = 1024 * 1024;

/** Where the files of a vendor's package are put: below /usr/src, where the undo finds nothing of anybody else. kbuild takes no blanks. */
export function vendorDirectory(file: string): string {
  const name = (file.split('/').at(-1) ?? '').replace(/(?:\.tar)?\.\w+$/, '').replace(/[^\w.-]/g, '-');
  return `/usr/src/toa-vendor-${name.slice(0, 60) || 'package'}`;
}

/** Puts the files of an archive, or of another machine, on the host. They were read and checked here: the host unpacks what we wrote. */
export function vendorFilesStep(from: string, directory: string, files: readonly VendorFile[]): Step {
  const archive = writeTar(files);
  const part = `${directory}.tar`;
  const pieces = Array.from({ length: Math.ceil(archive.length / PIECE) }, (_, index): Action => {
    const [start, end] = [index * PIECE, Math.min(archive.length, (index + 1) * PIECE)];
    return {
      argv: ['sh', '-c', receive, 'sh', part, index === 0 ? 'first' : 'more'],
      input: { name: `${from} [${start}-${end}]`, bytes: archive.subarray(start, end) },
    };
  });
  return {
    id: 'files',
    title: message('Put the files of {from} into {directory}', { from, directory }),
    actions: [...pieces, script(unpackFiles, [part, directory])],
    changes: message('The directory {directory}: {files}', {
      directory,
      files: files.map(({ path }) => path).join(' '),
    }),
    paths: [directory, part],
    check: script(filesHold, [directory, ...files.flatMap(({ path, sha256 }) => [sha256, path])]),
    needsRoot: true,
    notes: [],
  };
}
