// What the extension host runs, bundled: mocha over the suites beside it. Counts go to a file, since an extension host that
// calls process.exit(0) cannot be told from one whose tests passed.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import type { Counts } from '../tools/counts';

/** Called by VS Code. Resolves when all tests passed; rejects when one failed or none ran. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false });
  const suites = readdirSync(__dirname).filter((name) => name.endsWith('.test.js'));
  for (const suite of suites.toSorted()) mocha.addFile(join(__dirname, suite));
  const counts = await new Promise<Counts>((resolve) => {
    const runner = mocha.run(() => {
      const { passes: passed = 0, failures: failed = 0, pending: skipped = 0 } = runner.stats ?? {};
      resolve({ passed, failed, skipped });
    });
  });
  const result = process.env['TOA_DOCTOR_RESULT'];
  if (result !== undefined) writeFileSync(result, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} tests failed`);
  if (counts.passed === 0) throw new Error('No test ran');
}
