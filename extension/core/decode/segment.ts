import type { Confidence } from '../explain/finding';
import type { Message } from '../message';
import { message } from '../message';
import { endpointText } from './address';
import { hexOf } from '../bytes';
import type { Decoded, Locate, OptionView, Segment, WholeDecoded } from './decoded';
import { decodedOf } from './decoded';
import type { Dialect, DialectTable, KnownDialect } from './dialects';
import { OWN_KINDS, optionName, shapeOf } from './dialects';
import { experimentOf, otherOrder } from './doubt';
import type { OptionWalk, RawOption } from './options';
import { walkOptions } from './options';
import type { Reading } from './reading';
import { dialectOf, fieldsOf, readOption } from './reading';

/** The options of one TCP segment, wherever they came from. */
export interface SegmentOptions {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** Where the TCP header says that they end. */
  readonly end: number;
  /** Where the bytes at hand end. */
  readonly captured: number;
  readonly frame: number;
  readonly segment: Segment | undefined;
  readonly confidence: Confidence;
  readonly locate: Locate;
  readonly dialects: DialectTable;
  /** Leave out the views of the options. */
  readonly brief?: boolean | undefined;
}

interface Read {
  readonly option: RawOption;
  readonly dialect: KnownDialect;
  readonly reading: Reading;
}

/** Everything that the options of one segment say about the client, in the order of the options. */
export function decodeSegment(source: SegmentOptions): readonly Decoded[] {
  const walk = walkOptions(source.bytes, source.start, source.end, source.captured);
  return decodeWalk(source, walk);
}

/** As {@link decodeSegment}, for options that were walked already. */
export function decodeWalk(source: SegmentOptions, walk: OptionWalk): readonly Decoded[] {
  const { carries } = source.dialects;
  const all = walk.broken === undefined ? walk.options : [...walk.options, walk.broken];
  if (!all.some(({ kind }) => carries[kind] === 1)) return [];
  const views = source.brief === true ? [] : all.map((option) => viewOf(source, option));
  const read: Read[] = [];
  const faults: Decoded[] = [];
  for (const option of all) {
    const one = walk.end === 'malformed' && option === walk.broken ? undefined : readIn(source, option);
    const fault = one === undefined ? faultOf(source, walk, option, views) : undefined;
    if (one !== undefined) read.push(one);
    if (fault !== undefined) faults.push(fault);
  }
  return [...carriersOf(source, read, views), ...faults];
}

/** What the only carrier of a segment says, which is of a known kind and length; `undefined` when its bytes are not of its dialect. */
export function decodeOption(source: SegmentOptions, option: RawOption): Decoded | undefined {
  const read = readIn(source, option);
  if (read === undefined) return undefined;
  return isClient(read) ? clientOf(source, read, ALONE, []) : companionOf(source, read, []);
}

function readIn({ bytes, dialects }: SegmentOptions, option: RawOption): Read | undefined {
  const dialect = dialectOf(bytes, option, dialects);
  return dialect && { option, dialect, reading: readOption(bytes, option, dialect) };
}

type Views = readonly OptionView[];

/** The clients with what their companions add to them; without a client, the companions. */
function carriersOf(source: SegmentOptions, read: readonly Read[], views: Views): readonly Decoded[] {
  const clients = read.filter(isClient);
  if (clients.length === 0) return read.map((one) => companionOf(source, one, views));
  return clients.map((one) => clientOf(source, one, companionsIn(read), views));
}

/** What stands beside a client in its segment. */
interface Companions {
  readonly vip: string | undefined;
  readonly vpcid: number | undefined;
}

const ALONE: Companions = { vip: undefined, vpcid: undefined };

function companionsIn(read: readonly Read[]): Companions {
  const companions = read.filter((one) => !isClient(one)).map(({ reading }) => reading);
  return {
    vip: companions.find(({ vip }) => vip !== undefined)?.vip,
    vpcid: companions.find(({ vpcid }) => vpcid !== undefined)?.vpcid,
  };
}

const isClient = ({ dialect }: Read): boolean => dialect.carries === 'client';

