import { describe, expect, it } from 'vitest';
import { makeOverridable } from '../../../extension/core/makefile/overridable';
import { overrideFor } from '../../../extension/core/makefile/overrides';
import { parseMakefile } from '../../../extension/core/makefile/parse';
import { retarget, type Edited } from '../../../extension/core/makefile/retarget';
import { render } from '../../../extension/core/message';
import { applyEdits } from '../../../extension/core/text';
import { fixture, makefileNames } from './fixtures';

const LINKED = { release: '6.1.0', treePath: '/usr/src/linux-headers-6.1.0', viaBuildLink: true };
const UNPACKED = { release: '6.1.0', treePath: '/opt/tree', viaBuildLink: false };

function apply(text: string, edited: Edited): string {
  return edited.kind === 'edits' ? applyEdits(text, edited.edits) : `refused: ${render(edited.reason)}`;
}

const retargeted = (text: string, target = LINKED): string => apply(text, retarget(parseMakefile(text), target));
const overridable = (text: string): string => apply(text, makeOverridable(parseMakefile(text)));

describe('retarget', () => {
  it.each(makefileNames())('edits %s the same way as before, and only once', (name) => {
    for (const target of [LINKED, UNPACKED]) {
      const once = retargeted(fixture(name), target);
      expect(once).toMatchSnapshot();
      if (!once.startsWith('refused'))
        expect(retarget(parseMakefile(once), target)).toEqual({ kind: 'edits', edits: [] });
    }
  });

  it.each([
    ['KDIR = "/usr/src/linux" # tree', 'KDIR = "/lib/modules/6.1.0/build" # tree'],
    ['KDIR=/usr/src/linux-headers-5.4.0', 'KDIR=/usr/src/linux-headers-6.1.0'],
    ['KDIR=/usr/src/linux-5.3.18-24-obj/x86_64/default', 'KDIR=/lib/modules/6.1.0/build'],
    ['KDIR ?= $(SYSROOT)/lib/modules/$(shell uname -r)/build/', 'KDIR ?= $(SYSROOT)/lib/modules/6.1.0/build/'],
    ['KDIR := /lib/modules/$(KERNELRELEASE)/build', 'KDIR := /lib/modules/6.1.0/build'],
    ['KDIR := $(shell ls -d /usr/src/linux-*)', 'KDIR := /lib/modules/6.1.0/build'],
    ['KDIR := $(wildcard /lib/modules/$(shell uname -r)/build)', 'KDIR := $(wildcard /lib/modules/6.1.0/build)'],
    ['KDIR = /lib/modules/6.1.0/build', 'KDIR = /lib/modules/6.1.0/build'],
    ['KDIR = /usr/lib/modules/6.1.0/build', 'KDIR = /usr/lib/modules/6.1.0/build'],
  ])('%s', (line, expected) => {
    const rest = '\nall:\n\tmake -C $(KDIR) M=$(PWD) modules\n';
    expect(retargeted(line + rest)).toBe(expected + rest);
  });

  it('refuses what it cannot be sure of, and says why', () => {
    expect(retargeted('all:\n\techo hello\n')).toBe(
      'refused: This Makefile does not enter a kernel tree, so there is nothing to change.',
    );
    expect(retargeted('all:\n\tmake -C $(KDIR) M=.\n')).toBe(
      'refused: No edit of this Makefile is certain to make it build for 6.1.0.',
    );
  });

  it.each([
    '$(touch x)',
    'a b',
    '5.4#',
    '5.4`id`',
    "5.4'",
    '5.4"',
    '5.4\n',
    '',
    '5.4/../x',
    '-x',
    '5.4;x',
    '5.4\\',
    '5.4%',
    '5.4:x',
  ])('refuses the release %j', (release) => {
    expect(retargeted(fixture('huawei.mk'), { ...LINKED, release })).toMatch(/^refused: The kernel release/);
    expect(overrideFor(parseMakefile(fixture('kver-chain.mk')), { ...LINKED, release })).toBeUndefined();
  });

  it.each([
    '/a b',
    '/a$b',
    '/a#b',
    'relative',
    '',
    '/a\n',
    '/a`b',
    '/a"b',
    "/a'b",
    '/a:b',
    '/a;b',
    '/~root',
    '/a*',
    '/a\\',
    '/(a',
  ])('refuses the directory %j', (treePath) => {
    expect(retargeted(fixture('huawei.mk'), { ...UNPACKED, treePath })).toMatch(/^refused: The directory/);
  });
});

