// kernel/ builds for every kernel whose headers we have, and its Makefile says clearly why when it cannot.
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../tools/project';
import { run, tryRun } from '../tools/run';
import { expandNamed } from '../unit/snippets/expand';
import { buildIn, buildModule, withScratch } from './build';
import { headersRoot, newestOfEachSeries } from './debianKernels';

const { kernels } = await headersRoot();

/** Gives `work` a copy of kernel/. */
const withCopy = (work: (directory: string) => Promise<void>): Promise<void> =>
  withScratch(async (directory) => {
    await cp(join(root, 'kernel'), directory, { recursive: true });
    await work(directory);
  });

describe('kernel/', () => {
  test.each(kernels)('builds for $release ($packageVersion) without a warning', async (kernel) => {
    const { output, vermagic } = await buildModule(kernel);
    expect(vermagic.split(' ')[0]).toBe(kernel.release);
    expect(output).not.toMatch(/warning|error/i);
  });

  test.each(kernels.slice(-1))(
    'an interface of $release in an unknown form is an error that names it',
    async (kernel) => {
      await withCopy(async (directory) => {
        const probe = join(directory, 'probe.sh');
        await rename(probe, join(directory, 'probes.sh'));
        await writeFile(probe, 'sh "${0%/*}/probes.sh" "$1" | grep -v SYN_RECV_SOCK\n');
        await expect(buildIn(directory, kernel)).rejects.toThrow(
          'syn_recv_sock() has a form that compat.h does not know',
        );
      });
    },
  );

  // An unloaded module must not be returned to: see toa_unhook_all(). What a build leaves behind differs between the series.
  test.each(newestOfEachSeries(kernels))(
    'an original takes its place in $release, even when the kernel is built with frame pointers, and make clean leaves nothing',
    async (kernel) => {
      await withCopy(async (directory) => {
        const before = await readdir(directory);
        // What CONFIG_FRAME_POINTER adds to the flags of the whole kernel.
        await buildIn(directory, kernel, 'KCFLAGS=-fno-omit-frame-pointer -fno-optimize-sibling-calls');
        for (const hook of ['toa_v4_syn_recv_sock', 'toa_v6_syn_recv_sock', 'toa_v4_getname', 'toa_v6_getname']) {
          const code = await run(['objdump', '-dr', `--disassemble=${hook}`, join(directory, 'toa.ko')]);
          const original = hook.replace('toa_', 'toa_original_');
          expect(code, hook).toMatch(new RegExp(`\\sjmp\\b.*\\n.*__SCT__${original}\\b`));
        }
        expect(await readdir(directory)).not.toEqual(before);
        expect((await tryRun(['make', '-C', directory, 'clean'])).code).toBe(0);
        expect(await readdir(directory)).toEqual(before);
      });
    },
  );
});

test.each(newestOfEachSeries(kernels))('the Makefile snippet builds it for $release', async (kernel) => {
  await withCopy(async (directory) => {
    // The module's own Kbuild would be read instead; its probes are all that the snippet cannot know.
    const probes = 'ccflags-y += $(shell sh $(src)/probe.sh $(srctree)/include)\n';
    await rm(join(directory, 'Kbuild'));
    await writeFile(join(directory, 'Makefile'), expandNamed('makefile.json', 'Kernel module Makefile') + probes);
    const { vermagic } = await buildIn(directory, kernel);
    expect(vermagic.split(' ')[0]).toBe(kernel.release);
  });
});

describe('its Makefile', () => {
  test('a path with a space is one clear error', async () => {
    await withCopy(async (directory) => {
      const spaced = join(directory, 'my module');
      await mkdir(spaced);
      await cp(join(root, 'kernel'), spaced, { recursive: true });
      const { code, output } = await tryRun(['make', '-C', spaced]);
      expect(code).toBe(2);
      expect(output).toMatch(/cannot work in a path with a space: '.*\/my module'/);
    });
  });

  test('missing headers are one clear error', async () => {
    await withCopy(async (directory) => {
      const { code, output } = await tryRun(['make', '-C', directory, 'KVER=9.9.9-none']);
      expect(code).toBe(2);
      expect(output).toContain('No kernel headers in /lib/modules/9.9.9-none/build. Install those of 9.9.9-none');
    });
  });
});
