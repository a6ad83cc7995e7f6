// Bundles the suites for the extension host: it knows no TypeScript, and `vscode` and mocha come from outside.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle, type Plugin } from 'esbuild';
import { root } from '../tools/project';

/** mocha as CommonJS, by its path: the extension host of the oldest VS Code cannot `require` a module. */
const mocha: Plugin = {
  name: 'mocha',
  setup(build) {
    const path = join(root, 'node_modules/mocha/lib/mocha.cjs');
    build.onResolve({ filter: /^mocha$/ }, () => ({ path, external: true }));
  },
};

/** Writes dist/test/entry.js and a file for each suite; gives the path of the entry. Rejects when a suite does not compile. */
export async function bundleSuites(): Promise<string> {
  const suites = join(root, 'test/editor/suite');
  const outdir = join(root, 'dist/test');
  rmSync(outdir, { recursive: true, force: true });
  const tests = readdirSync(suites).filter((name) => name.endsWith('.test.ts'));
  await bundle({
    entryPoints: [join(root, 'test/editor/entry.ts'), ...tests.map((name) => join(suites, name))],
    entryNames: '[name]',
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode'],
    plugins: [mocha],
  });
  return join(outdir, 'entry.js');
}