describe('makeOverridable', () => {
  it.each(makefileNames())('edits %s the same way as before, and only once', (name) => {
    const once = overridable(fixture(name));
    expect(once).toMatchSnapshot();
    expect(makeOverridable(parseMakefile(once))).toEqual({ kind: 'edits', edits: [] });
  });

  it('puts the variable after the comments that open the file, with its line ending', () => {
    const text = '# TOA\r\n\r\nall:\r\n\tmake -C /lib/modules/`uname -r`/build M=.\r\n';
    expect(overridable(text)).toBe(
      '# TOA\r\n\r\nKVER ?= $(shell uname -r)\r\nall:\r\n\tmake -C /lib/modules/$(KVER)/build M=.\r\n',
    );
    expect(overridable('\uFEFFall: ; make -C /lib/modules/`uname -r`/build M=.')).toBe(
      '\uFEFFKVER ?= $(shell uname -r)\nall: ; make -C /lib/modules/$(KVER)/build M=.',
    );
  });

  it('joins the variable with an edit at the same place', () => {
    expect(overridable('`uname -r`/build:\n')).toBe('KVER ?= $(shell uname -r)\n$(KVER)/build:\n');
  });

  it('takes another name when KVER is used, and refuses when all are', () => {
    const rest = 'all:\n\tmake -C /lib/modules/`uname -r`/build M=. X=$(KVER)\n';
    expect(overridable(rest)).toContain('KERNEL_VERSION ?= $(shell uname -r)\n');
    expect(overridable(`KERNEL_VERSION=1\nTARGET_KERNEL=1\n${rest}`)).toMatch(/^refused: The names KVER,/);
  });

  it('reuses the variable that holds uname -r', () => {
    const text = 'R := $(shell uname -r)\nall:\n\tmake -C /lib/modules/$(R)/build M=.\n\tdepmod -a `uname -r`\n';
    expect(overridable(text)).toBe(
      'R ?= $(shell uname -r)\nall:\n\tmake -C /lib/modules/$(R)/build M=.\n\tdepmod -a $(R)\n',
    );
  });

  it.each([
    ['a name that kbuild exports', 'VERSION := $(shell uname -r)\nall:\n\tmake -C /lib/modules/$(VERSION)/build M=.\n'],
    ['a second assignment', 'R := a\nR := $(shell uname -r)\nall:\n\tmake -C /lib/modules/$(R)/build M=.\n'],
    ['an include before it', 'include x\nR := $(shell uname -r)\nall:\n\tmake -C /lib/modules/$(R)/build M=.\n'],
    ['a variable set again later', 'V := 5.4\nK := /lib/modules/5.4.0/build/$(V)\nV := 6\nall:\n\tmake -C $(K) M=.\n'],
  ])('leaves an assignment as it is with %s', (_, text) => {
    expect(overridable(text)).toBe(text);
  });
});

describe('overrideFor', () => {
  it('prefers the directory where no build link leads to the tree, and takes the release along', () => {
    expect(overrideFor(parseMakefile(fixture('kver-chain.mk')), UNPACKED)).toEqual({
      KERNEL_DIR: '/opt/tree',
      KVER: '6.1.0',
    });
  });

  it('fills a variable that the Makefile leaves open', () => {
    const makefile = parseMakefile('all:\n\tmake -C $(KDIR) M=$(PWD)\n');
    expect(overrideFor(makefile, LINKED)).toEqual({ KDIR: '/lib/modules/6.1.0/build' });
  });

  it('never gives the kernel’s own make a variable that it uses itself', () => {
    const text = 'VERSION := $(shell uname -r)\nall:\n\tmake -C /lib/modules/$(VERSION)/build M=.\n';
    expect(overrideFor(parseMakefile(text), LINKED)).toBeUndefined();
  });
});
