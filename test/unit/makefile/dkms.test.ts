import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { slice } from '../../../extension/core/makefile/characters';
import { dkmsEdits, findDkmsSites } from '../../../extension/core/makefile/dkms';
import { applyEdits } from '../../../extension/core/text';
import { fixture } from './fixtures';

const edited = (text: string): string => applyEdits(text, dkmsEdits(text));

describe('findDkmsSites', () => {
  it('names the characters, the directive and the edit', () => {
    const text = fixture('dkms-uname.conf');
    expect(
      findDkmsSites(text).map(({ kind, span, directive, edit }) => [kind, slice(text, span), directive, edit.text]),
    ).toEqual([
      ['uname', '$(uname -r)', 'MAKE[0]', '${kernel_source_dir}'],
      ['uname', '`uname -r`', 'CLEAN', '${kernelver}'],
    ]);
  });
});

describe('dkmsEdits', () => {
  it.each([
    ['MAKE="make -C /lib/modules/`uname -r`/build M=."', 'MAKE="make -C ${kernel_source_dir} M=."'],
    ['MAKE="make KDIR=/lib/modules/$(uname -r)/build"', 'MAKE="make KDIR=${kernel_source_dir}"'],
    ["  MAKE[10]='make KVER=$(/bin/uname -r)'", "  MAKE[10]='make KVER=${kernelver}'"],
    ['MAKE="make -C /usr/src/linux-headers-5.4.0-1-amd64"', 'MAKE="make -C ${kernel_source_dir}"'],
    ['CLEAN="rm -rf /lib/modules/5.4.0-1/extra"', 'CLEAN="rm -rf /lib/modules/${kernelver}/extra"'],
    ['MAKE="make V=$(uname -r | cut -d- -f1)"', 'MAKE="make V=$(echo ${kernelver} | cut -d- -f1)"'],
    ['MAKE="make \\\r\n  KVER=$(uname -r)"\r\n', 'MAKE="make \\\r\n  KVER=${kernelver}"\r\n'],
  ])('%j', (text, expected) => {
    expect(edited(text)).toBe(expected);
    expect(dkmsEdits(expected)).toEqual([]);
  });

  it.each([
    'MAKE="make KVER=${kernelver}"',
    'PRE_BUILD="x $(uname -r)"',
    '# MAKE="make `uname -r`"',
    'MAKE="make" # `uname -r`',
    'MAKE="make V=5.4.0"',
  ])('leaves %j alone', (text) => {
    expect(edited(text)).toBe(text);
  });

  it('gives what dkms would run for the kernel it builds for', () => {
    const script =
      'kernelver=6.1.0 kernel_source_dir=/lib/modules/6.1.0/build dkms_tree=/d; eval "$1"; echo "${MAKE[0]}"; echo "$CLEAN"';
    const run = (name: string): string =>
      execFileSync('bash', ['-c', script, 'dkms', edited(fixture(name))], { encoding: 'utf8' });
    expect(run('dkms-uname.conf')).toBe(
      'make -C /lib/modules/6.1.0/build M=/d/toa/2.1.0/build modules\nmake KVER=6.1.0 clean\n',
    );
  });
});
