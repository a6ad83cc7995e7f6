import { viewOf } from '../bytes';
import type { ElfFile } from './elf';
import { findSection, readElf } from './elf';

/** A symbol of the kernel that a module cannot be loaded without. */
export interface NeededSymbol {
  readonly name: string;
  /** Checksum of its interface, where the module carries it (MODVERSIONS). */
  readonly crc: number | undefined;
}

/** More than any module of this kind needs: each is an argument of what asks the host. */
const MOST = 500;

/**
 * What an uncompressed `.ko` needs of the kernel: its undefined symbols and the checksums it was built with. Empty for what is no ELF
 * file or is damaged, which `readModuleInfo` tells. Never throws.
 */
export function readNeededSymbols(bytes: Uint8Array): readonly NeededSymbol[] {
  const elf = String.fromCharCode(...bytes.subarray(0, 4)) === '\x7fELF' ? readElf(bytes) : undefined;
  if (elf === undefined) return [];
  const checksums = new Map([...oldVersions(elf), ...newVersions(elf)]);
  const names = new Set([...undefinedSymbols(elf), ...checksums.keys()]);
  return [...names]
    .filter((name) => /^[A-Za-z_][\w.]{0,254}$/.test(name))
    .slice(0, MOST)
    .map((name) => ({ name, crc: checksums.get(name) }));
}

function sectionOf(elf: ElfFile, name: string): Uint8Array {
  const section = findSection(elf, name);
  return section === undefined || section === 'truncated' ? new Uint8Array() : section;
}

function textAt(bytes: Uint8Array, start: number): string {
  const end = bytes.indexOf(0, start);
  return String.fromCharCode(...bytes.subarray(start, Math.min(end < 0 ? bytes.length : end, start + 256)));
}

/** Entries of `.symtab` without a section (SHN_UNDEF); the kernel lets weak ones (STB_WEAK) be missing. Layout: elf(5). */
function undefinedSymbols(elf: ElfFile): readonly string[] {
  const table = sectionOf(elf, '.symtab');
  const texts = sectionOf(elf, '.strtab');
  const [size, info, section] = elf.is64 ? [24, 4, 6] : [16, 12, 14];
  const view = viewOf(table);
  const names: string[] = [];
  for (let at = size; at + size <= table.length; at += size) {
    const isWeak = view.getUint8(at + info) >> 4 === 2;
    if (isWeak || view.getUint16(at + section, elf.littleEndian) !== 0) continue;
    names.push(textAt(texts, view.getUint32(at, elf.littleEndian)));
  }
  return names;
}

/** `__versions`: a word with the checksum and the name, 64 bytes together (struct modversion_info, include/linux/module.h). */
function oldVersions(elf: ElfFile): readonly (readonly [string, number])[] {
  const table = sectionOf(elf, '__versions');
  const word = elf.is64 ? 8 : 4;
  // The checksum has 32 bits, which stand at the end of a word with its big end first.
  const crcAt = elf.littleEndian ? 0 : word - 4;
  const view = viewOf(table);
  const count = Math.floor(table.length / 64);
  return Array.from({ length: count }, (_, index) => [
    textAt(table.subarray(0, index * 64 + 64), index * 64 + word),
    view.getUint32(index * 64 + crcAt, elf.littleEndian),
  ]);
}

/** EXTENDED_MODVERSIONS since 6.14: checksums in one section, names in another, each ended by a zero byte. */
function newVersions(elf: ElfFile): readonly (readonly [string, number])[] {
  const crcs = sectionOf(elf, '__version_ext_crcs');
  const names = new TextDecoder().decode(sectionOf(elf, '__version_ext_names')).split('\0');
  const view = viewOf(crcs);
  const count = Math.min(Math.floor(crcs.length / 4), names.length);
  return names.slice(0, count).map((name, index) => [name, view.getUint32(index * 4, elf.littleEndian)]);
}
