// A server of the tests as a Host: plans run on it from here, command by command, and may be cut anywhere.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Command, CommandResult } from '../../extension/host/host';
import { LocalHost } from '../../extension/host/local';

/** What to start on a server so that {@link hostOf} finds it. */
export const STAY = ['sh', '-c', 'echo here && exec cat'] as const;

const SETTINGS = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/root', 'LC_ALL=C'];

class ServerHost extends LocalHost {
  constructor(private readonly process: number) {
    super();
  }

  override run({ argv, cwd = '/', env = {}, ...rest }: Command): Promise<CommandResult> {
    const enter = ['nsenter', `--target=${this.process}`, '--mount', '--pid', '--root', '--wd', 'env', '-i'] as const;
    const settings = [...SETTINGS, ...Object.entries(env).map(([name, value]) => `${name}=${value}`)];
    const inside = ['sh', '-c', 'cd "$1" && shift && exec "$@"', 'sh', cwd, ...argv];
    return super.run({ ...rest, argv: [...enter, ...settings, ...inside] });
  }

  override readFile(path: string, limit: number): Promise<Uint8Array> {
    return super.readFile(this.seen(path), limit);
  }

  override readDirectory(path: string): ReturnType<LocalHost['readDirectory']> {
    return super.readDirectory(this.seen(path));
  }

  override stat(path: string): ReturnType<LocalHost['stat']> {
    return super.stat(this.seen(path));
  }

  private seen(path: string): string {
    return `/proc/${this.process}/root${path}`;
  }
}

/** The server where {@link STAY} was started as the first process of its namespaces. */
export async function hostOf(started: ChildProcess): Promise<LocalHost> {
  if (started.stdout === null) throw new Error('Nobody hears it.');
  await once(started.stdout, 'data');
  const pid = String(started.pid);
  return new ServerHost(Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()));
}
