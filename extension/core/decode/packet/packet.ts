import type { Confidence } from '../../explain/finding';
import { message } from '../../message';
import { addressText, endpointText, isMapped } from '../address';
import { u16, u8 } from '../../bytes';
import type { Decoded, Locate, Segment } from '../decoded';
import type { DialectTable } from '../dialects';
import { meetsKind } from '../options';
import type { DatagramClient } from '../payload/datagram';
import { readEchoClient, readSimpleProxy } from '../payload/datagram';
import { readClientIp } from '../payload/client-ip';
import { readProxy } from '../payload/proxy';
import { decodeSegment } from '../segment';
import type { Cursor } from './cursor';
import type { TcpHeader } from './tcp';
import { readTcp } from './tcp';
import { walkPacket } from './walk';

/** What is known about a packet beside its bytes. */
export interface PacketContext {
  readonly frame: number;
  readonly confidence: Confidence;
  readonly locate: Locate;
  readonly dialects: DialectTable;
  /** Leave out the options of each segment, which only a byte view needs. */
  readonly brief?: boolean | undefined;
}

/** The option type of DPVS UOA, in an IPv4 option or behind protocol 248 (DPVS include/uoa.h). */
const UOA = 31;

/** Everything that one packet says about its client. The cursor stands at its start; see `cursorAt`. */
export function decodePacket(cursor: Cursor, context: PacketContext): readonly Decoded[] {
  const layer = walkPacket(cursor);
  if (layer === 'tcp') return decodeTcp(cursor, context);
  if (layer === 'uoa') return decodeUoa(cursor, context, cursor.at + 4, cursor.end, 'opp-31', 'uoa-opp');
  if (layer === 'icmp') return decodeDatagram(cursor, context, readEchoClient);
  if (layer !== 'datagram') return [];
  const optionsEnd = Math.min(cursor.ipOptionsEnd, cursor.end);
  return [
    ...decodeUoa(cursor, context, cursor.ipOptions, optionsEnd, 'ip-31', 'uoa-ipopt'),
    ...decodePayload(cursor.bytes, cursor.at, cursor.end, context, undefined),
    ...decodeDatagram(cursor, context, readSimpleProxy),
  ];
}

/** A client in the payload of UDP or ICMP. */
function decodeDatagram(
  { bytes, at, end }: Cursor,
  context: PacketContext,
  read: (bytes: Uint8Array, start: number, end: number) => DatagramClient | undefined,
): readonly Decoded[] {
  const found = read(bytes, at, end);
  if (found === undefined) return [];
  const { kind, dialect, addr, port, mapped, length } = found;
  return [
    {
      ...result(context, at, at + length),
      kind,
      dialect,
      addr,
      port,
      client: endpointText(addr, port),
      status: 'decoded',
      mapped: mapped ? true : undefined,
    },
  ];
}

function decodeTcp(cursor: Cursor, context: PacketContext): readonly Decoded[] {
  const { bytes, at, end, declaredEnd } = cursor;
  const header = readTcp(bytes, at, end, declaredEnd);
  if (header === undefined) return end - at < 20 && declaredEnd > end ? [cutHeader(context, at, end)] : [];
  const results = [
    ...decodeOptions(cursor, context, header),
    ...decodePayload(bytes, header.end, end, context, header.segment),
  ];
  return results.length === 0 ? results : withConnection(results, cursor);
}

/** Names the two ends of the segment at the cursor. */
function withConnection(results: readonly Decoded[], { bytes, at, innerIp }: Cursor): readonly Decoded[] {
  const size = u8(bytes, innerIp) >> 4 === 6 ? 16 : 4;
  const addresses = innerIp + (size === 16 ? 8 : 12);
  const source = endpointText(addressText(bytes, addresses, size), u16(bytes, at));
  const destination = endpointText(addressText(bytes, addresses + size, size), u16(bytes, at + 2));
  return results.map((one) => ({ ...one, source, destination }));
}

function decodeOptions({ bytes, end }: Cursor, context: PacketContext, header: TcpHeader): readonly Decoded[] {
  if (!meetsKind(bytes, header.options, Math.min(header.end, end), context.dialects.carries) && header.end <= end)
    return [];
  const { options: start, segment } = header;
  return decodeSegment({ bytes, start, end: header.end, captured: end, segment, ...context });
}

function cutHeader(context: PacketContext, start: number, end: number): Decoded {
  return {
    ...result(context, start, end),
    kind: null,
    dialect: 'unknown',
    addr: null,
    port: null,
    client: null,
    status: 'truncated',
    note: message('The capture ends inside the TCP header: capture longer packets (tcpdump -s 0).'),
  };
}

/** A PROXY protocol header at the start of a payload. */
export function decodePayload(
  bytes: Uint8Array,
  start: number,
  end: number,
  context: PacketContext,
  segment: Segment | undefined,
): readonly Decoded[] {
  const proxy = readProxy(bytes, start, end);
  if (proxy === undefined) return decodeClientIp(bytes, start, end, context, segment);
  const { version, addr, port, vip, mapped, length } = proxy;
  return [
    {
      ...result(context, start, start + length),
      kind: null,
      dialect: `proxy-v${version}`,
      addr,
      port,
      client: endpointText(addr, port),
      status: 'decoded',
      vip,
      mapped: mapped ? true : undefined,
      segment,
      note: message('The address is in the payload (PROXY protocol): the server program reads it, toa.ko does not.'),
    },
  ];
}

/** NetScaler's own header at the start of a payload. */
function decodeClientIp(
  bytes: Uint8Array,
  start: number,
  end: number,
  context: PacketContext,
  segment: Segment | undefined,
): readonly Decoded[] {
  const found = readClientIp(bytes, start, end);
  if (found === undefined) return [];
  const { addr, port, length } = found;
  return [
    {
      ...result(context, start, start + length),
      kind: 'cip',
      dialect: 'netscaler-cip',
      addr,
      port,
      client: endpointText(addr, port),
      status: 'info',
      segment,
      note: message(
        'A NetScaler wrote the headers of its client before the payload (client IP insertion): the server program reads them, toa.ko does not.',
      ),
    },
  ];
}

/** UOA: `31, length, port2, address`, for UDP. */
function decodeUoa(
  { bytes }: Cursor,
  context: PacketContext,
  start: number,
  end: number,
  kind: string,
  dialect: string,
): readonly Decoded[] {
  const length = u8(bytes, start + 1);
  if (u8(bytes, start) !== UOA || (length !== 8 && length !== 20) || start + length > end) return [];
  const port = u16(bytes, start + 2);
  const addr = addressText(bytes, start + 4, length - 4);
  return [
    {
      ...result(context, start, start + length),
      kind,
      dialect,
      addr,
      port,
      client: endpointText(addr, port),
      status: 'decoded',
      mapped: length === 20 && isMapped(bytes, start + 4) ? true : undefined,
      note: message('DPVS UOA carries the client of a UDP datagram: uoa.ko reads it, toa.ko does not.'),
    },
  ];
}

const result = ({ frame, confidence, locate }: PacketContext, start: number, end: number) => ({
  frame,
  confidence,
  span: start < end ? locate(start, end) : undefined,
  options: [],
});
