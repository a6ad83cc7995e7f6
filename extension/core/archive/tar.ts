import { joinBytes, utf8Length } from '../bytes';
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

const BLOCK = 512;

/** What the entry before a file says of it: its long name and target, from GNU tar or in the form of POSIX (pax). */
interface Said {
  readonly path?: string | undefined;
  readonly target?: string | undefined;
}

interface Entry {
  readonly type: string;
  readonly name: string;
  readonly target: string;
  readonly isExecutable: boolean;
  readonly content: Uint8Array;
}

/**
 * Reads a tar archive: ustar, GNU and pax. Only plain files are given; a link that stays inside is left out, and an entry or link that
 * leads out refuses the whole. Never throws and never reads past the end. Format: tar(5).
 */
export function readTar(bytes: Uint8Array): Unpacked {
  const entries = readEntries(bytes);
  if (entries === undefined) return damaged();
  const files = new Map<string, ArchiveFile>();
  for (const { type, name, target, isExecutable, content } of entries) {
    const path = insidePath(name);
    if (path === undefined) return leadsOutside(name);
    if (!isTargetInside(type, path, target)) return leadsOutside(`${name} -> ${target}`);
    if (type === 'file') files.set(path, { path, bytes: content, isExecutable });
    if (files.size > MOST_FILES) return tooMany();
  }
  return { files: [...files.values()] };
}

/** A hard link names its target from the archive's root, a symbolic one from where it stands. */
function isTargetInside(type: string, path: string, target: string): boolean {
  if (type === '1') return insidePath(target) !== undefined;
  return type !== '2' || linksInside(path, target);
}

/** Every entry with what was said of it before; `undefined` for what is no archive. */
function readEntries(bytes: Uint8Array): readonly Entry[] | undefined {
  const entries: Entry[] = [];
  let said: Said = {};
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return entries.length === 0 ? undefined : entries;
    const size = numberAt(header, 124, 12);
    const start = at + BLOCK;
    if (!hasChecksum(header) || size === undefined || start + size > bytes.length) return undefined;
    const content = bytes.subarray(start, start + size);
    at = start + Math.ceil(size / BLOCK) * BLOCK;
    const letter = String.fromCharCode(header[156] ?? 0);
    const more = saidBy(letter, content, said);
    if (more === undefined) entries.push(entryOf(letter, header, content, said));
    said = more ?? {};
  }
  return undefined; // without its end it is cut
}

function entryOf(letter: string, header: Uint8Array, content: Uint8Array, { path, target }: Said): Entry {
  return {
    // '7' is a file that was to lie in one piece; old archives have a zero byte.
    type: ['0', '7', '\0'].includes(letter) ? 'file' : letter,
    name: path ?? nameOf(header),
    target: target ?? textAt(header, 157, 100),
    isExecutable: ((numberAt(header, 100, 8) ?? 0) & 0o100) !== 0,
    content,
  };
}

/** What an entry of the kinds that only describe the next one says; `undefined` for all others. */
function saidBy(type: string, content: Uint8Array, said: Said): Said | undefined {
  const text = (): string => new TextDecoder().decode(content).replace(/\0.*$/s, '');
  if (type === 'L') return { ...said, path: text() };
  if (type === 'K') return { ...said, target: text() };
  if (type === 'g') return said;
  if (type !== 'x') return undefined;
  // Lines `LENGTH KEY=VALUE`.
  const values = new Map(
    new TextDecoder()
      .decode(content.subarray(0, 64 * 1024))
      .split('\n')
      .map((line) => line.slice(line.indexOf(' ') + 1))
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  return { path: values.get('path') ?? said.path, target: values.get('linkpath') ?? said.target };
}

function nameOf(header: Uint8Array): string {
  const isPosix = textAt(header, 257, 6) === 'ustar';
  const prefix = isPosix ? textAt(header, 345, 155) : '';
  const name = textAt(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

function textAt(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

/** Octal digits. GNU's other form, for more than 8 GB, is not needed here. */
function numberAt(header: Uint8Array, start: number, length: number): number | undefined {
  const text = textAt(header, start, length).trim();
  return /^[0-7]*$/.test(text) ? Number.parseInt(text || '0', 8) : undefined;
}

/** The sum of the header's bytes, with blanks for its own. */
function hasChecksum(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
  return numberAt(header, 148, 8) === sum;
}

/** Writes files as a plain ustar archive: what is sent to a host, whatever form it came in. */
export function writeTar(files: readonly ArchiveFile[]): Uint8Array {
  const blocks = files.flatMap(({ path, bytes, isExecutable }) => [
    headerOf(path, bytes.length, isExecutable ? '755' : '644'),
    bytes,
    new Uint8Array((BLOCK - (bytes.length % BLOCK)) % BLOCK),
  ]);
  return joinBytes([...blocks, new Uint8Array(2 * BLOCK)]);
}

function headerOf(path: string, size: number, mode: string): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const put = (at: number, text: string): void => {
    header.set(new TextEncoder().encode(text), at);
  };
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
  const { prefix, name } = splitName(path);
  put(0, name);
  put(100, `0000${mode}\0${octal(0, 7)}\0${octal(0, 7)}\0${octal(size, 11)}\0${octal(0, 11)}\0${' '.repeat(8)}0`);
  put(257, 'ustar\x0000');
  put(345, prefix);
  put(
    148,
    `${octal(
      header.reduce((total, byte) => total + byte, 0),
      6,
    )}\0 `,
  );
  return header;
}

/** 100 bytes for the name, 155 for the directories before it: `insidePath` lets no longer ones through. */
function splitName(path: string): { readonly prefix: string; readonly name: string } {
  if (utf8Length(path) <= 100) return { prefix: '', name: path };
  const slashes = [...path.matchAll(/\//g)].map(({ index }) => index);
  const at = slashes.find((index) => utf8Length(path.slice(index + 1)) <= 100) ?? 0;
  return { prefix: path.slice(0, at), name: path.slice(at + 1) };
}
