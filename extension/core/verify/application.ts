import { message } from '../message';
import {
  broken,
  handshakeLine,
  holds,
  NO_CONNECTION,
  ofService,
  passedOn,
  READ,
  rise,
  risen,
  SHOWN,
  unknown,
  type Break,
  type Link,
  type Observations,
} from './chain';
import type { Handshake } from './handshakes';

/** Programs that pass connections on: what stands behind them sees them, not the client, unless they say who it is. */
const PROXIES = /^(?:haproxy|envoy|nginx|traefik|caddy)$/;
/** Those that cannot say it. */
const PLAIN_PROXIES = /^(?:docker-proxy|kube-proxy|rootlessport|slirp4netns|pasta|passt)$/;

/** Was the application given the address when it asked? */
export function judgeApplication(seen: Observations): Link | Break {
  const { after, port } = seen;
  const came = ofService(seen).length > 0;
  const told = rise(seen, 'getname_toa_ok');
  const listening = after.sockets.some((socket) => socket.state === 'listening' && socket.port === port);
  const leaving = passedOn(seen);
  if (came && (!listening || leaving.length > 0)) return inOtherNetwork(seen, leaving, told);
  if (told === 0 && rise(seen, 'getname_toa_bypass') > 0) return needsIpv6(seen);
  const names = after.processes.get(port) ?? [];
  const proof = [...names.map((name) => `:${port} ${name}`), ...risen(seen, ['getname_toa_ok'])];
  const proxy = names.find((name) => PLAIN_PROXIES.test(name));
  if (came && proxy !== undefined) return behindProxy(seen, proxy, proof);
  if (told > 0) return givenTo(seen, names, proof);
  return notGiven(seen, came, proof);
}

function notGiven(seen: Observations, came: boolean, proof: readonly string[]): Link {
  if (rise(seen, READ) > 0)
    return unknown('application', message('The application did not ask for the peer’s address meanwhile.'), proof);
  const untold = message(
    'Connections came, and nothing tells whether the application was given their clients’ addresses: look into its log.',
  );
  return unknown('application', came ? untold : NO_CONNECTION(), proof);
}

/** The hooks serve all networks of this host; the sockets that it lists are those of one. */
function inOtherNetwork(seen: Observations, leaving: readonly Handshake[], told: number): Link | Break {
  const lines = leaving.slice(0, SHOWN).map(handshakeLine);
  const proof = [...lines, ...risen(seen, [READ, 'getname_toa_ok'])];
  if (rise(seen, READ) === 0) return leaving.length > 0 ? onOtherHost(seen, lines) : bypassesKernel(seen);
  if (told > 0)
    return holds(
      'application',
      message('An application in another network of this host (a container) was given the client’s address.'),
      proof,
    );
  return unknown(
    'application',
    message(
      'The connections go to another network of this host (a container), where nobody asked for the peer’s address meanwhile.',
    ),
    proof,
  );
}

function onOtherHost({ port }: Observations, lines: readonly string[]): Break {
  return broken(
    'application',
    'runtime_container_nat',
    message('This host passes the connections on.'),
    message(
      'This host passes connections to port {port} on, with the option, and does not end them itself: they go to a virtual machine or to another node. Load the module there, and verify there.',
      { port },
    ),
    lines,
  );
}

function behindProxy({ port }: Observations, proxy: string, proof: readonly string[]): Break {
  return broken(
    'application',
    'runtime_container_nat',
    message('A proxy on this host takes the connections.'),
    message(
      '{proxy} listens on port {port}: it is given the client’s address, and opens its own connection to the application, without the option. Let the application take the connection itself (host network, Docker without its userland proxy, externalTrafficPolicy: Local).',
      { proxy, port },
    ),
    proof,
  );
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
