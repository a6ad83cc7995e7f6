// What "verify" sees of real handshakes: tcpdump with its filter, and the host's own report of its sockets.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyCommand } from '../../extension/core/capture/command';
import { captureRequest } from '../../extension/core/capture/request';
import { readSegments } from '../../extension/core/capture/segments';
import { collectHandshakes, type Handshake } from '../../extension/core/verify/handshakes';
import { readHostState } from '../../extension/core/verify/hostState';
import { root } from '../tools/project';
import type { Connection } from '../vm/loadBalancer';
import { CARD, mayMakeNetworks, network, PORT, type Network } from './network';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const OPTION = bytes('fe08 1234 cb007107');
const OTHER_KIND = bytes('fd08 1234 cb007107');
const TIMESTAMP = bytes('0101 080a 00000001 00000000');
const THREE_SACK_BLOCKS = Buffer.concat([bytes('0101 051a'), Buffer.alloc(24, 1)]);

describe.skipIf(!mayMakeNetworks())('verify', () => {
  let net: Network;
  beforeAll(async () => {
    net = await network();
  });
  afterAll(() => net.remove());

  /** The handshakes that verify's capture sees of these connections. */
  async function seen(connections: readonly Partial<Connection>[]): Promise<readonly Handshake[]> {
    const request = captureRequest({ interface: CARD, seconds: '20' });
    if ('problem' in request) throw new Error(request.problem.text);
    const [program, ...args] = net.within(verifyCommand('tcpdump', request));
    const tcpdump = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const printed = text(tcpdump.stdout);
    await once(tcpdump.stderr, 'data');
    for (const [index, connection] of connections.entries())
      await net.balancer.connect({ port: PORT, sourcePort: 45_000 + index, text: 'who am I', ...connection });
    await sleep(1500);
    tcpdump.kill('SIGINT');
    const collector = collectHandshakes();
    const reader = readSegments((segment) => {
      collector.add(segment);
    });
    reader.feed(await printed);
    reader.end();
    return collector.handshakes();
  }

  it('tells where the option is, of which kind, and where there was no room for it', async () => {
    const found = await seen([
      {},
      { inSyn: OPTION },
      { inAck: OPTION },
      { inAck: Buffer.concat([TIMESTAMP, OTHER_KIND]) },
      { inAck: Buffer.concat([TIMESTAMP, THREE_SACK_BLOCKS]) },
    ]);
    const told = found.map(({ options, full }) => [
      ...options.map(({ kind, segment }) => `${segment ?? '?'} ${kind}`),
      ...(full ? ['full'] : []),
    ]);
    expect(told).toEqual([[], ['SYN 254'], ['ACK 254'], ['ACK 253'], ['full']]);
    expect(found.map(({ source, port }) => `${source} ${port}`)[2]).toBe(`10.9.0.1:45002 ${PORT}`);
  }, 60_000);

  it('reads the host’s sockets, the process behind them, and its addresses', () => {
    const script = readFileSync(join(root, 'extension/doctor/verify/state.sh'), 'utf8');
    const [program, ...args] = net.within(['sh', '-s', String(PORT)]);
    const { stdout } = spawnSync(program, args, { input: script, encoding: 'utf8' });
    const state = readHostState(stdout);
    expect(state?.sockets).toContainEqual(
      expect.objectContaining({ family: 4, state: 'listening', address: '10.9.0.2', port: PORT }),
    );
    expect(state?.processes.get(PORT)?.[0]).toMatch(/^python3/);
    expect(state?.addresses).toContain('10.9.0.2');
    expect(state?.loaded).toBe(false);
  });
});
