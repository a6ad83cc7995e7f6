// Symbols of what gcc compiled, and any bytes; the modules of real kernels are in test/headers.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { TreeKnowledge } from '../../../extension/core/explain/tree/knowledge';
import { readNeededSymbols } from '../../../extension/core/kernel/moduleSymbols';
import { symbolProblems } from '../../../extension/core/kernel/symbolFit';

const directory = mkdtempSync(join(tmpdir(), 'toa-symbols-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

// As kbuild's .mod.c has them; the names and checksums of EXTENDED_MODVERSIONS (Linux 6.14) besides.
const SOURCE = `
struct version { unsigned long crc; char name[64 - sizeof(unsigned long)]; };
static const struct version versions[] __attribute__((section("__versions"), used)) = { { 0x89abcdef, "module_layout" }, { 0x11, "needed" } };
static const unsigned crcs[] __attribute__((section("__version_ext_crcs"), used)) = { 0x22 };
static const char names[] __attribute__((section("__version_ext_names"), used)) = "long_name";
extern void needed(void), plain(void);
extern void may_be_missing(void) __attribute__((weak));
void own(void) { needed(); plain(); if (may_be_missing) may_be_missing(); }
`;

function compile(...options: readonly string[]): Uint8Array {
  const [source, object] = [join(directory, 'toa.c'), join(directory, 'toa.ko')];
  writeFileSync(source, SOURCE);
  execFileSync('gcc', ['-ffreestanding', '-fno-pic', ...options, '-c', source, '-o', object]);
  return new Uint8Array(readFileSync(object));
}

const needed = [
  { name: 'needed', crc: 0x11 },
  { name: 'plain', crc: undefined },
  { name: 'module_layout', crc: 0x89abcdef },
  { name: 'long_name', crc: 0x22 },
];

describe('what a module needs', () => {
  it.each([[[]], [['-m32']]])('is read, with checksums and without weak symbols: %j', (options) => {
    expect(readNeededSymbols(compile(...options))).toEqual(needed);
  });

  it('is nothing in what is no module, and any change of one throws nothing', () => {
    expect(readNeededSymbols(new TextEncoder().encode('<!DOCTYPE html>'))).toEqual([]);
    const bytes = compile();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 30 }), fc.nat(), (changes, cut) => {
        const changed = bytes.slice(0, bytes.length - (cut % 200));
        for (const [at, value] of changes) changed[at % changed.length] = value;
        for (const { name } of readNeededSymbols(changed)) expect(name).toMatch(/^\w/);
      }),
    );
  });
});

describe('whether a kernel has it', () => {
  const known: TreeKnowledge = {
    ...{ tree: '', asked: [], declarations: [], headers: [], exports: undefined, owners: new Map() },
    inKernel: undefined,
  };
  const exported = (name: string, crc?: number) => ({ name, from: 'vmlinux', isForGpl: false, crc });

  it('is told by the list of exports and its checksums', () => {
    const exports = [exported('needed', 0x11), exported('module_layout', 0x1), exported('long_name')];
    expect(symbolProblems(needed, { ...known, exports })).toEqual({ missing: ['plain'], otherVersions: ['module_layout'] });
    expect(symbolProblems(needed, { ...known, exports, owners: new Map([['plain', 'other']]) }).missing).toEqual([]);
  });

  it('is told by the running kernel where there is no list, and by nothing without both', () => {
    const inKernel = new Set(['needed', 'module_layout', 'long_name']);
    expect(symbolProblems(needed, { ...known, inKernel })).toEqual({ missing: ['plain'], otherVersions: [] });
    expect(symbolProblems(needed, known)).toEqual({ missing: [], otherVersions: [] });
  });
});
