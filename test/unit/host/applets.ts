import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Shell } from './shells';

/** The PATH for a shell: this machine's own, or, for busybox, a directory in `root` with nothing but busybox's tools. */
export function applets({ argv: [command] }: Shell, root: string): string {
  if (!command.endsWith('/busybox')) return process.env['PATH'] ?? '';
  const directory = join(root, 'applets');
  mkdirSync(directory, { recursive: true });
  const { status, stderr } = spawnSync(command, ['--install', '-s', directory], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return directory;
}
