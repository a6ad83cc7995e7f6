// "Still the load balancer's address", provoked in a server with a real kernel, and named by `toa-doctor verify` over ssh. The applications are
// systemd's: a listener that logs its peers, and a proxy.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootableKernel } from '../vm/bootable';
import { bootedServer, ended, type BootedServer } from '../vm/bootedServer';
import { buildStandIn } from '../vm/build';
import { BALANCER, SERVER, type Connection } from '../vm/loadBalancer';

const IPV4 = 8000;
const DUAL_STACK = 8001;
const PROXIED = 8080;
const TRANSLATED = 8081;
const IN_CONTAINER = 9000;

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const OPTION = bytes('fe08 1234 cb007107');
const OTHER_KIND = bytes('fd08 1234 cb007107');
const TIMESTAMP = bytes('0101 080a 00000001 00000000');
const THREE_SACK_BLOCKS = Buffer.concat([bytes('0101 051a'), Buffer.alloc(24, 1)]);
const CLIENT = '203.0.113.7:4660';

/** Answers each line with itself, and logs the peer of each connection. */
const application = (address: string, log: string, before = ''): string =>
  `nohup ${before} systemd-socket-activate --accept --inetd -l ${address} head -n 1 </dev/null >/run/${log}.log 2>&1 &`;

const APPLICATIONS = `set -e
${application(`${SERVER}:${String(IPV4)}`, 'ipv4')}
${application(String(DUAL_STACK), 'dual-stack')}
ip netns add container
ip link add docker0 type veth peer name eth0 netns container
ip addr add 172.17.0.1/24 dev docker0
ip link set docker0 up
ip -n container addr add 172.17.0.2/24 dev eth0
ip -n container link set eth0 up
ip -n container route add default via 172.17.0.1
${application(`172.17.0.2:${String(IN_CONTAINER)}`, 'container', 'ip netns exec container')}
cp /usr/lib/systemd/systemd-socket-proxyd /run/docker-proxy
nohup systemd-socket-activate -l ${SERVER}:${String(PROXIED)} /run/docker-proxy 172.17.0.2:${String(IN_CONTAINER)} \\
  </dev/null >/run/proxy.log 2>&1 &
sysctl -q net.ipv4.ip_forward=1
nft add table ip nat
nft 'add chain ip nat prerouting { type nat hook prerouting priority -100; }'
nft add rule ip nat prerouting tcp dport ${String(TRANSLATED)} dnat to 172.17.0.2:${String(IN_CONTAINER)}`;

interface Verdict {
  readonly status: number | null;
  readonly cause?: string;
  readonly conclusion: string;
  readonly links: readonly {
    readonly name: string;
    readonly state: string;
    readonly title: string;
    readonly proof: readonly string[];
  }[];
}

let host: BootedServer;
let sourcePort = 40_000;

beforeAll(async () => {
  const kernel = await bootableKernel('6.1');
  const own = await kernel.build();
  const foreign = await buildStandIn(kernel, 'toa');
  host = await bootedServer(kernel, [
    { name: 'opt/own/toa.ko', content: own },
    { name: 'opt/foreign/toa.ko', content: foreign },
  ]);
  await host.sh(APPLICATIONS);
});
afterAll(async () => {
  await (host as BootedServer | undefined)?.stop();
});

const connect = (connection: Partial<Connection> & Pick<Connection, 'port'>): Promise<string> =>
  host.balancer.connect({ sourcePort: sourcePort++, text: 'who am I\n', patience: 60_000, ...connection });

/** Enough for a slow guest; more would keep it busy. */
const CONNECTIONS = 4;

/** What `toa-doctor verify` says while such connections come, one after another; without one, while none comes. */
async function verify(port: number, connection?: Partial<Connection>): Promise<Verdict> {
  const child = host.cli('verify', '--json', '--port', String(port), '--seconds', '3');
  const listening = Promise.race([once(child.stderr, 'data'), once(child, 'close')]);
  const result = ended(child);
  await listening;
  for (let made = 0; connection !== undefined && made < CONNECTIONS && child.exitCode === null; made++) {
    await connect({ port, ...connection });
    await sleep(400);
  }
  const { status, stdout, stderr } = await result;
  if (stdout !== '') return { ...(JSON.parse(stdout) as Verdict), status };
  // A guest on a busy machine may take longer than the tool waits.
  if (/did not answer the probe/.test(stderr)) return verify(port, connection);
  throw new Error(stderr);
}

interface Case {
  readonly name: string;
  readonly port?: number;
  readonly connection?: Partial<Connection>;
  readonly cause: string;
  readonly link: string;
  readonly says: RegExp;
  readonly proof: RegExp;
}

async function expectCause({ port = IPV4, connection, cause, link, says, proof }: Case): Promise<void> {
  const verdict = await verify(port, connection);
  expect(verdict).toMatchObject({ status: 1, cause, conclusion: expect.stringMatching(says) as string });
  expect(verdict.links.at(-1)).toMatchObject({ name: link, state: 'broken' });
  expect(verdict.links.at(-1)?.proof.join('\n')).toMatch(proof);
}

test('not loaded', async () => {
  await expectCause({
    name: 'not loaded',
    connection: { inAck: OPTION },
    cause: 'runtime_module_not_loaded',
    link: 'module',
    says: /^No toa module is loaded on this host\./,
    proof: /^\/sys\/module\/toa: not there$/m,
  });
});

