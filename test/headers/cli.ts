import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../tools/project';
import { inWorld, type World } from '../tools/world';

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** A command that starts the tool inside the world: as another user, on another file system. */
  readonly through?: readonly string[];
}

/** Runs dist/cli.js on what looks like a server with the world's headers. */
export function cli(world: World, args: readonly string[], options: CliOptions = {}): CliResult {
  const { argv, env } = inWorld(world, [
    ...(options.through ?? []),
    process.execPath,
    join(root, 'dist/cli.js'),
    ...args,
  ]);
  const [program, ...rest] = argv;
  return spawnSync(program, rest, {
    encoding: 'utf8',
    env: { ...process.env, ...env, ...options.env },
    input: options.input ?? '',
    maxBuffer: 1 << 28,
  });
}

/** The JSON that a command printed. */
export function json(result: CliResult): Record<string, unknown> {
  if (result.stdout === '') throw new Error(result.stderr);
  return JSON.parse(result.stdout) as Record<string, unknown>;
}
