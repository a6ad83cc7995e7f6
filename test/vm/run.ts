// The kernel tests alone, one line per test: `npx tsx test/vm/run.ts`. In `npm test` they are the part "vm".
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../tools/project';
import { tryRun } from '../tools/run';
import { requireSystemPackages, virtualMachine } from '../tools/systemPackages';

async function main(): Promise<number> {
  await requireSystemPackages(virtualMachine);
  const directory = await mkdtemp(join(tmpdir(), 'toa-doctor-vm-'));
  const counts = join(directory, 'counts.json');
  try {
    const where = ['--config', 'test/tools/vitest.real.config.mts', '--dir', 'test/vm'];
    const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${counts}`];
    const vitest = join(root, 'node_modules/.bin/vitest');
    const { code } = await tryRun([vitest, 'run', ...where, ...reporters], { cwd: root, show: true });
    const { numPassedTests, numFailedTests } = JSON.parse(await readFile(counts, 'utf8')) as Record<string, number>;
    console.log(`${numPassedTests ?? 0} passed, ${numFailedTests ?? 0} failed`);
    return code;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
