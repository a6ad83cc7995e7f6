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
  /** Why not, as tcpdump said it. */
  readonly notCaptured?: string | undefined;
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

/** Causes that only a verification can tell; docs/causes, written from what tools say, has no pages of them. */
export const TOLD_HERE_ALONE: ReadonlySet<string> = new Set([
  'runtime_connection_older_than_module',
  'runtime_hook_not_reached',
  'runtime_option_untrusted',
]);

/** A broken link with its cause and what to do. */
export interface Break {
  readonly cause: string;
  readonly link: Link;
  readonly conclusion: Message;
}

/** Counts the connections whose option was read, since the module was loaded. */
export const READ = 'syn_recv_sock_toa';

/** Lines of proof of one kind: enough for people. */
export const SHOWN = 5;

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

/** What the self-test said of one way to listen. */
export function tested({ selfTest = [] }: Observations, wanted: SelfTest['family']): SelfTest | undefined {
  return selfTest.find(({ family }) => family === wanted);
}

/** The connections to the service. */
export function ofService({ handshakes = [], port }: Pick<Observations, 'handshakes' | 'port'>): readonly Handshake[] {
  return handshakes.filter((one) => one.port === port);
}

/** Connections to the service that the capture saw with two destinations (DNAT): this host passes them on. */
export function passedOn(seen: Observations): readonly Handshake[] {
  const sources = new Set(ofService(seen).map(({ source }) => source));
  const same = (seen.handshakes ?? []).filter(({ source }) => sources.has(source));
  const count = new Map<string, number>();
  for (const { source } of same) count.set(source, (count.get(source) ?? 0) + 1);
  return same.filter(({ source }) => (count.get(source) ?? 0) > 1);
}

/** A connection in one line, as proof. */
export function handshakeLine({ source, destination, options, full }: Handshake): string {
  const seen = options.map(({ kind, length, client, segment }) => `${segment ?? '?'} ${kind}/${length} ${client}`);
  return `${source} > ${destination}  ${seen.join(', ') || (full ? 'no option, header full' : 'no option')}`;
}

export const NO_CONNECTION = (): Message =>
  message('No connection was opened meanwhile: let a client connect through the load balancer, and verify again.');
