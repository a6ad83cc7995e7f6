import { spawnSync } from 'node:child_process';

/** A shell that the scripts must run under, as the argument list that starts it. */
export interface Shell {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  readonly missing: boolean;
}

export const SHELLS: readonly Shell[] = [
  shell('dash', ['dash']),
  shell('bash --posix', ['bash', '--posix']),
  shell('busybox ash', ['busybox', 'ash']),
];

/** The name of a test under a shell, which says so loudly when the shell is missing. */
export function under({ name, missing }: Shell): string {
  return missing ? `under ${name} (SKIPPED: ${name} is not installed)` : `under ${name}`;
}

/** By its full path, so that tests can run it with a PATH of their own. */
function shell(name: string, [command, ...args]: readonly [string, ...string[]]): Shell {
  const path = spawnSync('sh', ['-c', 'command -v "$1"', 'sh', command], { encoding: 'utf8' }).stdout.trim();
  return { name, argv: [path, ...args], missing: path === '' };
}
