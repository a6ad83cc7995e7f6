// The five hosts of the acceptance: on each runs a kernel whose headers are not there, while those of another are.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { release as osRelease, tmpdir } from 'node:os';
import { join } from 'node:path';
import { centosTree } from '../../plan/centosTree';
import { debianUserland } from './debian';
import { startOwnRoot, type OwnRoot, type OwnRootHost } from './ownRoot';
import { startProxy, type Proxy } from './proxy';
import { configuration, onLoopback } from './server';

export interface Userland extends OwnRootHost {
  readonly running: string;
  /** The release whose headers are there. */
  readonly headers: string;
  /** The way to it, where it can be cut. */
  readonly link?: Proxy;
}

export type UserlandName = 'bullseye' | 'bookworm' | 'narrow' | 'busybox' | 'centos7';

/** Debian 11. */
const bullseye = (): Promise<Userland> => onDebian('bullseye', '5.10.0-999-amd64', {});

/** Debian 12, thirty milliseconds away. */
async function bookworm(): Promise<Userland> {
  const host = await onDebian('bookworm', '6.1.0-999-amd64', {});
  const proxy = await startProxy(host, 15);
  const keys = { directory: host.directory, host: '', user: join(host.directory, 'user_key') };
  writeFileSync(host.configFile, configuration(host.name, onLoopback(proxy.port), keys, []));
  return {
    ...host,
    link: proxy,
    async stop() {
      await proxy.stop();
      await host.stop();
    },
  };
}

/** Debian 12 with one session for a connection, a key that nobody knows yet, and a login that is slow and talks. */
const narrow = (): Promise<Userland> =>
  onDebian('bookworm', '6.1.0-999-amd64', {
    name: 'narrow',
    config: ['MaxSessions 1'],
    home: { '.bashrc': 'echo Welcome\nsleep 0.5\necho to the server >&2\n' },
    client: ['StrictHostKeyChecking ask'],
  });

/** An appliance: busybox, dropbear, no SFTP. */
const busybox = (): Promise<Userland> =>
  onDebian('bookworm', osRelease(), { name: 'busybox', prepare: 'applianceFiles.sh', server: 'dropbear' });

/** CentOS 7, whose sshd offers what ssh no longer trusts. */
async function centos7(): Promise<Userland> {
  const [running, headers] = ['3.10.0-1160.119.1.el7.x86_64', '3.10.0-957.el7.x86_64'];
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-centos-'));
  const tree = join(directory, 'tree');
  await centosTree(tree, headers);
  const host = await startOwnRoot({
    name: 'centos7',
    root: '/',
    prepare: 'centosFiles.sh',
    release: running,
    tree,
    server: 'sshd',
    keyType: 'rsa',
    config: ['HostKeyAlgorithms ssh-rsa', 'KexAlgorithms diffie-hellman-group14-sha1'],
  });
  return {
    ...host,
    running,
    headers,
    async stop() {
      await host.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function onDebian(release: 'bullseye' | 'bookworm', running: string, more: Partial<OwnRoot>): Promise<Userland> {
  const { directory, kernels } = await debianUserland(release);
  const plain = { name: release, root: directory, prepare: 'debianFiles.sh', server: 'sshd' } as const;
  const host = await startOwnRoot({ ...plain, release: running, ...more });
  return { ...host, running, headers: kernels[0]?.release ?? '' };
}

const STARTS: Readonly<Record<UserlandName, () => Promise<Userland>>> = {
  bullseye,
  bookworm,
  narrow,
  busybox,
  centos7,
};

/** Starts one of them. */
export const startUserland = (name: UserlandName): Promise<Userland> => STARTS[name]();
