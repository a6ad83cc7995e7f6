// The edits that repair a source: what they change, what they leave alone, and that older kernels still see the text as it was.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCalls, readC } from '../../../extension/core/source/c';
import { newerKernel } from '../../../extension/core/source/guard';
import { repairC, repairMakefile, type Fault } from '../../../extension/core/source/repair';
import { applyEdits } from '../../../extension/core/text';

const fault = (cause: string, name?: string, release?: string): Fault => ({ cause, name, line: undefined, release });

function repaired(text: string, what: Fault): string {
  const repair = repairC(text, what);
  return repair === undefined ? text : applyEdits(text, repair.edits);
}

/** What the compiler sees where every test of the kernel's version that a repair writes holds, or does not. */
function preprocessed(text: string, isNewer: boolean): string {
  const lines: string[] = [];
  let taken = true;
  for (const line of text.split('\n')) {
    if (/^#if .*KERNEL_VERSION/.test(line)) taken = line.startsWith('#if !') ? !isNewer : isNewer;
    else if (line === '#else') taken = !taken;
    else if (line === '#endif') taken = true;
    else if (taken && line !== '#include <linux/version.h>') lines.push(line);
  }
  return lines.join('\n');
}

describe('a C source', () => {
  it('has its comments, strings and characters blanked, in place', () => {
    const { code } = readC('a("x, \\"y", \'(\'); /* b( */ c; // d\\\n e(\nf');
    expect(code).toBe(`a("      ", ' ');          c;      \n   \nf`);
  });

  it('gives calls with their arguments', () => {
    const source = readC('f(a, g(b, c), "d, e") /* f(x) */ f');
    const [call, ...others] = findCalls(source, 'f');
    expect(others).toEqual([]);
    expect(call?.arguments.map(({ start, end }) => source.text.slice(start, end))).toEqual(['a', 'g(b, c)', '"d, e"']);
  });
});

describe('class_create', () => {
  const source = 'x = 1;\n\tcls = class_create(THIS_MODULE,\n\t\t"class_create(THIS_MODULE, x)");\ny();\n';

  it('loses its first argument for newer kernels, and is as it was for older ones', () => {
    const after = repaired(source, fault('api_class_create'));
    expect(after).toContain('#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)\n');
    expect(preprocessed(after, false)).toBe(source);
    expect(preprocessed(after, true)).toBe('x = 1;\n\tcls = class_create("class_create(THIS_MODULE, x)");\ny();\n');
  });

  it('is left alone inside of a macro, in a comment, and with one argument', () => {
    for (const text of [
      '#define make(n) \\\n\tclass_create(THIS_MODULE, n)\n',
      '// class_create(THIS_MODULE, n)\n',
      'class_create("toa");\n',
    ]) {
      expect(repairC(text, fault('api_class_create'))).toBeUndefined();
    }
  });

  it('is repaired once: what was repaired needs nothing more for newer kernels', () => {
    const once = preprocessed(repaired(source, fault('api_class_create')), true);
    expect(repairC(once, fault('api_class_create'))).toBeUndefined();
  });
});

describe('getname', () => {
  const source = `static int toa_getname(struct socket *sock, struct sockaddr *uaddr, int *uaddr_len, int peer)
{
	int ret = inet_getname(sock, uaddr, uaddr_len, peer);

	if (ret == 0 && peer)
		change(uaddr);
	return ret;
}
`;

  it('loses its length, and a test for 0 becomes one for no error', () => {
    const after = repaired(source, fault('api_inet_getname'));
    expect(preprocessed(after, true)).toBe(
      source.replace(', int *uaddr_len', '').replace(', uaddr_len', '').replace('ret == 0', 'ret >= 0'),
    );
    expect(preprocessed(after, false)).toBe(source.replace('ret == 0', 'ret >= 0'));
  });

  it('is no mechanical change where the source uses the length itself', () => {
    const using = source.replace('change(uaddr);', '*uaddr_len = sizeof(*uaddr);');
    expect(repairC(using, fault('api_inet_getname'))).toBeUndefined();
  });
});

describe('proc_ops', () => {
  const source = `static const struct file_operations ops = {
	.owner = THIS_MODULE,
	.open = toa_open, /* .read */
	.llseek = seq_lseek,
};
void f(void) { proc_create("toa", 0, NULL, &ops); }
`;

  it('takes the members under their new names, without the owner', () => {
    const after = repaired(source, fault('api_proc_ops'));
    expect(preprocessed(after, false)).toBe(source);
    expect(preprocessed(after, true)).toBe(`static const struct proc_ops ops = {
	.proc_open = toa_open, /* .read */
	.proc_lseek = seq_lseek,
};
void f(void) { proc_create("toa", 0, NULL, &ops); }
`);
  });

  it('are left alone where another file uses the same operations, or a member has no counterpart', () => {
    expect(repairC(`${source}struct miscdevice d = { .fops = &ops };\n`, fault('api_proc_ops'))).toBeUndefined();
    expect(repairC(source.replace('.llseek', '.fsync'), fault('api_proc_ops'))).toBeUndefined();
  });
});

describe('a name that left the kernel', () => {
  it('is replaced as a word of the code only', () => {
    const source = 'void f(void)\n{\n\tstrlcpy(a, "strlcpy", 3); /* strlcpy */\n\tmy_strlcpy(a);\n}\n';
    expect(repaired(source, fault('api_function_removed', 'strlcpy'))).toBe(
      source.replace('\tstrlcpy(a', '\tstrscpy(a'),
    );
  });

  it('is left alone where its result is taken, which means something else now', () => {
    expect(repairC('n = strlcpy(a, b, 3);\n', fault('api_function_removed', 'strlcpy'))).toBeUndefined();
    expect(repairC('if (strlcpy(a, b, 3) > 3)\n', fault('api_function_removed', 'strlcpy'))).toBeUndefined();
  });

  it('gets its new name, which older kernels read as the old one', () => {
    const source = '#include <linux/proc_fs.h>\nvoid *f(struct inode *i)\n{\n\treturn PDE_DATA(i);\n}\n';
    const after = repaired(source, fault('api_function_removed', 'PDE_DATA'));
    expect(after).toContain('return pde_data(i);');
    expect(preprocessed(after, false)).toContain('#define pde_data(inode) PDE_DATA(inode)\n');
    expect(preprocessed(after, true)).not.toContain('#define');
  });
});

describe('headers', () => {
  it('are taken from where they are now, in the source’s own line endings', () => {
    const after = repaired(
      '#include <asm/unaligned.h>\r\nint x;\r\n',
      fault('api_function_removed', 'asm/unaligned.h'),
    );
    expect(after.split('\r\n')).toEqual([
      '#include <linux/version.h>',
      '#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)',
      '#include <linux/unaligned.h>',
      '#else',
      '#include <asm/unaligned.h>',
      '#endif',
      'int x;',
      '',
    ]);
  });

  it('that declare a name are included, asm/uaccess.h by way of linux/uaccess.h', () => {
    expect(repaired('#include <linux/module.h>\n', fault('api_function_removed', 'signal_pending'))).toBe(
      '#include <linux/module.h>\n#include <linux/sched/signal.h>\n',
    );
    expect(repaired('#include <asm/uaccess.h>\n', fault('api_function_removed', 'copy_to_user'))).toBe(
      '#include <linux/uaccess.h>\n',
    );
  });
});

describe('a license', () => {
  it('is declared as the source states it', () => {
    expect(repaired('// SPDX-License-Identifier: GPL-2.0 OR MIT\n', fault('module_license_missing'))).toContain(
      'MODULE_LICENSE("Dual MIT/GPL");',
    );
  });

  it('is not made up where the source has another', () => {
    expect(repairC('// SPDX-License-Identifier: Apache-2.0\n', fault('module_license_missing'))).toBeUndefined();
    expect(repairC('MODULE_LICENSE("GPL");\n', fault('module_license_missing'))).toBeUndefined();
  });
});

describe('a backport', () => {
  it.each([
    ['6.5.1', 'LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)'],
    [undefined, 'LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)'],
    [
      '5.14.0-427.13.1.el9_4.x86_64',
      'LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0) || (defined(RHEL_RELEASE_CODE) && RHEL_RELEASE_CODE >= RHEL_RELEASE_VERSION(9, 4))',
    ],
    ['5.15.0-119-generic', 'LINUX_VERSION_CODE >= KERNEL_VERSION(5, 15, 0)'],
  ])('%s is asked for by %s', (release, condition) => {
    expect(newerKernel({ since: [6, 4], release })).toBe(condition);
  });
});

describe('a Makefile', () => {
  const makefile = (cause: string, text: string, line?: number): string => {
    const repair = repairMakefile(text, { cause, name: undefined, line, release: undefined });
    return repair === undefined ? text : applyEdits(text, repair.edits);
  };

  it('has its flags renamed where they are set and used, not in comments', () => {
    expect(
      makefile(
        'makefile_extra_cflags_removed',
        '# EXTRA_CFLAGS\nEXTRA_CFLAGS += -I$(src) # EXTRA_CFLAGS\nx := $(EXTRA_CFLAGS)\nMY_EXTRA_CFLAGS = 1\n',
      ),
    ).toBe('# EXTRA_CFLAGS\nccflags-y += -I$(src) # EXTRA_CFLAGS\nx := $(ccflags-y)\nMY_EXTRA_CFLAGS = 1\n');
  });

  it('gets M= for SUBDIRS=, unless it has both', () => {
    const call = 'all:\n\t$(MAKE) -C /lib/modules/1/build SUBDIRS=$(PWD) modules\n';
    expect(makefile('makefile_subdirs_removed', call)).toBe(call.replace('SUBDIRS', 'M'));
    const both = call.replace('SUBDIRS', 'M=$(PWD) SUBDIRS');
    expect(makefile('makefile_subdirs_removed', both)).toBe(both);
  });

  it('gets CURDIR for PWD in what kbuild is handed, unless it sets PWD itself', () => {
    const call = 'all:\n\tmake -C /lib/modules/1/build M=$(PWD) modules\n\techo $(PWD)\n';
    expect(makefile('makefile_pwd_empty_sudo', call)).toBe(call.replace('M=$(PWD)', 'M=$(CURDIR)'));
    const own = `PWD := $(shell pwd)\n${call}`;
    expect(makefile('makefile_pwd_empty_sudo', own)).toBe(own);
  });

  it('gets tabs in its recipes, and nowhere else', () => {
    const text = 'VAR = \\\n    x\nall: a\n    make\n        -C\n\n    FOO = 1\nclean:\n    rm\n';
    expect(makefile('makefile_missing_separator', text, 4)).toBe(
      'VAR = \\\n    x\nall: a\n\tmake\n\t-C\n\n    FOO = 1\nclean:\n\trm\n',
    );
    expect(makefile('makefile_missing_separator', 'x y\n', 1)).toBe('x y\n');
  });
});

const CAUSES = [
  ['api_class_create'],
  ['api_inet_getname'],
  ['api_proc_ops'],
  ['api_function_removed', 'strlcpy'],
  ['api_function_removed', 'PDE_DATA'],
  ['api_function_removed', 'asm/unaligned.h'],
  ['api_other_signature', 'access_ok'],
  ['module_license_missing'],
] as const;
const PIECES = [
  'class_create(THIS_MODULE, "x")',
  'inet_getname(a, b, c, d)',
  'static int my_getname(struct socket *s, struct sockaddr *a, int *l, int p)',
  'struct file_operations o = { .open = f, .owner = THIS_MODULE };',
  'proc_create("x", 0, NULL, &o)',
  'strlcpy(a, b, c)',
  'PDE_DATA(x)',
  'access_ok(VERIFY_READ, a, b)',
  '#include <asm/unaligned.h>',
  '#if X',
  '#endif',
  '#define',
  '/*',
  '*/',
  '//',
  '"',
  "'",
  '\\',
  '(',
  ')',
  '{',
  '}',
  ';',
  '\n',
  '\r\n',
] as const;

describe('any text', () => {
  const text = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })), { maxLength: 40 });

  it('is repaired without a throw, by edits that do not overlap', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...CAUSES), (pieces, [cause, name]) => {
        const source = pieces.join(' ');
        const edits = [...(repairC(source, fault(cause, name))?.edits ?? [])].sort((a, b) => a.start - b.start);
        edits.forEach((edit, index) => {
          expect(edit.start).toBeLessThanOrEqual(edit.end);
          expect(edit.end).toBeLessThanOrEqual(source.length);
          expect(edit.start).toBeGreaterThanOrEqual(edits[index - 1]?.end ?? 0);
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps its comments and strings', () => {
    const source = '/* strlcpy PDE_DATA */ char *s = "strlcpy(a) PDE_DATA";\n';
    for (const [cause, name] of CAUSES.slice(0, 7)) expect(repairC(source, fault(cause, name))).toBeUndefined();
  });

  it('of a megabyte, the longest that is read, is repaired before the test gives up', () => {
    for (const piece of ['class_create(', '"', '/*', 'proc_create(o', '{', 'inet_getname(a, b, c, d)\n']) {
      const source = piece.repeat(Math.floor(1_000_000 / piece.length));
      for (const [cause, name] of CAUSES) repairC(source, fault(cause, name));
    }
  });
});
