import type { Message } from '../message';
import { message } from '../message';
import { addressText, endpointText } from './address';
import { u16, u8 } from '../bytes';
import type { Decoded, Segment } from './decoded';
import type { Layer } from './packet/cursor';
import { cursorAt, place } from './packet/cursor';
import { segmentOf } from './packet/tcp';
import { walkPacket } from './packet/walk';

/** Connections that are remembered one by one; those beyond are only counted, so that memory does not grow with a capture. */
const MOST = 10_000;

/** Whether a segment that was seen told about a client; `undefined` when it was not seen. */
type Seen = 'carries' | 'bare' | undefined;

/** One connection whose first segment was seen. */
export interface Handshake {
  /** `source → destination` of its SYN. */
  readonly connection: string;
  readonly source: string;
  readonly syn: Seen;
  /** The segment that completes the handshake, which is what toa.ko reads. */
  readonly ack: Seen;
}

/** The TCP segments that were looked at, and the connections they opened. */
export interface HandshakeSummary {
  readonly opened: number;
  readonly completed: number;
  /** Segments with data, in both directions. */
  readonly data: number;
  readonly segments: number;
  readonly handshakes: readonly Handshake[];
}

/** Watches connections being opened, with and without options: so that "it is not there" can be told from "it was not looked at". */
export class Handshakes {
  readonly #byName = new Map<string, { -readonly [Key in keyof Handshake]: Handshake[Key] }>();
  readonly #cursor = cursorAt(new Uint8Array(), 0, 0, 'stop');
  #opened = 0;
  #completed = 0;
  #data = 0;
  #segments = 0;

  /** A packet of a capture or a dump; `carries`: something in it told about a client. */
  see(bytes: Uint8Array, start: number, end: number, layer: Layer, carries: boolean): void {
    const cursor = place(this.#cursor, bytes, start, end, layer);
    if (walkPacket(cursor) !== 'tcp' || cursor.at + 20 > cursor.end) return;
    const { at, innerIp } = cursor;
    const segment = segmentOf(u8(bytes, at + 13), cursor.declaredEnd > at + (u8(bytes, at + 12) >> 4) * 4);
    this.#count(segment);
    if (segment !== 'SYN' && (this.#completed >= this.#opened || segment === 'SYN-ACK')) return;
    const size = u8(bytes, innerIp) >> 4 === 6 ? 16 : 4;
    const addresses = innerIp + (size === 16 ? 8 : 12);
    const source = endpointText(addressText(bytes, addresses, size), u16(bytes, at));
    this.#follow(
      source,
      endpointText(addressText(bytes, addresses + size, size), u16(bytes, at + 2)),
      segment,
      carries,
    );
  }

  /** A segment that a tool printed in words. */
  seePrinted(source: string, destination: string, segment: Segment, carries: boolean): void {
    this.#count(segment);
    this.#follow(source, destination, segment, carries);
  }

  summary(): HandshakeSummary {
    return {
      opened: this.#opened,
      completed: this.#completed,
      data: this.#data,
      segments: this.#segments,
      handshakes: [...this.#byName.values()],
    };
  }

  #count(segment: Segment): void {
    this.#segments++;
    if (segment === 'data') this.#data++;
  }

  /** A repeated SYN opens nothing new. Beyond the connections that are remembered, handshakes are not completed. */
  #follow(source: string, destination: string, segment: Segment, carries: boolean): void {
    const connection = `${source} → ${destination}`;
    const known = this.#byName.get(connection);
    if (segment === 'SYN') {
      if (known !== undefined) return;
      this.#opened++;
      if (this.#byName.size >= MOST) this.#completed++;
      else this.#byName.set(connection, { connection, source, syn: carries ? 'carries' : 'bare', ack: undefined });
    } else if (known?.ack === undefined && known !== undefined && (segment === 'ACK' || segment === 'data')) {
      known.ack = carries ? 'carries' : 'bare';
      this.#completed++;
    }
  }
}

/** Whether one of the results from `from` on tells about a client, also one that was cut or lost. */
export function tellsClient(results: readonly Decoded[], from = 0): boolean {
  for (let at = from; at < results.length; at++) {
    const { client, status } = results[at] ?? { client: null, status: 'none' };
    if (client !== null || status === 'partial' || status === 'lossy' || status === 'truncated') return true;
  }
  return false;
}

/** What it means that no segment told about a client; `undefined` when no TCP segment was seen. */
export function tellMissing({ opened, completed, data, segments }: HandshakeSummary): Message | undefined {
  if (segments === 0) return undefined;
  if (opened === 0)
    return message(
      'No client’s address is in these packets, and no connection begins in them ({segments} TCP segments looked at). toa.ko reads the ACK that completes the handshake: start the capture before the client connects.',
      { segments },
    );
  return message(
    'The option is not in these packets. Segments looked at: SYN {opened}, handshake ACK {completed}, with data {data}. The load balancer does not send it, or these connections did not come through it.',
    { opened, completed, data },
  );
}
