// "A server with these kernel headers installed", without installing anything: see world.sh.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from './cache';
import { root } from './project';
import { tryRun } from './run';
import { Unavailable } from './systemPackages';

export interface World {
  /** A directory with unpacked Debian packages: lib/modules/…, usr/src/…, usr/lib/linux-kbuild-*. */
  readonly root: string;
  /** What `uname -r` answers; this machine's own release when absent. */
  readonly release?: string | undefined;
}

/** A command and what is added to its environment. */
export interface Launch {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
}

/** How to start a command inside the world. It replaces the starting process, so that signals reach it. */
export function inWorld(world: World, argv: readonly string[]): Launch {
  const scratch = join(cacheDirectory(), 'world-mount-point');
  mkdirSync(scratch, { recursive: true });
  const own = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const unshare: Launch['argv'] = ['unshare', ...own, '--mount', '--propagation', 'private'];
  return {
    argv: [...unshare, 'sh', join(root, 'test/tools/world.sh'), world.root, scratch, ...argv],
    env: world.release === undefined ? {} : { TOA_DOCTOR_RELEASE: world.release },
  };
}

/** Rejects with {@link Unavailable} on a machine where no world can be made, like most containers. */
export async function requireWorld(): Promise<void> {
  const { argv } = inWorld({ root: join(root, 'test') }, ['true']);
  const { code, output } = await tryRun(argv);
  if (code !== 0) throw new Unavailable(`No private mount namespace can be made here: ${output.trim()}`);
}
