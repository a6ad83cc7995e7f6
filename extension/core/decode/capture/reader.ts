import type { Message } from '../../message';
import { message } from '../../message';
import type { Decoded } from '../decoded';
import { decodedOf } from '../decoded';
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
import { DAMAGED, LONGEST_HEADER, MORE } from './format';
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
  /** The next bytes of the file. They are copied: the caller may use its buffer again. */
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
    if (this.problem !== undefined) return;
    this.#backlog.append(chunk);
    this.#format ??= this.#backlog.filled < LONGEST_HEADER ? undefined : this.#open();
    if (this.#format !== undefined) this.#drop(this.#walk(this.#format));
  }

  end(): void {
    if (this.problem === undefined && this.#format === undefined) {
      this.#format = this.#open();
      if (this.#format !== undefined) this.#drop(this.#walk(this.#format));
    }
    if (this.problem === undefined && (this.#backlog.filled > 0 || this.#skip > 0)) this.#cut();
    this.#backlog.drop(this.#backlog.filled);
  }

  takeResults(): readonly Decoded[] {
    return this.#sightings.takeResults();
  }

  takeSightings(): readonly Sighting[] {
    return this.#sightings.take();
  }

  /** Forgets the first bytes of the buffer. */
  #drop(count: number): void {
    const kept = Math.min(count, this.#backlog.filled);
    this.#skip = count - kept;
    this.#backlog.drop(kept);
    this.#base += kept;
  }

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
    const view = this.#backlog.numbers;
    const end = this.#backlog.filled;
    let at = this.#skip;
    while (at < end) {
      const size = format.read(view, at, end, record);
      if (size === MORE) break;
      if (size === DAMAGED) {
        this.#cut();
        break;
      }
      if (record.isPacket) {
        this.frames++;
        const tells = this.#sieve.keeps(view, record.start, record.end, record.layer) && this.#decode(record);
        this.#handshakes?.see(this.#backlog.bytes, record.start, record.end, record.layer, tells);
      }
      at += size;
    }
    return at;
  }

  /** Gives whether the packet names a client. */
  #decode({ start, end, layer }: PacketRecord): boolean {
    const { bytes, numbers } = this.#backlog;
    const frame = this.frames;
    const repeated = this.#repeats?.resultOf(numbers, this.#sieve, frame);
    if (repeated !== undefined) {
      this.#sightings.add(repeated, frame);
      return tellsClient([repeated]);
    }
    const found = decodePacket(place(this.#cursor, bytes, start, end, layer), {
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
    this.#sightings.add(
      decodedOf({
        frame: this.frames + 1,
        kind: null,
        dialect: 'capture',
        addr: null,
        port: null,
        client: null,
        status: 'truncated',
        confidence: 'certain',
        note,
      }),
    );
  }
}
