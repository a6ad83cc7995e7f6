// A real sshd on a loopback port, with this machine's programs or in a world (test/tools/world.ts), which has kernels of its own.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inWorld, type World } from '../../tools/world';
import { freePort, makeKeys, onLoopback, serve, testHost, type Keys, type TestHost } from './server';

export interface SshdOptions {
  readonly name?: string;
  readonly world?: World;
  /** Lines of sshd_config, before ours, so that they win. */
  readonly config?: readonly string[];
  /** Lines of the client's configuration. */
  readonly client?: readonly string[];
  /** The home directory's files: they lie over /root. */
  readonly home?: Readonly<Record<string, string>>;
  /** A command before sshd's own: to run it in a root of its own. */
  readonly through?: readonly string[];
}

/** Starts it. `stop` ends it with every session that it has. */
export async function startSshd(options: SshdOptions = {}): Promise<TestHost> {
  const { name = 'testhost', world, config = [], client, through = [] } = options;
  const keys = makeKeys();
  const port = await freePort();
  const file = join(keys.directory, 'sshd_config');
  writeFileSync(join(keys.directory, 'authorized_keys'), readFileSync(`${keys.user}.pub`));
  writeFileSync(file, serverConfiguration(keys, '127.0.0.1', port, config));
  mkdirSync('/run/sshd', { recursive: true }); // sshd's own directory, empty
  const daemon = ['/usr/sbin/sshd', '-D', '-e', '-f', file];
  const command = [...through, ...overHome(keys.directory, options.home), ...daemon];
  const { argv, env } = world === undefined ? { argv: command, env: {} } : inWorld(world, command);
  const server = await serve(argv, env, onLoopback(port));
  return testHost(name, onLoopback(port), keys, server, client);
}

/** What sshd_config says; `lines` come first, so that they win. */
export function serverConfiguration(keys: Keys, address: string, port: number, lines: readonly string[]): string {
  return [
    ...lines,
    `ListenAddress ${address}`,
    `Port ${String(port)}`,
    `HostKey ${keys.host}`,
    `AuthorizedKeysFile ${join(keys.directory, 'authorized_keys')}`,
    'PidFile none',
    'StrictModes no',
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    'UsePAM no',
    'MaxStartups 100',
    '',
  ].join('\n');
}

/** Shows a directory as /root, in a mount namespace of its own. */
function overHome(directory: string, files: SshdOptions['home']): readonly string[] {
  if (files === undefined) return [];
  const home = join(directory, 'home');
  mkdirSync(home);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
  const script = 'mount --bind "$1" /root && shift && exec "$@"';
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', home];
}
