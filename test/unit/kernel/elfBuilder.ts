/** What a crafted ELF file should be. */
export interface ElfShape {
  readonly is64: boolean;
  readonly littleEndian: boolean;
  readonly machine: number;
  /** Texts of `.modinfo`; `undefined` leaves the section out. */
  readonly modinfo: readonly string[] | undefined;
}

/** Builds a small relocatable ELF file: header, `.modinfo`, section names, section table. Layout: elf(5). */
export function buildElf({ is64, littleEndian, machine, modinfo }: ElfShape): Uint8Array {
  const encoder = new TextEncoder();
  const [headerSize, entrySize] = is64 ? [64, 64] : [52, 40];
  const names = encoder.encode('\0.modinfo\0.shstrtab\0');
  const content = encoder.encode((modinfo ?? []).map((text) => `${text}\0`).join(''));
  const namesAt = headerSize + content.length;
  const tableAt = namesAt + names.length;
  const sections = [
    { name: 0, type: 0, offset: 0, size: 0 },
    ...(modinfo === undefined ? [] : [{ name: 1, type: 1, offset: headerSize, size: content.length }]),
    { name: 10, type: 3, offset: namesAt, size: names.length },
  ];
  const bytes = new Uint8Array(tableAt + sections.length * entrySize);
  const view = new DataView(bytes.buffer);
  const short = (at: number, value: number) => {
    view.setUint16(at, value, littleEndian);
  };
  const word = (at: number, value: number) => {
    view.setUint32(at, value, littleEndian);
  };
  const address = (at: number, value: number) => {
    if (is64) view.setBigUint64(at, BigInt(value), littleEndian);
    else word(at, value);
  };
  bytes.set([0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, littleEndian ? 1 : 2, 1]);
  short(16, 1);
  short(18, machine);
  address(is64 ? 40 : 32, tableAt);
  const counts = is64 ? 58 : 46;
  [entrySize, sections.length, sections.length - 1].forEach((value, index) => {
    short(counts + 2 * index, value);
  });
  bytes.set(content, headerSize);
  bytes.set(names, namesAt);
  sections.forEach(({ name, type, offset, size }, index) => {
    const at = tableAt + index * entrySize;
    word(at, name);
    word(at + 4, type);
    address(at + (is64 ? 24 : 16), offset);
    address(at + (is64 ? 32 : 20), size);
  });
  return bytes;
}
