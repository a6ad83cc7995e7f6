import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../extension/core/facts';
import { render } from '../../../extension/core/message';
import type { Observations } from '../../../extension/core/verify/chain';
import type { Handshake } from '../../../extension/core/verify/handshakes';
import { readHostState, type HostState } from '../../../extension/core/verify/hostState';
import { judgeChain } from '../../../extension/core/verify/judge';
import { readSelfTest } from '../../../extension/core/verify/selfTest';

const toa: Facts['toa'] = {
  loaded: true,
  version: '0.1.0',
  srcversion: undefined,
  kinds: [200, 254],
  files: [],
  autoload: [],
};

/** What doctor/verify/state.sh prints; `numbers` are those of toa, no_toa and getname_toa_ok. */
function state(numbers: readonly [number, number, number] | undefined, ...more: readonly string[]): HostState {
  const names = ['syn_recv_sock_toa', 'syn_recv_sock_no_toa', 'getname_toa_ok'];
  const counters = names.map(
    (name, at) => `counter=${name.padEnd(25)}: ${String(numbers?.[at] ?? 0).padStart(10)}          0 `,
  );
  const lines = [
    ...(numbers === undefined ? [] : ['loaded=yes', ...counters]),
    'address=10.9.0.2',
    'address=127.0.0.1',
    ...more,
  ];
  const read = readHostState(`\ntoa-state-begin 1\n${lines.join('\n')}\ntoa-state-end 1\n`);
  if (read === undefined) throw new Error('no state');
  return read;
}

const LISTENING =
  'tcp=   0: 00000000:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0';
const LISTENING_IPV6 =
  'tcp6=   0: 00000000000000000000000000000000:1F40 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0';
const ESTABLISHED =
  'tcp=   1: 0200090A:1F40 0100090A:9C40 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0 20 4 30 10 -1';

const option = (segment: string, kind = 254): Handshake['options'][number] => ({
  kind,
  length: 8,
  client: '203.0.113.7:4660',
  segment,
});
const handshake = (change: Partial<Handshake> = {}): Handshake => ({
  source: '10.9.0.1:40000',
  destination: `10.9.0.2:${change.port ?? 8000}`,
  port: 8000,
  options: [option('ACK')],
  full: false,
  ...change,
});

const seen = (change: Partial<Observations>): Observations => ({
  toa,
  port: 8000,
  before: state([0, 0, 0], LISTENING),
  after: state([1, 0, 1], LISTENING),
  handshakes: [handshake()],
  selfTest: undefined,
  ...change,
});

const OTHER_PORT = ESTABLISHED.replace(':1F40', ':0016');
const NO_COUNTERS = state(undefined, 'loaded=yes', LISTENING);
const WITHOUT = state([0, 1, 0], LISTENING);
const foreign = { ...toa, kinds: undefined };
const selfTest = readSelfTest(
  'family=ipv4 result=right accept=203.0.113.7:4660\nfamily=dual-stack result=wrong accept=[::ffff:127.0.0.1]:4\n',
);

describe('still the load balancer’s address', () => {
  it.each<[string, Partial<Observations>, string]>([
    ['no option', { handshakes: [handshake({ options: [] })], after: WITHOUT }, 'runtime_lb_option_not_sent'],
    [
      'another kind',
      { handshakes: [handshake({ options: [option('ACK', 253)] })], after: WITHOUT },
      'runtime_option_kind_mismatch',
    ],
    [
      'another kind, told by the counters alone',
      { toa: foreign, handshakes: [handshake({ options: [option('ACK', 253)] })], after: WITHOUT },
      'runtime_option_kind_mismatch',
    ],
    [
      'the SYN alone',
      { handshakes: [handshake({ options: [option('SYN')] })], after: WITHOUT },
      'runtime_lb_option_not_sent',
    ],
    [
      'an IPv6 socket and a module for IPv4',
      { toa: foreign, after: state([0, 0, 0], LISTENING_IPV6), selfTest },
      'runtime_v4mapped_v6_socket',
    ],
    ['not loaded', { after: state(undefined, LISTENING) }, 'runtime_module_not_loaded'],
    [
      'loaded after the connection',
      {
        handshakes: [],
        before: state([0, 3, 0], LISTENING, ESTABLISHED),
        after: state([0, 4, 0], LISTENING, ESTABLISHED),
      },
      'runtime_connection_older_than_module',
    ],
    [
      'the data after a bare ACK',
      { handshakes: [handshake({ options: [option('SYN'), option('data')] })], after: WITHOUT },
      'runtime_lb_option_not_sent',
    ],
    [
      'another kind than this service’s balancer sends, while other services are right',
      { handshakes: [handshake({ options: [option('ACK', 253)] })], after: state([5, 0, 5], LISTENING) },
      'runtime_option_kind_mismatch',
    ],
    [
      'an IPv6 socket and a module for IPv4 without counters for both, while other services have no option',
      { toa: foreign, after: state([0, 7, 0], LISTENING_IPV6), selfTest },
      'runtime_v4mapped_v6_socket',
    ],
    [
      'a proxy that takes the connections',
      { after: state([1, 0, 1], LISTENING, 'listener=8000 docker-proxy') },
      'runtime_container_nat',
    ],
    [
      'passed on to another host',
      {
        handshakes: [handshake(), handshake({ destination: '10.9.1.5:80', port: 80 })],
        after: state([0, 0, 0], LISTENING),
        selfTest: readSelfTest('family=ipv4 result=right accept=203.0.113.7:4660'),
      },
      'runtime_container_nat',
    ],
    [
      'a proxy in between',
      {
        handshakes: [handshake({ source: '127.0.0.1:40000', options: [] }), handshake({ port: 80 })],
        after: state([1, 1, 1], LISTENING, 'listener=80 docker-proxy'),
      },
      'runtime_container_nat',
    ],
    [
      'no room for the option',
      { handshakes: [handshake(), handshake({ source: '10.9.0.1:40001', options: [], full: true })] },
      'runtime_option_space_full',
    ],
    [
      'a sender that is not trusted',
      { after: state([0, 0, 0], LISTENING, 'counter=syn_recv_sock_untrusted  : 1 0') },
      'runtime_option_untrusted',
    ],
    ['hooks that are not reached', { after: state([0, 0, 0], LISTENING) }, 'runtime_hook_not_reached'],
    ['a TCP stack in user space', { after: state([0, 0, 0]) }, 'runtime_app_bypasses_kernel'],
    [
      'an IPv6 client of an IPv4 socket',
      { after: state([1, 0, 0], LISTENING, 'counter=getname_toa_bypass  : 1 0') },
      'runtime_nat64_needs_app',
    ],
  ])('%s', (_, change, cause) => {
    const verdict = judgeChain(seen(change));
    expect(verdict.cause).toBe(cause);
    expect(verdict.links.at(-1)?.state).toBe('broken');
    expect(verdict.links.at(-1)?.proof).not.toEqual([]);
  });

  it('names the proxy, and the two places of the option, apart', () => {
    const proxied = judgeChain(
      seen({
        handshakes: [handshake({ source: '127.0.0.1:4', options: [] }), handshake({ port: 80 })],
        after: state([1, 1, 1], LISTENING, 'listener=80 docker-proxy'),
      }),
    );
    expect(render(proxied.conclusion)).toContain('; docker-proxy)');
    const inSyn = judgeChain(seen({ handshakes: [handshake({ options: [option('SYN')] })], after: WITHOUT }));
    expect(render(inSyn.conclusion)).toContain('into the SYN alone');
  });
});

