// What VS Code loads when it starts the extension is small; the rest is loaded when it is first used.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../tools/project';

/** Bytes. */
const KB = 1024;

/** esbuild's account of one file that it wrote. */
interface Output {
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
}

const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-bundle-'));
let outputs: ReadonlyMap<string, Output> = new Map();

beforeAll(() => {
  execFileSync(process.execPath, ['esbuild.config.mjs', '--outdir', directory], { cwd: root, stdio: 'ignore' });
  const text = readFileSync(join(directory, 'chunks.json'), 'utf8');
  outputs = new Map(Object.entries(JSON.parse(text) as Readonly<Record<string, Output>>));
}, 60_000);

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** A file and all that it loads at once, by their paths in esbuild's account. */
function closureOf(path: string, seen: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const more = importsOf(path, 'import-statement').filter((one) => !seen.has(one));
  return more.reduce<ReadonlySet<string>>((closure, one) => closureOf(one, closure), new Set([...seen, path]));
}

function importsOf(path: string, kind: string): readonly string[] {
  const output = outputs.get(path);
  if (output === undefined) throw new Error(`esbuild wrote no ${path}`);
  return output.imports.filter((one) => one.kind === kind && one.external !== true).map((one) => one.path);
}

/** Bytes of the files as they are loaded. */
function sizeOf(paths: ReadonlySet<string>): number {
  const size = (path: string): number =>
    statSync(join(directory, path.includes('/chunks/') ? 'chunks' : '.', basename(path))).size;
  return [...paths].reduce((sum, path) => sum + size(path), 0);
}

function written(name: string): string {
  const path = [...outputs.keys()].find((one) => basename(one) === name);
  if (path === undefined) throw new Error(`esbuild wrote no ${name}`);
  return path;
}

test('starting the extension loads at most 60 KB', () => {
  const size = sizeOf(closureOf(written('extension.js')));
  expect(size).toBeGreaterThan(1 * KB);
  expect(size).toBeLessThanOrEqual(60 * KB);
});

test('commands, views and providers are behind imports of their own', () => {
  const rooms = new Set([...closureOf(written('extension.js'))].flatMap((path) => importsOf(path, 'dynamic-import')));
  const all = [...rooms].reduce<ReadonlySet<string>>((reached, path) => closureOf(path, reached), new Set());
  expect(rooms.size).toBeGreaterThanOrEqual(10);
  expect(sizeOf(all)).toBeGreaterThan(10 * sizeOf(closureOf(written('extension.js'))));
});

test('the extension loads nothing of the terminal tool, nor its server for models', () => {
  const reached = new Set<string>();
  const reach = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const kind of ['import-statement', 'dynamic-import']) importsOf(path, kind).forEach(reach);
  };
  reach(written('extension.js'));
  const programs = [...reached].map((path) => basename(path)).filter((name) => !name.includes('-'));
  expect(programs).toEqual(['extension.js']);
});
