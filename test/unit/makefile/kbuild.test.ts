import { describe, expect, it } from 'vitest';
import { slice } from '../../../extension/core/makefile/characters';
import { findModuleArguments, findObjects, isKbuild, makeVariables } from '../../../extension/core/makefile/kbuild';
import { parseMakefile } from '../../../extension/core/makefile/parse';
import { fixture } from './fixtures';

describe('findObjects', () => {
  it('finds the modules of obj-m and of options, with their exact characters', () => {
    const text =
      'obj-m := toa.o \\\n\tother.o # third.o\nobj-$(CONFIG_TOA) += a.o\nobj-${CONFIG_B}=b.o sub/\nobj-y += c.o\ntoa-objs := d.o\n';
    const objects = findObjects(parseMakefile(text));
    expect(objects.map(({ name, option }) => [name, option])).toEqual([
      ['toa', undefined],
      ['other', undefined],
      ['a', 'CONFIG_TOA'],
      ['b', 'CONFIG_B'],
    ]);
    expect(objects.map(({ span }) => slice(text, span))).toEqual(['toa.o', 'other.o', 'a.o', 'b.o']);
  });

  it('keeps a reference in a name as it is written', () => {
    expect(findObjects(parseMakefile('obj-m += $(NAME).o\n')).map(({ name }) => name)).toEqual(['$(NAME)']);
  });
});

describe('isKbuild', () => {
  it('is a file with a list of objects', () => {
    expect(isKbuild(parseMakefile('obj-y += sub/\n'))).toBe(true);
    expect(isKbuild(parseMakefile(fixture('kernel-doc.mk')))).toBe(true);
    expect(isKbuild(parseMakefile(fixture('not-kbuild.mk')))).toBe(false);
    expect(isKbuild(parseMakefile('all:\n\tmake -C /lib/modules/x/build M=.\n'))).toBe(false);
  });
});

describe('the arguments of make', () => {
  const text = [
    'FLAGS = M=$(PWD) V=1',
    'all:',
    '\t@ARCH=arm make CONFIG_TOA=m -C /lib/modules/`uname -r`/build SUBDIRS=`pwd` CC="gcc -m64" modules # M=x',
    '\techo M=y && $(MAKE) -C tools X=1',
    '\t$(MAKE) -C $(KDIR) KBUILD_EXTMOD="$(CURDIR)"',
    '',
  ].join('\n');
  const makefile = parseMakefile(text);

  it('are module directories', () => {
    const found = findModuleArguments(makefile);
    expect(found.map(({ name, value }) => [name, slice(text, value)])).toEqual([
      ['M', '$(PWD)'],
      ['SUBDIRS', '`pwd`'],
      ['KBUILD_EXTMOD', '$(CURDIR)'],
    ]);
    expect(found.map(({ span }) => slice(text, span))).toEqual([
      'M=$(PWD)',
      'SUBDIRS=`pwd`',
      'KBUILD_EXTMOD="$(CURDIR)"',
    ]);
  });

  it('are variables for the make that enters a kernel tree', () => {
    expect(makeVariables(makefile).map(({ name, value }) => [name, slice(text, value)])).toEqual([
      ['CONFIG_TOA', 'm'],
      ['CC', 'gcc -m64'],
    ]);
  });
});