describe('with our own module', () => {
  let held: Promise<unknown>;
  beforeAll(async () => {
    // Without the end of its line the application waits for more.
    held = connect({ port: IPV4, inAck: OPTION, text: 'held', patience: 1_000_000 }).catch(() => undefined);
    await host.sh('until grep -q "^Connection from" /run/ipv4.log; do sleep 0.1; done');
    await host.sh('insmod /opt/own/toa.ko');
  });
  afterAll(async () => {
    await host.sh('rmmod toa');
  });

  test('loaded after the connection', async () => {
    await expectCause({
      name: 'loaded after the connection',
      cause: 'runtime_connection_older_than_module',
      link: 'module',
      says: /the module has not read 1: they are older than the module/,
      proof: /^10\.9\.0\.1:\d+ > :8000 {2}established$/m,
    });
    await host.sh('grep -l "^head$" /proc/[0-9]*/comm | cut -d / -f 3 | xargs kill');
    await held;
  });

  test('nothing is wrong, and the application’s log has the client', async () => {
    const verdict = await verify(IPV4, { inAck: OPTION });
    expect(verdict).toMatchObject({ status: 0, conclusion: expect.stringMatching(/^Every link holds/) as string });
    expect(verdict.cause).toBeUndefined();
    expect(verdict.links.map(({ name, state }) => `${name} ${state}`)).toEqual([
      ...['module holds', 'option holds', 'kind holds', 'hook holds', 'application holds'],
    ]);
    expect(await host.sh('cat /run/ipv4.log')).toContain(`Connection from ${CLIENT} to ${SERVER}:${String(IPV4)}`);
  });

  test('nothing is wrong in a container behind DNAT', async () => {
    const verdict = await verify(TRANSLATED, { inAck: OPTION });
    expect(verdict.status).toBe(0);
    expect(verdict.links.at(-1)).toMatchObject({ name: 'application', state: 'holds' });
    expect(verdict.links.at(-1)?.proof.join('\n')).toMatch(/^10\.9\.0\.1:\d+ > 172\.17\.0\.2:9000 {2}ACK 254\/8 203/m);
    expect(await host.sh('cat /run/container.log')).toContain(`Connection from ${CLIENT}`);
  });

  test.each<Case>([
    {
      name: 'no option',
      connection: {},
      cause: 'runtime_lb_option_not_sent',
      link: 'option',
      says: /^The load balancer sends no option to port 8000/,
      proof: /^10\.9\.0\.1:\d+ > 10\.9\.0\.2:8000 {2}no option$/m,
    },
    {
      name: 'another kind',
      connection: { inAck: OTHER_KIND },
      cause: 'runtime_option_kind_mismatch',
      link: 'kind',
      says: /sends kind 253\/8 \(kind\/length\), and the module reads 200, 254\./,
      proof: /^syn_recv_sock_no_toa \+[1-9]/m,
    },
    {
      name: 'in the SYN alone',
      connection: { inSyn: OPTION },
      cause: 'runtime_lb_option_not_sent',
      link: 'option',
      says: /puts the option into the SYN alone/,
      proof: /:8000 {2}SYN 254\/8 203\.0\.113\.7:4660$/m,
    },
    {
      name: 'in the data, after an ACK without it',
      connection: { inData: OPTION },
      cause: 'runtime_lb_option_not_sent',
      link: 'option',
      says: /puts the option into the data, after an ACK without it/,
      proof: /:8000 {2}data 254\/8 203\.0\.113\.7:4660$(?:.|\n)*^syn_recv_sock_toa \+0$/m,
    },
    {
      name: 'no room for it',
      connection: { inAck: Buffer.concat([TIMESTAMP, THREE_SACK_BLOCKS]) },
      cause: 'runtime_option_space_full',
      link: 'option',
      says: /came without the option, with a TCP header that has no room for it/,
      proof: /:8000 {2}no option, header full$/m,
    },
    {
      name: 'a proxy in between, asked by its own port',
      port: PROXIED,
      connection: { inAck: OPTION },
      cause: 'runtime_container_nat',
      link: 'application',
      says: /^docker-proxy listens on port 8080/,
      proof: /^:8080 docker-proxy$(?:.|\n)*^getname_toa_ok \+[1-9]/m,
    },
    {
      name: 'a proxy in between, asked by the application’s port',
      port: IN_CONTAINER,
      connection: { port: PROXIED, inAck: OPTION },
      cause: 'runtime_container_nat',
      link: 'option',
      says: /What connects to port 9000 is this host itself \(.*; docker-proxy\)/,
      proof: /^172\.17\.0\.1:\d+ > 172\.17\.0\.2:9000 {2}no option$/m,
    },
  ])('$name', expectCause);
});

describe('with a module that hooks IPv4 alone', () => {
  beforeAll(() => host.sh('insmod /opt/foreign/toa.ko'));
  afterAll(() => host.sh('rmmod toa'));

  test('an IPv6 listener that takes IPv4 too', async () => {
    await expectCause({
      name: 'dual stack',
      port: DUAL_STACK,
      connection: { inAck: OPTION },
      cause: 'runtime_v4mapped_v6_socket',
      link: 'family',
      says: /listens on an IPv6 \(dual-stack\) socket, and the loaded module changes IPv4 sockets alone/,
      proof: /^tcp6 :::8001$(?:.|\n)*^family=dual-stack result=wrong /m,
    });
    expect(await host.sh('cat /run/dual-stack.log')).toContain(`Connection from ${BALANCER}:`);
  });
});
