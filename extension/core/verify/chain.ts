import type { Facts } from '../facts';
import type { Message } from '../message';
import { message } from '../message';
import type { Handshake } from './handshakes';
import type { HostState } from './hostState';
import type { SelfTest } from './selfTest';

/** All that was observed while clients connected, or were asked to. */
export interface Observations {
  readonly toa: Facts['toa'];
  /** The service's port. */
  readonly port: number;
  readonly before: HostState;
  readonly after: HostState;
  /** Of every port; absent when nothing could be captured. */
  readonly handshakes: readonly Handshake[] | undefined;
  /** Absent when the program could not be built or run. */
  readonly selfTest: readonly SelfTest[] | undefined;
}

export type LinkName = 'module' | 'option' | 'kind' | 'hook' | 'family' | 'application';

/** One link of the chain from the load balancer to the application's log. */
export interface Link {
  readonly name: LinkName;
  readonly state: 'holds' | 'broken' | 'unknown';
  readonly title: Message;
  /** Lines that prove it, as the host printed them. */
  readonly proof: readonly string[];
}

/** What is wrong, by the key of its cause, or that nothing is. */
export interface Verdict {
  readonly links: readonly Link[];
  /** The broken link's cause; absent when none is proven broken. */
  readonly cause: string | undefined;
  /** The result in one sentence. */
  readonly conclusion: Message;
}

/** A broken link with its cause and what to do. */
export interface Break {
  readonly cause: string;
  readonly link: Link;
  readonly conclusion: Message;
}

/** How far a counter went up meanwhile; 0 when the module has none of that name. */
export function rise({ before, after }: Observations, name: string): number {
  return (after.counters.get(name) ?? 0) - (before.counters.get(name) ?? 0);
}

/** Counters that went up or could have, as proof. */
export function risen(seen: Observations, names: readonly string[]): readonly string[] {
  return names.filter((name) => seen.after.counters.has(name)).map((name) => `${name} +${rise(seen, name)}`);
}

export function holds(name: LinkName, title: Message, proof: readonly string[] = []): Link {
  return { name, state: 'holds', title, proof };
}

export function unknown(name: LinkName, title: Message, proof: readonly string[] = []): Link {
  return { name, state: 'unknown', title, proof };
}

/** A link that is broken. */
export function broken(
  name: LinkName,
  cause: string,
  title: Message,
  conclusion: Message,
  proof: readonly string[],
): Break {
  return { cause, conclusion, link: { name, state: 'broken', title, proof } };
}

/** The connections to the service. */
export function ofService({ handshakes = [], port }: Observations): readonly Handshake[] {
  return handshakes.filter((one) => one.port === port);
}

/** A connection in one line, as proof. */
export function handshakeLine({ source, port, options, full }: Handshake): string {
  const seen = options.map(({ kind, length, client, segment }) => `${segment ?? '?'} ${kind}/${length} ${client}`);
  return `${source} > :${port}  ${seen.join(', ') || (full ? 'no option, header full' : 'no option')}`;
}

export const NO_CONNECTION = (): Message =>
  message('No connection was opened meanwhile: let a client connect through the load balancer, and verify again.');
