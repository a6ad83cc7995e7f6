import type { CaptureReaderOptions } from './capture/reader';
import { isCapture } from './capture/capture';
import { Backlog } from './backlog';
import { Repeats } from './capture/repeats';
import { decodeBytes } from './decode';
import type { Decoded } from './decoded';
import { unreadInput } from './decoded';
import { message } from '../message';
import type { DialectTable } from './dialects';
import { STANDARD_DIALECTS } from './dialects';
import { tellsClient, type Handshakes } from './handshakes';
import { DumpStream } from './forms/dump-stream';
import { readOffsetDump } from './forms/offset-dump';
import { countPackets } from './forms/tcpdump-text';
import { MARKED_FORMS } from './recognise';
import type { InputReader } from './reader';
import { Sieve } from './packet/sieve';
import type { Sighting } from './sightings';
import { Sightings } from './sightings';
import { decodeUnknown } from './unknown';

/** Text up to this size is read whole, in whatever form it is. */
const WHOLE = 1 << 20;
/** Longer text in another form than a dump is read in blocks of whole lines. */
const BLOCK = 1 << 23;
/** As much of a line that is longer than a block is looked at: when that says nothing, the rest is not worth the time. */
const LONG_LINE_SAMPLE = 1 << 18;
/** A line that is longer than a block has no packets in it that would end. */
const LONGEST_LINE = BLOCK;
const NEWLINE = 10;

/** Reads text of any size: in whole when it is small, as a stream of dumped packets, else in blocks of lines. */
export function createTextReader({
  dialects = STANDARD_DIALECTS,
  brief = false,
  handshakes,
}: CaptureReaderOptions): InputReader {
  return new TextReader(dialects, brief, handshakes);
}

class TextReader implements InputReader {
  readonly #dialects: DialectTable;
  readonly #sieve: Sieve;
  /** When the text is a stream of dumped packets. */
  #dump: DumpStream | undefined;
  readonly #text = new Backlog();
  readonly #repeats: Repeats | undefined;
  /** The text is long enough to have been looked at. */
  #isLong = false;
  readonly #sightings = new Sightings();
  /** Packets in the blocks before. */
  #frames = 0;
  /** In the middle of a long line that says nothing. */
  #skipsLine = false;
  readonly problem = undefined;

  constructor(
    dialects: DialectTable,
    brief: boolean,
    private readonly handshakes: Handshakes | undefined,
  ) {
    this.#repeats = brief ? new Repeats(dialects) : undefined;
    this.#dialects = dialects;
    this.#sieve = new Sieve(dialects.carries);
  }

  feed(chunk: Uint8Array): void {
    this.#text.feed(chunk, this.#read);
  }

