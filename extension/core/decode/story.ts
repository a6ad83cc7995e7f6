import type { Message } from '../message';
import { message } from '../message';
import type { Acceptance } from './acceptance';
import { accepts, lengthOf } from './acceptance';
import type { Decoded } from './decoded';

export type { Acceptance } from './acceptance';

/** One connection of a capture, in words. `connection` is `source → destination`, `undefined` where the input does not tell. */
export interface Story {
  readonly connection: string | undefined;
  readonly text: Message;
}

/**
 * What each connection's segments mean for a module: toa.ko reads the segment that completes the handshake, and only kinds that it
 * was built for. `module`: what the module on this host reads, when that is known. Results of one connection are told together.
 */
export function storyOf(results: readonly Decoded[], module?: Acceptance): readonly Story[] {
  const connections = new Map<string | undefined, Decoded[]>();
  for (const result of results) {
    const connection = connectionOf(result);
    const known = connections.get(connection);
    if (known === undefined) connections.set(connection, [result]);
    else known.push(result);
  }
  return [...connections].flatMap(([connection, group]) => {
    const text = tell(group, module);
    return text === undefined ? [] : [{ connection, text }];
  });
}

/** `source → destination`; `undefined` for bare options. */
export function connectionOf({ source, destination }: Decoded): string | undefined {
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
    const values = { before: beforeAck(carriers), kind, length, client };
    if (module === undefined)
      return message('{before}handshake ACK with {kind}: a module built for kind {kind} reads {client}.', values);
    return read === undefined
      ? message(
          '{before}handshake ACK with {kind} in {length} bytes: this module does not read it, and the server sees the balancer.',
          values,
        )
      : message('{before}handshake ACK with {kind}: this module reads {client}.', values);
  }
  return tellSegment(shown, module);
}

/** What the SYN had, when it had something. Whether there was a SYN without it, results do not tell. */
function beforeAck(carriers: readonly Carrier[]): string {
  const syn = carriers.find(({ segment }) => segment === 'SYN');
  return syn === undefined ? '' : `SYN + ${syn.kind}, `;
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
