import type { Message } from '../message';
import { message } from '../message';
import { endpointText, ipv4Text } from './address';
import { u16, u8 } from './bytes';
import type { OtherReading } from './decoded';
import { EXPERIMENTS } from './dialects';
import type { RawOption } from './options';

/** Bits of agreement beyond chance that make another byte order worth showing. Random clients reach it once in 65,536. */
const CONVINCING = 16;

/** Networks that a balancer or a laboratory uses and a random number seldom hits, with the length of their prefix. */
const TELLING: readonly (readonly [network: readonly number[], bits: number])[] = [
  [[192, 0, 2], 24],
  [[198, 51, 100], 24],
  [[203, 0, 113], 24],
  [[192, 168], 16],
];

/** How much a reading looks like more than chance, in bits. */
function agreement(bytes: Uint8Array, addressAt: number, port: number): number {
  const first = u8(bytes, addressAt);
  const second = u8(bytes, addressAt + 1);
  const exact = TELLING.find(([network]) => network.every((byte, index) => u8(bytes, addressAt + index) === byte));
  let bits = exact?.[1] ?? 0;
  if (first === 10) bits = 8;
  if (first === 172 && second >> 4 === 1) bits = 12;
  if (first === 100 && second >> 6 === 1) bits = 10;
  if (port > 0 && port < 1024) bits += 6;
  return bits;
}

/**
 * Another order of port and address that fits much better than the usual one: some balancers write the address first or in host
 * order. The usual reading stays the answer; this is only offered. IPv4 options of 8 bytes only.
 */
export function otherOrder(bytes: Uint8Array, option: RawOption): OtherReading | undefined {
  if (option.length !== 8 || option.available < 8) return undefined;
  const at = option.start;
  const usual = agreement(bytes, at + 4, u16(bytes, at + 2));
  const firstPort = u16(bytes, at + 6);
  if (agreement(bytes, at + 2, firstPort) >= usual + CONVINCING)
    return {
      client: endpointText(ipv4Text(bytes, at + 2), firstPort),
      reason: message('With the address before the port it would be an address of a private, shared or test network.'),
    };
  const reversed = bytes.slice(at + 4, at + 8).reverse();
  if (agreement(reversed, 0, 0) >= usual + CONVINCING)
    return {
      client: endpointText(ipv4Text(reversed, 0), u16(bytes, at + 2)),
      reason: message('With the address in host byte order it would be an address of a private or test network.'),
    };
  return undefined;
}

/** Kinds 253 and 254 belong to experiments: a port that equals an experiment's number leaves both readings possible. */
export function experimentOf(bytes: Uint8Array, option: RawOption): Message | undefined {
  if (option.kind < 253 || option.available < 4) return undefined;
  return experimentNote(u16(bytes, option.start + 2));
}

/** Why a port printed as an experiment's number may be one, or `undefined` when no experiment has that number. */
export function experimentNote(exid: number): Message | undefined {
  const name = EXPERIMENTS.get(exid);
  if (name === undefined) return undefined;
  const number = `0x${exid.toString(16).padStart(4, '0')}`;
  return name === ''
    ? message('{number} is also the number of a registered TCP experiment: this may be no client address.', { number })
    : message('{number} is also the experiment number of {name}: this may be no client address.', { number, name });
}
