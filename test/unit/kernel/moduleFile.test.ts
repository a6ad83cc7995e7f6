import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { moduleFits } from '../../../extension/core/kernel/fit';
import type { ModuleInfo } from '../../../extension/core/kernel/moduleFile';
import { readModuleInfo } from '../../../extension/core/kernel/moduleFile';
import { render } from '../../../extension/core/message';
import { buildElf } from './elfBuilder';
import { runningKernel } from './facts';

const directory = mkdtempSync(join(tmpdir(), 'toa-module-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const vermagic = '6.1.0-56-cloud-amd64 SMP preempt mod_unload modversions';
const modinfo = [
  'license=GPL',
  'version=2.1',
  'depends=nf_conntrack,ipv6',
  'name=toa',
  'srcversion=533BB7E5866E52F63B9ACCB',
  `vermagic=${vermagic} `,
  'vermagic=second',
  'no equals sign',
];

/** What gcc makes of a source with the texts in `.modinfo`, as kbuild's `.mod.c` has them. */
function compile(name: string, options: readonly string[] = []): Uint8Array {
  const lines = modinfo.map(
    (text, index) =>
      `static const char info${index}[] __attribute__((section(".modinfo"), used, aligned(1))) = ${JSON.stringify(text)};`,
  );
  const source = join(directory, `${name}.c`);
  const object = join(directory, `${name}.ko`);
  writeFileSync(source, `${lines.join('\n')}\nint unused;\n`);
  execFileSync('gcc', ['-ffreestanding', ...options, '-c', source, '-o', object]);
  return new Uint8Array(readFileSync(object));
}

const expected: ModuleInfo = {
  kind: 'module',
  name: 'toa',
  version: '2.1',
  vermagic,
  srcversion: '533BB7E5866E52F63B9ACCB',
  license: 'GPL',
  depends: ['nf_conntrack', 'ipv6'],
  machine: 'x86_64',
  signed: false,
};

describe('readModuleInfo', () => {
  it('reads what gcc compiled', () => {
    const host = execFileSync('uname', ['-m'], { encoding: 'utf8' }).trim();
    expect(readModuleInfo(compile('plain'))).toEqual({ ...expected, machine: host });
  });

  it('counts more sections than 16 bits hold', () => {
    const many = Array.from({ length: 33_000 }, (_, index) => `.section .s${index},"a"\n.byte 0\n.section .t${index},"a"\n.byte 0`);
    const source = join(directory, 'many.s');
    const object = join(directory, 'many.ko');
    writeFileSync(source, `${many.join('\n')}\n.section .modinfo,"a"\n.asciz "name=toa"\n`);
    execFileSync('gcc', ['-c', source, '-o', object]);
    expect(readModuleInfo(new Uint8Array(readFileSync(object)))).toMatchObject({ kind: 'module', name: 'toa' });
  });

  it.each([
    [true, true, 62, 'x86_64'],
    [true, true, 183, 'aarch64'],
    [true, false, 22, 's390x'],
    [true, false, 21, 'ppc64'],
    [false, true, 3, 'i386'],
    [false, true, 40, 'arm'],
    [false, false, 8, 'mips'],
    [true, true, 9999, 'elf-9999'],
  ])('64 bit %s, little endian %s, machine %i is %s', (is64, littleEndian, machine, name) => {
    const bytes = buildElf({ is64, littleEndian, machine, modinfo });
    expect(readModuleInfo(bytes)).toEqual({ ...expected, machine: name });
  });

  const shape = { is64: true, littleEndian: true, machine: 62, modinfo };
  const good = buildElf(shape);

  it('reads a part of a larger buffer', () => {
    const larger = new Uint8Array(good.length + 20).fill(0xff);
    larger.set(good, 7);
    expect(readModuleInfo(larger.subarray(7, 7 + good.length))).toEqual(expected);
  });

  it('sees an appended signature', () => {
    const mark = new TextEncoder().encode('~Module signature appended~\n');
    expect(readModuleInfo(new Uint8Array([...good, ...mark]))).toEqual({ ...expected, signed: true });
    expect(readModuleInfo(new Uint8Array([...good, ...mark, 0]))).toMatchObject({ signed: false });
  });

  it('gives what is missing as undefined', () => {
    const bytes = buildElf({ ...shape, modinfo: ['license=GPL'] });
    expect(readModuleInfo(bytes)).toMatchObject({ license: 'GPL', vermagic: undefined, name: undefined, depends: [] });
  });

  const text = (content: string) => new TextEncoder().encode(content);
  it.each([
    ['not-elf', 'empty', new Uint8Array()],
    ['not-elf', 'web page', text('\n<!DOCTYPE html>\n<title>toa.ko at master</title>')],
    ['not-elf', 'text', text('404: Not Found')],
    ['not-elf', 'text', text('找不到文件')],
    ['not-elf', 'archive', text('!<arch>\ndebian-binary')],
    ['not-elf', 'zip', text('PK\x03\x04')],
    ['not-elf', 'RPM', new Uint8Array([0xed, 0xab, 0xee, 0xdb, 3, 0])],
    ['not-elf', 'no ELF file', new Uint8Array([0, 1, 2, 3])],
    ['compressed-gz', 'gzip', new Uint8Array(gzipSync(good))],
    ['compressed-xz', 'xz', new Uint8Array([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0])],
    ['compressed-zst', 'zstd', new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0])],
    ['truncated', 'cut short', good.subarray(0, 20)],
    ['truncated', 'cut short', good.subarray(0, good.length - 1)],
    ['no-modinfo', 'no kernel module', buildElf({ ...shape, modinfo: undefined })],
  ])('%s: %s', (problem, words, bytes) => {
    const result = readModuleInfo(bytes);
    expect(result).toMatchObject({ kind: 'problem', problem });
    expect(result.kind === 'problem' && render(result.reason)).toContain(words);
  });

  it('gives an answer for any bytes, cut and damaged anywhere', () => {
    const shapes = [shape, { ...shape, is64: false }, { ...shape, littleEndian: false }].map(buildElf);
    const change = fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.constantFrom(...shapes), fc.array(change), fc.nat(800), (elf, changes, length) => {
        const bytes = elf.slice(0, length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        expect(['module', 'problem']).toContain(readModuleInfo(bytes).kind);
      }),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (tail) => {
        const bytes = new Uint8Array([0x7f, 0x45, 0x4c, 0x46, ...tail]);
        expect(['module', 'problem']).toContain(readModuleInfo(bytes).kind);
      }),
    );
  });
});

describe('moduleFits', () => {
  it('judges the machine of the file before its vermagic', () => {
    expect(moduleFits(expected, runningKernel).verdict).toBe('loads');
    const { verdict, reason } = moduleFits({ ...expected, machine: 'aarch64' }, runningKernel);
    expect([verdict, render(reason)]).toEqual([
      'refused',
      'The module is for the architecture aarch64, but this machine is x86_64.',
    ]);
    expect(moduleFits({ ...expected, machine: 'arm' }, { ...runningKernel, machine: 'armv7l' }).verdict).toBe('refused');
  });

  it('is unsure about a module without vermagic', () => {
    expect(moduleFits({ ...expected, vermagic: undefined }, runningKernel).verdict).toBe('unsure');
  });
});
