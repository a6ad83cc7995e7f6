import { viewOf } from '../bytes';
import {
  damaged,
  insidePath,
  leadsOutside,
  linksInside,
  MOST_FILES,
  tooMany,
  type ArchiveFile,
  type Unpacked,
} from './archiveFile';

/** Unpacks deflated bytes into at most `limit` bytes; `undefined` where that fails. */
export type Inflate = (bytes: Uint8Array, limit: number) => Uint8Array | undefined;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly mode: number;
  readonly at: number;
}

const LINK = 0o120000;
const KIND = 0o170000;

/**
 * Reads a zip archive by its directory at the end. Only plain files are given; a link that stays inside is left out, and an entry or link
 * that leads out refuses the whole, as does a file that is larger than it says. Never throws. Format: APPNOTE.TXT, without zip64.
 */
export function readZip(bytes: Uint8Array, inflate: Inflate, limit: number): Unpacked {
  const entries = readDirectory(bytes);
  if (entries === undefined) return damaged();
  if (entries.length > MOST_FILES) return tooMany();
  const files = new Map<string, ArchiveFile>();
  let room = limit;
  for (const entry of entries) {
    // Windows’ own tools write back slashes.
    const path = insidePath(entry.name.replaceAll('\\', '/'));
    if (path === undefined) return leadsOutside(entry.name);
    if (/[\\/]$/.test(entry.name)) continue;
    room -= entry.size;
    const content = room < 0 ? undefined : contentOf(bytes, entry, inflate);
    if (content === undefined) return damaged();
    if ((entry.mode & KIND) !== LINK)
      files.set(path, { path, bytes: content, isExecutable: (entry.mode & 0o100) !== 0 });
    else if (!linksInside(path, new TextDecoder().decode(content))) return leadsOutside(entry.name);
  }
  return { files: [...files.values()] };
}

/** The end of the directory is looked for in the last 64 KiB, where its comment may be. */
function readDirectory(bytes: Uint8Array): readonly Entry[] | undefined {
  const view = viewOf(bytes);
  const lowest = Math.max(0, bytes.length - 22 - 0xffff);
  let end = bytes.length - 22;
  while (end >= lowest && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < lowest || end < 0) return undefined;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: Entry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return undefined;
    const [nameLength = 0, extra = 0, comment = 0] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const isUnix = view.getUint8(at + 5) === 3;
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      mode: isUnix ? view.getUint16(at + 40, true) : 0,
      at: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

function contentOf(bytes: Uint8Array, { at, method, packed, size }: Entry, inflate: Inflate): Uint8Array | undefined {
  const view = viewOf(bytes);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034b50) return undefined;
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + packed > bytes.length) return undefined;
  const stored = bytes.subarray(start, start + packed);
  const content = method === 0 ? stored : method === 8 ? inflate(stored, size) : undefined;
  return content?.length === size ? content : undefined;
}
