import { addressText, endpointText, isMapped } from './address';
import { hexOf, u16, u32, u8 } from './bytes';
import type { OptionField } from './decoded';
import type { Dialect, FieldLayout } from './dialects';
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

const matches = (bytes: Uint8Array, option: RawOption, pattern: NonNullable<Dialect['fixed']>): boolean =>
  pattern.bytes.every((byte, index) => u8(bytes, option.start + pattern.offset + index) === byte);

/** The dialect that an option is written in, by kind, length and fixed bytes; `undefined` for an ordinary option. */
export function dialectOf(bytes: Uint8Array, option: RawOption, dialects: readonly Dialect[]): Dialect | undefined {
  return dialects.find(
    (dialect) =>
      dialect.kind === option.kind &&
      dialect.length === option.length &&
      (dialect.fixed === undefined || matches(bytes, option, dialect.fixed)) &&
      (dialect.excluded === undefined || !matches(bytes, option, dialect.excluded)),
  );
}

/** Reads an option as a dialect says, as far as its bytes are there. */
export function readOption(bytes: Uint8Array, option: RawOption, dialect: Dialect): Reading {
  const place = (role: FieldLayout['role']): { at: number; length: number } | undefined => {
    const layout = dialect.fields.find((field) => field.role === role);
    if (layout === undefined || layout.offset + layout.length > option.available) return undefined;
    return { at: option.start + layout.offset, length: layout.length };
  };
  const port = place('port');
  const address = place('address');
  const vipAddress = place('vip-address');
  const vipPort = place('vip-port');
  const vid = place('vid');
  const vpcid = place('vpcid');
  return {
    port: port === undefined ? null : u16(bytes, port.at),
    addr: address === undefined ? null : addressText(bytes, address.at, address.length),
    mapped: address?.length === 16 && isMapped(bytes, address.at),
    vip:
      vipAddress === undefined
        ? undefined
        : endpointText(
            addressText(bytes, vipAddress.at, vipAddress.length),
            vipPort === undefined ? null : u16(bytes, vipPort.at),
          ),
    vid: vid === undefined ? undefined : hexOf(bytes, vid.at, vid.at + vid.length),
    vpcid: vpcid === undefined ? undefined : u32(bytes, vpcid.at),
  };
}

/** The fields of an option for the byte view: kind, length, then what the dialect says or plain data. */
export function fieldsOf(option: RawOption, dialect: Dialect | undefined): readonly OptionField[] {
  const head: OptionField[] = [{ role: 'kind', start: 0, end: 1 }];
  if (option.available > 1 && option.kind > 1) head.push({ role: 'length', start: 1, end: 2 });
  const body =
    dialect === undefined
      ? [{ role: 'data' as const, start: 2, end: option.available }]
      : dialect.fields.map(({ role, offset, length }) => ({
          role,
          start: offset,
          end: Math.min(offset + length, option.available),
        }));
  return [...head, ...body.filter(({ start, end }) => start < end)];
}
