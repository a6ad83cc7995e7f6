// A booted kernel with the module loaded, and a load balancer in front of it that passes our orders to the guest's program.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bootable } from './bootable';
import { scratch } from './build';
import { boot, type Guest, type GuestOptions } from './guest';
import { guestPrograms } from './guestPrograms';
import { initramfs, type ArchiveFile } from './initramfs';
import { guestModules } from './kernelModules';
import { loadBalancer, type LoadBalancer } from './loadBalancer';
import { IPV4_PORT } from './scenario';

const BOOT_TIMEOUT = 90_000;
const FIRST_ORDER_PORT = 50_000;

export interface Machine {
  readonly guest: Guest;
  readonly balancer: LoadBalancer;
  /** Runs a program of the guest. Gives what it printed, and its exit status in a last line `exit=0`. */
  readonly run: (command: string, patience?: number) => Promise<string>;
  readonly stop: () => Promise<void>;
}

export type MachineOptions = Pick<GuestOptions, 'append' | 'machine'> & {
  /** More files for the guest. */
  readonly files?: readonly ArchiveFile[];
  /** Modules of the kernel that lie in the guest and are not loaded there, like `tls`. */
  readonly notLoaded?: readonly string[];
};

/** What stands behind the two lines on the order's own connection. */
const afterTheAddresses = (answer: string): string => answer.split('\n').slice(2).join('\n');

async function writeInitramfs(
  kernel: Bootable,
  modules: readonly ArchiveFile[],
  { files = [], notLoaded = [] }: MachineOptions,
  archive: string,
): Promise<void> {
  const loaded = modules.map(({ name }) => name).filter((name) => !notLoaded.includes(name.replace(/\.ko$/, '')));
  const toa = { name: 'toa.ko', content: await kernel.build() };
  const list = { name: 'modules', content: Buffer.from(loaded.map((name) => `/${name}\n`).join('')) };
  await writeFile(archive, initramfs([...(await guestPrograms()), toa, list, ...modules, ...files]));
}

/** Boots a kernel with the module in it. Rejects, with the console, when the guest does not come up. */
export async function startMachine(kernel: Bootable, options: MachineOptions = {}): Promise<Machine> {
  const { directory, remove } = scratch();
  const image = await kernel.image();
  const modules = await guestModules(image.modules);
  const archive = join(directory, 'initramfs');
  await writeInitramfs(kernel, modules, options, archive);
  const { vmlinuz } = image;
  const guest = await boot({ vmlinuz, initramfs: archive, ready: 'GUEST-READY', timeout: BOOT_TIMEOUT, ...options });
  const balancer = await loadBalancer(guest.network);
  let sourcePort = FIRST_ORDER_PORT;
  const run = async (command: string, patience?: number): Promise<string> => {
    const text = `run /${command}`;
    const order = { port: IPV4_PORT, sourcePort: sourcePort++, text, ...(patience === undefined ? {} : { patience }) };
    return afterTheAddresses(await balancer.connect(order));
  };
  const stop = async (): Promise<void> => {
    await guest.stop();
    await remove();
  };
  return { guest, balancer, run, stop };
}
