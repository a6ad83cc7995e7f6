// The package holds what an installed extension needs and nothing else, is small, and is the same bytes wherever it is made.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pack } from '../../tools/pack';
import { root } from '../../tools/project';

/** Bytes; the marketplace's own limit is far away, but a server is often at the end of a slow line. */
const LARGEST = 490_000;

/** What vsce writes into each package; it renames the texts that the marketplace shows. */
const WRITTEN = ['[Content_Types].xml', 'extension.vsixmanifest'];
/** What stands in the package beside the built programs and the folders that go in whole. */
const SINGLE = [
  'LICENSE.txt',
  'README.zh-CN.md',
  'changelog.md',
  'extension/l10n/bundle.l10n.zh-cn.json',
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
  'readme.md',
];
const WHOLE_FOLDERS = ['media', 'snippets'];
const PROGRAMS = [
  'dist/askpass.js',
  'dist/chunks/*.js',
  'dist/cli.js',
  'dist/decoder-style.css',
  'dist/decoder.js',
  'dist/extension.js',
  'dist/fleet.js',
  'dist/plan.js',
];
/** The source of the module, without what a build in its folder leaves there. */
const MODULE = [
  'COPYING',
  'Kbuild',
  'Makefile',
  'README.md',
  'compat.h',
  'counters.h',
  'dkms.conf',
  'option.h',
  'parameters.h',
  'probe.sh',
  'selftest/handshake.c',
  'selftest/handshake.h',
  'selftest/toa-selftest.c',
  'slots.h',
  'table.h',
  'toa.c',
];
/** What packing reads of a checkout, beside what is built. */
const READ = [
  ...['.vscodeignore', 'CHANGELOG.md', 'LICENSE', 'README.md', 'README.zh-CN.md'],
  ...['package.json', 'package.nls.json', 'package.nls.zh-cn.json', 'extension', 'kernel', 'media', 'snippets'],
];

const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-vsix-'));
const vsix = join(directory, 'first.vsix');
const again = join(directory, 'again.vsix');

beforeAll(async () => {
  await packCopy(join(directory, 'first'), vsix);
  await packCopy(join(directory, 'again'), again, asOnAnotherMachine);
}, 120_000);

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Builds and packs a copy of this checkout. */
async function packCopy(copy: string, file: string, change: (path: string) => void = () => undefined): Promise<void> {
  for (const name of READ) cpSync(join(root, name), join(copy, name), { recursive: true });
  execFileSync(process.execPath, ['esbuild.config.mjs', '--outdir', join(copy, 'dist')], {
    cwd: root,
    stdio: 'ignore',
  });
  for (const name of readdirSync(copy, { recursive: true, encoding: 'utf8' })) change(join(copy, name));
  await pack(copy, file);
}

/** Another clone: another day, another umask. */
function asOnAnotherMachine(path: string): void {
  chmodSync(path, statSync(path).mode & 0o700);
  utimesSync(path, 1_000_000_000, 1_000_000_000);
}

/** The paths in a package, those of the extension without their folder. The chunks are named by their content, so one line is for all. */
function contentOf(file: string): readonly string[] {
  const paths = execFileSync('unzip', ['-Z1', file], { encoding: 'utf8' }).trimEnd().split('\n');
  const listed = paths.map((path) =>
    path.replace(/^extension\//, '').replace(/^dist\/chunks\/[\w.-]+\.js$/, 'dist/chunks/*.js'),
  );
  return [...new Set(listed)].sort();
}

test('packs the programs, the texts, the pictures, the snippets and the module, and nothing else', () => {
  const folders = WHOLE_FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1)),
  );
  const module = MODULE.map((file) => `kernel/${file}`);
  expect(contentOf(vsix)).toEqual([...WRITTEN, ...PROGRAMS, ...SINGLE, ...folders, ...module].sort());
});

test(`is at most ${LARGEST} bytes`, () => {
  expect(statSync(vsix).size).toBeLessThanOrEqual(LARGEST);
});

test('is the same, byte for byte, when it is made again from another clone', () => {
  expect(readFileSync(again).equals(readFileSync(vsix))).toBe(true);
});
