import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KernelTree, Tools } from '../../../extension/core/facts';
import { judgeCompiler, parseCompiler } from '../../../extension/core/kernel/compiler';
import { treeOf } from './facts';

describe('parseCompiler', () => {
  it.each([
    ['gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0', 'gcc', '12.2.0', 'gcc-12'],
    ['x86_64-linux-gnu-gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0', 'gcc', '12.2.0', 'x86_64-linux-gnu-gcc-12'],
    ['gcc (GCC) 4.8.5 20150623 (Red Hat 4.8.5-44)', 'gcc', '4.8.5', 'gcc'],
    ['gcc version 4.4.7 20120313 (Red Hat 4.4.7-23) (GCC) ', 'gcc', '4.4.7', undefined],
    ['(mockbuild@x86) (gcc version 4.8.5 20150623 (Red Hat 4.8.5-44) (GCC) ) #1 SMP', 'gcc', '4.8.5', undefined],
    ['gcc (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.0, GNU ld (GNU Binutils for Ubuntu) 2.38', 'gcc', '11.4.0', 'gcc'],
    ['(build@host) (gcc (SUSE Linux) 7.5.0, GNU ld (2.35.1)', 'gcc', '7.5.0', 'gcc'],
    ['gcc (Alpine 12.2.1_git20220924-r4) 12.2.1 20220924', 'gcc', '12.2.1', 'gcc'],
    ['Ubuntu clang version 14.0.0-1ubuntu1', 'clang', '14.0.0', undefined],
    ['Android (8508608, based on r450784e) clang version 14.0.7', 'clang', '14.0.7', undefined],
  ])('%s', (text, kind, version, command) => {
    expect(parseCompiler(text)).toEqual({ kind, version, command });
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const compiler = parseCompiler(`gcc ${text}`);
        expect(compiler?.version ?? '0').toMatch(/^\d+(\.\d+)*$/);
      }),
    );
    expect(parseCompiler('')).toBeUndefined();
    expect(parseCompiler('gcc-'.repeat(1_000_000))).toBeUndefined();
  });
});

describe('judgeCompiler', () => {
  const relation = (tree: Partial<KernelTree>, tools: Partial<Tools>) =>
    judgeCompiler(treeOf('6.1.0-56-amd64', tree), {
      commands: { gcc: '/usr/bin/gcc' },
      gcc: undefined,
      make: undefined,
      libc: undefined,
      ...tools,
    }).relation;
  const builtBy = (compiler: string) => ({ compiler });

  it.each([
    ['same', builtBy('gcc (GCC) 12.1.0'), { gcc: '12.2.0' }],
    ['older', builtBy('gcc (GCC) 13.2.0'), { gcc: '9.4.0' }],
    ['newer', builtBy('gcc (GCC) 4.8.5'), { gcc: '12.2.0' }],
    ['older', builtBy('gcc (GCC) 4.8.5'), { gcc: '4.4.7' }],
    ['missing', builtBy('gcc (GCC) 4.8.5'), {}],
    ['unknown', { compiler: undefined }, { gcc: '12.2.0' }],
    ['missing', { compilerCommand: 'gcc-12' }, { gcc: '10.2.1' }],
    ['older', { compilerCommand: 'gcc-12' }, { gcc: '10.2.1', commands: { 'gcc-12': '/opt/bin/gcc-12' } }],
    ['same', { compilerCommand: '/usr/bin/gcc-12' }, { gcc: '12.2.0' }],
    ['missing', builtBy('clang version 15.0.7'), { gcc: '12.2.0' }],
    ['unknown', builtBy('clang version 15.0.7'), { commands: { 'clang-15': '/usr/bin/clang-15' } }],
  ] as const)('%s: %j with %j', (expected, tree, tools) => {
    expect(relation(tree, tools)).toBe(expected);
  });
});
