import type { Decoded, Locate } from './decoded';
import type { DialectTable } from './dialects';
import { STANDARD_DIALECTS } from './dialects';
import type { BytesFragment, Fragment, PrintedFragment } from './forms/fragment';
import { locateWritten } from './forms/written';
import { tellsClient, type Handshakes } from './handshakes';
import { decodePayload } from './packet/packet';
import { cursorAt } from './packet/cursor';
import { decodePacket } from './packet/packet';
import { sniffLink } from './packet/sniff';
import { LOOSE_FORMS, MARKED_FORMS, plainText } from './recognise';
import { decodeSegment } from './segment';
import { isCapture } from './capture/capture';
import { MOST_OPTION_BYTES } from './options';
import { decodeUnknown } from './unknown';

/**
 * Finds client addresses in pasted text: bare options, packets and captures in any spelling, and what tools print. Spans of the results
 * are offsets in `text`. Never throws; text without a carrier gives an empty list. Time is linear in the text. `handshakes` is shown
 * every packet, also those that say nothing.
 */
export function decodeText(
  text: string,
  dialects: DialectTable = STANDARD_DIALECTS,
  handshakes?: Handshakes,
): readonly Decoded[] {
  const plain = plainText(text);
  const context = { dialects, handshakes };
  for (const form of MARKED_FORMS) {
    const fragments = form(plain, dialects);
    if (fragments !== undefined) return decodeMarked(fragments, context);
  }
  for (const form of LOOSE_FORMS) {
    const results = decodeLoose(form(plain, dialects) ?? [], context);
    if (results.length > 0) return results;
  }
  return [];
}

/** As `decodeText`, for the bytes of a file: a pcap or pcapng capture by its magic number, text in UTF-8 or UTF-16, or one raw packet. */
export function decodeBytes(
  bytes: Uint8Array,
  dialects: DialectTable = STANDARD_DIALECTS,
  handshakes?: Handshakes,
): readonly Decoded[] {
  const locate: Locate = (start, end) => ({ start, end });
  const binary = isCapture(bytes) || bytes.subarray(0, 4096).includes(0);
  const encoding = encodingOf(bytes);
  if (binary && encoding === 'utf-8')
    return decodeUnknown({ bytes, frame: 1, locate, confidence: 'likely', whole: true, dialects, handshakes });
  return decodeText(new TextDecoder(encoding).decode(bytes), dialects, handshakes);
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** What stands before a segment that was seen is what that segment says. */
function decodeMarked(fragments: readonly Fragment[], context: DecodeContext): readonly Decoded[] {
  const results: Decoded[] = [];
  let from = 0;
  for (const fragment of fragments) {
    if (fragment.as !== 'seen') {
      for (const one of decodeFragment(fragment, context)) results.push(one);
      continue;
    }
    const { source, destination, segment, carries = tellsClient(results, from) } = fragment;
    context.handshakes?.seePrinted(source, destination, segment, carries);
    from = results.length;
  }
  return results;
}

/** Loose forms read more than there is: their packets are numbered by those that hold something. */
function decodeLoose(fragments: readonly Fragment[], context: DecodeContext): readonly Decoded[] {
  const results: Decoded[] = [];
  let packets = 0;
  for (const fragment of fragments) {
    if (fragment.as === 'printed') results.push(fragment.result);
    if (!('written' in fragment)) continue;
    const { dialects, handshakes } = context;
    for (const reading of readingsOf(fragment, { dialects, handshakes, frame: packets + 1 })) {
      if (reading.found.length > 0) packets++;
      for (const one of numbered(reading, packets)) results.push(one);
    }
  }
  return results;
}

/** A capture numbers its packets itself. */
function numbered({ found, bytes }: BytesReading, frame: number): readonly Decoded[] {
  if (isCapture(bytes)) return found;
  return found.map((one) => (one.frame === frame ? one : { ...one, frame }));
}

interface DecodeContext {
  readonly dialects: DialectTable;
  readonly handshakes: Handshakes | undefined;
  /** In place of the fragments' own. */
  readonly frame?: number;
}

function decodeFragment(fragment: BytesFragment | PrintedFragment, context: DecodeContext): readonly Decoded[] {
  if (fragment.as === 'printed') return [fragment.result];
  const { source, destination } = fragment;
  const found = readingsOf(fragment, context).flatMap((reading) => reading.found);
  return source === undefined ? found : found.map((one) => ({ ...one, source, destination }));
}

interface BytesReading {
  readonly found: readonly Decoded[];
  readonly bytes: Uint8Array;
}

/** What bytes say, or when they name no client as they stand, what they are instead where that names one. */
function readingsOf(fragment: BytesFragment, context: DecodeContext): readonly BytesReading[] {
  const found = decodeWritten(fragment, context);
  const own = { found, bytes: fragment.written.bytes };
  if (found.some(isNamed)) return [own];
  const others = insteadOf(fragment).flatMap((other) => readingsOf(other, context));
  return found.length === 0 || others.some((other) => other.found.some(isNamed)) ? others : [own];
}

const isNamed = ({ client }: Decoded): boolean => client !== null;

/** What else the bytes of a fragment that says nothing can be: nothing else, when they are a capture or a packet. */
function insteadOf({ instead, written: { bytes } }: BytesFragment): readonly BytesFragment[] {
  return instead === undefined || isCapture(bytes) || sniffLink(bytes) !== undefined ? [] : instead();
}

function decodeWritten(fragment: BytesFragment, context: DecodeContext): readonly Decoded[] {
  const { dialects, handshakes, frame = fragment.frame } = context;
  const { written, segment, confidence = 'certain', whole = false, cut = false } = fragment;
  const { bytes } = written;
  const locate = locateWritten(written);
  const { length } = bytes;
  // Written out each time: a spread costs more than all the rest, and there are thousands of fragments in a paste.
  switch (fragment.as) {
    case 'packet': {
      const link = sniffLink(bytes);
      if (link === undefined) return [];
      const found = decodePacket(cursorAt(bytes, 0, length, link), { frame, confidence, locate, dialects });
      handshakes?.see(bytes, 0, length, link, tellsClient(found));
      return found;
    }
    case 'options':
      return decodeSegment({
        bytes,
        start: 0,
        end: cut ? MOST_OPTION_BYTES : length,
        captured: length,
        frame,
        segment,
        confidence,
        locate,
        dialects,
      });
    case 'payload':
      return decodePayload(bytes, 0, length, { frame, confidence, locate, dialects }, segment);
    case 'unknown':
      return decodeUnknown({ bytes, frame, locate, confidence, dialects, whole, handshakes });
  }
}
