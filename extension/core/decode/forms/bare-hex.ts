import type { DialectTable } from '../dialects';
import type { BytesFragment, Fragment } from './fragment';
import { partsByLine, separatePackets } from './several';
import type { Written } from './written';
import { WrittenBuilder } from './written';

/** A group of digits: `c8`, `0xfe`, `\\xc808b618…`, `0feh`, not part of a word. */
const GROUP = /(?<![\p{L}\p{N}_.])(?:(?:0x|\\x)([0-9a-f]+)|([0-9a-f]+))(h?)(?![\p{L}\p{N}_]|\.\d)/giu;
/** What may stand between groups of one run; anything else ends it. */
const SEPARATOR = /^[\s,;:\-|"'\\>{}[\]()&$%\uE000]*$/;
const LONGEST_SEPARATOR = 40;
const LONGEST_COMMENT = 240;
/** Bytes of the shortest address carrier. */
const SHORTEST = 6;
const UUID = /(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])/gi;
/** Six bytes and no more: an Ethernet address, alone or in a list. */
const MAC = /(?<![0-9a-f:-])[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}(?![0-9a-f:-])/gi;
/** In what stands between numbers, `//` and `#` begin a comment. */
const COMMENT = /\/\*[^*]{0,200}\*\/|(?<=[,{][ \t]{0,8})(?:\/\/|#)[^\n]{0,200}/g;

interface Group {
  readonly start: number;
  /** Where the digits end. */
  readonly end: number;
  /** Where the group ends, behind `h`. */
  readonly behind: number;
  /** Where the digits begin, behind `0x`. */
  readonly digits: number;
  readonly prefixed: boolean;
}

/**
 * Hexadecimal bytes without offsets, in any spelling, alone or in the middle of prose. Groups of one width make a run; lines of a run that
 * are the options of one packet each are several packets.
 */
export function readBareHex(text: string, dialects: DialectTable): readonly Fragment[] | undefined {
  const hidden = [UUID, MAC].reduce(
    (rest, pattern) => rest.replace(pattern, (match) => '\u0001'.repeat(match.length)),
    text,
  );
  const clean = hidden.replace(COMMENT, (match) => '\uE000'.repeat(match.length));
  const fragments: Fragment[] = [];
  const trimmed = text.trim().length;
  for (const run of runsOf(clean)) {
    const first = run[0];
    const last = run.at(-1);
    if (first === undefined || last === undefined) continue;
    const whole = last.end - first.start >= trimmed && !isMacSpelling(text, run);
    if (whole || last.end - first.start >= SHORTEST * 2) fragments.push(...fragmentsOf(clean, run, whole, dialects));
  }
  return fragments.length > 0 ? fragments : undefined;
}

function fragmentsOf(
  text: string,
  run: readonly Group[],
  whole: boolean,
  dialects: DialectTable,
): readonly BytesFragment[] {
  const written = writtenRun(text, run);
  if (written.bytes.length === 0) return [];
  const lines = partsByLine(text, written);
  const packets = separatePackets(lines, dialects);
  if (packets !== undefined)
    return packets.map((packet) => ({ as: 'unknown', frame: 1, written: packet, whole: true }));
  return [{ as: 'unknown', frame: 1, written, whole, instead: () => otherwise(text, run, lines) }];
}

/** What a run may be that is no packet and no list of options: machine words, or each line for itself. */
function otherwise(text: string, run: readonly Group[], lines: readonly Written[]): readonly BytesFragment[] {
  const words = machineWords(text, run);
  return [
    ...(words === undefined ? [] : [{ as: 'unknown', frame: 1, written: words, confidence: 'possible' } as const]),
    ...(lines.length > 1 ? lines.map((written) => ({ as: 'unknown', frame: 1, written }) as const) : []),
  ];
}

function isMacSpelling(text: string, run: readonly Group[]): boolean {
  const [first, second] = run;
  return first !== undefined && second !== undefined && /[:-]/.test(text.slice(first.end, second.start));
}

function* runsOf(text: string): Generator<readonly Group[]> {
  let run: Group[] = [];
  for (const match of text.matchAll(GROUP)) {
    const prefixed = match[1] !== undefined;
    const written = match[1] ?? match[2] ?? '';
    const behind = match.index + match[0].length;
    const end = behind - (match[3] ?? '').length;
    // Assemblers want a digit in front: 0feh.
    const extra = end < behind && written.length === 3 && written.startsWith('0') ? 1 : 0;
    const group = { start: match.index, end, behind, digits: end - written.length + extra, prefixed };
    if (run.length > 0 && !joins(text, run, group)) {
      yield run;
      run = [];
    }
    run.push(group);
  }
  if (run.length > 0) yield run;
}

const widthOf = ({ digits, end }: Group): number => end - digits;

/** A group joins a run when only separators part them and it is as wide as the others; after a narrower one the run is over. */
function joins(text: string, run: readonly Group[], group: Group): boolean {
  const first = run[0];
  const last = run.at(-1);
  if (first === undefined || last === undefined || group.start - last.behind > LONGEST_COMMENT) return false;
  const between = text.slice(last.behind, group.start);
  if (between.length > LONGEST_SEPARATOR && !between.includes('\uE000')) return false;
  if (!SEPARATOR.test(between) || between.includes('::')) return false;
  if (group.prefixed !== first.prefixed) return false;
  if (group.prefixed && widthOf(first) <= 2 && widthOf(group) <= 2) return true;
  return widthOf(last) === widthOf(first) && widthOf(group) <= widthOf(first);
}

/** `0x8` is a byte; a group of an odd number of digits otherwise lost its last half byte. */
function writtenRun(text: string, run: readonly Group[]): Written {
  const builder = new WrittenBuilder();
  for (const group of run) {
    const width = widthOf(group);
    if (group.prefixed && width === 1)
      builder.push(Number.parseInt(text.slice(group.digits, group.end), 16), group.start, group.end);
    else builder.pushHex(text, group.digits, width);
  }
  return builder.finish();
}

/** Groups of 4, 8 or 16 digits can be numbers of a little-endian machine, as a debugger shows them. Read so only when bytes in order say nothing. */
function machineWords(text: string, run: readonly Group[]): Written | undefined {
  const width = run[0] === undefined ? 0 : widthOf(run[0]);
  if (run.length < 2 || (width !== 4 && width !== 8 && width !== 16)) return undefined;
  const builder = new WrittenBuilder();
  for (const group of run) {
    for (let at = group.end - 2; at >= group.digits; at -= 2)
      builder.push(Number.parseInt(text.slice(at, at + 2), 16), group.start, group.end);
  }
  return builder.finish();
}
