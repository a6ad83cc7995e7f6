import type { Confidence } from '../explain/finding';
import type { Message } from '../message';
import type { Span } from '../text';

/**
 * How much of the carrier was there. `partial`: only the port is in the text; `lossy`: the tool printed that something was there
 * and lost it; `ambiguous`: two readings fit; `info`: an address that is not the client's.
 */
export type Status =
  'decoded' | 'partial' | 'lossy' | 'ambiguous' | 'truncated' | 'malformed' | 'info' | 'none' | 'error';

/** What the TCP segment was for. toa.ko reads only the one that completes the handshake, normally `ACK`. */
export type Segment = 'SYN' | 'SYN-ACK' | 'ACK' | 'data' | 'FIN' | 'RST';

/** What a field of an option means. */
export type FieldRole =
  | 'kind'
  | 'length'
  | 'port'
  | 'address'
  | 'vip-port'
  | 'vip-address'
  | 'vid'
  | 'vpcid'
  | 'version'
  | 'reserved'
  | 'exid'
  | 'pid'
  | 'sequence'
  | 'data';

/** One field of an option: `start` and `end` count bytes from the option's kind byte. */
export interface OptionField extends Span {
  readonly role: FieldRole;
}

/** One option of a segment, whole or as far as it was captured. */
export interface OptionView {
  readonly kind: number;
  /** As its length byte says; 1 for the two options without one. */
  readonly length: number;
  readonly name: string;
  /** Its bytes, two lower-case digits each; shorter than `length` when cut. */
  readonly hex: string;
  /** Where it stands: UTF-16 offsets of a pasted text, byte offsets of a capture. */
  readonly span: Span | undefined;
  readonly fields: readonly OptionField[];
}

/** Another way to read the same bytes. */
export interface OtherReading {
  readonly client: string;
  readonly reason: Message;
}

/** One address carrier that was found, or one that was there and could not be read. */
export interface Decoded {
  /** Number of the packet inside the paste or file, from 1. */
  readonly frame: number;
  /** Kind of the TCP option; a word for other carriers, like `ip-31`; null when the input does not say. */
  readonly kind: number | string | null;
  readonly dialect: string;
  readonly addr: string | null;
  readonly port: number | null;
  /** `ip:port`, `[v6]:port`, or the bare address when the carrier has no port. */
  readonly client: string | null;
  readonly status: Status;
  readonly confidence: Confidence;
  /** The service's own address, where the carrier has it. */
  readonly vip?: string | undefined;
  readonly vid?: string | undefined;
  readonly vpcid?: number | undefined;
  /** The address came as `::ffff:a.b.c.d`. */
  readonly mapped?: boolean | undefined;
  readonly segment?: Segment | undefined;
  /** `ip:port` that sent the segment, as in its own headers: the balancer, for a client behind one. */
  readonly source?: string | undefined;
  /** `ip:port` that it was sent to. */
  readonly destination?: string | undefined;
  /** Published modules that read an option of this kind and length; empty when none does. For client options only. */
  readonly modules?: readonly string[] | undefined;
  readonly note?: Message | undefined;
  readonly alternative?: OtherReading | undefined;
  readonly span?: Span | undefined;
  /** Every option of that segment, in order. */
  readonly options: readonly OptionView[];
}

/** A result in which every field is written out, in one order: objects of many shapes, as spreads make them, are slow to make and to read. */
export type WholeDecoded = { readonly [Field in keyof Required<Decoded>]: Decoded[Field] };

type Needed = 'frame' | 'kind' | 'dialect' | 'addr' | 'port' | 'client' | 'status' | 'confidence';

/** Writes out the fields that are not given. */
export function decodedOf(fields: Pick<Decoded, Needed> & Partial<Decoded>): WholeDecoded {
  return {
    frame: fields.frame,
    kind: fields.kind,
    dialect: fields.dialect,
    addr: fields.addr,
    port: fields.port,
    client: fields.client,
    status: fields.status,
    confidence: fields.confidence,
    vip: fields.vip,
    vid: fields.vid,
    vpcid: fields.vpcid,
    mapped: fields.mapped,
    segment: fields.segment,
    source: fields.source,
    destination: fields.destination,
    modules: fields.modules,
    note: fields.note,
    alternative: fields.alternative,
    span: fields.span,
    options: fields.options ?? [],
  };
}

/** Maps a stretch of bytes to where the user sees it. */
export type Locate = (start: number, end: number) => Span | undefined;

/** What is said in place of input that was not read: a cut capture, a line too long. */
export function unreadInput(dialect: 'capture' | 'text', frame: number, note: Message): WholeDecoded {
  return decodedOf({
    frame,
    kind: null,
    dialect,
    addr: null,
    port: null,
    client: null,
    status: 'truncated',
    confidence: 'certain',
    note,
  });
}
