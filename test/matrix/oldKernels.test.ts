// The branches of compat.h for kernels whose headers cannot be had: compiled against hand-made declarations of the same
// form. What that shows and what not: test/fixtures/old-kernels/README.md.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root as checkout } from '../tools/project';
import { run, tryRun } from '../tools/run';
import { withScratch } from '../vm/build';

const fixtures = join(checkout, 'test/fixtures/old-kernels');
const kernel = join(checkout, 'kernel');

/** What probe.sh finds in the headers of a version. */
async function probe(version: string): Promise<readonly string[]> {
  const output = await run(['sh', join(kernel, 'probe.sh'), join(fixtures, version)]);
  return output.trim().split('\n');
}

/** Each header that kernel/ includes and the version does not have: it has what all versions share. */
async function writeSharedHeaders(version: string, directory: string): Promise<void> {
  for (const name of (await readdir(kernel)).filter((one) => /\.[ch]$/.test(one)))
    for (const [, header = ''] of (await readFile(join(kernel, name), 'utf8')).matchAll(/^#include <(.*)>$/gm)) {
      if (existsSync(join(fixtures, version, header))) continue;
      await mkdir(dirname(join(directory, header)), { recursive: true });
      await writeFile(join(directory, header), '#include "stub.h"\n');
    }
}

/** Compiles toa.c as the kernel of that time would: C of 1989 with GNU extensions. */
async function compile(version: string, options: readonly string[]): Promise<string> {
  let output = '';
  await withScratch(async (directory) => {
    await writeSharedHeaders(version, directory);
    const includes = [join(fixtures, version), fixtures, directory].map((path) => `-I${path}`);
    const strict = ['-std=gnu89', '-Wall', '-Wdeclaration-after-statement', '-Wno-address-of-packed-member'];
    ({ output } = await tryRun([
      ...(['gcc', '-fsyntax-only', '-ffreestanding', ...strict] as const),
      ...includes,
      ...options,
      join(kernel, 'toa.c'),
    ]));
  });
  return output;
}

const CASES = [
  { version: '2.6.32', forms: ['SYN_RECV_SOCK_FOUR', 'GETNAME_FOUR'] },
  { version: '3.10', forms: ['SYN_RECV_SOCK_FOUR', 'GETNAME_FOUR', 'VZALLOC'] },
  {
    version: '4.9',
    forms: ['SYN_RECV_SOCK_SIX', 'GETNAME_FOUR', 'SOCK_CREATE_KERN_NET', 'SYNCHRONIZE_RCU_TASKS', 'VZALLOC'],
  },
];

describe.each(CASES)('in the forms of $version', ({ version, forms }) => {
  const machine = ['-DCONFIG_X86_64', '-DCONFIG_IPV6_MODULE'];

  test('probe.sh recognises the interfaces', async () => {
    expect(await probe(version)).toEqual(forms.map((form) => `-DTOA_HAVE_${form}`));
  });

  test('toa.c compiles without a warning', async () => {
    expect(await compile(version, [...machine, '-DCONFIG_KPROBES', ...(await probe(version))])).toBe('');
  });

  test('without kprobes it is an error that says so', async () => {
    expect(await compile(version, [...machine, ...(await probe(version))])).toContain(
      'neither the tracepoint tcp:tcp_destroy_sock (Linux 4.16, CONFIG_TRACEPOINTS) nor kprobes (CONFIG_KPROBES)',
    );
  });
});
