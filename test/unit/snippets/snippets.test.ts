// Each snippet, expanded, does what it says: the real tools read it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../../tools/project';
import { expand, expandNamed, readSnippets } from './expand';

const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-snippets-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const all = readdirSync(join(root, 'snippets')).flatMap((file) => Object.entries(readSnippets(file)));

describe('every snippet', () => {
  test.each(all)('%s has a description, its own prefix, and leaves no placeholder', (_, snippet) => {
    expect(snippet.description).not.toBe('');
    expect(expand(snippet)).not.toMatch(/\$\{?\d/);
  });

  test('no two share a prefix', () => {
    const prefixes = all.flatMap(([, { prefix }]) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});

describe('Makefile', () => {
  const makefile = join(directory, 'Makefile');

  test('names the headers that it misses', () => {
    writeFileSync(makefile, expandNamed('makefile.json', 'Kernel module Makefile'));
    const { status, stderr } = spawnSync('make', ['-f', makefile, 'KVER=9.9.9-none'], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('No kernel headers in /lib/modules/9.9.9-none/build: install those of 9.9.9-none');
  });

  test('KVER and KDIR yield to the command line', () => {
    writeFileSync(makefile, `${expandNamed('makefile.json', 'Choose the kernel to build for')}all:\n\t@echo $(KDIR)\n`);
    const dry = (...args: string[]): string => execFileSync('make', ['-f', makefile, ...args], { encoding: 'utf8' });
    const running = execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim();
    expect(dry()).toBe(`/lib/modules/${running}/build\n`);
    expect(dry('KVER=6.1.0-56-amd64')).toBe('/lib/modules/6.1.0-56-amd64/build\n');
    expect(dry('KDIR=/elsewhere')).toBe('/elsewhere\n');
  });
});

describe('dkms.conf', () => {
  test('gives dkms the kernel that it builds for', () => {
    const file = join(directory, 'dkms.conf');
    writeFileSync(file, expandNamed('dkms.json', 'dkms.conf'));
    const script =
      'kernelver=6.1.0-56-amd64 kernel_source_dir=/k; . "$1"; echo "$PACKAGE_NAME|$BUILT_MODULE_NAME|$MAKE"';
    const told = execFileSync('bash', ['-euc', script, 'bash', file], { encoding: 'utf8' });
    expect(told).toBe('toa|toa|make KVER=6.1.0-56-amd64 KDIR=/k\n');
  });

  test('modules-load.d names the module', () => {
    const lines = expandNamed('dkms.json', 'modules-load.d').split('\n');
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual(['toa']);
  });
});

describe('rc.local', () => {
  // rc.local is run with -e: a line that fails ends it, and the server starts half.
  test('a missing module does not end rc.local', () => {
    const lines = expandNamed('shell.json', 'Load toa from rc.local').replaceAll('toa', 'toa-not-there');
    const { stdout } = spawnSync('/bin/sh', ['-ec', `${lines}\necho went on`], {
      encoding: 'utf8',
      env: { PATH: directory },
    });
    expect(stdout).toBe('went on\n');
  });

  test('every shell snippet is POSIX sh', () => {
    for (const snippet of Object.values(readSnippets('shell.json'))) execFileSync('sh', ['-n', '-c', expand(snippet)]);
  });
});
