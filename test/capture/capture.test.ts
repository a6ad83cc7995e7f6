// `toa-doctor capture` on real handshakes: the load balancer of the VM tests in front of a service in a network of its own.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sudoCapture } from '../../extension/core/capture/command';
import { captureRequest } from '../../extension/core/capture/request';
import { decodeText } from '../../extension/core/decode/decode';
import { capture } from '../../extension/doctor/capture';
import { LocalHost } from '../../extension/host/local';
import { root } from '../tools/project';
import { BALANCER, type Connection } from '../vm/loadBalancer';
import { CARD, mayMakeNetworks, network, PORT, type Network } from './network';

/** Milliseconds: the kernel hands packets to tcpdump once a second. */
const HANDED_OVER = 1500;

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');
/** 203.0.113.7:4660, [2001:db8::7]:4660. */
const V4 = bytes('fe08 1234 cb007107');
const V6 = bytes('fe14 1234 20010db8 00000000 00000000 00000007');
const V4_OF_200 = bytes('c808 1234 cb007107');
const TIMESTAMP = bytes('0101 080a 00000001 00000000');

describe.skipIf(!mayMakeNetworks())('toa-doctor capture', () => {
  let net: Network;
  let sourcePort = 40_000;
  beforeAll(async () => {
    net = await network();
  });
  afterAll(() => net.remove());

  const connect = (options: Partial<Connection>): Promise<string> =>
    net.balancer.connect({ port: PORT, sourcePort: sourcePort++, text: 'who am I', ...options });

  /** Starts the capture, does `meanwhile` once tcpdump listens, and gives what it printed and how it ended. */
  async function capturing(
    args: readonly string[],
    meanwhile: (stop: () => Promise<void>) => Promise<void>,
    env: NodeJS.ProcessEnv = {},
  ): Promise<Ended> {
    const [program, ...rest] = net.within([process.execPath, join(root, 'dist/cli.js'), 'capture', ...args]);
    const child = spawn(program, rest, {
      env: { ...process.env, LC_ALL: 'C', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr, ended] = [text(child.stdout), text(child.stderr), once(child, 'exit')];
    await listens(child);
    await meanwhile(async () => {
      await sleep(HANDED_OVER);
      child.kill('SIGINT');
    });
    const [status] = (await ended) as [number | null];
    return { status, stdout: await stdout, stderr: await stderr };
  }

  const captures = (): readonly string[] => {
    const [program, ...rest] = net.within(['cat', '/proc/net/packet']);
    const cards = spawnSync(program, rest, { encoding: 'utf8' }).stdout.trim().split('\n').slice(1);
    return cards.slice(1); // the first is the test's own
  };

  async function listens(child: ChildProcess): Promise<void> {
    while (captures().length === 0 && child.exitCode === null) await sleep(20);
    await sleep(200); // the filter is set after the socket is made
  }

  it('tells the clients of real handshakes from those without an option', async () => {
    const result = await capturing(['--interface', CARD, '--port', String(PORT), '--json'], async (stop) => {
      expect(await connect({ inAck: V4 })).toBe(`${BALANCER} ${sourcePort - 1}`);
      await connect({ inAck: Buffer.concat([TIMESTAMP, V4]), inData: Buffer.concat([TIMESTAMP, V4]) });
      await connect({ inAck: V6 });
      await connect({ inSyn: V4_OF_200 });
      await connect({});
      await connect({ inAck: TIMESTAMP });
      await stop();
    });
    expect(result.status).toBe(0);
    const report = JSON.parse(result.stdout) as Record<string, unknown>;
    expect(report).toMatchObject({
      outcome: 'cancelled',
      connections: 6,
      carrying: 4,
      inAck: 3,
      kinds: [
        { kind: 254, length: 8, connections: 2 },
        { kind: 200, length: 8, connections: 1 },
        { kind: 254, length: 20, connections: 1 },
      ],
      dropped: 0,
    });
    const results = report['results'] as readonly Record<string, unknown>[];
    const told = results.map(({ client, kind, segment, status }) => [client, kind, segment, status]);
    expect(told).toEqual([
      ['203.0.113.7:4660', 254, 'ACK', 'decoded'],
      ['203.0.113.7:4660', 254, 'ACK', 'decoded'],
      ['203.0.113.7:4660', 254, 'data', 'decoded'],
      ['[2001:db8::7]:4660', 254, 'ACK', 'decoded'],
      ['203.0.113.7:4660', 200, 'SYN', 'decoded'],
    ]);
    expect(captures()).toEqual([]);
  });

  it('shows the command first, each client as it comes, and what it means in the end', async () => {
    const result = await capturing(['--interface', CARD, '--seconds', '3', '--peers', `${BALANCER}/24`], async () => {
      await connect({ inAck: V4 });
    });
    expect(result.stderr).toMatch(
      /^\/\S*tcpdump -tttt -x -l -nn -p -s 128 -c 2000 -i toa0 'src net 10\.9\.0\.0\/24 and /,
    );
    expect(result.stdout).toBe(
      '2  203.0.113.7:4660  254  ACK\n' +
        'Connections: 1, with a client’s address in a TCP option: 1 (kind 254). No toa module is loaded on this host, so the service sees the load balancer instead.\n',
    );
    expect(result.status).toBe(0);
    expect(captures()).toEqual([]);
  });

  it('ends at the limit of packets', async () => {
    const result = await capturing(['--interface', CARD, '--packets', '2', '--seconds', '60', '--json'], async () => {
      await connect({ inAck: V4 });
    });
    expect(JSON.parse(result.stdout)).toMatchObject({ outcome: 'done', segments: 2, connections: 1, carrying: 1 });
  });

  it('says that no option came', async () => {
    const result = await capturing(['--interface', CARD], async (stop) => {
      await connect({});
      await stop();
    });
    expect(result.stdout).toMatch(/^Connections: 1\. None carried/);
    expect(result.status).toBe(1);
  });

  it('says in one line why tcpdump fails, and what is wrong with the arguments', async () => {
    const nothing = (): Promise<void> => Promise.resolve();
    const missing = await capturing(['--interface', 'nowhere'], nothing);
    expect(missing.stderr.split('\n')[1]).toMatch(/^toa-doctor capture: tcpdump failed: nowhere: /);
    expect(missing.status).toBe(2);
    const hostile = await capturing(['--interface=-w/etc/passwd'], nothing);
    expect(hostile.stderr).toMatch(/^toa-doctor capture: .*\n$/);
    expect(hostile.status).toBe(2);
  });

  it('by sudo, as in a terminal: every step that is shown, and nothing is left', async () => {
    const host = new LocalHost();
    const request = captureRequest({ interface: CARD, port: String(PORT), seconds: '3' });
    if ('problem' in request) throw new Error(request.problem.text);
    const directory = join(tmpdir(), `toa-doctor-${randomUUID()}`);
    const steps = sudoCapture('tcpdump', request, directory);
    for (const argv of steps.prepare) expect(await host.run({ argv })).toMatchObject({ code: 0 });
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    // The test's sudo asks for no password, since it is root already; all else is as with one.
    const [program, ...rest] = net.within(steps.capture);
    const writing = spawn(program, rest, { stdio: 'ignore' });
    const ended = once(writing, 'exit');
    await listens(writing);
    await connect({ inAck: V4 });
    expect(await ended).toEqual([124, null]); // the time limit
    const text: string[] = [];
    const report = await capture(host, steps.read, { onText: (lines) => text.push(lines) });
    expect(report).toMatchObject({ outcome: 'done', count: { connections: 1, carrying: 1 } });
    expect(decodeText(text.join(''))).toMatchObject([{ frame: 2, client: '203.0.113.7:4660' }]);
    expect(await host.run({ argv: steps.remove })).toMatchObject({ code: 0 });
    expect(existsSync(directory)).toBe(false);
  });
});
