import type { DumpLine } from './dump-line';
import { readDumpLine } from './dump-line';
import type { Fragment } from './fragment';
import { linesOf } from './fragment';
import { numberLines } from './number-line';
import { reverseGroups } from './several';
import { WrittenBuilder } from './written';

/** hexdump and od write `*` for repeated lines; more than this is not worth filling in. */
const MOST_REPEATED = 65_536;

/** tshark -x shows data that it put together from several packets under such a title: no packet of its own. */
const DERIVED_TITLE = /^(?!Frame)[A-Z][\w -]{2,60} \(\d{1,9} bytes\):$/;

/**
 * Dumps with an offset on every line: tcpdump -x/-xx/-X/-XX, xxd, hexdump with and without -C, od, Wireshark's and tshark's hex dumps,
 * gdb's x, the kernel's print_hex_dump. A line that continues the offset before it belongs to the same packet; another begins one.
 */
export function readOffsetDump(text: string): readonly Fragment[] | undefined {
  const fragments: Fragment[] = [];
  let dump: Dump | undefined;
  let derived = false;
  let solid = false;
  const close = (): void => {
    if (dump !== undefined && !derived) fragments.push(packetOf(dump, fragments.length + 1));
    if (dump !== undefined) derived = false;
    dump = undefined;
  };
  const readLine = numberLines(text) ?? readDumpLine;
  for (const line of linesOf(text)) {
    const read = readLine(line);
    if (read === undefined) {
      if (dump !== undefined) endOf(dump, line.text);
      if (DERIVED_TITLE.test(line.text)) {
        close();
        derived = true;
      }
      continue;
    }
    if (dump !== undefined && append(dump, read)) solid = true;
    else {
      close();
      dump = begin(read);
      solid ||= read.marked || isZero(read.offset) || KERNEL_ADDRESS.test(read.offset);
    }
  }
  close();
  return solid ? fragments : undefined;
}

interface Dump {
  readonly builder: WrittenBuilder;
  line: DumpLine;
  /** Base of the offsets, once two lines agree on one. */
  base: number | undefined;
  repeats: boolean;
}

/** Bytes as they are written; when they are nothing so, in the order of a little-endian machine, as xxd -e shows them. */
function packetOf({ builder }: Dump, frame: number): Fragment {
  const written = builder.finish();
  const instead = () => [{ as: 'unknown', frame, written: reverseGroups(written) } as const];
  return { as: 'unknown', frame, written, instead };
}

/** Offsets are compared by these digits: the addresses of a kernel are too large to be exact numbers. */
const COMPARED_DIGITS = 12;
const positionOf = (offset: string, base: number): number => Number.parseInt(offset.slice(-COMPARED_DIGITS), base);

/** As crash and the kernel print where something lies. */
const KERNEL_ADDRESS = /^ffff[0-9a-f]{12}$/i;
const isZero = (offset: string): boolean => /^0+$/.test(offset);

function begin(line: DumpLine): Dump {
  const dump: Dump = { builder: new WrittenBuilder(), line, base: undefined, repeats: false };
  push(dump, line);
  return dump;
}

function push(dump: Dump, line: DumpLine): void {
  line.bytes.forEach((byte, index) => {
    dump.builder.push(byte, line.starts[index] ?? 0, line.ends[index] ?? 0);
  });
  dump.line = line;
}

/** Adds a line when its offset says that it follows; false when it begins something new. */
function append(dump: Dump, line: DumpLine): boolean {
  if (isZero(line.offset)) return false;
  const { length } = dump.line.bytes;
  const bases = dump.base === undefined ? [16, 8, 10] : [dump.base];
  const step = (base: number): number => positionOf(line.offset, base) - positionOf(dump.line.offset, base);
  const exact = bases.find((base) => step(base) === length);
  if (exact !== undefined) dump.base = exact;
  else if (!repair(dump, step(dump.base ?? 16), length)) return false;
  dump.repeats = false;
  push(dump, line);
  return true;
}

/** `*` stands for repeated lines; an offset alone, as od and hexdump end, tells how many bytes there really were. */
function endOf(dump: Dump, text: string): void {
  if (text === '*') dump.repeats = true;
  if (!/^[0-9a-f]{6,16}$/i.test(text)) return;
  const { length } = dump.line.bytes;
  const step = positionOf(text, dump.base ?? 16) - positionOf(dump.line.offset, dump.base ?? 16);
  if (step > 0 && step < length) dump.builder.cut(dump.builder.length - length + step);
}

/** Fills in lines that `*` stands for, or drops what was read from an ASCII column that looks like hexadecimal digits. */
function repair(dump: Dump, step: number, length: number): boolean {
  if (dump.repeats && step > length && step <= MOST_REPEATED && step % length === 0) {
    const { line } = dump;
    for (let filled = length; filled < step; filled += length) push(dump, line);
    return true;
  }
  // Not a number, when the offset has a digit that the base lacks.
  if (!(step > 0 && step < length)) return false;
  dump.builder.cut(dump.builder.length - length + step);
  return true;
}
