// What is in /sys/module/toa/parameters, in a real kernel: read, changed while connections come in, and refused.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootableKernel } from './bootable';
import { BALANCER } from './loadBalancer';
import { startMachine, type Machine } from './machine';
import { IPV4_PORT } from './scenario';

const option = (kind: number): Buffer => Buffer.from([kind, 8, 0x12, 0x34, 203, 0, 113, 99]);
const CLIENT = '203.0.113.99:4660';
const REFUSED = 'Invalid argument';

describe('parameters', () => {
  let machine: Machine;
  let sourcePort = 40_000;
  beforeAll(async () => {
    machine = await startMachine(await bootableKernel('6.1'), { append: 'loglevel=7' });
  });
  afterAll(async () => {
    await (machine as Machine | undefined)?.stop();
  });

  /** What a parameter is, or is after it was set; before that, the error if there was one. */
  const parameter = async (...words: readonly string[]): Promise<string> => {
    const lines = (await machine.run(`param ${words.join(' ')}`)).split('\n');
    expect(lines.slice(-2)).toEqual(['exit=0', '']);
    return lines.slice(0, -2).join('\n');
  };

  /** Which peer a connection with the option has, once with the proxy's port taken off. */
  const peerWith = async (kind: number): Promise<string> => {
    const connection = { port: IPV4_PORT, sourcePort: sourcePort++, text: 'data', inAck: option(kind) };
    const answer = await machine.balancer.connect(connection);
    return (/^getpeername=(.*)$/m.exec(answer)?.[1] ?? answer).replace(`:${connection.sourcePort}`, '');
  };

  test('have their defaults', async () => {
    expect(await parameter('kinds')).toBe('200,254');
    expect(await parameter('trusted')).toBe('');
    expect(await parameter('debug')).toBe('N');
  });

  test('kinds is which kinds are read', async () => {
    expect(await parameter('kinds', '253,28')).toBe('28,253');
    expect(await peerWith(253)).toBe(CLIENT);
    expect(await peerWith(28)).toBe(CLIENT);
    expect(await peerWith(254)).toBe(BALANCER);
  });

  test.each(['-', '8', '256', '30', '254,', ',254', 'x', '254x', '-1', '99999999999999999999'])(
    'kinds is not %s',
    async (value) => {
      await parameter('kinds', '254');
      expect(await parameter('kinds', value)).toBe(`${REFUSED}\n254`);
    },
  );

  test('kinds can be all those that TCP leaves', async () => {
    await parameter('kinds', '9,255');
    expect(await peerWith(255)).toBe(CLIENT);
    await parameter('kinds', '200,254');
  });

  test.each([
    [BALANCER, `${BALANCER}/32`, CLIENT],
    ['10.0.0.0/8', '10.0.0.0/8', CLIENT],
    ['0.0.0.0/0', '0.0.0.0/0', CLIENT],
    ['::ffff:10.9.0.0/112', '10.9.0.0/16', CLIENT],
    ['fd00::/8,10.9.0.1', 'fd00::/8,10.9.0.1/32', CLIENT],
    ['192.0.2.0/24,fd00::/8', '192.0.2.0/24,fd00::/8', BALANCER],
    ['10.9.0.2', '10.9.0.2/32', BALANCER],
    ['11.0.0.0/8', '11.0.0.0/8', BALANCER],
  ])('trusted=%s reads as %s and makes the peer %s', async (value, shown, peer) => {
    expect(await parameter('trusted', value)).toBe(shown);
    expect(await peerWith(254)).toBe(peer);
  });

  test('trusted empty again is everybody', async () => {
    expect(await parameter('trusted', '-')).toBe('');
    expect(await peerWith(254)).toBe(CLIENT);
  });

  test.each([
    '10.0.0.0/33',
    '10.0.0/8',
    'fd00::/129',
    '10.0.0.0/',
    '10.0.0.0/8,',
    ',',
    '10.0.0.0/8/8',
    'lb',
    'fd00::g',
  ])('trusted is not %s, and stays as it was', async (value) => {
    await parameter('trusted', '192.0.2.0/24');
    expect(await parameter('trusted', value)).toBe(`${REFUSED}\n192.0.2.0/24`);
    expect(await peerWith(254)).toBe(BALANCER);
  });

  test('trusted is at most 64 networks', async () => {
    const longest = 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:0/128';
    expect(await parameter('trusted', longest, '64')).toBe(Array.from({ length: 64 }, () => longest).join(','));
    expect(await parameter('trusted', '10.0.0.0/8', '65')).toContain(REFUSED);
    await parameter('trusted', '-');
  });

  test('debug logs what was found, and for whom', async () => {
    expect(await parameter('debug', '1')).toBe('Y');
    await peerWith(254);
    await parameter('trusted', '192.0.2.0/24');
    await peerWith(254);
    await parameter('debug', '0');
    const named = 'names the client ::ffff:203.0.113.99 port 4660';
    await expect.poll(() => machine.guest.console()).toContain(`toa: ${BALANCER} port ${sourcePort - 2}: ${named}`);
    expect(machine.guest.console()).toContain(`toa: ${BALANCER} port ${sourcePort - 1}: not trusted; ${named}`);
  });
});
