import { endpointText } from '../address';
import { message } from '../../message';
import type { Segment } from '../decoded';
import { segmentOf } from '../packet/tcp';
import type { Fragment } from './fragment';
import { linesOf, printed } from './fragment';
import { WrittenBuilder } from './written';

const MARK = /TCP Option - |Frame \d{1,9}: \d{1,9} bytes on wire/;
const FRAME = /^\s{0,8}Frame (\d{1,9}): \d+ bytes/;
const KIND = /^\s+Kind: .{0,80}\((\d{1,3})\)$/;
const LENGTH = /^\s+Length: (\d{1,3})$/;
const EXPERIMENT = /^\s+Experiment Identifier: .{0,60}\(0x([0-9a-f]{4})\)$/;
const DATA = /^\s+(?:Payload|Data): ([0-9a-f]{2,76})(…|\.\.\.)?$/;
const PROXY_FIELD = /^\s+(Source Address|Destination Address|Source Port|Destination Port): (\S{1,45})$/;
const USER_TIMEOUT = 28;
const ADDRESSES =
  /^\s{0,8}Internet Protocol Version [46], Src: (?:\S{1,80} \()?([0-9a-f.:]{2,45})\)?, Dst: (?:\S{1,80} \()?([0-9a-f.:]{2,45})\)?$/;
const PORTS =
  /^\s{0,8}Transmission Control Protocol, Src Port: (?:[\w-]{1,40} \()?(\d{1,5})\)?, Dst Port: (?:[\w-]{1,40} \()?(\d{1,5})\)?(?:.{0,80}, Len: (\d{1,6}))?/;
const FLAGS = /^\s{1,8}Flags: 0x([0-9a-f]{3,4})\b/;

/** Details of packets as tshark -V prints them and Wireshark copies them ("All visible items"): each option with its payload. */
export function readTsharkVerbose(text: string): readonly Fragment[] | undefined {
  if (!MARK.test(text)) return undefined;
  const reader = new VerboseReader();
  for (const line of linesOf(text)) reader.line(line.text, line.start);
  reader.closeFrame();
  return reader.fragments;
}

/** Gathers the options of one frame after the other. */
class VerboseReader {
  readonly fragments: Fragment[] = [];
  #frame = 1;
  #options = new WrittenBuilder();
  #kind: number | undefined;
  #length = 0;
  #at = 0;
  /** A long payload was shortened: what follows cannot be placed. */
  #cut = false;
  #proxy: Map<string, string> | undefined;
  #addresses: readonly (string | undefined)[] = [];
  /** `ip:port` of source and destination. */
  #ends: readonly string[] = [];
  #flags: number | undefined;
  #carriesData = false;

  line(text: string, start: number): void {
    const frame = FRAME.exec(text);
    if (frame !== null) {
      this.closeFrame();
      this.#frame = Number(frame[1]);
    } else if (this.#headerLine(text)) return;
    else if (text.startsWith('PROXY Protocol')) this.#proxy = new Map();
    else if (this.#proxy !== undefined) this.#proxyLine(text, start);
    else this.#optionLine(text, start);
  }

  closeFrame(): void {
    const segment = this.#segment();
    const [source, destination] = this.#ends;
    if (this.#options.length > 0) {
      const written = this.#options.finish();
      this.fragments.push({ as: 'options', frame: this.#frame, written, cut: this.#cut, segment, source, destination });
    }
    if (segment !== undefined && source !== undefined && destination !== undefined)
      this.fragments.push({ as: 'seen', source, destination, segment });
    this.#addresses = [];
    this.#ends = [];
    this.#flags = undefined;
    this.#options = new WrittenBuilder();
    this.#kind = undefined;
    this.#cut = false;
    this.#proxy = undefined;
  }

  /** Addresses, ports and flags; an inner header counts, not the outer one. */
  #headerLine(text: string): boolean {
    const addresses = ADDRESSES.exec(text);
    if (addresses !== null) this.#addresses = [addresses[1], addresses[2]];
    const ports = PORTS.exec(text);
    if (ports !== null) {
      this.#ends = this.#addresses.map((address, side) => endpointText(address ?? '', Number(ports[side + 1])));
      this.#carriesData = (ports[3] ?? '0') !== '0';
    }
    const flags = this.#ends.length > 0 && this.#flags === undefined ? FLAGS.exec(text) : null;
    if (flags?.[1] !== undefined) this.#flags = Number.parseInt(flags[1], 16);
    return addresses !== null || ports !== null || flags !== null;
  }

  #segment(): Segment | undefined {
    return this.#flags === undefined ? undefined : segmentOf(this.#flags, this.#carriesData);
  }

  #optionLine(text: string, start: number): void {
    const kind = KIND.exec(text);
    const length = LENGTH.exec(text);
    if (kind !== null) {
      this.#kind = Number(kind[1]);
      this.#at = start;
    } else if (length !== null) this.#length = Number(length[1]);
    else if (this.#kind !== undefined) this.#value(text, start, this.#kind);
    if (length !== null && this.#kind === USER_TIMEOUT && (this.#length === 7 || this.#length === 19)) this.#lost();
  }

  #value(text: string, start: number, kind: number): void {
    const experiment = EXPERIMENT.exec(text)?.[1];
    const data = DATA.exec(text);
    const digits = experiment ?? data?.[1];
    if (digits === undefined || this.#cut) return;
    this.#cut = data?.[2] !== undefined;
    const at = start + text.lastIndexOf(digits);
    if (experiment !== undefined || kind < 253) {
      this.#options.push(kind, this.#at, start);
      this.#options.push(this.#length, this.#at, start);
    }
    for (let index = 0; index + 2 <= digits.length; index += 2)
      this.#options.push(Number.parseInt(digits.slice(index, index + 2), 16), at + index, at + index + 2);
  }

  #lost(): void {
    const note = message(
      'tshark does not print the bytes of this option. Add "-T fields -e tcp.options" to see the client.',
    );
    this.fragments.push(
      printed({ frame: this.#frame, kind: USER_TIMEOUT, dialect: 'overlay28', status: 'lossy', note }),
    );
  }

  #proxyLine(text: string, start: number): void {
    const field = PROXY_FIELD.exec(text);
    if (field?.[1] === undefined || field[2] === undefined || this.#proxy === undefined) return;
    this.#proxy.set(field[1], field[2]);
    const addr = this.#proxy.get('Source Address');
    const port = Number(this.#proxy.get('Source Port'));
    if (addr === undefined || field[1] !== 'Destination Port') return;
    const vip = endpointText(this.#proxy.get('Destination Address') ?? '', Number(field[2]));
    const span = { start, end: start + text.length };
    const client = endpointText(addr, port);
    this.fragments.push(
      printed({
        frame: this.#frame,
        kind: null,
        dialect: 'proxy-v1',
        status: 'decoded',
        addr,
        port,
        client,
        vip,
        span,
      }),
    );
  }
}
