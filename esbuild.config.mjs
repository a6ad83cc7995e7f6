// Bundles the programs: the extension, the terminal tool, what ssh asks with, and the decoder's page. `--watch` rebuilds on every save.
import { context } from 'esbuild';

const common = {
  bundle: true,
  minify: true,
  sourcemap: true,
  charset: 'utf8',
  logLevel: 'info',
  loader: { '.sh': 'text', '.yml': 'text' },
};
const node = { ...common, platform: 'node', target: 'node20' };

const programs = [
  {
    ...node,
    entryPoints: { extension: 'extension/main.ts' },
    format: 'cjs',
    outdir: 'dist',
    external: ['vscode'],
  },
  {
    ...node,
    entryPoints: { cli: 'extension/cli.ts' },
    format: 'cjs',
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    ...node,
    entryPoints: { askpass: 'extension/askpass.ts' },
    format: 'cjs',
    outdir: 'dist',
    sourcemap: false,
  },
  {
    ...common,
    platform: 'browser',
    target: 'es2022',
    entryPoints: { decoder: 'extension/webview/decoder.ts', 'decoder-style': 'extension/webview/decoder.css' },
    format: 'iife',
    outdir: 'dist',
  },
];

const watch = process.argv.includes('--watch');
for (const program of programs) {
  const build = await context(program);
  if (watch) {
    await build.watch();
  } else {
    await build.rebuild();
    await build.dispose();
  }
}
