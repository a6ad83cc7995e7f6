// An appliance: a root with nothing but busybox, and dropbear as its ssh server, without SFTP.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findCommand } from '../../tools/systemPackages';
import { freePort, makeKeys, onLoopback, serve, testHost, type TestHost } from './server';

export interface BusyboxHost extends TestHost {
  /** Where its root directory lies on this machine. */
  readonly root: string;
}

/** Starts it; its users have ash as login shell. */
export async function startBusybox(name = 'busybox'): Promise<BusyboxHost> {
  const keys = makeKeys();
  const port = await freePort();
  const root = join(keys.directory, 'root');
  makeRoot(root);
  writeFileSync(join(root, 'root/.ssh/authorized_keys'), readFileSync(`${keys.user}.pub`), { mode: 0o600 });
  const hostKey = join(root, 'etc/dropbear_key');
  execFileSync('dropbearkey', ['-t', 'ed25519', '-f', hostKey], { stdio: 'ignore' });
  const inRoot = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"';
  const server = await serve(
    [
      ...(['unshare', '--mount', '--propagation', 'private', 'sh', '-c', inRoot, root] as const),
      ...['/sbin/dropbear', '-F', '-E', '-r', '/etc/dropbear_key', '-p', `127.0.0.1:${String(port)}`],
    ],
    {},
    onLoopback(port),
  );
  return { ...testHost(name, onLoopback(port), keys, server), root };
}

function makeRoot(root: string): void {
  for (const directory of ['bin', 'sbin', 'etc', 'proc', 'dev', 'tmp', 'root/.ssh', 'var/run'])
    mkdirSync(join(root, directory), { recursive: true, mode: directory.startsWith('root') ? 0o700 : 0o755 });
  for (const [name, minor] of Object.entries({ null: '3', zero: '5', urandom: '9' }))
    execFileSync('mknod', ['-m', '666', join(root, 'dev', name), 'c', '1', minor]);
  cpSync(found('busybox'), join(root, 'bin/busybox'));
  execFileSync('chroot', [root, '/bin/busybox', '--install', '/bin']);
  addProgram(root, found('dropbear'), '/sbin/dropbear');
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\n');
  writeFileSync(join(root, 'etc/shells'), '/bin/sh\n');
  writeFileSync(join(root, 'etc/os-release'), 'ID=appliance\nPRETTY_NAME="Appliance 1"\n');
}

/** A program with the libraries it is linked to. */
function addProgram(root: string, program: string, to: string): void {
  mkdirSync(dirname(join(root, to)), { recursive: true });
  cpSync(program, join(root, to), { dereference: true });
  const libraries = execFileSync('ldd', [program], { encoding: 'utf8' }).match(/\/\S+(?= \()/g) ?? [];
  for (const library of libraries) {
    mkdirSync(dirname(join(root, library)), { recursive: true });
    cpSync(library, join(root, library), { dereference: true });
  }
  // What the C library loads by name, to read /etc/passwd.
  const names = libraries.flatMap((library) => (library.endsWith('/libc.so.6') ? [dirname(library)] : []));
  for (const directory of names)
    cpSync(join(directory, 'libnss_files.so.2'), join(root, directory, 'libnss_files.so.2'), { dereference: true });
}

function found(command: string): string {
  const path = findCommand(command);
  if (path === undefined) throw new Error(`${command} is not installed`);
  return path;
}
