import type { Message } from '../message';
import { message } from '../message';
import type { Acceptance } from './acceptance';
import { accepts, lengthOf } from './acceptance';
import type { Decoded } from './decoded';
import type { Handshake } from './handshakes';

export type { Acceptance } from './acceptance';

/** One connection of a capture, in words. `connection` is `source → destination`, `undefined` where the input does not tell. */
export interface Story {
  readonly connection: string | undefined;
  /** Sentences, in order. */
  readonly texts: readonly Message[];
}

/** What is known beside the results. */
export interface StoryFacts {
  /** What the module on this host reads. */
  readonly module?: Acceptance | undefined;
  /** Connections that were seen being opened, also those that no result is of. */
  readonly handshakes?: readonly Handshake[] | undefined;
}

/**
 * What each connection's segments mean for a module: toa.ko reads the segment that completes the handshake, and only kinds that it
 * was built for. Results of one connection are told together; connections without any come last.
 */
export function storyOf(results: readonly Decoded[], { module, handshakes = [] }: StoryFacts = {}): readonly Story[] {
  const connections = new Map<string | undefined, Decoded[]>();
  for (const result of results) {
    const connection = connectionOf(result);
    const known = connections.get(connection);
    if (known === undefined) connections.set(connection, [result]);
    else known.push(result);
  }
  const opened = new Map(handshakes.map((one) => [one.connection, one]));
  const carrying = [...connections].flatMap(([connection, group]) => {
    const text = tell(group, module);
    const before = beforeAck(group, connection === undefined ? undefined : opened.get(connection));
    return text === undefined ? [] : [{ connection, texts: [...before, text] }];
  });
  const bare = handshakes.filter(
    (one) => one.syn === 'bare' && one.ack !== 'carries' && !connections.has(one.connection),
  );
  return [...carrying, ...bare.map((one) => ({ connection: one.connection, texts: tellBare(one) }))];
}

function tellBare({ ack, source }: Handshake): readonly Message[] {
  const syn = message('SYN without an option.');
  return ack === undefined
    ? [syn, message('The ACK that completes the handshake is not in these packets.')]
    : [
        syn,
        message('Handshake ACK without an option: whatever the module reads, the server sees {source}.', { source }),
      ];
}

/** `source → destination`; `undefined` for bare options. */
function connectionOf({ source, destination }: Decoded): string | undefined {
  return source === undefined || destination === undefined ? undefined : `${source} → ${destination}`;
}

interface Carrier {
  readonly kind: number;
  readonly client: string;
  readonly length: number;
  readonly segment: Decoded['segment'];
}

function carrierOf(result: Decoded): readonly Carrier[] {
  const { kind, client, segment } = result;
  const length = lengthOf(result);
  return typeof kind !== 'number' || client === null || length === undefined ? [] : [{ kind, client, length, segment }];
}

function tell(group: readonly Decoded[], module: Acceptance | undefined): Message | undefined {
  const carriers = group.flatMap(carrierOf);
  const last = carriers.filter(({ segment }) => segment === 'ACK');
  const read = last.find(({ kind, length }) => module !== undefined && accepts(module, kind, length));
  const shown = read ?? last[0] ?? carriers[0];
  if (shown === undefined) return tellOther(group);
  const { kind, client, length, segment } = shown;
  if (segment === 'ACK') {
    const values = { kind, length, client };
    if (module === undefined)
      return message('Handshake ACK with {kind}: a module built for kind {kind} reads {client}.', values);
    return read === undefined
      ? message(
          'Handshake ACK with {kind} in {length} bytes: this module does not read it, and the server sees the balancer.',
          values,
        )
      : message('Handshake ACK with {kind}: this module reads {client}.', values);
  }
  return tellSegment(shown, module);
}

/** What the SYN had: told by its results, or by the packets, which also tell that it had nothing. */
function beforeAck(group: readonly Decoded[], handshake: Handshake | undefined): readonly Message[] {
  const [syn] = group.flatMap(carrierOf).filter(({ segment }) => segment === 'SYN');
  if (syn !== undefined && group.some(({ segment }) => segment === 'ACK'))
    return [message('SYN with {kind}.', { kind: syn.kind })];
  return handshake?.syn === 'bare' ? [message('SYN without an option.')] : [];
}

/** No handshake ACK among the segments that carry something. */
function tellSegment({ kind, client, length, segment }: Carrier, module: Acceptance | undefined): Message {
  const values = { kind, client, segment: segment ?? '' };
  if (module !== undefined && !accepts(module, kind, length))
    return message('Kind {kind} with {client}: this module does not read that kind and length.', values);
  switch (segment) {
    case undefined:
      return message(
        'Kind {kind} with {client}: the text does not tell in which segment; toa.ko reads the handshake ACK.',
        values,
      );
    case 'data':
      return message(
        'Kind {kind} with {client} only in data: toa.ko reads it when the handshake ACK did not arrive before.',
        values,
      );
    default:
      return message(
        'Kind {kind} with {client} only in {segment}: toa.ko reads the handshake ACK, which does not carry it here.',
        values,
      );
  }
}

/** A client that is not in a TCP option, or none at all. */
function tellOther(group: readonly Decoded[]): Message | undefined {
  const [named] = group.flatMap(({ client, dialect }) => (client === null ? [] : [{ client, dialect }]));
  if (named === undefined) return undefined;
  return message('{client} is named by {dialect}, outside of the TCP options: toa.ko does not read it.', named);
}
