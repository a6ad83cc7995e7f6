import { message } from '../../message';
import { segmentOf } from '../packet/tcp';
import type { Fragment, Line } from './fragment';
import { linesOf, printed } from './fragment';

/** Between the columns: blanks, an arrow, or what Wireshark's copy as CSV puts there. */
const GAP = String.raw`(?:\s{1,40}(?:(?:→|->)\s{1,8})?|"?[,\t]"?)`;
const TIME = String.raw`-?[\d:.]{1,30}(?:-\d\d-\d\d[ T][\d:.+Z-]{6,30})?`;
/** `   3   2.000274 100.97.28.239 → 10.0.3.207 TCP 62 13283 → 8080 [ACK] …` */
const ROW = new RegExp(
  String.raw`^\s{0,8}"?(?<frame>\d{1,9})${GAP}${TIME}${GAP}(?<source>[^\s",]{2,60})${GAP}(?<destination>[^\s",]{2,60})${GAP}(?<protocol>[A-Za-z][\w./-]{1,20})${GAP}(?<length>\d{1,7})${GAP}`,
);
/** What the information column says of a segment. */
const SEGMENT =
  /(?<sourcePort>[\w-]{1,20})\s{1,2}(?:→|->|>)\s{1,2}(?<destinationPort>[\w-]{1,20}) \[(?<flags>[A-Z, ]{3,40})\] .{0,200}?Len=(?<payload>\d{1,6})(?<options>.{0,400})/;
const MARK = / (?:→|->) |","|ExID=/;
const COLUMNS = /→|->|","|\t/;
const EXPERIMENT = /ExID=([0-9A-F]{1,4})(?![0-9A-F])/i;
/** Payload that was not taken apart: a PROXY header in it would not show. */
const UNREAD = /Continuation|\[TCP segment|\[fragment\]|\[TCP Previous/;

/** Bytes that the printed options take. */
const PRINTED: readonly (readonly [pattern: RegExp, size: number])[] = [
  [/ MSS=/, 4],
  [/ SACK_PERM/, 2],
  [/ WS=/, 3],
  [/ TSval=/, 10],
  [/ SLE=/, 2],
  [/ SLE=/g, 8],
];
/** Bytes beyond the printed options that can hold an address; less is padding. */
const ROOM = 6;
const SHORTEST_FRAME = 60;

interface Row {
  readonly line: Line;
  readonly frame: number;
  readonly source: string;
  readonly destination: string;
  readonly length: number;
  readonly segment: Readonly<Record<string, string>> | undefined;
}

/**
 * tshark's list of packets. It shows the port of kinds 253 and 254 as `ExID=…`, and nothing of every other option. Where the length of a
 * frame leaves no room for another option there was none; elsewhere this text cannot say.
 */
export function readTsharkSummary(text: string): readonly Fragment[] | undefined {
  if (!MARK.test(text)) return undefined;
  const fragments: Fragment[] = [];
  const rows: Row[] = [];
  for (const line of linesOf(text)) {
    const row = rowOf(line);
    if (row !== undefined) rows.push(row);
    const port = EXPERIMENT.exec(line.text);
    if (port?.[1] !== undefined && (row !== undefined || line.text.includes('Seq=')))
      fragments.push(portOnly(row, port[1], line.start + port.index));
    if (row !== undefined) fragments.push(...seen(row));
  }
  const [first] = rows;
  if (first === undefined) return fragments.length > 0 ? fragments : undefined;
  const isOpen = fragments.every(({ as }) => as === 'seen') && !rows.every(isSettled);
  return isOpen ? [...fragments, lost(first.line)] : fragments;
}

function rowOf(line: Line): Row | undefined {
  const match = ROW.exec(line.text);
  if (match === null || !COLUMNS.test(line.text)) return undefined;
  const { frame, source = '', destination = '', length } = match.groups ?? {};
  const segment = SEGMENT.exec(line.text.slice(match[0].length))?.groups;
  return { line, frame: Number(frame), source, destination, length: Number(length), segment };
}

/** Bytes of options that were not printed, for Ethernet without a VLAN; `undefined` where that cannot be right. */
function unprinted({ source, length, segment }: Row): number | undefined {
  if (segment === undefined) return undefined;
  if (length === SHORTEST_FRAME) return 0; // padded, and too short for a carrier
  const room = length - Number(segment['payload']) - (source.includes(':') ? 74 : 54);
  if (room < 0 || room > 40 || room % 4 !== 0) return undefined;
  const options = segment['options'] ?? '';
  const taken = PRINTED.reduce((sum, [pattern, size]) => {
    const count = pattern.global ? (options.match(pattern)?.length ?? 0) : Number(pattern.test(options));
    return sum + count * size;
  }, 0);
  return room - taken;
}

/** Nothing about a client can be hidden in this row. */
function isSettled(row: Row): boolean {
  if (row.segment === undefined) return !UNREAD.test(row.line.text);
  return row.segment['payload'] === '0' && (unprinted(row) ?? ROOM) < ROOM;
}

function seen(row: Row): readonly Fragment[] {
  const { segment, source, destination } = row;
  if (segment === undefined) return [];
  const { sourcePort = '', destinationPort = '', flags = '', payload } = segment;
  const bit = (name: string, value: number): number => (flags.includes(name) ? value : 0);
  return [
    {
      as: 'seen',
      source: end(source, sourcePort),
      destination: end(destination, destinationPort),
      segment: segmentOf(bit('FIN', 1) | bit('SYN', 2) | bit('RST', 4) | bit('ACK', 16), payload !== '0'),
      carries: EXPERIMENT.test(segment['options'] ?? '') || (unprinted(row) ?? 0) >= ROOM,
    },
  ];
}

/** Ports can be names. */
function end(address: string, port: string): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** An IPv6 address needs 20 bytes, and an IPv4 one with whatever stands beside it seldom as many. */
const SIXTEEN_BYTES = [20, 21, 22, 23];

function portOnly(row: Row | undefined, digits: string, start: number): Fragment {
  const long = row !== undefined && SIXTEEN_BYTES.includes(unprinted(row) ?? 0);
  return printed({
    frame: row?.frame ?? 1,
    kind: 254,
    dialect: long ? 'toa-v6' : 'toa-v4',
    status: 'partial',
    port: Number.parseInt(digits, 16),
    span: { start, end: start + 'ExID='.length + digits.length },
    note: message(
      'tshark printed only the port of an option of kind 253 or 254. Add "-T fields -e frame.number -e tcp.options" to see the client.',
    ),
  });
}

function lost({ start, text }: Line): Fragment {
  return printed({
    frame: 1,
    kind: null,
    dialect: 'unknown',
    status: 'lossy',
    span: { start, end: start + text.length },
    note: message(
      'tshark does not print client address options in this list. Add "-T fields -e frame.number -e tcp.options" to see them.',
    ),
  });
}
