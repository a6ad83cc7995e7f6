import { addressText, endpointText, isMapped } from './address';
import { hexOf, u16, u32, u8 } from '../bytes';
import type { OptionField } from './decoded';
import type { Dialect, DialectTable, KnownDialect } from './dialects';
import { shapeOf } from './dialects';
import type { RawOption } from './options';

/** What one option says in one dialect; null where the bytes at hand end before the field does. */
export interface Reading {
  readonly port: number | null;
  readonly addr: string | null;
  readonly mapped: boolean;
  readonly vip: string | undefined;
  readonly vid: string | undefined;
  readonly vpcid: number | undefined;
}

/** The dialect that an option is written in, by kind, length and fixed bytes; `undefined` for an ordinary option. */
export function dialectOf(bytes: Uint8Array, option: RawOption, { shapes }: DialectTable): KnownDialect | undefined {
  for (const dialect of shapes.get(shapeOf(option.kind, option.length)) ?? []) {
    const { fixed, excluded } = dialect;
    if (fixed !== undefined && !matches(bytes, option, fixed)) continue;
    if (excluded === undefined || !matches(bytes, option, excluded)) return dialect;
  }
  return undefined;
}

function matches(bytes: Uint8Array, { start }: RawOption, pattern: NonNullable<Dialect['fixed']>): boolean {
  return pattern.bytes.every((byte, index) => u8(bytes, start + pattern.offset + index) === byte);
}

/** Reads an option as a dialect says, as far as its bytes are there. */
export function readOption(bytes: Uint8Array, option: RawOption, dialect: Dialect): Reading {
  const reading: Growing = { port: null, addr: null, mapped: false, vip: undefined, vid: undefined, vpcid: undefined };
  let vipPort: number | null = null;
  for (const { role, offset, length } of dialect.fields) {
    if (offset + length > option.available) continue;
    const at = option.start + offset;
    if (role === 'port') reading.port = u16(bytes, at);
    else if (role === 'address') {
      reading.addr = addressText(bytes, at, length);
      reading.mapped = length === 16 && isMapped(bytes, at);
    } else if (role === 'vip-port') vipPort = u16(bytes, at);
    else if (role === 'vip-address') reading.vip = addressText(bytes, at, length);
    else if (role === 'vid') reading.vid = hexOf(bytes, at, at + length);
    else if (role === 'vpcid') reading.vpcid = u32(bytes, at);
  }
  if (reading.vip !== undefined) reading.vip = endpointText(reading.vip, vipPort);
  return reading;
}

type Growing = { -readonly [Field in keyof Reading]: Reading[Field] };

/** What every option begins with, and all that a NOP has. */
const KIND: OptionField = { role: 'kind', start: 0, end: 1 };
const LENGTH: OptionField = { role: 'length', start: 1, end: 2 };
const KIND_ALONE: readonly OptionField[] = [KIND];

/** The fields of an option for the byte view: kind, length, then what the dialect says or plain data. Whole ones share theirs. */
export function fieldsOf(option: RawOption, dialect: KnownDialect | undefined): readonly OptionField[] {
  if (option.kind < 2 || option.available < 2) return KIND_ALONE;
  if (dialect === undefined)
    return option.available === 2 ? [KIND, LENGTH] : [KIND, LENGTH, { role: 'data', start: 2, end: option.available }];
  if (option.available === option.length) return dialect.whole;
  const there = dialect.whole.filter(({ start }) => start < option.available);
  return there.map((one) => ({ ...one, end: Math.min(one.end, option.available) }));
}
