// A network of its own, with a card whose other end is held by the test: what it sends arrives like a balancer's packets.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../tools/project';
import { loadBalancer, SERVER, type LoadBalancer } from '../vm/loadBalancer';

/** The card of the server's side, which is to be captured on, and the port of its service. */
export const CARD = 'toa0';
export const PORT = 8080;

export interface Network {
  readonly balancer: LoadBalancer;
  /** The command that runs another one in this network. */
  within(argv: readonly string[]): readonly [string, ...string[]];
  remove(): Promise<void>;
}

const SETUP = `set -e
ip link set lo up
ip link add "$1" type veth peer name "$1-peer"
ip addr add "$2/24" dev "$1"
ip link set "$1" up
ip link set "$1-peer" up
echo ready
exec python3 "$3" "$4" "$1-peer" "$2" "$5"`;

/** Whether this process may make network namespaces and capture in them. */
export function mayMakeNetworks(): boolean {
  return spawnSync('unshare', ['--net', 'ip', 'link', 'add', 'toa9', 'type', 'veth']).status === 0;
}

export async function network(): Promise<Network> {
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-network-'));
  const path = join(directory, 'wire');
  const listening = createServer();
  listening.listen(path);
  await once(listening, 'listening');
  const wire = join(root, 'test/capture/wire.py');
  const holder = spawn('unshare', ['--net', 'sh', '-c', SETUP, 'sh', CARD, SERVER, wire, path, String(PORT)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [socket] = (await Promise.race([once(listening, 'connection'), failed(holder)])) as [Socket];
  return {
    balancer: await loadBalancer(socket),
    within: (argv) => ['nsenter', `--net=/proc/${holder.pid ?? 0}/ns/net`, ...argv],
    async remove() {
      const ended = once(holder, 'exit');
      socket.destroy();
      holder.kill();
      listening.close();
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function failed(child: ChildProcess): Promise<never> {
  await once(child, 'exit');
  throw new Error('the network could not be made');
}
