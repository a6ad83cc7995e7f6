// The package holds what an installed extension needs, and nothing else.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../tools/project';

/** What stands in the package beside the built programs and the folders that go in whole. */
const SINGLE = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'README.zh-CN.md',
  'extension/l10n/bundle.l10n.zh-cn.json',
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
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
];
/** The source of the module, without what a build in its folder leaves there. */
const MODULE = [
  'COPYING',
  'Kbuild',
  'Makefile',
  'README.md',
  'compat.h',
  'dkms.conf',
  'option.h',
  'parameters.h',
  'probe.sh',
  'selftest/handshake.c',
  'selftest/handshake.h',
  'selftest/toa-selftest.c',
  'table.h',
  'toa.c',
];

const packed = execFileSync(process.execPath, ['node_modules/@vscode/vsce/vsce', 'ls', '--no-dependencies'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((line) => line !== '');

/** The chunks are named by their content, so the list has one line for all of them. */
const asListed = (file: string): string => file.replace(/^dist\/chunks\/[\w.-]+\.js$/, 'dist/chunks/*.js');

test('packs the programs that are built, without their maps', () => {
  // The list of .vscodeignore, since nothing is built yet in a fresh checkout.
  const allowed = readFileSync(join(root, '.vscodeignore'), 'utf8').match(/^!dist.*$/gm) ?? [];
  expect(allowed.sort()).toEqual(PROGRAMS.map((file) => `!${file}`));
  expect(packed.filter((file) => file.startsWith('dist/') && !PROGRAMS.includes(asListed(file)))).toEqual([]);
});

test('packs the texts, the pictures, the snippets and the module', () => {
  const folders = WHOLE_FOLDERS.flatMap((folder) => readdirSync(join(root, folder)).map((file) => `${folder}/${file}`));
  const module = MODULE.map((file) => `kernel/${file}`);
  const rest = packed.filter((file) => !file.startsWith('dist/'));
  expect(rest.sort()).toEqual([...SINGLE, ...folders, ...module].sort());
});
