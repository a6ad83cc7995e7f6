import { accepts, type Acceptance } from '../decode/acceptance';
import type { ToaState } from '../facts';
import { message, type Message } from '../message';
import type { CaptureCount, KindCount } from './count';

/** What a capture says in the end: the connections and their options, then what the module of this host makes of them. */
export function captureSummary(count: CaptureCount, toa: ToaState): readonly Message[] {
  const { connections, carrying, inAck, kinds } = count;
  if (connections === 0)
    return [message('No connection was opened. Capture while a client connects through the load balancer.')];
  if (carrying === 0)
    return [
      message(
        'Connections: {connections}. None carried a client’s address in a TCP option: the load balancer does not send it, or these did not come through it.',
        { connections },
      ),
    ];
  const seen = message(
    'Connections: {connections}, with a client’s address in a TCP option: {carrying} (kind {kinds}).',
    {
      connections,
      carrying,
      kinds: kindList(kinds),
    },
  );
  const misplaced = message('None had it in the ACK that completes the handshake, where toa.ko looks for it.');
  return [seen, ...(inAck === 0 ? [misplaced] : []), moduleReads(kinds, toa)];
}

/** The options that the loaded module reads, where it is known. The forms of kinds 200 and 254 that modules share have 8 and 20 bytes. */
export function acceptanceOf({ loaded, kinds }: ToaState): Acceptance | undefined {
  return loaded && kinds !== undefined ? { kinds, lengths: [8, 20] } : undefined;
}

type OptionKind = Pick<KindCount, 'kind' | 'length'>;

/** Whether the module that is loaded reads these options. */
export function moduleReads(kinds: readonly OptionKind[], toa: ToaState): Message {
  if (!toa.loaded)
    return message('No toa module is loaded on this host, so the service sees the load balancer instead.');
  const acceptance = acceptanceOf(toa);
  if (acceptance === undefined)
    return message('A toa module is loaded, but does not say which kinds it reads; compare with its source.');
  const unread = kinds.filter(({ kind, length }) => !accepts(acceptance, kind, length));
  return unread.length === 0
    ? message('The module on this host reads kind {kinds}.', { kinds: kindList(kinds) })
    : message('The module on this host does not read kind {kinds}: it is built for kind {known} with 8 or 20 bytes.', {
        kinds: kindList(unread),
        known: acceptance.kinds.join(', '),
      });
}

/** `254, 200/20`: a length is named where it is not the usual one. */
function kindList(kinds: readonly OptionKind[]): string {
  return kinds.map(({ kind, length }) => (length === 8 ? String(kind) : `${kind}/${length}`)).join(', ');
}
