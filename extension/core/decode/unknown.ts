import type { Confidence } from '../explain/finding';
import { message } from '../message';
import { addressText, endpointText } from './address';
import { u16 } from '../bytes';
import { decodeCapture, isCapture } from './capture/capture';
import type { Decoded, Locate } from './decoded';
import type { DialectTable } from './dialects';
import { tellsClient, type Handshakes } from './handshakes';
import { MOST_OPTION_BYTES, isWholeList, walkOptions } from './options';
import { cursorAt } from './packet/cursor';
import { decodePacket } from './packet/packet';
import { sniffLink } from './packet/sniff';
import { decodeWalk } from './segment';

const VALUE_LENGTH = 6;

/** Sizes of UUIDs, MD5 and SHA sums, which can look like options by chance: then a fault or a cut in them says nothing. */
const DIGESTS: ReadonlySet<number> = new Set([16, 20, 28, 32]);

export interface UnknownBytes {
  readonly bytes: Uint8Array;
  readonly frame: number;
  readonly locate: Locate;
  readonly confidence: Confidence;
  readonly dialects: DialectTable;
  /** Nothing else was in the input: then what is cut may be reported, and six bytes may be a value. */
  readonly whole: boolean;
  /** Is shown the packets among them. */
  readonly handshakes?: Handshakes | undefined;
}

/** Finds out what bytes are: a capture file, a packet, the options of a segment, or an option's value. Bytes that fit none give nothing. */
export function decodeUnknown(source: UnknownBytes): readonly Decoded[] {
  const { bytes, locate, frame, confidence, dialects, handshakes } = source;
  if (isCapture(bytes)) return decodeCapture(bytes, locate, dialects, handshakes);
  if (bytes.length <= MOST_OPTION_BYTES) {
    const options = decodeBare(source);
    if (options.length > 0) return options;
  }
  const link = sniffLink(bytes);
  if (link === undefined) return [];
  const found = decodePacket(cursorAt(bytes, 0, bytes.length, link), { frame, confidence, locate, dialects });
  handshakes?.see(bytes, 0, bytes.length, link, tellsClient(found));
  return found;
}

/** Options without a header. Random bytes seldom walk to their very end, so anything less is not believed. */
function decodeBare({ bytes, frame, locate, confidence, dialects, whole }: UnknownBytes): readonly Decoded[] {
  const walk = walkOptions(bytes, 0, MOST_OPTION_BYTES, bytes.length);
  const complete = isWholeList(bytes, walk);
  const source = {
    bytes,
    start: 0,
    end: bytes.length,
    captured: bytes.length,
    frame,
    segment: undefined,
    confidence,
    locate,
    dialects,
  };
  if (complete) {
    const found = decodeWalk(source, walk);
    const onlyFaults = found.every(({ status }) => status === 'malformed');
    return onlyFaults && DIGESTS.has(bytes.length) ? [] : found;
  }
  if (!whole) return [];
  const cut = walk.end === 'truncated' && !DIGESTS.has(bytes.length) ? decodeWalk(source, walk) : [];
  return cut.length === 0 && bytes.length === VALUE_LENGTH ? [valueAlone(bytes, frame, locate)] : cut;
}

/** Six bytes alone, as a debugger shows the value of an option: port and address without kind and length. */
function valueAlone(bytes: Uint8Array, frame: number, locate: Locate): Decoded {
  const port = u16(bytes, 0);
  const addr = addressText(bytes, 2, 4);
  return {
    frame,
    kind: null,
    dialect: 'toa-v4 value',
    addr,
    port,
    client: endpointText(addr, port),
    status: 'decoded',
    confidence: 'possible',
    note: message('Six bytes without kind and length, read as port and address: they can be something else.'),
    span: locate(0, VALUE_LENGTH),
    options: [],
  };
}
