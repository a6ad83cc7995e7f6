import { message } from '../message';
import {
  broken,
  holds,
  NO_CONNECTION,
  ofService,
  rise,
  risen,
  unknown,
  type Break,
  type Link,
  type Observations,
} from './chain';

/** Programs that pass connections on: what stands behind them sees them, not the client. */
const PROXIES = /^(?:docker-proxy|kube-proxy|rootlessport|slirp4netns|haproxy|envoy|nginx|traefik|caddy)$/;

/** Was the application given the address when it asked? */
export function judgeApplication(seen: Observations): Link | Break {
  const listening = seen.after.sockets.some(({ state, port }) => state === 'listening' && port === seen.port);
  const told = rise(seen, 'getname_toa_ok');
  if (!listening && ofService(seen).length > 0) return bypassesKernel(seen);
  if (told === 0 && rise(seen, 'getname_toa_bypass') > 0) return needsIpv6(seen);
  const names = seen.after.processes.get(seen.port) ?? [];
  const proof = [...names.map((name) => `:${seen.port} ${name}`), ...risen(seen, ['getname_toa_ok'])];
  if (told > 0) return givenTo(seen, names, proof);
  return rise(seen, 'syn_recv_sock_toa') > 0
    ? unknown('application', message('The application did not ask for the peer’s address meanwhile.'), proof)
    : unknown('application', NO_CONNECTION(), proof);
}

function givenTo({ port }: Observations, names: readonly string[], proof: readonly string[]): Link {
  const proxy = names.find((name) => PROXIES.test(name));
  if (proxy === undefined)
    return holds('application', message('The application was given the client’s address.'), proof);
  return holds(
    'application',
    message(
      '{proxy} listens on port {port} and was given the client’s address. What stands behind it sees {proxy}, unless that passes the address on (X-Forwarded-For, PROXY protocol).',
      { proxy, port },
    ),
    proof,
  );
}

function bypassesKernel({ port }: Observations): Break {
  return broken(
    'application',
    'runtime_app_bypasses_kernel',
    message('No socket of this host listens on the port.'),
    message(
      'Connections arrive at port {port}, and no socket of this host’s network listens there: the application has a TCP stack of its own (DPDK, f-stack) or runs in a container’s network. Verify in that network, or read the option in that stack.',
      { port },
    ),
    [`no listener on port ${port}`],
  );
}

function needsIpv6(seen: Observations): Break {
  return broken(
    'application',
    'runtime_nat64_needs_app',
    message('An IPv6 client, and an IPv4 socket.'),
    message(
      'The client has an IPv6 address, which accept() and getpeername() of an IPv4 socket cannot give. Let the application listen on IPv6 (dual stack).',
    ),
    risen(seen, ['getname_toa_bypass']),
  );
}
