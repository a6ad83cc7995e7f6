import { gunzipSync, inflateRawSync } from 'node:zlib';
import type { Unpacked } from '../../../core/archive/archiveFile';
import { damaged } from '../../../core/archive/archiveFile';
import { readTar } from '../../../core/archive/tar';
import { readZip } from '../../../core/archive/zip';
import { message } from '../../../core/message';

/** Bytes of all files of a package; a kernel's has less than half of it. */
const UNPACKED_LIMIT = 512 * 1024 * 1024;

const startsWith = (bytes: Uint8Array, ...magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

/** Whether a file is to be unpacked, by its first bytes and, for a plain tar, by what stands at 257. */
export function isArchive(bytes: Uint8Array): boolean {
  const isTar = new TextDecoder().decode(bytes.subarray(257, 262)) === 'ustar';
  return isTar || compressions.some(([, magic]) => startsWith(bytes, ...magic));
}

const compressions = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
] as const;

/** The files of a tar, tar.gz or zip. Nothing is written anywhere. */
export function unpack(bytes: Uint8Array): Unpacked {
  const [how] = compressions.find(([, magic]) => startsWith(bytes, ...magic)) ?? [];
  if (how === undefined) return readTar(bytes);
  if (how === 'zip')
    return readZip(bytes, (packed, size) => within(() => inflateRawSync(packed, most(size))), UNPACKED_LIMIT);
  if (how !== 'gzip')
    return {
      refused: message('The archive is compressed with {how}; unpack it first, and name the folder.', { how }),
    };
  const tar = within(() => gunzipSync(bytes, most(UNPACKED_LIMIT)));
  return tar === undefined ? damaged() : readTar(tar);
}

/** zlib takes no limit below 1. */
const most = (size: number): { readonly maxOutputLength: number } => ({ maxOutputLength: Math.max(1, size) });

function within(work: () => Uint8Array): Uint8Array | undefined {
  try {
    return work();
  } catch {
    return undefined; // damaged, or more than it may be
  }
}
