// kernel/ in real kernels under emulation: the module is loaded, connections come in through a load balancer that puts the
// option in every place, and the module is unloaded under a live connection.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootableKernels } from './bootable';
import { counter } from './counters';
import { GUEST_CASES, linesOf, OUTLIVED } from './guestCases';
import { BALANCER } from './loadBalancer';
import { startMachine, type Machine } from './machine';
import { CASES, expected, IPV4_PORT, knowsTcpAo, type Case } from './scenario';

const TROUBLE = /BUG:|WARNING:|Oops|Kernel panic|general protection|unable to handle/;
const OPTION = Buffer.from([254, 8, 0x12, 0x34, 203, 0, 113, 99]);

/** What guest/cases.c calls its own address. */
const PROXY = '127.0.0.1:proxy';

const booted = await bootableKernels();

describe.each(booted)('toa in $release ($packageVersion)', (kernel) => {
  let machine: Machine;

  beforeAll(async () => {
    machine = await startMachine(kernel);
  });
  afterAll(async () => {
    await (machine as Machine | undefined)?.stop();
  });

  const order = (text: string, sourcePort: number, inAck = new Uint8Array()): Promise<string> =>
    machine.balancer.connect({ port: IPV4_PORT, sourcePort, text, inAck });

  test.each(CASES.map((one, index) => ({ ...one, sourcePort: 40_000 + index })))('$name', async (one) => {
    const answer = await machine.balancer.connect({ ...one, text: 'data' });
    const address = expected(one, one.sourcePort);
    expect(answer).toBe(`accept=${address}\ngetpeername=${address}\n`);
  });

  test('the counters add up', async () => {
    const stats = await order('stats', 41_000);
    const stored = CASES.filter(({ stores }) => stores === true).length;
    const dropped = (one: Case): boolean => one.dropped === true && knowsTcpAo(kernel.series);
    const malformed = CASES.filter((one) => one.malformed === true && !dropped(one)).length;
    expect(counter(stats, 'syn_recv_sock_toa')).toBe(stored);
    expect(counter(stats, 'syn_recv_sock_malformed')).toBe(malformed);
    // The connection that asks is one more without an option.
    expect(counter(stats, 'syn_recv_sock_no_toa')).toBe(CASES.length - stored - malformed + 1);
    expect(counter(stats, 'forgotten')).toBe(stored);
  });

  test.each(GUEST_CASES)('$name', async (one) => {
    const lines = (await machine.run(`cases ${one.name}`)).trim().split('\n');
    expect(lines).toEqual(linesOf(one, kernel.series));
  });

  test('the self-test passes with the module', async () => {
    const answer = await machine.run('toa-selftest');
    expect(answer.match(/result=right/g)).toHaveLength(3);
    expect(answer).toContain('exit=0\n');
  });

  test('the self-test tells another kind, by which the module does not go', async () => {
    const answer = await machine.run('toa-selftest -k 253');
    expect(answer.match(/result=wrong/g)).toHaveLength(3);
    expect(answer).toContain('exit=1\n');
  });

  // The cases were the first to use kTLS. Debian's 5.10 cloud has none.
  if (kernel.series !== '5.10')
    test('sockets with kTLS, old and new, outlive the module', async () => {
      expect(await machine.run('ktls-unload')).toBe(OUTLIVED);
    });

  test('unload with a live connection, which then shows the proxy', async () => {
    const client = '203.0.113.99:4660';
    const after = `unload=0\nafterwards=${BALANCER}:41001\n`;
    expect(await order('unload', 41_001, OPTION)).toBe(`accept=${client}\ngetpeername=${client}\n${after}`);
  });

  test('unloaded, it reads no option', async () => {
    const address = `${BALANCER}:41002`;
    expect(await order('data', 41_002, OPTION)).toBe(`accept=${address}\ngetpeername=${address}\n`);
    const selftest = await machine.run('toa-selftest ipv4');
    expect(selftest).toMatch(/^family=ipv4 result=wrong .*\ntoa-selftest: the module toa is not loaded\nexit=1\n$/);
  });

  // kTLS copies the table with getname() in it when it is first used, which was with the module loaded.
  if (kernel.series !== '5.10')
    test('unloaded, kTLS names the proxy', async () => {
      expect(await machine.run('cases ktls')).toBe(`accept=${PROXY}\nsent=5\ngetpeername=${PROXY}\nexit=0\n`);
    });

  test('loaded again, it reads options', async () => {
    expect(await order('load', 41_003)).toMatch(/load=0\n/);
    expect(await order('data', 41_004, OPTION)).toMatch(/^accept=203\.0\.113\.99:4660\n/);
    for (const one of GUEST_CASES.filter(({ name }) => name === 'ktls'))
      expect((await machine.run('cases ktls')).trim().split('\n')).toEqual(linesOf(one, kernel.series));
  });

  test('loads and unloads under traffic on another CPU', async () => {
    await order('hammer', 41_005);
    for (let cycle = 0; cycle < 10; cycle++) {
      const client = '203.0.113.99:4660';
      expect(await order('unload', 41_010 + 2 * cycle, OPTION)).toContain(`getpeername=${client}\nunload=0\n`);
      expect(await order('load', 41_011 + 2 * cycle)).toMatch(/load=0\n/);
    }
    // Each load begins to count anew; the traffic may be slow to come.
    let asked = 0;
    for (let port = 41_100; asked <= 100 && port < 41_300; port++)
      asked = counter(await order('stats', port), 'getname_toa_empty');
    expect(asked).toBeGreaterThan(100);
  });

  test('the kernel has nothing to complain of', async () => {
    // The guest may be gone before its answer has left.
    order('quit', 42_000).catch(() => undefined);
    await machine.guest.ended();
    // A warning that every kernel gives: so the console does show warnings.
    expect(machine.guest.console()).toContain('toa: loading out-of-tree module taints kernel');
    expect(machine.guest.console()).not.toMatch(TROUBLE);
  });
});
