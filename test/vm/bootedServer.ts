// A Debian server with its kernel running in QEMU: reached by ssh as any host is, with a load balancer at its first card.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { debianRoot } from '../matrix/debianRoot';
import { configuration, freePort, makeKeys, onLoopback, type Keys } from '../remote/hosts/server';
import { cached } from '../tools/cache';
import { root as checkout } from '../tools/project';
import { run } from '../tools/run';
import type { Bootable } from './bootable';
import { boot, type Guest } from './guest';
import { initramfs, type ArchiveFile } from './initramfs';
import { guestModules } from './kernelModules';
import { loadBalancer, type LoadBalancer } from './loadBalancer';

const BOOT_TIMEOUT = 200_000;
const NAME = 'server';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface BootedServer {
  readonly guest: Guest;
  readonly balancer: LoadBalancer;
  /** Runs a script as root there. Rejects when it fails. */
  sh(script: string): Promise<string>;
  /** Starts `toa-doctor` on this machine, to work there. */
  cli(...args: readonly string[]): ChildProcessWithoutNullStreams;
  stop(): Promise<void>;
}

/** Raised when what is on the disk changes. */
const LAYOUT = 1;

/** What verifying takes, and applications: systemd has a listener that tells its peers, and a proxy. */
const TOOLS = ['openssh-server', 'iproute2', 'nftables', 'tcpdump', 'systemd', 'gcc', 'libc6-dev', 'busybox-static'];
const MODULES = ['virtio_pci', 'virtio_blk', 'virtio_net', 'veth', 'nft_chain_nat', 'nft_nat'];

const debian = (): ReturnType<typeof debianRoot> =>
  debianRoot('booted', { debian: 'bookworm', suites: ['bookworm'], tools: TOOLS }, () => []);

/** The disk with its files; each boot writes to a copy of its own. */
export async function serverDisk(): Promise<string> {
  const directory = await cached(`debian-disk-${LAYOUT}`, async (draft) => {
    const file = join(draft, 'disk');
    await writeFile(file, '');
    await truncate(file, 2 ** 31);
    await run(['mke2fs', '-q', '-t', 'ext4', '-E', 'lazy_itable_init=1', '-d', (await debian()).directory, file]);
  });
  return join(directory, 'disk');
}

/** Boots it, with more files on its disk; takes half a minute. */
export async function bootedServer(kernel: Bootable, files: readonly ArchiveFile[]): Promise<BootedServer> {
  const keys = makeKeys();
  const remove = (): void => {
    rmSync(keys.directory, { recursive: true, force: true });
  };
  try {
    const port = await freePort();
    const guest = await bootDisk(kernel, keys, port, files);
    const configFile = join(keys.directory, 'config');
    writeFileSync(configFile, configuration(NAME, onLoopback(port), keys, []));
    const shared = ['-o', 'ControlMaster=auto', '-o', `ControlPath=${join(keys.directory, 'master')}`, '-o'];
    const ssh = ['-F', configFile, ...shared, 'ControlPersist=yes', NAME];
    return {
      guest,
      balancer: await loadBalancer(guest.network),
      sh: async (script) => {
        const { status, stdout, stderr } = await ended(spawn('ssh', [...ssh, script]));
        if (status !== 0) throw new Error(`${script} ended with status ${String(status)}:\n${stdout}${stderr}`);
        return stdout;
      },
      cli: (...args) =>
        spawn(process.execPath, [join(checkout, 'dist/cli.js'), ...args, '--host', NAME, '--ssh-config', configFile]),
      async stop() {
        await ended(spawn('ssh', ['-O', 'exit', ...ssh]));
        await guest.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function bootDisk(kernel: Bootable, keys: Keys, port: number, files: readonly ArchiveFile[]): Promise<Guest> {
  const image = await kernel.image();
  const archive = join(keys.directory, 'initramfs');
  await writeFile(archive, initramfs([...(await firstFiles(image.modules)), ...onDisk([...sshd(keys), ...files])]));
  return boot({
    vmlinuz: image.vmlinuz,
    initramfs: archive,
    ready: 'GUEST-READY',
    timeout: BOOT_TIMEOUT,
    memory: 512,
    machine: [
      ...['-drive', `file=${await serverDisk()},format=raw,if=virtio,snapshot=on,cache=unsafe`],
      ...['-netdev', `user,id=ssh,restrict=on,hostfwd=tcp:127.0.0.1:${String(port)}-10.0.2.15:22`],
      ...['-device', 'virtio-net-pci,netdev=ssh,romfile='],
    ],
  });
}

async function firstFiles(modules: string): Promise<readonly ArchiveFile[]> {
  const loaded = await guestModules(modules, MODULES);
  const guest = (name: string): Promise<Uint8Array> => readFile(join(checkout, 'test/vm/guest', name));
  return [
    { name: 'init', content: await guest('diskInit.sh') },
    { name: 'bin/busybox', content: await readFile(join((await debian()).directory, 'usr/bin/busybox')) },
    { name: 'modules', content: Buffer.from(loaded.map(({ name }) => `/${name}\n`).join('')) },
    ...loaded,
    ...onDisk([{ name: 'usr/sbin/server', content: await guest('server.sh') }]),
  ];
}

function sshd(keys: Keys): readonly ArchiveFile[] {
  const lines = ['HostKey /etc/server/host_key', 'AuthorizedKeysFile /etc/server/authorized_keys', 'StrictModes no'];
  return [
    { name: 'etc/server/sshd_config', content: Buffer.from(`${lines.join('\n')}\nUsePAM no\nUseDNS no\n`) },
    { name: 'etc/server/host_key', content: readFileSync(keys.host) },
    { name: 'etc/server/authorized_keys', content: readFileSync(`${keys.user}.pub`) },
  ];
}

const onDisk = (files: readonly ArchiveFile[]): readonly ArchiveFile[] =>
  files.map(({ name, content }) => ({ name: `server/${name}`, content }));

/** What a command prints until it ends. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const closed = once(child, 'close') as Promise<[number | null]>;
  child.stdin.end();
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { status, stdout, stderr };
}
