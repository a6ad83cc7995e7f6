// A server of its own for each test: the file system of debianServer(), on which what is written lies in memory and is gone afterwards.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root as checkout } from '../tools/project';
import { debianServer, type Series } from './debianServer';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Server {
  /** `uname -r` there. */
  readonly running: string;
  /** A newer kernel that its repository offers. */
  readonly next: string;
  /** Runs a command as root of the server. */
  run(...argv: readonly string[]): Ended;
  /** Runs `toa-doctor`. */
  cli(...args: readonly string[]): Ended;
  /** Starts `toa-doctor` and cuts the power once its output has `text`: nothing of it runs on. */
  cut(text: string, ...args: readonly string[]): Promise<void>;
  /** Starts a command, as the first process of namespaces of its own. */
  start(...argv: readonly string[]): ChildProcess;
  /** Every file with its mode, owner, size and target, and the content where plans change something; without logs and caches. */
  listing(): readonly string[];
  /** The names of all packages. */
  packages(): readonly string[];
  /** Makes a disk to boot from in a directory of this machine: `disk`, `vmlinuz` and `initramfs` of a kernel that is installed. */
  image(directory: string, kernel: string): void;
  remove(): void;
}

// dpkg keeps tmp.ci after a cut until it next unpacks something. Not ours either, on Debian 11: what apt writes when a kernel is installed,
// and the byte code of lsb-release, on which dkms depends there.
const LISTING = `
find_all() {
  where=$1
  shift
  find "$where" -xdev \\( -path /mnt -o -path /proc -o -path /dev -o -path /tmp -o -path /run -o -path /var/log -o -path /var/cache \\
    -o -path /var/lib/apt -o -path /etc/apt/apt.conf.d/01autoremove-kernels -o -path /usr/lib/python3 -o -path /var/lib/dpkg/status-old -o -path /var/lib/dpkg/tmp.ci \\) -prune -o "$@"
}
find_all / -type d -printf '%p %m %u %g\\n' -o -printf '%p %y %m %u %g %s %l\\n'
for place in /etc /boot /usr/src /usr/lib/modules /var; do
  find_all "$place" -type f ! -name '*.ko' -print0 | xargs -0 sha256sum
done
`;

/** Makes one; its memory is that of a mount that lives as long as the process that holds it. */
export async function server(series?: Series): Promise<Server> {
  const { root, running, next } = await debianServer(series);
  const upper = mkdtempSync(join(tmpdir(), 'toa-doctor-server-'));
  // The holder keeps a mount namespace with a tmpfs; every command enters it and makes a namespace of its own below.
  const holder = spawn(
    'unshare',
    [
      '--mount',
      '--propagation',
      'private',
      'sh',
      '-c',
      'mount -t tmpfs server "$1" && echo ready && exec cat',
      'sh',
      upper,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  await once(holder.stdout, 'data');
  const argv = (command: readonly string[]): readonly string[] => [
    ...[`--mount=/proc/${String(holder.pid)}/ns/mnt`, 'unshare', '--mount', '--propagation', 'private'],
    ...['--pid', '--fork', '--kill-child', 'sh', join(checkout, 'test/plan/server.sh')],
    ...[root, upper, checkout, process.execPath, running, ...command],
  ];
  const run = (...command: readonly string[]): Ended =>
    spawnSync('nsenter', argv(command), { encoding: 'utf8', input: '', maxBuffer: 1 << 28 });
  const started: ChildProcess[] = [];
  const tool = (args: readonly string[]): readonly string[] => ['/mnt/bin/node', '/mnt/project/dist/cli.js', ...args];
  return {
    running,
    next,
    run,
    cli: (...args) => run(...tool(args)),
    cut: (text, ...args) => cutAt(spawn('nsenter', argv(tool(args)), { stdio: ['ignore', 'pipe', 'ignore'] }), text),
    start: (...command) => {
      const child = spawn('nsenter', argv(command), { stdio: ['pipe', 'pipe', 'inherit'] });
      started.push(child);
      return child;
    },
    listing: () => run('sh', '-c', LISTING).stdout.split('\n').sort(),
    packages: () => run('dpkg-query', '-W', '-f', '${Package}\n').stdout.split('\n'),
    image: (directory, kernel) => {
      const { status, stderr } = run('--image', directory, kernel);
      if (status !== 0) throw new Error(stderr);
    },
    remove: () => {
      for (const child of started) child.kill('SIGKILL');
      holder.kill('SIGKILL');
      rmSync(upper, { recursive: true, force: true });
    },
  };
}

/** With the first process of a PID namespace all of them end. */
async function cutAt(child: ChildProcess, text: string): Promise<void> {
  const closed = once(child, 'close');
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
    if (said.includes(text)) child.kill('SIGKILL');
  });
  await closed;
  if (!said.includes(text)) throw new Error(`It ended before it said ${text}:\n${said}`);
}
