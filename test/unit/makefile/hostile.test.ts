import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slice } from '../../../extension/core/makefile/characters';
import { dkmsEdits } from '../../../extension/core/makefile/dkms';
import { makeOverridable, retarget } from '../../../extension/core/makefile/edits';
import { findModuleArguments, findObjects, isKbuild, makeVariables } from '../../../extension/core/makefile/kbuild';
import { findKernelSites } from '../../../extension/core/makefile/kernelSites';
import { overrideFor } from '../../../extension/core/makefile/overrides';
import { parseMakefile } from '../../../extension/core/makefile/parse';
import { resolveBuildDirectory } from '../../../extension/core/makefile/resolve';
import { applyEdits, type Span, type TextEdit } from '../../../extension/core/text';

const LINKED = { release: '6.1.0', treePath: '/usr/src/linux-headers-6.1.0', viaBuildLink: true };
const UNPACKED = { release: '6.1.0', treePath: '/opt/tree', viaBuildLink: false };

/** Texts made of the pieces that matter to the parser, in any order. */
const pieces = fc
  .array(
    fc.constantFrom(
      ...[
        '\n',
        '\r\n',
        '\t',
        ' ',
        '\\',
        '\\\n',
        '\\\r\n',
        '#',
        '$',
        '$$',
        '$(',
        '${',
        '(',
        ')',
        '{',
        '}',
        '`',
        '"',
        "'",
        ',',
        ';',
      ],
      ...[
        ':',
        '=',
        ':=',
        '?=',
        '+=',
        '!=',
        'KVER',
        'KDIR',
        '$(KVER)',
        '$(KDIR)',
        'export ',
        'override ',
        'define ',
        'endef\n',
      ],
      ...[
        'ifeq (',
        'ifdef ',
        'else\n',
        'endif\n',
        'include ',
        'all:',
        'shell ',
        'uname -r',
        '`uname -r`',
        '$(shell uname -r)',
      ],
      ...[
        '/lib/modules/',
        '/build',
        '5.4.0-1',
        '/usr/src/linux',
        ' -C ',
        'make ',
        '$(MAKE) ',
        ' M=',
        'depmod ',
        'install ',
        'echo ',
      ],
      ...['obj-m', 'toa.o', 'é', '\u{1F600}', '\uFEFF', '\0', 'x'],
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

const lines = fc
  .array(
    fc.constantFrom(
      'KVER := $(shell uname -r)',
      'KVER ?= $(shell uname -r)',
      'KVER = 5.4.0-1',
      'KDIR := /lib/modules/$(KVER)/build',
      'KDIR ?= /lib/modules/`uname -r`/build',
      'KDIR = /usr/src/linux',
      'MODDIR = /lib/modules/$(KVER)/extra',
      'ifneq ($(KERNELRELEASE),)',
      'ifdef X',
      'else',
      'endif',
      'obj-m := toa.o',
      'all:',
      '\tmake -C $(KDIR) M=$(PWD) modules',
      '\tmake -C /lib/modules/$(KVER)/build M=$(PWD)',
      '\tmake -C /lib/modules/`uname -r`/build M=`pwd`',
      '\tinstall toa.ko $(MODDIR)',
      '\tdepmod -a `uname -r`',
      '# comment',
      'include x',
    ),
    { maxLength: 14 },
  )
  .chain((found) => fc.constantFrom('\n', '\r\n').map((ending) => found.join(ending)));

const texts = fc.oneof(pieces, lines, fc.string({ unit: 'binary', maxLength: 200 }));

function everything(text: string): void {
  const makefile = parseMakefile(text);
  findKernelSites(makefile);
  findModuleArguments(makefile);
  makeVariables(makefile);
  findObjects(makefile);
  isKbuild(makefile);
  resolveBuildDirectory(makefile, { unameRelease: '5.4.0', directory: '/src' });
  retarget(makefile, LINKED);
  retarget(makefile, UNPACKED);
  makeOverridable(makefile);
  overrideFor(makefile, LINKED);
  dkmsEdits(text);
}

function isInside(text: string, { start, end }: Span): boolean {
  return start >= 0 && start <= end && end <= text.length;
}

/** What is left of a text outside of edits that are in order and apart. */
function kept(text: string, edits: readonly TextEdit[]): string {
  const ends = [0, ...edits.map(({ end }) => end)];
  return (
    edits
      .map(({ start }, index) => {
        expect(start).toBeGreaterThanOrEqual(ends[index] ?? 0);
        return text.slice(ends[index], start);
      })
      .join('') + text.slice(ends.at(-1))
  );
}

describe('for any text', () => {
  it('the statements tile it, and nothing throws', () => {
    fc.assert(
      fc.property(texts, (text) => {
        everything(text);
        const { statements } = parseMakefile(text);
        expect(statements.map(({ span }) => slice(text, span)).join('')).toBe(text);
      }),
      { numRuns: 1500 },
    );
  });

  it('sites lie in their words, and both in the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const { span, word } of findKernelSites(parseMakefile(text))) {
          expect(isInside(text, span) && isInside(text, word)).toBe(true);
          expect(word.start <= span.start && span.end <= word.end && span.start < span.end).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['retarget', (text: string) => retarget(parseMakefile(text), LINKED)],
    ['retarget to unpacked headers', (text: string) => retarget(parseMakefile(text), UNPACKED)],
    ['makeOverridable', (text: string) => makeOverridable(parseMakefile(text))],
    ['dkmsEdits', dkmsEdits],
  ])('%s keeps everything outside its edits, and a second run changes nothing', (_, edit) => {
    fc.assert(
      fc.property(texts, (text) => {
        const edits = edit(text);
        const once = applyEdits(text, edits);
        const sorted = [...edits].sort((a, b) => a.start - b.start);
        expect(kept(text, sorted).length).toBe(once.length - edits.reduce((sum, each) => sum + each.text.length, 0));
        expect(applyEdits(once, edit(once))).toBe(once);
      }),
      { numRuns: 1500 },
    );
  });
});

const QUARTER_MEGABYTE = 256 * 1024;

function repeated(head: string, unit: string, length: number): string {
  return head + unit.repeat(Math.ceil(length / unit.length));
}

/** A read that takes time in the square of the length would take many minutes here, and one that recurses would overflow. */
describe('a quarter of a megabyte is read', { timeout: 120_000 }, () => {
  it.each([
    ['one word', 'A'],
    ['slashes', 'a/'],
    ['blanks', ' '],
    ['backslashes', '\\'],
    ['continuations', '\\\n'],
    ['an open quote', '"'],
    ['open references', '$('],
    ['open references with brackets', '$((('],
    ['open braces', '${'],
    ['empty lines', '\n'],
    ['modifiers', 'export '],
    ['conditionals that are never closed', 'ifdef A\n'],
    ['definitions that are never closed', 'define A\n'],
  ])('as %s', (_, unit) => {
    const text = repeated('', unit, QUARTER_MEGABYTE);
    const makefile = parseMakefile(text);
    expect(makefile.statements.at(-1)?.span.end).toBe(text.length);
    expect(findKernelSites(makefile)).toEqual([]);
    expect(resolveBuildDirectory(makefile, { unameRelease: '5.4.0', directory: '/src' })).toEqual([]);
  });

  it('as one line of sites', () => {
    const makefile = parseMakefile(repeated('A = ', '/lib/modules/$(shell uname -r)/build ', QUARTER_MEGABYTE));
    expect(findKernelSites(makefile)).toHaveLength(Math.ceil(QUARTER_MEGABYTE / 37));
  });

  it('as the recipe of a real Makefile, over and over', () => {
    const line = '\tmake CONFIG_TOA=m -C /lib/modules/`uname -r`/build M=`pwd` modules\n';
    const makefile = parseMakefile(repeated('all:\n', line, QUARTER_MEGABYTE));
    const count = Math.ceil(QUARTER_MEGABYTE / line.length);
    expect(resolveBuildDirectory(makefile, { unameRelease: '5.4.0', directory: '/src' })).toHaveLength(count);
    expect(retarget(makefile, UNPACKED)).toHaveLength(count);
  });
});

describe('64 kB go through every function', { timeout: 120_000 }, () => {
  it.each([
    ['`', ''],
    ['(', ''],
    ['`uname -r`', 'all:\n\tmake -C '],
    ['-C $(K) M=. ', 'K = x\nall:\n\tmake '],
    ['make -C /lib/modules/`uname -r`/build M=.;', 'all:\n\t'],
    ['uname -r;', 'all:\n\t'],
    ['A := $(A) $(shell uname -r)\n', ''],
    ['A = $(A)$(B)\nB = $(A)\n', 'all: ; make -C $(A) M=.\n'],
    ['ifdef A\nKDIR = /lib/modules/`uname -r`/build\nelse\n', 'all: ; make -C $(KDIR) M=.\n'],
    ['MAKE="make `uname -r`"\n', ''],
  ])('of %j', (unit, head) => {
    const text = repeated(head, unit, QUARTER_MEGABYTE / 4);
    expect(() => {
      everything(text);
    }).not.toThrow();
  });
});
