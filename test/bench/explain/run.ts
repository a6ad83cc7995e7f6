// Speed and memory of `toa-doctor explain` on 100 MB logs: npx tsx test/bench/explain/run.ts [ROUNDS]. Ends with 1 where it misses its aim.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median, run } from '../decode/measure';
import { generateLog, KINDS } from './generate';

const ROUNDS = Number(process.argv[2] ?? 3);
const SIZE = 100_000_000;
/** Megabytes a CPU second, and megabytes of memory. */
const AIM = { speed: 50, memory: 100 } as const;

const directory = mkdtempSync(join(tmpdir(), 'toa-bench-'));
try {
  for (const kind of Object.keys(KINDS) as (keyof typeof KINDS)[]) {
    const log = join(directory, `${kind}.log`);
    const size = generateLog(log, kind, SIZE) / 1e6;
    const argv = [process.execPath, resolve('dist/cli.js'), 'explain', '--json', log];
    const runs = Array.from({ length: ROUNDS }, () => run(argv));
    for (const { output } of runs) {
      const { findings } = JSON.parse(output) as { findings: readonly { readonly cause: string }[] };
      if (findings[0]?.cause !== 'api_class_create') throw new Error(`${kind}: ${output.slice(0, 300)}`);
    }
    const cost = median(runs);
    const speed = size / cost.cpu;
    console.log(
      `${kind.padEnd(9)} ${size.toFixed(0)} MB  ${cost.cpu.toFixed(2)} CPU s  ${speed.toFixed(0)} MB/CPU s  ${cost.megabytes.toFixed(0)} MB memory`,
    );
    if (speed < AIM.speed || cost.megabytes > AIM.memory) process.exitCode = 1;
    rmSync(log);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
