import type { Message } from '../../message';
import { message } from '../../message';
import type { Decoded } from '../decoded';
import { unreadInput } from '../decoded';
import type { DialectTable } from '../dialects';
import { Backlog } from '../backlog';
import { STANDARD_DIALECTS } from '../dialects';
import { tellsClient, type Handshakes } from '../handshakes';
import { cursorAt, place } from '../packet/cursor';
import { decodePacket } from '../packet/packet';
import { Sieve } from '../packet/sieve';
import type { Sighting } from '../sightings';
import { Sightings } from '../sightings';
import type { CaptureFormat, PacketRecord } from './format';
import { DAMAGED, LONGEST_HEADER } from './format';
import { pcapFormat } from './pcap';
import { pcapngFormat } from './pcapng';
import { Repeats } from './repeats';

export interface CaptureReaderOptions {
  readonly dialects?: DialectTable;
  /** Leave out what only a byte view and a connection's story need: options, places and ends of the connection. Far quicker. */
  readonly brief?: boolean;
  /** Is shown every packet, to tell connections without an option too. */
  readonly handshakes?: Handshakes | undefined;
}

/** Reads a capture piece by piece. Memory does not grow with the file: only a cut record and the results not yet taken are kept. */
export interface CaptureReader {
  /** The next bytes of the file. What is needed of them later is copied: the caller may use its buffer again. */
  feed(chunk: Uint8Array): void;
  /** The file has ended. */
  end(): void;
  /** Packets so far. */
  readonly frames: number;
  /** Results since the last call; spans are byte offsets of the file. */
  takeResults(): readonly Decoded[];
  /** The same, without a result for each packet that only repeats one. */
  takeSightings(): readonly Sighting[];
  /** Why the rest of the file cannot be read; what came before it was given. */
  readonly problem: Message | undefined;
}

export function createCaptureReader(options: CaptureReaderOptions = {}): CaptureReader {
  return new RecordReader(options);
}

class RecordReader implements CaptureReader {
  readonly #dialects: DialectTable;
  readonly #brief: boolean;
  readonly #handshakes: Handshakes | undefined;
  readonly #sieve: Sieve;
  readonly #repeats: Repeats | undefined;
  readonly #cursor = cursorAt(new Uint8Array(), 0, 0, 'stop');
  /** Whether the packet last met may say something. */
  #isKept = false;
  readonly #record: PacketRecord = { start: 0, end: 0, layer: 'stop', isPacket: false };
  readonly #locate = (start: number, end: number) => ({ start: this.#base + start, end: this.#base + end });
  readonly #backlog = new Backlog();
  /** Where the buffer begins in the file. */
  #base = 0;
  /** Bytes of a block without a packet that are still to come. */
  #skip = 0;
  #format: CaptureFormat | undefined;
  readonly #sightings = new Sightings();
  frames = 0;
  problem: Message | undefined;

  constructor({ dialects = STANDARD_DIALECTS, brief = false, handshakes }: CaptureReaderOptions) {
    this.#handshakes = handshakes;
    this.#dialects = dialects;
    this.#sieve = new Sieve(dialects.carries);
    this.#brief = brief;
    this.#repeats = brief ? new Repeats(dialects) : undefined;
  }

  feed(chunk: Uint8Array): void {
    if (this.problem === undefined) this.#backlog.feed(chunk, this.#read);
  }

  end(): void {
    this.#format ??= this.problem === undefined ? this.#open() : undefined;
    this.#backlog.drop(this.#read());
    if (this.problem === undefined && (this.#backlog.filled > 0 || this.#skip > 0)) this.#cut();
    this.#backlog.drop(this.#backlog.filled);
  }

  takeResults(): readonly Decoded[] {
    return this.#sightings.takeResults();
  }

  takeSightings(): readonly Sighting[] {
    return this.#sightings.take();
  }

  /** Reads what is whole of what there is; gives how many bytes are done with. */
  readonly #read = (): number => {
    if (this.problem !== undefined) return 0;
    this.#format ??= this.#backlog.filled < LONGEST_HEADER ? undefined : this.#open();
    if (this.#format === undefined) return 0;
    const read = this.#walk(this.#format);
    const done = Math.min(read, this.#backlog.filled);
    this.#skip = read - done;
    this.#base += done;
    return done;
  };

  #open(): CaptureFormat | undefined {
    const head = this.#backlog.view();
    const format = pcapFormat(head) ?? pcapngFormat(head);
    if (format === undefined) this.problem = message('This is no pcap or pcapng capture.');
    else this.#skip = format.headerLength;
    return format;
  }

  /** Reads whole records; gives how many bytes are done with, which can be more than there are. */
  #walk(format: CaptureFormat): number {
    const record = this.#record;
    let at = this.#skim(format, this.#skip);
    while (record.isPacket) {
      const { start, end, layer } = record;
      const tells = this.#isKept && this.#decode(record);
      this.#handshakes?.see(this.#backlog.bytes, start, end, layer, tells);
      at = this.#skim(format, at);
    }
    return at;
  }

  /**
   * Goes on to behind the next packet that is worth a look; the record is no packet when there is none any more. Nearly all packets are let
   * go here: what is done with the others stands apart, so that the engine has to compile this loop once, and not again with each of them.
   */
  #skim(format: CaptureFormat, from: number): number {
    const record = this.#record;
    const sieve = this.#sieve;
    const isWatched = this.#handshakes !== undefined;
    const view = this.#backlog.numbers;
    const end = this.#backlog.filled;
    let at = from;
    while (at < end) {
      const size = format.read(view, at, end, record);
      if (size <= 0) {
        if (size === DAMAGED) this.#cut();
        break;
      }
      at += size;
      if (!record.isPacket) continue;
      this.frames++;
      this.#isKept = sieve.keeps(view, record.start, record.end, record.layer);
      if (this.#isKept || isWatched) return at;
    }
    record.isPacket = false;
    return at;
  }

  /** Gives whether the packet names a client. */
  #decode({ start, end, layer }: PacketRecord): boolean {
    const frame = this.frames;
    const repeated = this.#repeats?.resultOf(this.#backlog, this.#sieve, frame);
    if (repeated !== undefined) {
      this.#sightings.add(repeated, frame);
      return tellsClient([repeated]);
    }
    const found = decodePacket(place(this.#cursor, this.#backlog.bytes, start, end, layer), {
      frame,
      confidence: 'certain',
      locate: this.#locate,
      dialects: this.#dialects,
      brief: this.#brief,
    });
    this.#sightings.addAll(found);
    return tellsClient(found);
  }

  #cut(): void {
    const note = message('The capture is cut or damaged after packet {frames}.', { frames: this.frames });
    this.problem = note;
    this.#sightings.add(unreadInput('capture', this.frames + 1, note));
  }
}
