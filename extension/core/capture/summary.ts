import type { ToaState } from '../facts';
import { message, type Message } from '../message';
import type { CaptureCount } from './count';

/** What a capture says in the end: the connections and their options, then what the module of this host makes of them. */
export function captureSummary(count: CaptureCount, toa: ToaState): readonly Message[] {
  const { connections, carrying, kinds } = count;
  if (connections === 0)
    return [message('No connection was opened. Capture while a client connects through the load balancer.')];
  if (carrying === 0)
    return [
      message(
        'Connections: {connections}. None carried a client’s address in a TCP option: the load balancer does not send it, or these did not come through it.',
        { connections },
      ),
    ];
  const list = kinds.map(({ kind }) => kind).join(', ');
  return [
    message('Connections: {connections}, with a client’s address in a TCP option: {carrying} (kind {kinds}).', {
      connections,
      carrying,
      kinds: list,
    }),
    moduleReads(
      kinds.map(({ kind }) => kind),
      toa,
    ),
  ];
}

/** Whether the module that is loaded reads these kinds of option. */
export function moduleReads(kinds: readonly number[], { loaded, kinds: known }: ToaState): Message {
  if (!loaded) return message('No toa module is loaded on this host, so the service sees the load balancer instead.');
  if (known === undefined)
    return message('A toa module is loaded, but does not say which kinds it reads; compare with its source.');
  const unread = kinds.filter((kind) => !known.includes(kind));
  return unread.length === 0
    ? message('The module on this host reads kind {kinds}.', { kinds: kinds.join(', ') })
    : message('The module on this host does not read kind {kinds}: it is built for {known}.', {
        kinds: unread.join(', '),
        known: known.join(', '),
      });
}
