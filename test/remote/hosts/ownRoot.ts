// Servers with a root, a network and processes of their own: userlands of several ages, all with the compiler and headers that a build takes.
import { execFile, execFileSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root as checkout } from '../../tools/project';
import { makeKeys, serve, testHost, type Keys, type TestHost } from './server';
import { serverConfiguration } from './sshd';

export interface OwnRoot {
  readonly name: string;
  /** The files below; they stay as they are. */
  readonly root: string;
  /** Of this directory: makes a host of the root. */
  readonly prepare: 'debianFiles.sh' | 'applianceFiles.sh' | 'centosFiles.sh' | '../../plan/centosFiles.sh';
  /** What `uname -r` says. */
  readonly release: string;
  /** Seen as /mnt/tree. */
  readonly tree?: string;
  readonly server: 'sshd' | 'dropbear';
  /** Lines of sshd_config, before ours, so that they win. */
  readonly config?: readonly string[];
  /** Lines of the client's configuration. */
  readonly client?: readonly string[];
  /** Files of /root beside the module's source in `demo`. */
  readonly home?: Readonly<Record<string, string>>;
  /** The type of its key, as ssh-keygen says it. */
  readonly keyType?: 'ed25519' | 'rsa';
}

export interface OwnRootHost extends TestHost {
  /** What a command prints that runs there, started past the ssh server. Rejects when it fails. */
  inside(...argv: readonly string[]): Promise<Buffer>;
}

/** Starts it, on port 22 of an address of its own. `stop` ends it with all that it has started. Takes root. */
export async function startOwnRoot(options: OwnRoot): Promise<OwnRootHost> {
  const { name, config = [], client = [], tree = '' } = options;
  const keys = makeKeys(options.keyType);
  const scratch = mkdtempSync(join(tmpdir(), 'toa-doctor-host-'));
  fillHome(keys, options.home ?? {});
  const { near, far } = freeAddresses();
  const file = join(keys.directory, 'sshd_config');
  writeFileSync(file, serverConfiguration(keys, far, 22, config));
  const unshare = ['unshare', '--mount', '--propagation', 'private', '--net', '--pid', '--fork', '--kill-child'];
  const daemon = options.server === 'sshd' ? ['/usr/sbin/sshd', '-D', '-e', '-f', file] : dropbear(keys);
  const env = {
    TOA_ROOT: options.root,
    TOA_SCRATCH: scratch,
    TOA_KEYS: keys.directory,
    TOA_PROJECT: checkout,
    TOA_TREE: tree,
    TOA_PREPARE: options.prepare,
    TOA_RELEASE: options.release,
    TOA_OUTER: `/proc/${String(process.pid)}/ns/net`,
    TOA_CARD: `toa${far.split('.').slice(2).join('-')}`,
    TOA_NEAR: near,
    TOA_FAR: far,
  };
  const script = join(checkout, 'test/remote/hosts/ownRoot.sh');
  const at = { address: far, port: 22 };
  const server = await serve([...unshare, 'sh', script, ...daemon], env, at);
  const host = testHost(name, at, keys, server, client);
  return {
    ...host,
    inside: (...argv) => inside(server, argv),
    async stop() {
      await host.stop();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** The server is unshare, and its only child the host's first process. */
async function inside({ pid = 0 }: ChildProcess, argv: readonly string[]): Promise<Buffer> {
  const [first = ''] = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8').split(' ');
  const enter = ['--target', first, '--mount', '--root', '--pid', ...argv];
  return (await promisify(execFile)('nsenter', enter, { encoding: 'buffer', maxBuffer: 1 << 26 })).stdout;
}

function fillHome(keys: Keys, files: Readonly<Record<string, string>>): void {
  const home = join(keys.directory, 'home');
  mkdirSync(join(home, '.ssh'), { recursive: true, mode: 0o700 });
  const authorized = readFileSync(`${keys.user}.pub`);
  writeFileSync(join(home, '.ssh/authorized_keys'), authorized, { mode: 0o600 });
  writeFileSync(join(keys.directory, 'authorized_keys'), authorized);
  cpSync(join(checkout, 'test/editor/workspace'), join(home, 'demo'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
}

/** dropbear reads keys in a form of its own. */
function dropbear(keys: Keys): readonly string[] {
  const key = join(keys.directory, 'dropbear_key');
  execFileSync('dropbearkey', ['-t', 'ed25519', '-f', key], { stdio: 'ignore' });
  return ['/usr/sbin/dropbear', '-F', '-E', '-r', key, '-p', '22'];
}

/** Two addresses of a cable: of the network that is set apart for tests of networks (RFC 2544), so no server is hidden by them. */
function freeAddresses(): { readonly near: string; readonly far: string } {
  const third = String(randomInt(256));
  const fourth = randomInt(64) * 4;
  return { near: `198.18.${third}.${String(fourth + 1)}`, far: `198.18.${third}.${String(fourth + 2)}` };
}
