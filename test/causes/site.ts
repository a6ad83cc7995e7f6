// A machine to break, for one test: see site.sh.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheDirectory } from '../tools/cache';
import { root as checkout } from '../tools/project';
import { tryRun, type Ended } from '../tools/run';
import { Unavailable } from '../tools/systemPackages';

/** The module's source on the machine; a plain path, since kbuild can have no other. */
const SOURCE = '/srv/toa';

export interface Site {
  /** Runs a shell script in the module's source; its two outputs come in the order in which they were written. */
  sh(script: string): Promise<Ended>;
  /** Writes a file of the module's source. */
  write(name: string, text: string): Promise<void>;
  /** Where one of its files lies for this process. */
  path(file: string): string;
  close(): Promise<void>;
}

/**
 * Programs are spoken to in English unless a script asks for another language, and are told of no terminal and no tester.
 * The tools that a kernel's source builds for itself are run once, if at all.
 */
const ENVIRONMENT = [
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'HOME=/root',
  'LC_ALL=C.UTF-8',
  'HOSTCFLAGS=-O0',
];

/**
 * Opens a machine with the packages unpacked in `roots` installed, on which `release` runs (this machine's own kernel when empty).
 * `variables` are added to every script's environment. Rejects where no such machine can be made.
 */
export async function openSite(
  roots: readonly string[],
  release: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Site> {
  const scratch = join(cacheDirectory(), 'world-mount-point');
  mkdirSync(scratch, { recursive: true });
  const script = join(checkout, 'test/causes/site.sh');
  const argv = ['--mount', '--propagation', 'private', 'sh', script, roots.join(':'), scratch, checkout, release];
  const holder = spawn('unshare', argv, { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(holder, 'close');
  let said = '';
  for (const stream of [holder.stdout, holder.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  await Promise.race([once(holder.stdout, 'data'), ended]);
  if (!said.includes('READY')) {
    holder.kill();
    throw new Error(`No machine to break could be made:\n${said}`);
  }
  const pid = String(holder.pid);
  const enter = [
    'nsenter',
    '-t',
    pid,
    '--mount',
    `--root=/proc/${pid}/root${scratch}/machine`,
    `--wd=/proc/${pid}/root${scratch}/machine${SOURCE}`,
  ] as const;
  const environment = [...ENVIRONMENT, ...Object.entries(variables).map(([name, value]) => `${name}=${value}`)];
  const path = (file: string): string => `/proc/${pid}/root${scratch}/machine${file}`;
  return {
    sh: (text) => tryRun([...enter, 'env', '-i', ...environment, 'timeout', '280', 'sh', '-c', `exec 2>&1\n${text}`]),
    write: async (name, text) => {
      const file = path(join(SOURCE, name));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    },
    path,
    close: async () => {
      holder.stdin.end();
      await ended;
    },
  };
}

/** Rejects with {@link Unavailable} where the tests cannot mount, install and load as root. */
export async function requireSite(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Unavailable('Only root can make the machines that these tests break.');
  const { code, output } = await tryRun(['unshare', '--mount', '--propagation', 'private', 'true']);
  if (code !== 0) throw new Unavailable(`No private mount namespace can be made here: ${output.trim()}`);
}
