import { describe, expect, it } from 'vitest';
import { planInvocation, type InvocationRequest } from '../../../extension/core/build/invocation';
import { parseMakefile } from '../../../extension/core/makefile/parse';

const target = { release: '6.1.0-47-amd64', treePath: '/usr/src/linux-headers-6.1.0-47-amd64', viaBuildLink: true };
const HARD_WIRED =
  'obj-$(CONFIG_TOA) := toa.o\nall:\n\tmake CONFIG_TOA=m -C /lib/modules/`uname -r`/build M=`pwd` modules\n';

function plan(text: string, change: Partial<InvocationRequest> = {}) {
  const makefile = parseMakefile(text);
  return planInvocation({ directory: '/root/toa', makefile, kbuild: makefile, target, ...change });
}

describe('how make is called', () => {
  it('as it is, when the Makefile decides', () => {
    expect(plan(HARD_WIRED, { target: undefined })).toMatchObject({ argv: ['make'], how: 'makefile' });
  });

  it('with the variable that decides', () => {
    const text = 'KVER ?= $(shell uname -r)\nobj-m := toa.o\nall:\n\t$(MAKE) -C /lib/modules/$(KVER)/build M=$(PWD)\n';
    expect(plan(text)).toMatchObject({ argv: ['make', 'KVER=6.1.0-47-amd64'], how: 'variables' });
  });

  it('by kbuild, with what the recipe gives it, when uname -r is hard-wired', () => {
    expect(plan(HARD_WIRED)).toMatchObject({
      argv: ['make', '-C', target.treePath, 'M=/root/toa', 'CONFIG_TOA=m', 'modules'],
      how: 'kbuild',
    });
  });

  it('by kbuild with the option that a lone Kbuild file asks for', () => {
    expect(plan('obj-$(CONFIG_TOA) += toa.o\n', { makefile: undefined })).toMatchObject({
      argv: ['make', '-C', target.treePath, 'M=/root/toa', 'CONFIG_TOA=m', 'modules'],
    });
  });

  it.each(['/root/my module', '/root/a:b', '/root/a\tb'])('not at all in %j', (directory) => {
    expect(plan(HARD_WIRED, { directory })).toHaveProperty('refused');
  });

  it('not at all when the kernel is wired in and nothing is listed for kbuild', () => {
    expect(plan('all:\n\tmake -C /lib/modules/`uname -r`/build M=`pwd`/src modules\n')).toHaveProperty('refused');
  });

  it('not at all for a lone Kbuild file without a kernel', () => {
    expect(plan('obj-m := toa.o\n', { makefile: undefined, target: undefined })).toHaveProperty('refused');
  });

  it('never with a value of the recipe that a shell would expand', () => {
    const text = 'obj-m := toa.o\nall:\n\tmake CC="$(CROSS)gcc" -C /lib/modules/`uname -r`/build M=`pwd` modules\n';
    expect(plan(text)).toMatchObject({ argv: ['make', '-C', target.treePath, 'M=/root/toa', 'modules'] });
  });
});
