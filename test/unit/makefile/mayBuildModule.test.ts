import { describe, expect, test } from 'vitest';
import { findKernelSites } from '../../../extension/core/makefile/kernelSites';
import { mayBuildModule } from '../../../extension/core/makefile/mayBuildModule';
import { parseMakefile } from '../../../extension/core/makefile/parse';
import { fixture, makefileNames } from './fixtures';

describe('mayBuildModule', () => {
  test.each([
    'obj-m := toa.o\n',
    'obj-$(CONFIG_TOA) += toa.o\n',
    'all:\n\tmake -C /lib/modules/`uname -r`/build M=`pwd` modules\n',
    'KDIR ?= /opt/linux\n',
  ])('says yes to %j', (text) => {
    expect(mayBuildModule(text)).toBe(true);
  });

  test.each(['', 'all:\n\tgcc -o tool tool.c\n', 'include common.mk\nobj-mount: x\n'])('says no to %j', (text) => {
    expect(mayBuildModule(text)).toBe(false);
  });

  test('says yes to every Makefile that names a kernel', () => {
    const naming = makefileNames()
      .map(fixture)
      .filter((text) => findKernelSites(parseMakefile(text)).length > 0);
    expect(naming.length).toBeGreaterThan(10);
    expect(naming.filter((text) => !mayBuildModule(text))).toEqual([]);
  });

  test('does not look through what no one writes', () => {
    expect(mayBuildModule(`${'# long\n'.repeat(100_000)}obj-m := toa.o\n`)).toBe(false);
  });
});
