import { describe, expect, it } from 'vitest';
import { slice } from '../../../extension/core/makefile/characters';
import { findKernelSites, siteText } from '../../../extension/core/makefile/kernelSites';
import { parseMakefile } from '../../../extension/core/makefile/parse';
import { fixture, makefileNames } from './fixtures';

/** Each site as `kind role 'characters' in 'word' by variables`. */
function sites(text: string): readonly string[] {
  const makefile = parseMakefile(text);
  return findKernelSites(makefile).map((site) => {
    const chain = site.variables.length > 0 ? ` by ${site.variables.join(' > ')}` : '';
    return `${site.kind} ${site.role} '${siteText(makefile, site)}' in '${slice(text, site.word)}'${chain}`;
  });
}

const inRecipe = (command: string): readonly string[] => sites(`all:\n\t${command}\n`);

describe('findKernelSites', () => {
  it.each(makefileNames())('finds the sites of %s', (name) => {
    expect(sites(fixture(name))).toMatchSnapshot();
  });

  it.each([
    '`uname -r`',
    '` uname -r `',
    '`/bin/uname -r`',
    '`/usr/bin/uname  --kernel-release`',
    '$(shell uname -r)',
    '${shell uname -r}',
    '$(shell /bin/uname -r )',
    '$$(uname -r)',
  ])('takes exactly the characters of %s', (uname) => {
    expect(inRecipe(`make -C /lib/modules/${uname}/build M=x`)).toEqual([
      `uname build '${uname}' in '/lib/modules/${uname}/build'`,
    ]);
  });

  it('takes the bare command within a longer one', () => {
    expect(sites('V := $(shell uname -r | cut -d. -f1)\nall:\n\tmake -C /lib/modules/$(V)/build\n')).toEqual([
      "uname build 'uname -r' in '$(shell uname -r | cut -d. -f1)' by V",
    ]);
  });

  it.each([
    'echo "uname -r"',
    'echo uname -r',
    'uname -m',
    'xuname -r',
    '# make -C /lib/modules/`uname -r`/build',
    '@# `uname -r`',
  ])('finds nothing in %s', (command) => {
    expect(inRecipe(command)).toEqual([]);
  });

  it('skips comments and other directories', () => {
    expect(
      sites('# `uname -r` /lib/modules/5.4.0/build\nA = 1 # $(shell uname -r)\nall:\n\tmake -C src all\n'),
    ).toEqual([]);
    expect(inRecipe('tar -C /usr/src/linux -x')).toEqual([]);
  });

  it('follows variables by use, whatever they are called', () => {
    const text = 'X = 5.4.0-1\nY = /lib/modules/$(X)\nZ := $(Y)/build\nV = 1.2\nall:\n\t$(MAKE) -C ${Z} M=. V=$(V)\n';
    expect(sites(text)).toEqual(["release-literal build '5.4.0-1' in '5.4.0-1' by Z > Y > X"]);
  });

  it('finds directories written out, also behind quotes and cd', () => {
    expect(sites('K = "/opt/linux"\nall:\n\tmake -C $(K) M=.\n')).toEqual([
      "tree-path build '/opt/linux' in '/opt/linux' by K",
    ]);
    expect(inRecipe('cd ../linux && make M=$(PWD)')).toEqual(["tree-path build '../linux' in '../linux'"]);
    expect(inRecipe('make --directory=/opt/linux M=.')).toEqual(["tree-path build '/opt/linux' in '/opt/linux'"]);
  });

  it('does not call a directory written out that comes from outside', () => {
    expect(inRecipe('make -C $(KDIR) M=.')).toEqual([]);
    expect(inRecipe('make -C $(KDIR)/build M=.')).toEqual([]);
    expect(inRecipe('make -C $$KDIR M=.')).toEqual([]);
  });

  it.each([
    ['/usr/src/linux-headers-5.4.0-1-amd64', '5.4.0-1-amd64'],
    ['/usr/src/kernels/3.10.0-957.el7.x86_64/', '3.10.0-957.el7.x86_64'],
    ['/usr/src/linux-4.19.52', '4.19.52'],
    ['/lib/modules/5.10.16.3-microsoft-standard-WSL2/build', '5.10.16.3-microsoft-standard-WSL2'],
    ['/lib/modules/6.8.0+/source', '6.8.0+'],
  ])('finds the release in %s', (path, release) => {
    expect(inRecipe(`make -C ${path} M=.`)).toEqual([`release-literal build '${release}' in '${path}'`]);
  });

  it('tells what is installed from what is built', () => {
    const text = [
      'MODDIR = $(DESTDIR)/lib/modules/$(shell uname -r)/extra',
      'install:',
      '\tinstall toa.ko $(MODDIR)',
      '\tdepmod -a 5.4.0-1',
      '\tmake INSTALL_MOD_PATH=/lib/modules/5.4.0-2 x',
      '\techo $(shell uname -r)',
      '',
    ].join('\n');
    expect(sites(text)).toEqual([
      "uname install '$(shell uname -r)' in '$(DESTDIR)/lib/modules/$(shell uname -r)/extra' by MODDIR",
      "release-literal install '5.4.0-1' in '5.4.0-1'",
      "release-literal install '5.4.0-2' in '/lib/modules/5.4.0-2'",
      "uname other '$(shell uname -r)' in '$(shell uname -r)'",
    ]);
  });
});
