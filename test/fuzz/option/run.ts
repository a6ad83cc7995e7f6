// libFuzzer on the option parser of the kernel module: `npx tsx test/fuzz/option/run.ts [SECONDS]`. Ends with 1 when it finds a crash, a read
// out of bounds, or an input of which core/decode says something else.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../tools/project';
import { run, tryRun } from '../../tools/run';
import { requireSystemPackages, type SystemPackage } from '../../tools/systemPackages';
import { withScratch } from '../../vm/build';

const SECONDS = process.argv[2] ?? '600';
const here = join(root, 'test/fuzz/option');

const clang: readonly SystemPackage[] = [
  { command: 'clang', package: 'clang' },
  { command: '/usr/lib/llvm-14/lib/clang', package: 'libclang-rt-14-dev' },
];

/** The kinds, for libFuzzer to put together; a length that fits rarely comes by chance. */
const DICTIONARY = ['c8', 'fe', '08', '14', 'c808', 'fe08', 'c814', 'fe14', '0101080a']
  .map((hex) => `"${hex.replace(/../g, '\\x$&')}"\n`)
  .join('');

async function main(): Promise<number> {
  await requireSystemPackages(clang);
  return withScratch(async (directory) => {
    const [fuzzer, oracle] = [join(directory, 'fuzz'), join(directory, 'oracle.cjs')];
    await run(['clang', '-g', '-O1', '-fsanitize=fuzzer,address,undefined', '-o', fuzzer, join(here, 'fuzz.c')]);
    await build({ entryPoints: [join(here, 'serve.ts')], outfile: oracle, bundle: true, platform: 'node' });
    const dictionary = join(directory, 'dictionary');
    await writeFile(dictionary, DICTIONARY);
    await mkdir(join(directory, 'corpus'));
    const limits = ['-max_len=40', `-max_total_time=${SECONDS}`, `-dict=${dictionary}`, '-print_final_stats=1'];
    const env = { TOA_ORACLE: `exec '${process.execPath}' '${oracle}'` };
    const { code } = await tryRun([fuzzer, ...limits, join(directory, 'corpus')], { env, show: true, cwd: directory });
    return code;
  });
}

main().then(
  (code) => (process.exitCode = code === 0 ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
