import type { Message } from '../message';
import { message } from '../message';
import { endpointText, quadText } from './address';
import { u16, u32 } from '../bytes';
import type { OtherReading } from './decoded';
import { EXPERIMENTS } from './dialects';
import type { RawOption } from './options';

/** Bits of agreement beyond chance that make another byte order worth showing. Random clients reach it once in 65,536. */
const CONVINCING = 16;

/** Networks that a balancer or a laboratory uses and a random number seldom hits, with the length of their prefix. */
const TELLING: readonly { readonly network: number; readonly prefix: number }[] = [
  { network: 0x0a000000, prefix: 8 }, // 10.0.0.0
  { network: 0x64400000, prefix: 10 }, // 100.64.0.0
  { network: 0xac100000, prefix: 12 }, // 172.16.0.0
  { network: 0xc0a80000, prefix: 16 }, // 192.168.0.0
  { network: 0xc0000200, prefix: 24 }, // 192.0.2.0
  { network: 0xc6336400, prefix: 24 }, // 198.51.100.0
  { network: 0xcb007100, prefix: 24 }, // 203.0.113.0
];

/** How much a reading looks like more than chance, in bits. */
function agreement(address: number, port: number): number {
  let bits = port > 0 && port < 1024 ? 6 : 0;
  for (const { network, prefix } of TELLING) if ((address ^ network) >>> (32 - prefix) === 0) bits += prefix;
  return bits;
}

/**
 * Another order of port and address that fits much better than the usual one: some balancers write the address first or in host
 * order. The usual reading stays the answer; this is only offered. IPv4 options of 8 bytes only.
 */
export function otherOrder(bytes: Uint8Array, option: RawOption): OtherReading | undefined {
  if (option.length !== 8 || option.available < 8) return undefined;
  const at = option.start;
  const port = u16(bytes, at + 2);
  const address = u32(bytes, at + 4);
  const enough = agreement(address, port) + CONVINCING;
  const firstAddress = u32(bytes, at + 2);
  const lastPort = u16(bytes, at + 6);
  if (agreement(firstAddress, lastPort) >= enough)
    return {
      client: endpointText(quadText(firstAddress), lastPort),
      reason: message('With the address before the port it would be an address of a private, shared or test network.'),
    };
  const reversed = byteSwapped(address);
  if (agreement(reversed, 0) >= enough)
    return {
      client: endpointText(quadText(reversed), port),
      reason: message('With the address in host byte order it would be an address of a private or test network.'),
    };
  return undefined;
}

function byteSwapped(value: number): number {
  return (value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24);
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
