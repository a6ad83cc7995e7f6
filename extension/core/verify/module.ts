import { message } from '../message';
import { broken, holds, type Break, type Link, type Observations } from './chain';

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
  const older = olderConnections(seen);
  if (older > 0 && (seen.handshakes ?? []).every((one) => one.port !== port))
    return broken(
      'module',
      'runtime_connection_older_than_module',
      message('The module was loaded after these connections.'),
      message(
        'The open connections on port {port} are older than the module ({older} of them at least), and no new one came. The address is read when a connection is made: restart the service, or let its clients connect anew.',
        { port, older },
      ),
      [
        `${String(established(seen))} established, ${String(seenByModule(seen) ?? 0)} connections seen by the module since it was loaded`,
      ],
    );
  return holds('module', message('The module is loaded.'), ['/sys/module/toa']);
}

/** At least so many connections of the host were there before the module: it counts every one that is made after. */
function olderConnections(seen: Observations): number {
  const counted = seenByModule(seen);
  return counted === undefined ? 0 : Math.max(0, established(seen) - counted);
}

/** Connections that this host accepted and that are still open, on any port: the counters tell no ports apart. */
function established({ after: { sockets } }: Observations): number {
  const listening = new Set(sockets.filter(({ state }) => state === 'listening').map(({ port }) => port));
  return sockets.filter(({ state, port }) => state === 'established' && listening.has(port)).length;
}

/** All connections that the module saw being made. `undefined` for a module without these counters. */
function seenByModule({ after: { counters } }: Observations): number | undefined {
  const names = ['toa', 'no_toa', 'malformed', 'untrusted', 'no_memory'].map((name) => `syn_recv_sock_${name}`);
  const known = names.flatMap((name) => counters.get(name) ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, number) => sum + number, 0);
}
