import { message } from '../message';
import {
  broken,
  holds,
  ofService,
  passedOn,
  READ,
  rise,
  risen,
  tested,
  unknown,
  type Break,
  type Link,
  type Observations,
} from './chain';
import type { SelfTest } from './selfTest';

/** Did the module see the connection being made? By its counters, and by the self-test where no connection came. */
export function judgeHook(seen: Observations): Link | Break {
  const ipv4 = tested(seen, 'ipv4');
  const unseen = isUnseen(seen);
  if (listensOnIpv6(seen) && (unseen || (ipv4?.result === 'right' && tested(seen, 'dual-stack')?.result === 'wrong')))
    return ipv6Only(seen);
  if (unseen || ipv4?.result === 'wrong') return notReached(seen);
  if (rise(seen, READ) > 0)
    return holds('hook', message('The module read the option of new connections.'), risen(seen, [READ]));
  return ipv4?.result === 'right'
    ? holds('hook', message('The self-test over loopback got the option’s address.'), [ipv4.line])
    : unknown('hook', message('Neither a connection nor the self-test showed whether the hooks work.'));
}

/** Connections with the option came to a socket of this host, and the module counted none at all. */
function isUnseen(seen: Observations): boolean {
  const came = ofService(seen).some(({ options }) => options.length > 0);
  const ended = listeners(seen).length > 0 && passedOn(seen).length === 0;
  const counts = seen.after.counters.has(READ);
  return came && ended && counts && rise(seen, READ) + rise(seen, 'syn_recv_sock_no_toa') === 0;
}

function listensOnIpv6(seen: Observations): boolean {
  const listening = listeners(seen);
  return listening.length > 0 && listening.every(({ family }) => family === 6);
}

function listeners({ after, port }: Observations): Observations['after']['sockets'] {
  return after.sockets.filter((socket) => socket.state === 'listening' && socket.port === port);
}

function ipv6Only(seen: Observations): Break {
  return broken(
    'family',
    'runtime_v4mapped_v6_socket',
    message('The application listens on an IPv6 socket, which this module does not hook.'),
    message(
      'The application on port {port} listens on an IPv6 (dual-stack) socket, and the loaded module changes IPv4 sockets alone. Take a module that hooks both, like TOA Doctor’s own, or let the application listen on 0.0.0.0.',
      { port: seen.port },
    ),
    proofOf(seen, 'dual-stack'),
  );
}

function notReached(seen: Observations): Break {
  return broken(
    'hook',
    'runtime_hook_not_reached',
    message('The module is loaded, and does not see connections being made.'),
    message(
      'The module is loaded, and its hooks are not reached: another module took their place, or they could not be installed. Unload other modules that change TCP, then load toa anew and read dmesg.',
    ),
    proofOf(seen, 'ipv4'),
  );
}

function proofOf(seen: Observations, family: SelfTest['family']): readonly string[] {
  const lines = listeners(seen).map((one) => `tcp${one.family === 6 ? '6' : ''} ${one.address}:${one.port}`);
  const test = tested(seen, family);
  return [...lines, ...risen(seen, [READ, 'syn_recv_sock_no_toa']), ...(test === undefined ? [] : [test.line])];
}
