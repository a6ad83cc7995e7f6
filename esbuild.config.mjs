// Builds what runs: the extension, the terminal tool and its MCP server, which share their chunks, what ssh asks with, and the decoder's page.
// `--watch` rebuilds on every save; `--outdir DIR` builds elsewhere. `chunks.json` there is esbuild's account of what loads what.
import { rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Buffer } from 'node:buffer';
import { parseArgs } from 'node:util';
import { context, transform } from 'esbuild';

const { watch, outdir } = parseArgs({
  options: { watch: { type: 'boolean', default: false }, outdir: { type: 'string', default: 'dist' } },
}).values;

const common = {
  bundle: true,
  minify: true,
  sourcemap: true,
  charset: 'utf8',
  logLevel: 'info',
  loader: { '.sh': 'text', '.yml': 'text' },
};

/**
 * esbuild splits ES modules alone, and VS Code before 1.100 loads CommonJS alone. So each chunk is turned into CommonJS once it is
 * split: an `import()` in the source stays the point where a chunk is loaded, on first use.
 */
const chunksAsCommonJs = {
  name: 'chunks-as-commonjs',
  setup: (build) => {
    build.onEnd(async ({ outputFiles = [], metafile }) => {
      const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
      for (const [path, text] of texts)
        if (path.endsWith('.js')) await writeChunk(path, text, texts.get(`${path}.map`));
      if (metafile !== undefined) await writeFile(join(outdir, 'chunks.json'), JSON.stringify(metafile.outputs));
    });
  },
};

async function writeChunk(path, text, sourceMap) {
  const { code, map } = await transform(text.replace(/\/\/# sourceMappingURL=.*\s*$/, inlined(sourceMap)), {
    format: 'cjs',
    minify: true,
    charset: 'utf8',
    sourcemap: 'external',
    sourcefile: path,
    target: 'node20',
    supported: { 'dynamic-import': false },
  });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${code}//# sourceMappingURL=${path.slice(path.lastIndexOf('/') + 1)}.map\n`);
  await writeFile(`${path}.map`, map);
}

const inlined = (sourceMap) =>
  `//# sourceMappingURL=data:application/json;base64,${Buffer.from(sourceMap).toString('base64')}`;

const programs = [
  {
    ...common,
    platform: 'node',
    target: 'node20',
    entryPoints: { extension: 'extension/main.ts', cli: 'extension/cli.ts', mcp: 'extension/mcp.ts' },
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    outdir,
    external: ['vscode'],
    write: false,
    metafile: true,
    plugins: [chunksAsCommonJs],
  },
  {
    ...common,
    platform: 'node',
    target: 'node20',
    entryPoints: { askpass: 'extension/askpass.ts' },
    format: 'cjs',
    outdir,
    sourcemap: false,
  },
  {
    ...common,
    platform: 'browser',
    target: 'es2022',
    entryPoints: {
      decoder: 'extension/webview/decoder.ts',
      fleet: 'extension/webview/fleet.ts',
      plan: 'extension/webview/plan.ts',
      'decoder-style': 'extension/webview/decoder.css',
    },
    format: 'iife',
    outdir,
  },
];

rmSync(join(outdir, 'chunks'), { recursive: true, force: true });
for (const program of programs) {
  const build = await context(program);
  if (watch) {
    await build.watch();
  } else {
    await build.rebuild();
    await build.dispose();
  }
}
