// `npm run pictures`, after `npm run package`: drives the flows with pictures, and test/pictures, and renews those that the documentation shows.
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './project';
import { run } from './run';

/** The flows that take them. */
const FLOWS = ['capture', 'chinese', 'decoder', 'firstMinute', 'install', 'mainJob', 'views'];

/** Where the documentation has them. */
const PICTURES = join(root, 'docs/pictures');

async function main(): Promise<void> {
  const taken = mkdtempSync(join(tmpdir(), 'toa-doctor-pictures-'));
  const vitest = join(root, 'node_modules/.bin/vitest');
  try {
    const driven = [['test/flows', ...FLOWS], ['test/pictures']];
    for (const [directory = '', ...names] of driven)
      await run([vitest, 'run', '--config', 'test/tools/vitest.real.config.mts', '--dir', directory, ...names], {
        cwd: root,
        env: { TOA_DOCTOR_SCREENSHOTS: taken },
        show: true,
      });
    for (const name of readdirSync(PICTURES)) copyFileSync(join(taken, name), join(PICTURES, name));
  } finally {
    rmSync(taken, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