function clientOf(
  { bytes, frame, segment, confidence, locate }: SegmentOptions,
  { option, dialect, reading }: Read,
  companions: Companions,
  options: Views,
): WholeDecoded {
  const { addr, port } = reading;
  const { name } = dialect;
  const experiment = name === 'toa-v4' || name === 'toa-v6' ? experimentOf(bytes, option) : undefined;
  const alternative = name === 'toa-v4' ? otherOrder(bytes, option) : undefined;
  const doubtful = experiment !== undefined || alternative !== undefined;
  return {
    frame,
    kind: option.kind,
    dialect: experiment === undefined ? name : `${name}?`,
    addr,
    port,
    client: addr === null ? null : endpointText(addr, port),
    status: addr === null ? 'truncated' : doubtful ? 'ambiguous' : 'decoded',
    confidence: doubtful ? 'possible' : confidence,
    vip: reading.vip ?? companions.vip,
    vid: reading.vid,
    vpcid: companions.vpcid,
    mapped: reading.mapped ? true : undefined,
    segment,
    source: undefined,
    destination: undefined,
    modules: dialect.modules,
    note: addr === null ? cutNote() : (experiment ?? oddity(reading)),
    alternative,
    span: locate(option.start, option.start + option.available),
    options,
  };
}

const cutNote = (): Message => message('The bytes end before the address.');

/** What is strange about a client. */
function oddity(reading: Reading): Message | undefined {
  if (reading.mapped) return message('The address was written as an IPv4-mapped IPv6 address.');
  if (reading.port === 0) return message('Port 0 is suspicious: no client connects from it.');
  if (reading.addr === '0.0.0.0' || reading.addr === '::')
    return message('The address is empty: the balancer wrote the option without knowing the client.');
  if (reading.port === null) return message('This option carries no port.');
  return undefined;
}

function companionOf(source: SegmentOptions, { option, dialect, reading }: Read, views: Views): WholeDecoded {
  return decodedOf({
    ...nothingIn(source, option, views),
    dialect: dialect.name,
    status: option.available < option.length ? 'truncated' : 'info',
    confidence: source.confidence,
    vip: reading.vip,
    vpcid: reading.vpcid,
    note: companionNote(dialect),
  });
}

function companionNote({ carries }: Dialect): Message {
  if (carries === 'vip') return message('This is the address of the service (the virtual IP), not of the client.');
  if (carries === 'inner')
    return message('A WAN optimizer (Riverbed) names the ends of its own inner connection here, not the client.');
  return message('This option only names the private network of the client; the client itself is not in this segment.');
}

/** A carrier's kind in an option that cannot be one: a length no dialect has, or one that leads out of the header. */
function faultOf(source: SegmentOptions, walk: OptionWalk, option: RawOption, views: Views): Decoded | undefined {
  const { kind, length } = option;
  const fault = (status: 'malformed' | 'truncated', note: Message): Decoded =>
    decodedOf({ ...nothingIn(source, option, views), status, note });
  if (option !== walk.broken) {
    if (!OWN_KINDS.has(kind)) return undefined;
    return fault('malformed', message('Kind {kind} with length {length} is no known layout.', { kind, length }));
  }
  if (!OWN_KINDS.has(kind) && (kind < 253 || length === 0)) return undefined;
  if (walk.end === 'malformed')
    return fault(
      'malformed',
      message('The length {length} of kind {kind} leads out of the options: the kernel stops reading here.', {
        kind,
        length,
      }),
    );
  const known = length === 0 || source.dialects.shapes.has(shapeOf(kind, length));
  return known ? fault('truncated', cutNote()) : undefined;
}

/** A result without an address. */
const nothingIn = ({ frame, segment, locate }: SegmentOptions, { kind, start, available }: RawOption, options: Views) =>
  ({
    frame,
    kind,
    dialect: 'unknown',
    addr: null,
    port: null,
    client: null,
    confidence: 'certain',
    segment,
    span: locate(start, start + available),
    options,
  }) as const;

function viewOf(source: SegmentOptions, option: RawOption): OptionView {
  const dialect = dialectOf(source.bytes, option, source.dialects);
  const end = option.start + option.available;
  return {
    kind: option.kind,
    length: option.length,
    name: dialect?.name ?? optionName(option.kind),
    hex: hexOf(source.bytes, option.start, end),
    span: source.locate(option.start, end),
    fields: fieldsOf(option, dialect),
  };
}