describe('where nothing is broken', () => {
  it('every link holds, with proof', () => {
    const verdict = judgeChain(seen({}));
    expect(verdict.cause).toBeUndefined();
    expect(verdict.links.map(({ name, state }) => `${name} ${state}`)).toEqual([
      ...['module holds', 'option holds', 'kind holds', 'hook holds', 'application holds'],
    ]);
    expect(verdict.links.flatMap(({ proof }) => proof)).toContain(
      '10.9.0.1:40000 > 10.9.0.2:8000  ACK 254/8 203.0.113.7:4660',
    );
  });

  it('without a connection it says so, and what the self-test showed', () => {
    const verdict = judgeChain(
      seen({
        handshakes: [],
        after: state([0, 0, 0], LISTENING),
        selfTest: readSelfTest('family=ipv4 result=right accept=1.2.3.4:5'),
      }),
    );
    expect(verdict).toMatchObject({
      cause: undefined,
      links: [
        { state: 'holds' },
        { state: 'unknown' },
        { state: 'unknown' },
        { name: 'hook', state: 'holds' },
        { state: 'unknown' },
      ],
    });
    expect(render(verdict.conclusion)).toContain('No connection was opened meanwhile');
  });

  it.each<[string, Partial<Observations>, string]>([
    ['a container that was given the address', { after: state([1, 0, 1]) }, 'holds'],
    ['a container that did not ask', { after: state([1, 0, 0]) }, 'unknown'],
    [
      'a container of Docker, whose proxy listens too',
      {
        handshakes: [handshake(), handshake({ destination: '172.17.0.2:80', port: 80 })],
        after: state([1, 0, 1], LISTENING, 'listener=8000 docker-proxy'),
      },
      'holds',
    ],
    ['a proxy that can pass the address on', { after: state([1, 0, 1], LISTENING, 'listener=8000 nginx') }, 'holds'],
    ['a module without counters', { toa: foreign, before: state(undefined, LISTENING), after: NO_COUNTERS }, 'unknown'],
  ])('%s', (_, change, expected) => {
    const verdict = judgeChain(seen(change));
    expect(verdict.cause).toBeUndefined();
    expect(verdict.links.at(-1)).toMatchObject({ name: 'application', state: expected });
    expect(render(verdict.conclusion)).not.toContain('No connection was opened');
  });

  it.each<[string, Partial<Observations>]>([
    [
      'connections of other services that are older than the module',
      { after: state([0, 0, 0], LISTENING, OTHER_PORT) },
    ],
    ['an open connection that was made meanwhile', { after: state([0, 1, 0], LISTENING, ESTABLISHED) }],
    [
      'open connections that the module read',
      { before: state([1, 0, 0], LISTENING, ESTABLISHED), after: state([1, 0, 0], LISTENING, ESTABLISHED) },
    ],
  ])('%s are not taken for those that it has not read', (_, change) => {
    expect(judgeChain(seen({ handshakes: [], ...change })).cause).toBeUndefined();
  });

  it('without a capture it says what tcpdump said', () => {
    const verdict = judgeChain(seen({ handshakes: undefined, notCaptured: "tcpdump: Couldn't find user 'tcpdump'" }));
    expect(render(verdict.conclusion)).toMatch(/^Nothing could be captured/);
    expect(verdict.links.flatMap(({ proof }) => proof)).toContain("tcpdump: Couldn't find user 'tcpdump'");
    expect(verdict.links.at(-1)).toMatchObject({ name: 'application', state: 'holds' });
  });

  it('a state that is cut is none', () => {
    expect(readHostState('\ntoa-state-begin 1\nloaded=yes\n')).toBeUndefined();
  });
});