  end(): void {
    const text = this.#text;
    if (this.#dump === undefined) this.#readBlock(text.view(), text.filled);
    else {
      text.append(Uint8Array.of(NEWLINE));
      readDump(this.#dump, text);
      this.#dump.end();
    }
    text.drop(text.filled);
  }

  takeResults(): readonly Decoded[] {
    return this.#sightings.takeResults();
  }

  takeSightings(): readonly Sighting[] {
    return this.#sightings.take();
  }

  /** Reads what is whole of what there is; gives how many bytes are done with. */
  readonly #read = (): number => {
    const text = this.#text;
    if (!this.#isLong && text.filled >= WHOLE) this.#begin(text.view());
    if (this.#dump !== undefined) return readDump(this.#dump, text);
    if (this.#skipsLine) return this.#skipLine(text.view());
    if (!this.#isLong || text.filled < BLOCK) return 0;
    return this.#isSilentLine(text.view()) ? this.#skipLine(text.view()) : this.#readBlock(text.view());
  };

  /** The beginning of a text that is too long to be read whole. */
  #begin(head: Uint8Array): void {
    this.#isLong = true;
    if (!isDumpStream(head)) return;
    const dump = new DumpStream((bytes, length, frame) => {
      this.#packet(bytes, dump.numbers, length, frame);
    });
    this.#dump = dump;
  }

  /** Reads up to `end`, else the whole lines; gives how many bytes are done with. */
  #readBlock(text: Uint8Array, end = text.lastIndexOf(NEWLINE) + 1): number {
    this.#decode(end === 0 ? text : text.subarray(0, end));
    return end === 0 ? text.length : end;
  }

  /** Whether all that there is belongs to one line, which does not look as if it said anything. Tells so. */
  #isSilentLine(text: Uint8Array): boolean {
    if (text.includes(NEWLINE)) return false;
    if (decodeBytes(text.subarray(0, LONG_LINE_SAMPLE), this.#dialects).length > 0) return false;
    this.#sightings.add(skippedLine());
    return true;
  }

  #skipLine(text: Uint8Array): number {
    const newline = text.indexOf(NEWLINE);
    this.#skipsLine = newline < 0;
    return newline < 0 ? text.length : newline + 1;
  }

  /** A block's packets count on from those before where the text has no numbers of its own. */
  #decode(text: Uint8Array): void {
    const before = this.#frames;
    for (const one of decodeBytes(text, this.#dialects, this.handshakes))
      this.#sightings.add(before === 0 ? one : { ...one, frame: one.frame + before, span: undefined, options: [] });
    if (text.length >= WHOLE) this.#frames += countPackets(new TextDecoder().decode(text));
  }

  #packet(bytes: Uint8Array, numbers: DataView, length: number, frame: number): void {
    const layer = usualLayer(bytes, length);
    if (layer === undefined) {
      this.#decodePacket(bytes.slice(0, length), frame);
      return;
    }
    let tells = false;
    if (this.#sieve.keeps(numbers, 0, length, layer)) {
      const repeated = this.#repeats?.resultOf({ bytes, numbers }, this.#sieve, frame);
      if (repeated === undefined) {
        this.#decodePacket(bytes.slice(0, length), frame);
        return;
      }
      this.#sightings.add(repeated, frame);
      tells = tellsClient([repeated]);
    }
    this.handshakes?.see(bytes, 0, length, layer, tells);
  }

  /** What the packet says; shows it to those who watch handshakes. */
  #decodePacket(bytes: Uint8Array, frame: number): void {
    const context = { frame, confidence: 'certain' as const, locate: () => undefined, whole: false };
    const found = decodeUnknown({ bytes, ...context, dialects: this.#dialects, handshakes: this.handshakes });
    this.#sightings.addAll(found);
  }
}

const skippedLine = (): Decoded =>
  unreadInput(
    'text',
    1,
    message('A line of more than {megabytes} MB says nothing at its beginning; its rest was not read.', {
      megabytes: BLOCK >> 20,
    }),
  );

/** Gives how many bytes are done with. */
function readDump(dump: DumpStream, { bytes, filled }: Backlog): number {
  const read = dump.read(bytes, filled);
  return filled - read > LONGEST_LINE ? filled : read;
}

/** How a dumped packet begins when it is IPv4 and its length fits exactly; `undefined` where that must be looked at. */
function usualLayer(bytes: Uint8Array, length: number): 'ip' | 'ethernet' | undefined {
  const totalAt = (at: number): number => ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
  if ((bytes[0] ?? 0) >> 4 === 4 && length > 40 && totalAt(0) === length) return 'ip';
  const ethernet = length > 54 && bytes[12] === 8 && bytes[13] === 0 && (bytes[14] ?? 0) >> 4 === 4;
  return ethernet && totalAt(14) === length - 14 ? 'ethernet' : undefined;
}

/** As much of a text as is compared before it is read as a stream. */
const COMPARED = 1 << 15;

/** Whether the quick reader of dumps gives the same packets as the careful one, at the beginning of a long text. */
function isDumpStream(text: Uint8Array): boolean {
  const head = text.subarray(0, COMPARED);
  const lines = head.subarray(0, head.lastIndexOf(NEWLINE) + 1);
  const readable = new TextDecoder().decode(lines);
  const form = MARKED_FORMS.find((candidate) => candidate(readable, STANDARD_DIALECTS) !== undefined);
  if (form !== readOffsetDump) return false;
  const careful = (readOffsetDump(readable) ?? []).flatMap((one) => ('written' in one ? [one.written.bytes] : []));
  const quick: Uint8Array[] = [];
  const dump = new DumpStream((bytes, length) => {
    quick.push(bytes.slice(0, length));
  });
  dump.read(lines, lines.length);
  dump.end();
  return (
    quick.length === careful.length &&
    quick.every((bytes, index) => isSame(bytes, careful[index])) &&
    !quick.some(isCapture)
  );
}

function isSame(bytes: Uint8Array, other: Uint8Array | undefined): boolean {
  return bytes.length === other?.length && bytes.every((byte, index) => byte === other[index]);
}
