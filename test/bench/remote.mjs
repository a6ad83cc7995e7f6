// Bundles remote.ts, whose imports include sh files, and runs it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-bench-'));
const outfile = join(directory, 'remote.mjs');
await build({
  entryPoints: ['test/bench/remote.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  loader: { '.sh': 'text', '.yml': 'text' },
  outfile,
  logLevel: 'error',
});
process.on('exit', () => rmSync(directory, { recursive: true }));
await import(outfile);
