import { message } from '../message';
import {
  broken,
  handshakeLine,
  holds,
  NO_CONNECTION,
  ofService,
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
import { readsKind } from './kind';

/** Does the option arrive, and in the segment that the module reads? */
export function judgeOption(seen: Observations): Link | Break {
  if (seen.handshakes === undefined)
    return unknown(
      'option',
      message(
        'Nothing could be captured, so it is not known whether the option arrives. See what tcpdump says on that host; its package is named tcpdump.',
      ),
      seen.notCaptured === undefined ? [] : [seen.notCaptured],
    );
  const arrived = ofService(seen);
  const proof = arrived.slice(0, SHOWN).map(handshakeLine);
  if (arrived.length === 0) return unknown('option', NO_CONNECTION());
  const carrying = arrived.filter(({ options }) => options.length > 0);
  const full = arrived.filter((one) => one.full && one.options.length === 0);
  if (full.length > 0) return withoutRoom(full, arrived.length);
  if (carrying.length === 0) return nothingArrives(seen, arrived, proof);
  if (!carrying.some(({ options }) => options.some(({ segment }) => segment === 'ACK' || segment === 'data')))
    return broken(
      'option',
      'runtime_lb_option_not_sent',
      message('The option arrives in the SYN alone.'),
      message(
        'The load balancer puts the option into the SYN alone; toa.ko reads the segment that completes the handshake. Switch it to send the option in the ACK as well, or take a module that reads the SYN.',
      ),
      proof,
    );
  if (comesLate(seen, carrying)) return tooLate(seen, proof);
  return holds('option', message('The option arrives in the segment that completes the handshake.'), proof);
}

/**
 * A bare ACK had completed the handshake before the data with the option came. It is not in the capture, since all that acknowledges is like
 * it; the counters know it.
 */
function comesLate(seen: Observations, carrying: readonly Handshake[]): boolean {
  const inData = carrying.every(({ options }) => options.every(({ segment }) => segment !== 'ACK'));
  const passedOver = rise(seen, READ) === 0 && rise(seen, 'syn_recv_sock_no_toa') > 0;
  return inData && passedOver && readsKind(seen) === true;
}

function tooLate(seen: Observations, proof: readonly string[]): Break {
  return broken(
    'option',
    'runtime_lb_option_not_sent',
    message('The option arrives after the handshake is complete.'),
    message(
      'The load balancer puts the option into the data, after an ACK without it; toa.ko reads the segment that completes the handshake. Switch the load balancer to send the option in that ACK as well.',
    ),
    [...proof, ...risen(seen, [READ, 'syn_recv_sock_no_toa'])],
  );
}

function withoutRoom(full: readonly Handshake[], all: number): Break {
  return broken(
    'option',
    'runtime_option_space_full',
    message('The TCP header of some connections has no room for the option.'),
    message(
      '{full} of {all} connections came without the option, with a TCP header that has no room for it: timestamps and SACK blocks fill its 40 bytes. Switch one of them off at the load balancer (or net.ipv4.tcp_sack, tcp_timestamps on its way to this host).',
      { full: full.length, all },
    ),
    full.slice(0, SHOWN).map(handshakeLine),
  );
}

/** Where the option is not: was it ever sent, or did something on this host end the connection that had it? */
function nothingArrives(seen: Observations, arrived: readonly Handshake[], proof: readonly string[]): Break {
  const local = arrived.filter(({ source }) => isLocal(source, seen.after.addresses));
  const elsewhere = (seen.handshakes ?? []).find(({ port, options }) => port !== seen.port && options.length > 0);
  if (local.length === arrived.length) {
    const process = elsewhere === undefined ? undefined : seen.after.processes.get(elsewhere.port)?.[0];
    return broken(
      'option',
      'runtime_container_nat',
      message('The connections come from this host itself.'),
      message(
        'What connects to port {port} is this host itself (a proxy, docker-proxy, kube-proxy{process}): it ends the client’s connection and opens its own, without the option. Let the application take the connection itself (host network, externalTrafficPolicy: Local), or let the proxy pass the address on.',
        { port: seen.port, process: process === undefined ? '' : `; ${process}` },
      ),
      [...proof, ...(elsewhere === undefined ? [] : [handshakeLine(elsewhere)])],
    );
  }
  return broken(
    'option',
    'runtime_lb_option_not_sent',
    message('No option with a client’s address arrives.'),
    message(
      'The load balancer sends no option to port {port}: switch it on there (layer-4 listener, TOA), or see that these clients come through it at all.',
      { port: seen.port },
    ),
    proof,
  );
}

/** `address:port` of this host, or of a bridge on it. */
function isLocal(source: string, addresses: readonly string[]): boolean {
  const address = source.slice(0, source.lastIndexOf(':')).replace(/^\[|\]$/g, '');
  return address.startsWith('127.') || address === '::1' || addresses.includes(address);
}
