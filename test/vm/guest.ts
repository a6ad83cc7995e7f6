// One QEMU guest under software emulation, with its network card on a unix socket of ours.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface GuestOptions {
  readonly vmlinuz: string;
  readonly initramfs: string;
  /** What the guest's console says when it can be used. */
  readonly ready: string;
  /** Milliseconds until then, after which the guest is killed. */
  readonly timeout: number;
  /** More for the kernel's command line. */
  readonly append?: string;
  /** More for QEMU. */
  readonly machine?: readonly string[];
  /** In megabytes; 256 when absent. */
  readonly memory?: number;
}

export interface Guest {
  /** Frames to and from the guest's card: each a 4-byte big-endian length and the frame. */
  readonly network: Socket;
  /** All that the guest's console has said. */
  console(): string;
  /** Resolves when the guest has ended by itself. */
  ended(): Promise<void>;
  /** Kills the guest if it still runs. */
  stop(): Promise<void>;
}

// The cards' MAC address is QEMU's default; no_timer_check: under load the emulated timer looks broken to the kernel.
const APPEND = 'console=ttyS0 loglevel=5 panic=-1 oops=panic no_timer_check net.ifnames=0';

// One thread for both CPUs: with a thread each, QEMU up to 8 lets a CPU run an int3 that the kernel has already patched
// away, and the kernel stops with "Oops: int3" (linux-kernel, July 2023, "still see int3: when running LTP tracing").
function qemuArguments(options: GuestOptions, socket: string): readonly string[] {
  const { vmlinuz, initramfs, append = '', machine = [], memory = 256 } = options;
  return [
    ...['-accel', 'tcg,thread=single', '-machine', 'q35', '-smp', '2', '-m', `${memory}M`],
    ...['-display', 'none', '-nodefaults', '-no-user-config', '-no-reboot', '-serial', 'stdio'],
    ...['-kernel', vmlinuz, '-initrd', initramfs, '-append', `${APPEND} ${append}`],
    ...['-netdev', `stream,id=net0,server=off,addr.type=unix,addr.path=${socket}`],
    ...['-device', 'virtio-net-pci,netdev=net0,romfile='],
    ...machine,
  ];
}

async function listen(path: string): Promise<Server> {
  const server = createServer().listen(path);
  await once(server, 'listening');
  return server;
}

/** Boots a kernel and waits until its console has said `ready`. Rejects, with the console, when it does not. */
export async function boot(options: GuestOptions): Promise<Guest> {
  const directory = await mkdtemp(join(tmpdir(), 'toa-doctor-guest-'));
  const server = await listen(join(directory, 'network'));
  // The kernel kills the guest when this process ends, however it ends.
  const argv = ['--pdeathsig', 'KILL', 'qemu-system-x86_64', ...qemuArguments(options, join(directory, 'network'))];
  const qemu = spawn('setpriv', argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const ready = new Promise<void>((resolve) => {
    const hear = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      if (text.includes(options.ready)) resolve();
    };
    qemu.stdout.on('data', hear);
    qemu.stderr.on('data', hear);
  });
  const gone = once(qemu, 'close').then(() => undefined);
  const stop = async (): Promise<void> => {
    qemu.kill('SIGKILL');
    await gone;
    server.close();
    await rm(directory, { recursive: true, force: true });
  };
  const connected = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const timer = setTimeout(() => qemu.kill('SIGKILL'), options.timeout);
  try {
    const failed = gone.then(() => Promise.reject(new Error(`The guest ended. Its console:\n${text.slice(-4000)}`)));
    const [network] = await Promise.race([Promise.all([connected, ready]), failed]);
    network.on('error', () => undefined);
    return { network, console: () => text, ended: () => gone, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
