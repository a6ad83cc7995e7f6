// The programs that run in the guest: static, so that they need nothing else there.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../tools/project';
import { run } from '../tools/run';
import { once, withScratch } from './build';
import type { ArchiveFile } from './initramfs';

const HANDSHAKE = 'kernel/selftest/handshake.c';

const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  init: ['test/vm/guest/init.c'],
  'toa-selftest': ['kernel/selftest/toa-selftest.c', HANDSHAKE],
  cases: ['test/vm/guest/cases.c', HANDSHAKE],
  bench: ['test/vm/guest/bench.c', HANDSHAKE],
  soak: ['test/vm/guest/soak.c', HANDSHAKE],
  param: ['test/vm/guest/param.c'],
  insert: ['test/vm/guest/insert.c'],
  'ktls-unload': ['test/vm/guest/ktls-unload.c'],
};

const FLAGS = ['-std=gnu99', '-O2', '-Wall', '-Wextra', '-Werror', '-static', '-s'];

function compile(directory: string, name: string, sources: readonly string[]): Promise<string> {
  const paths = sources.map((source) => join(root, source));
  return run(['gcc', ...FLAGS, '-o', join(directory, name), ...paths]);
}

const compiled = new Map<string, Promise<ArchiveFile>>();

/** `/init` and what it can be told to run, compiled once for a process. */
export const guestPrograms = (): Promise<readonly ArchiveFile[]> =>
  Promise.all(
    Object.entries(PROGRAMS).map(([name, sources]) =>
      once(compiled, name, () =>
        withScratch(async (directory) => {
          await compile(directory, name, sources);
          return { name, content: await readFile(join(directory, name)) };
        }),
      ),
    ),
  );
