import { segmentOf } from '../packet/tcp';
import type { BytesFragment, Fragment } from './fragment';
import { WrittenBuilder } from './written';

/**
 * What matters in tshark's JSON, EK and PDML, in the order in which it stands. JSON.parse would lose repeated keys and every position,
 * so the text is searched instead.
 */
const JSON_PIECE =
  /(?<packetStart>"layers": ?\{)|"frame(?:\.|_frame_)number": ?"(?<frame>\d{1,9})"|"frame_raw": ?\[?\s*"(?<packet>[0-9a-f]+)"|"tcp(?:\.|_tcp_)flags": ?"0x(?<flags>[0-9a-f]{4})"|"tcp(?:\.|_tcp_)options": ?"(?<options>[0-9a-f:]+)"|"tcp(?:\.|_tcp_)payload": ?"(?<payload>[0-9a-f:]+)"/g;
const PDML_PIECE =
  /(?<packetStart><packet>)|<field name="frame\.number"[^>]{0,200} show="(?<frame>\d{1,9})"|<field name="tcp\.flags"[^>]{0,400} value="(?<flags>[0-9a-f]{4})"|<field name="tcp\.options"[^>]{0,1000} value="(?<options>[0-9a-f]+)"|<field name="tcp\.payload"[^>]{0,4000} value="(?<payload>[0-9a-f]+)"/g;

/** tshark -T json (also -x and jsonraw), -T ek, and Wireshark's "Export as JSON". */
export function readTsharkJson(text: string): readonly Fragment[] | undefined {
  return /"layers": ?\{/.test(text) ? readPieces(text, JSON_PIECE) : undefined;
}

/** tshark -T pdml. */
export function readPdml(text: string): readonly Fragment[] | undefined {
  return text.includes('<pdml') || /<proto name="tcp"/.test(text) ? readPieces(text, PDML_PIECE) : undefined;
}

/** Options before a packet's own bytes are dropped: with -x the packet comes first, and says everything. */
function readPieces(text: string, pattern: RegExp): readonly Fragment[] {
  const fragments: Fragment[] = [];
  let frame = 0;
  let numbered = 0;
  let segment: BytesFragment['segment'];
  let raw = false;
  for (const match of text.matchAll(pattern)) {
    const { packetStart, frame: number, packet, flags, options, payload } = match.groups ?? {};
    if (packetStart !== undefined) {
      if (!raw) frame++; // until its number comes; with -J the text has none
      segment = undefined;
    } else if (packet !== undefined) {
      raw = true;
      frame = ++numbered;
      fragments.push({ as: 'packet', frame, written: digitsAt(text, match, packet) });
    } else if (number !== undefined && !raw) frame = Number(number);
    else if (flags !== undefined) segment = segmentOf(Number.parseInt(flags, 16), false);
    else if (options !== undefined && !raw)
      fragments.push({ as: 'options', frame: Math.max(frame, 1), written: digitsAt(text, match, options), segment });
    else if (payload !== undefined && !raw)
      fragments.push({ as: 'payload', frame: Math.max(frame, 1), written: digitsAt(text, match, payload), segment });
  }
  return fragments;
}

function digitsAt(text: string, match: RegExpExecArray, digits: string) {
  const builder = new WrittenBuilder();
  const start = match.index + match[0].lastIndexOf(digits);
  for (let at = start; at + 2 <= start + digits.length;) {
    if (text[at] === ':') at++;
    else {
      builder.push(Number.parseInt(text.slice(at, at + 2), 16), at, at + 2);
      at += 2;
    }
  }
  return builder.finish();
}
