import { message } from '../message';
import { broken, holds, ofService, READ, rise, SHOWN, type Break, type Link, type Observations } from './chain';
import type { HostState } from './hostState';
import type { Socket } from './sockets';

/** Is the module loaded, and was it when the connections were made? */
export function judgeModule(seen: Observations): Link | Break {
  const { after, toa, port } = seen;
  if (!after.loaded)
    return broken(
      'module',
      'runtime_module_not_loaded',
      message('The module is not loaded.'),
      message(
        'No toa module is loaded on this host. Load it with modprobe toa, and see that it is loaded at every boot.',
      ),
      ['/sys/module/toa: not there', ...toa.files.map(({ path }) => path)],
    );
  const open = openConnections(seen);
  const unread = open.length - (after.counters.get(READ) ?? Infinity);
  if (unread > 0 && noneCame(seen))
    return broken(
      'module',
      'runtime_connection_older_than_module',
      message('The module has not read the open connections.'),
      message(
        'No new connection came to port {port}, and of those that are open there the module has not read {unread}: they are older than the module, or came without the option. The address is read when a connection is made: restart the service, or let its clients connect anew.',
        { port, unread },
      ),
      [...open.slice(0, SHOWN).map(openLine), `${READ} ${String(after.counters.get(READ))}`],
    );
  return holds('module', message('The module is loaded.'), ['/sys/module/toa']);
}

/** Connections to the service that were open all the while. */
function openConnections({ before, after, port }: Observations): readonly Socket[] {
  const here = ({ sockets }: HostState): readonly Socket[] =>
    sockets.filter((socket) => socket.state === 'established' && socket.port === port);
  const known = new Set(here(before).map(openLine));
  return here(after).filter((socket) => known.has(openLine(socket)));
}

const openLine = ({ peer, peerPort, port }: Socket): string => `${peer}:${peerPort} > :${port}  established`;

/** By the capture; where there is none, by the counters of the whole host. */
function noneCame(seen: Observations): boolean {
  if (seen.handshakes !== undefined) return ofService(seen).length === 0;
  return rise(seen, READ) + rise(seen, 'syn_recv_sock_no_toa') === 0;
}
