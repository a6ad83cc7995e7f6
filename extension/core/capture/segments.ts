import { u16, u32, u8 } from '../bytes';
import { addressText, endpointText } from '../decode/address';
import { decodeText } from '../decode/decode';
import type { Decoded } from '../decode/decoded';
import { SNAPSHOT } from './command';

/** One captured segment. */
export interface CapturedSegment {
  /** `source > destination`, each with its port. */
  readonly connection: string;
  /** It is a SYN. */
  readonly opens: boolean;
  /** Its sequence number. */
  readonly sequence: number;
  /** Bytes of TCP options, of 40 at most. */
  readonly optionBytes: number;
  readonly results: readonly Decoded[];
}

/** Takes what `tcpdump -x` prints, in whole lines. */
export interface SegmentReader {
  feed(lines: string): void;
  /** Passes on a segment that was still expected to go on. */
  end(): void;
}

/** What the longest link header takes of a snapshot: `-x` prints none of it. */
const LONGEST_LINK_HEADER = 20;
const HEX_LINE = /^\s{1,8}0x([0-9a-f]{4}):\s{1,4}([0-9a-f ]{2,80})/;

/**
 * Reads tcpdump's text as it comes. Only the bytes are read, never the lines between them, in which a payload can be printed as text.
 * A segment is passed on once its last byte is there, so that the last one of a quiet minute is not kept back.
 */
export function readSegments(onSegment: (segment: CapturedSegment) => void): SegmentReader {
  let frame = 0;
  let lines: string[] = [];
  let bytes: number[] = [];
  const finish = (): void => {
    if (lines.length === 0) return;
    const segment = segmentOf(Uint8Array.from(bytes), lines.join('\n'), frame + 1);
    lines = [];
    bytes = [];
    if (segment === undefined) return;
    frame++;
    onSegment(segment);
  };
  const take = (line: string): void => {
    const [, offset, digits] = HEX_LINE.exec(line) ?? [];
    if (offset === undefined || digits === undefined) return;
    if (offset === '0000') finish();
    else if (lines.length === 0) return; // behind a segment that was whole already
    lines.push(line);
    bytes.push(...bytesOf(digits));
    if (bytes.length >= lengthOf(bytes)) finish();
  };
  return {
    feed: (text) => {
      text.split('\n').forEach(take);
    },
    end: finish,
  };
}

function bytesOf(digits: string): readonly number[] {
  const joined = digits.replaceAll(' ', '');
  return Array.from({ length: joined.length >> 1 }, (_, index) =>
    Number.parseInt(joined.slice(index * 2, index * 2 + 2), 16),
  );
}

/** Bytes that tcpdump prints of this packet at least. */
function lengthOf(bytes: readonly number[]): number {
  const [first = 0, , high = 0, low = 0, payloadHigh = 0, payloadLow = 0] = bytes;
  const whole = first >> 4 === 6 ? 40 + payloadHigh * 256 + payloadLow : high * 256 + low;
  const printed = SNAPSHOT - LONGEST_LINK_HEADER;
  return whole === 0 ? printed : Math.min(whole, printed); // what the card is to cut in pieces has no length yet
}

function segmentOf(bytes: Uint8Array, text: string, frame: number): CapturedSegment | undefined {
  const isIpv6 = u8(bytes, 0) >> 4 === 6;
  const tcp = isIpv6 ? 40 : (u8(bytes, 0) & 15) * 4;
  if (bytes.length < tcp + 20) return undefined;
  const [source, destination, size] = isIpv6 ? [8, 24, 16] : [12, 16, 4];
  const from = endpointText(addressText(bytes, source, size), u16(bytes, tcp));
  const to = endpointText(addressText(bytes, destination, size), u16(bytes, tcp + 2));
  const results = decodeText(text).map((result) => ({ ...result, frame, span: undefined }));
  const optionBytes = (u8(bytes, tcp + 12) >> 4) * 4 - 20;
  const opens = (u8(bytes, tcp + 13) & 2) !== 0;
  return { connection: `${from} > ${to}`, opens, sequence: u32(bytes, tcp + 4), optionBytes, results };
}
