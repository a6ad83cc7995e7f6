// What every test host has: a directory with a throw-away key, an ssh configuration of its own that names it, and a server.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface TestHost {
  /** Its name in the configuration. */
  readonly name: string;
  /** For `ssh -F`. */
  readonly configFile: string;
  readonly address: string;
  readonly port: number;
  /** Its keys and configuration. */
  readonly directory: string;
  stop(): Promise<void>;
}

export interface Keys {
  readonly directory: string;
  readonly host: string;
  readonly user: string;
}

/** Where a server listens. */
export interface Listening {
  readonly address: string;
  readonly port: number;
}

export const onLoopback = (port: number): Listening => ({ address: '127.0.0.1', port });

/** A directory with a host key and a user's key, both throw-away. */
export function makeKeys(hostKeyType = 'ed25519'): Keys {
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-ssh-'));
  const key = (name: string, type: string): string => {
    const path = join(directory, name);
    execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', name, '-f', path]);
    return path;
  };
  return { directory, host: key('host_key', hostKeyType), user: key('user_key', 'ed25519') };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The part of an ssh configuration that names a host; `lines` come first, so that they win. */
export function configuration(
  name: string,
  { address, port }: Listening,
  { directory, user }: Keys,
  lines: readonly string[],
): string {
  return [
    `Host ${name}`,
    ...lines,
    `HostName ${address}`,
    `Port ${String(port)}`,
    'User root',
    `IdentityFile ${user}`,
    'IdentitiesOnly yes',
    'IdentityAgent none',
    `UserKnownHostsFile ${join(directory, 'known_hosts')}`,
    'StrictHostKeyChecking accept-new',
    '',
  ].join('\n');
}

/** Runs a server until it is stopped, and waits until it answers. */
export async function serve(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  listening: Listening,
): Promise<ChildProcess> {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...argv], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
  // A root of its own may have to be made first.
  for (let tries = 0; tries < 1200; tries += 1) {
    if (child.exitCode !== null) break;
    if (await answers(listening)) return child;
    await sleep(50);
  }
  endGroup(child);
  throw new Error(`${argv.join(' ')} does not listen: ${said}`);
}

function answers({ address, port }: Listening): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.setTimeout(1000, () => {
      tell(false);
    });
    const tell = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', () => {
      tell(true);
    });
    socket.once('error', () => {
      tell(false);
    });
  });
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Puts the pieces together. */
export function testHost(
  name: string,
  listening: Listening,
  keys: Keys,
  server: ChildProcess,
  lines: readonly string[] = [],
): TestHost {
  const configFile = join(keys.directory, 'config');
  writeFileSync(configFile, configuration(name, listening, keys, lines));
  return {
    name,
    configFile,
    ...listening,
    directory: keys.directory,
    async stop() {
      const ended = once(server, 'close');
      endGroup(server);
      if (server.exitCode === null && server.signalCode === null) await ended;
      rmSync(keys.directory, { recursive: true, force: true });
    },
  };
}
