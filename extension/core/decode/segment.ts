import type { Confidence } from '../explain/finding';
import type { Message } from '../message';
import { message } from '../message';
import { modulesFor } from './acceptance';
import { endpointText } from './address';
import { hexOf } from './bytes';
import type { Decoded, Locate, OptionView, Segment } from './decoded';
import type { Dialect, DialectTable } from './dialects';
import { OWN_KINDS, optionName } from './dialects';
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
  readonly dialect: Dialect;
  readonly reading: Reading;
}

/** Everything that the options of one segment say about the client, in the order of the options. */
export function decodeSegment(source: SegmentOptions): readonly Decoded[] {
  const walk = walkOptions(source.bytes, source.start, source.end, source.captured);
  return decodeWalk(source, walk);
}

/** As {@link decodeSegment}, for options that were walked already. */
export function decodeWalk(source: SegmentOptions, walk: OptionWalk): readonly Decoded[] {
  const { rows: dialects, carries } = source.dialects;
  const all = walk.broken === undefined ? walk.options : [...walk.options, walk.broken];
  if (!all.some(({ kind }) => carries[kind] === 1)) return [];
  const views =
    source.brief === true ? [] : all.map((option) => viewOf(source, option, dialectOf(source.bytes, option, dialects)));
  const read = all.flatMap((option): readonly Read[] => {
    const dialect =
      walk.end === 'malformed' && option === walk.broken ? undefined : dialectOf(source.bytes, option, dialects);
    return dialect === undefined ? [] : [{ option, dialect, reading: readOption(source.bytes, option, dialect) }];
  });
  const result = (
    row: Omit<Decoded, 'frame' | 'segment' | 'options' | 'span'>,
    { start, available }: RawOption,
  ): Decoded => ({
    frame: source.frame,
    ...row,
    segment: source.segment,
    span: source.locate(start, start + available),
    options: views,
  });
  const companions = read.filter(({ dialect }) => dialect.carries !== 'client').map(({ reading }) => reading);
  const clients = read.filter(({ dialect }) => dialect.carries === 'client');
  const alone = clients.length === 0 ? read : [];
  return [
    ...clients.map((client) => result(clientRow(source, client, companions), client.option)),
    ...alone.map((companion) => result(companionRow(source, companion), companion.option)),
    ...all.flatMap((option) => {
      const row = faultRow(walk, option, read, dialects);
      return row === undefined ? [] : [result(row, option)];
    }),
  ];
}

type Row = Omit<Decoded, 'frame' | 'segment' | 'options' | 'span'>;

function clientRow(source: SegmentOptions, { option, dialect, reading }: Read, companions: readonly Reading[]): Row {
  const experiment = dialect.name.startsWith('toa-') ? experimentOf(source.bytes, option) : undefined;
  const alternative = dialect.name === 'toa-v4' ? otherOrder(source.bytes, option) : undefined;
  const cut = reading.addr === null;
  const doubtful = experiment !== undefined || alternative !== undefined;
  return {
    kind: option.kind,
    dialect: experiment === undefined ? dialect.name : `${dialect.name}?`,
    addr: reading.addr,
    port: reading.port,
    client: reading.addr === null ? null : endpointText(reading.addr, reading.port),
    status: cut ? 'truncated' : doubtful ? 'ambiguous' : 'decoded',
    confidence: doubtful ? 'possible' : source.confidence,
    vip: reading.vip ?? companions.find(({ vip }) => vip !== undefined)?.vip,
    vid: reading.vid,
    modules: modulesFor(option.kind, option.length),
    vpcid: companions.find(({ vpcid }) => vpcid !== undefined)?.vpcid,
    mapped: reading.mapped ? true : undefined,
    note: cut ? message('The bytes end before the address.') : (experiment ?? oddity(reading, dialect)),
    alternative,
  };
}

function oddity(reading: Reading, dialect: Dialect): Message | undefined {
  if (reading.mapped) return message('The address was written as an IPv4-mapped IPv6 address.');
  if (reading.port === 0) return message('Port 0 is suspicious: no client connects from it.');
  if (reading.addr === '0.0.0.0' || reading.addr === '::')
    return message('The address is empty: the balancer wrote the option without knowing the client.');
  if (reading.port === null && dialect.carries === 'client') return message('This option carries no port.');
  return undefined;
}

function companionRow(source: SegmentOptions, { option, dialect, reading }: Read): Row {
  return {
    ...nothing(option.kind, dialect.name),
    status: option.available < option.length ? 'truncated' : 'info',
    confidence: source.confidence,
    vip: reading.vip,
    vpcid: reading.vpcid,
    note: companionNote(dialect),
  };
}

function companionNote({ carries }: Dialect): Message {
  if (carries === 'vip') return message('This is the address of the service (the virtual IP), not of the client.');
  if (carries === 'inner')
    return message('A WAN optimizer (Riverbed) names the ends of its own inner connection here, not the client.');
  return message('This option only names the private network of the client; the client itself is not in this segment.');
}

/** A carrier's kind in an option that cannot be one: a length no dialect has, or one that leads out of the header. */
function faultRow(
  walk: OptionWalk,
  option: RawOption,
  read: readonly Read[],
  dialects: readonly Dialect[],
): Row | undefined {
  if (read.some((one) => one.option === option)) return undefined;
  const { kind, length } = option;
  if (option === walk.broken) {
    if (!OWN_KINDS.has(kind) && (kind < 253 || length === 0)) return undefined;
    if (walk.end === 'malformed')
      return {
        ...nothing(kind, 'unknown'),
        status: 'malformed',
        note: message('The length {length} of kind {kind} leads out of the options: the kernel stops reading here.', {
          kind,
          length,
        }),
      };
    if (length !== 0 && !dialects.some((dialect) => dialect.kind === kind && dialect.length === length))
      return undefined;
    return { ...nothing(kind, 'unknown'), status: 'truncated', note: message('The bytes end before the address.') };
  }
  if (!OWN_KINDS.has(kind)) return undefined;
  return {
    ...nothing(kind, 'unknown'),
    status: 'malformed',
    note: message('Kind {kind} with length {length} is no known layout.', { kind, length }),
  };
}

const nothing = (kind: number, dialect: string) =>
  ({ kind, dialect, addr: null, port: null, client: null, confidence: 'certain' }) as const;

function viewOf(source: SegmentOptions, option: RawOption, dialect: Dialect | undefined): OptionView {
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
