import { message } from '../../message';
import type { Segment } from '../decoded';
import { experimentNote } from '../doubt';
import { segmentOf } from '../packet/tcp';
import { PROXY_LINE, proxyOfLine } from '../payload/proxy';
import { endpointText } from '../address';
import type { Fragment, Line } from './fragment';
import { linesOf, printed } from './fragment';
import { WrittenBuilder, writtenHex } from './written';
import type { Written } from './written';

/** A line that begins a packet: with its number (-#) or without, a time in one of tcpdump's formats or none (-t), Ethernet addresses (-e). */
const PACKET =
  /^\s{0,8}(?:\d{1,9}\s{1,3})?(?:(?:\d{4}-\d\d-\d\d )?-?(?:\d\d:\d\d:\d\d[.,]|\d{9,11}\.)\d+ |IP6? |(?:[0-9a-f]{2}:){5}[0-9a-f]{2} > )/;
const FLAGS = /Flags \[([SFRPUEW.]{1,8}|none)\]/;
/** `100.97.12.40.40112 > 10.0.3.20.443: Flags`, and names in the place of numbers. */
const ENDS = /([\w.:-]{1,80})\.([\w-]{1,20}) > ([\w.:-]{1,80})\.([\w-]{1,20}): Flags \[/;
/** Names of both ends stand in the beginning of a line. */
const LONGEST_HEAD = 400;
const DATA_LENGTH = /, length (\d{1,6})/;
/** What tcpdump alone prints: flags, or an option that it does not know. */
const MARK = /: Flags \[|unknown-\d{1,3} 0x|opt-\d{1,3}:|Unknown Option \d|[[,]exp-[0-9a-f]{4}[,\]]|uto 0x/;

/**
 * Options as tcpdump prints them: `unknown-200 0x…` (4.5 and later), `Unknown Option 200…` with the number run together with the
 * bytes (4.0 to 4.4), `opt-200:…` (3.9), `exp-d298` for kind 254 with the port alone, `uto …[len 7]` for kind 28 with nothing.
 */
const OPTION =
  /unknown-(?<kind>\d{1,3}) 0x(?<hex>[0-9a-f]+)|opt-(?<oldKind>\d{1,3}):(?<oldHex>[0-9a-f]+)|Unknown Option (?<joined>\d{3}[0-9a-f]+)|exp-(?<exid>[0-9a-f]{4})(?![0-9a-f])|uto 0x[0-9a-f]+ \d+\[len (?<uto>\d+)\]/g;

/** Text that tcpdump prints without -x. What the text lost is called lost. */
export function readTcpdumpText(text: string): readonly Fragment[] | undefined {
  if (!MARK.test(text)) return undefined;
  const fragments: Fragment[] = [];
  const starts = countPackets(text) > 0;
  let frame = 0;
  let last = '';
  for (const line of linesOf(text)) {
    if (line.text === 'QUIT' && last === '.') fragments.push(lostHeader(Math.max(frame, 1), line.start));
    last = line.text;
    const flags = FLAGS.exec(line.text)?.[1];
    // Where the beginnings of packets were not pasted, each line of flags or options is one of its own.
    const begins = starts ? PACKET.test(line.text) : flags !== undefined || MARK.test(line.text);
    if (begins) frame++;
    const segment = segmentIn(line.text, flags);
    const ends = segment === undefined ? undefined : endsIn(line.text);
    readLine(line, { frame: Math.max(frame, 1), segment, ...ends }, fragments);
    if (segment !== undefined && ends !== undefined) fragments.push({ as: 'seen', ...ends, segment });
  }
  return fragments;
}

/** What the text tells of a packet beside its options. */
interface Packet {
  readonly frame: number;
  readonly segment: Segment | undefined;
  readonly source?: string;
  readonly destination?: string;
}

function endsIn(line: string): { source: string; destination: string } | undefined {
  const match = ENDS.exec(line.slice(0, LONGEST_HEAD));
  if (match === null) return undefined;
  const [, source = '', sourcePort = '', destination = '', destinationPort = ''] = match;
  const end = (address: string, port: string): string =>
    address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  return { source: end(source, sourcePort), destination: end(destination, destinationPort) };
}

/** How many packets a text of tcpdump has; 0 for other text. */
export function countPackets(text: string): number {
  let packets = 0;
  for (const line of linesOf(text)) if (PACKET.test(line.text)) packets++;
  return packets;
}

function segmentIn(line: string, flags: string | undefined): Segment | undefined {
  if (flags === undefined) return undefined;
  const bit = (letter: string, value: number): number => (flags.includes(letter) ? value : 0);
  const length = Number(DATA_LENGTH.exec(line)?.[1] ?? 0);
  return segmentOf(bit('F', 1) | bit('S', 2) | bit('R', 4) | bit('.', 16), length > 0);
}

/** All options of one line make one segment, so that a virtual IP joins its client. */
function readLine(line: Line, packet: Packet, fragments: Fragment[]): void {
  const builder = new WrittenBuilder();
  const lost: Fragment[] = [];
  for (const match of line.text.matchAll(OPTION)) {
    const at = line.start + match.index;
    const { exid, uto } = match.groups ?? {};
    const { number, digits } = bytesIn(match);
    if (number !== undefined && digits !== undefined)
      pushOption(builder, Number(number), digits, at, at + match[0].length);
    if (exid !== undefined) lost.push(portOnly(Number.parseInt(exid, 16), packet, at));
    if (uto === '7' || uto === '19') lost.push(lostAddress(packet, at, at + match[0].length));
  }
  if (builder.length > 0) fragments.push({ as: 'options', ...packet, written: builder.finish() });
  fragments.push(...lost);
  const proxy = PROXY_LINE.exec(line.text);
  if (proxy !== null) fragments.push(...printedProxy(proxy, packet.frame, line.start + proxy.index));
}

/** Kind and value of an option whose bytes were printed. */
function bytesIn({ groups = {} }: RegExpExecArray): { number: string | undefined; digits: string | undefined } {
  const { kind, hex, oldKind, oldHex, joined } = groups;
  return { number: kind ?? oldKind ?? joined?.slice(0, 3), digits: hex ?? oldHex ?? joined?.slice(3) };
}

/** Puts kind and length, which the text does not have, before the bytes that it has. */
function pushOption(builder: WrittenBuilder, kind: number, digits: string, start: number, end: number): void {
  const length = 2 + (digits.length >> 1);
  if (kind > 255 || length > 40) return;
  builder.push(kind, start, end - digits.length);
  builder.push(length, start, end - digits.length);
  const value: Written = writtenHex(digits, 0, digits.length);
  value.bytes.forEach((byte, index) => {
    const at = end - digits.length + index * 2;
    builder.push(byte, at, at + 2);
  });
}

/** A `PROXY TCP4 …` line in a payload that was printed as text. */
export function printedProxy(match: RegExpExecArray, frame: number, start: number): readonly Fragment[] {
  const proxy = proxyOfLine(match);
  if (proxy === undefined) return [];
  const { addr, port, vip } = proxy;
  const span = { start, end: start + match[0].length };
  const client = endpointText(addr, port);
  return [printed({ frame, kind: null, dialect: 'proxy-v1', status: 'decoded', addr, port, client, vip, span })];
}

/** tcpdump takes the port of kind 254 for the number of an experiment and prints nothing else. */
function portOnly(port: number, packet: Packet, start: number): Fragment {
  const doubt = experimentNote(port);
  return printed({
    ...packet,
    kind: 254,
    dialect: doubt === undefined ? 'toa-v4' : 'toa-v4?',
    status: 'partial',
    port,
    span: { start, end: start + 8 },
    note:
      doubt ??
      message(
        'tcpdump printed only the port of this option and lost the address. Run it again with -x to see the client.',
      ),
  });
}

/** -A prints the signature of PROXY protocol 2 so, over two lines; the address behind it is no text. */
function lostHeader(frame: number, start: number): Fragment {
  return printed({
    frame,
    kind: null,
    dialect: 'proxy-v2',
    status: 'lossy',
    segment: 'data',
    span: { start, end: start + 4 },
    note: message(
      'A header of PROXY protocol 2 was printed as text and lost its address. Run tcpdump again with -x to see the client.',
    ),
  });
}

function lostAddress(packet: Packet, start: number, end: number): Fragment {
  return printed({
    ...packet,
    kind: 28,
    dialect: 'overlay28',
    status: 'lossy',
    span: { start, end },
    note: message(
      'tcpdump printed this option as a user timeout and lost the address. Run it again with -x to see the client.',
    ),
  });
}
