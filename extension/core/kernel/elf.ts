import { viewOf } from '../bytes';

/** The parts of an ELF file that matter here. Layout: elf(5). */
export interface ElfFile {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly is64: boolean;
  readonly littleEndian: boolean;
  /** In the words of `uname -m`; `elf-N` for a machine number that has no name here. */
  readonly machine: string;
}

interface Section {
  readonly name: number;
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

const sectionWithoutBytes = 8; // SHT_NOBITS
const indexElsewhere = 0xffff; // SHN_XINDEX

/** Reads an ELF header. The bytes must start with the ELF magic; `undefined` when they end too early or are no valid header. */
export function readElf(bytes: Uint8Array): ElfFile | undefined {
  const [wordSize, byteOrder] = [bytes[4], bytes[5]];
  const is64 = wordSize === 2;
  if ((wordSize !== 1 && !is64) || (byteOrder !== 1 && byteOrder !== 2)) return undefined;
  if (bytes.length < (is64 ? 64 : 52)) return undefined;
  const view = viewOf(bytes);
  const littleEndian = byteOrder === 1;
  return { bytes, view, is64, littleEndian, machine: machineName(view.getUint16(18, littleEndian), is64) };
}

/** The bytes of the section of that name; `undefined` when there is none, `truncated` when the file's tables lie outside it. */
export function findSection(elf: ElfFile, name: string): Uint8Array | 'truncated' | undefined {
  const table = readTable(elf);
  if (table === undefined) return 'truncated';
  const names = table.sections[table.namesIndex];
  const texts = names && bytesOf(elf, names);
  if (texts === undefined) return table.sections.length === 0 ? undefined : 'truncated';
  const wanted = new TextEncoder().encode(`${name}\0`);
  const section = table.sections.find(
    ({ name: start, type }) => type !== sectionWithoutBytes && hasBytesAt(texts, start, wanted),
  );
  return section && (bytesOf(elf, section) ?? 'truncated');
}

function readTable(elf: ElfFile): { sections: readonly Section[]; namesIndex: number } | undefined {
  const { view, is64, littleEndian } = elf;
  const start = address(elf, is64 ? 40 : 32);
  const [entrySize, count, names] = (is64 ? [58, 60, 62] : [46, 48, 50]).map((at) => view.getUint16(at, littleEndian));
  if (entrySize === undefined || count === undefined || names === undefined) return undefined;
  if (start === 0) return { sections: [], namesIndex: 0 };
  if (entrySize < (is64 ? 64 : 40) || start + entrySize > elf.bytes.length) return undefined;
  // More sections than 16 bits can count: the first section holds the numbers.
  const first = readSection(elf, start);
  const realCount = count === 0 ? first.size : count;
  if (start + realCount * entrySize > elf.bytes.length) return undefined;
  const sections = Array.from({ length: realCount }, (_, index) => readSection(elf, start + index * entrySize));
  return { sections, namesIndex: names === indexElsewhere ? first.link : names };
}

/** Reads one entry of the section table. The caller has checked that it lies within the file. */
function readSection(elf: ElfFile, at: number): Section {
  const word = (offset: number) => elf.view.getUint32(at + offset, elf.littleEndian);
  const [offset, size, link] = elf.is64 ? [24, 32, 40] : [16, 20, 24];
  return {
    name: word(0),
    type: word(4),
    offset: address(elf, at + offset),
    size: address(elf, at + size),
    link: word(link),
  };
}

/** A word of the file's own size. Precise up to 2^53, far beyond any file. */
function address({ view, is64, littleEndian }: ElfFile, at: number): number {
  return is64 ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian);
}

function bytesOf({ bytes }: ElfFile, { offset, size }: Section): Uint8Array | undefined {
  return offset + size <= bytes.length ? bytes.subarray(offset, offset + size) : undefined;
}

function hasBytesAt(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
  return start + wanted.length <= bytes.length && wanted.every((byte, index) => bytes[start + index] === byte);
}

/** Machine numbers of elf.h. */
function machineName(number: number, is64: boolean): string {
  const names = new Map([
    [3, 'i386'],
    [8, 'mips'],
    [20, 'ppc'],
    [21, 'ppc64'],
    [22, 's390x'],
    [40, 'arm'],
    [62, 'x86_64'],
    [183, 'aarch64'],
    [243, is64 ? 'riscv64' : 'riscv32'],
    [258, 'loongarch64'],
  ]);
  return names.get(number) ?? `elf-${number}`;
}
