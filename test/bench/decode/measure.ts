import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What one command took. */
export interface Cost {
  /** User and system, of all its processes. */
  readonly cpu: number;
  readonly wall: number;
  readonly megabytes: number;
}

export interface Run extends Cost {
  readonly output: string;
}

/** Node reads these certificates before anything else, for a network that none of the sides uses: 40 ms, on the machine where they were seen. */
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_EXTRA_CA_CERTS'));

/** Runs a command under GNU time. */
export function run(argv: readonly string[]): Run {
  const directory = mkdtempSync(join(tmpdir(), 'toa-bench-'));
  const report = join(directory, 'time');
  try {
    const done = spawnSync('/usr/bin/time', ['-f', '%U %S %e %M', '-o', report, ...argv], {
      encoding: 'utf8',
      env: ENVIRONMENT,
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (done.error !== undefined) throw done.error;
    const [user = 0, system = 0, wall = 0, kilobytes = 0] = (
      readFileSync(report, 'utf8').trim().split('\n').at(-1) ?? ''
    )
      .split(' ')
      .map(Number);
    return { cpu: user + system, wall, megabytes: kilobytes / 1024, output: done.stdout };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The middle one by CPU. */
export function median(runs: readonly Cost[]): Cost {
  const sorted = [...runs].sort((a, b) => a.cpu - b.cpu);
  const middle = sorted[sorted.length >> 1];
  if (middle === undefined) throw new Error('no runs');
  return middle;
}
