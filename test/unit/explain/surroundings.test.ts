// How the same failure reads on other machines: other languages, older tools, a CI's margins, a quoted mail. Each line is what a
// tool prints; the names in it are made up.
import { describe, expect, test } from 'vitest';
import { primaryCause } from './primaryCause';

const build = '/lib/modules/5.4.0-42-generic/build';

describe('a build directory that is not there', () => {
  test.each([
    [`make[1]: *** ${build} : Aucun fichier ou dossier de ce type. Arrêt.`],
    [`make[1]: ** ${build}: Arquivo ou diretório não encontrado.  Pare.`],
    [`make[1]: *** ${build}: Нет такого файла или каталога.  Останов.`],
    [`make[1]: *** ${build}: No existe el archivo o el directorio.  Alto.`],
    [`make[1]: *** ${build}: そのようなファイルやディレクトリはありません.  中止.`],
    [`make[1]: *** ${build}: 沒有此一檔案或目錄。 停止。`],
    [`> make[1]: *** ${build}: No such file or directory.  Stop.`],
    [`2024-05-01T10:20:30.123Z make[1]: *** ${build}: No such file or directory.  Stop.`],
    [`\u001b[31mmake[1]: *** ${build}: No such file or directory.  Stop.\u001b[0m`],
    ['==> ERROR: Missing 6.1.5-arch1-1 kernel headers for module toa/1.0.'],
    ['make[1]: *** /lib/modules/4.12.14-lp150.12.13-default/build: No such file or directory.  Stop.'],
    ['make[1]: *** /lib/modules/4.6.0-kali1-amd64/build: No such file or directory.  Stop.'],
  ])('%s', (line) => {
    expect(primaryCause(line)).toBe('headers_missing');
  });
});

test.each([
  ["include/linux/kconfig.h:5:10: fatal error: 'generated/autoconf.h' file not found", 'headers_corrupt'],
  ['scripts/basic/fixdep: 1: scripts/basic/fixdep: Syntax error: "(" unexpected', 'header_tools_wrong_arch'],
  [
    'scripts/basic/fixdep: error while loading shared libraries: libc.so.6: cannot open shared object file',
    'header_tools_wrong_arch',
  ],
  ['/bin/sh: 1: ./tools/objtool/objtool: not found', 'kernel_source_incomplete'],
  ['[  161.6] toa: Unknown symbol partner_ec_unlock (err 0)', 'dependency_not_loaded'],
  ['[  161.6] toa: Unknown symbol kallsyms_lookup_name (err 0)', 'symbol_not_exported'],
  ['ERROR: modpost: "partner_ec_unlock" [/root/toa/toa.ko] undefined!', 'symbol_not_exported'],
  [
    'depmod: ERROR: could not open directory /lib/modules/5.15.90.1-microsoft-standard-WSL2: No such file',
    'wsl_kernel',
  ],
  ['E: Unable to locate package linux-headers-6.1.0-kali7-amd64', 'headers_pkg_not_in_repo'],
  [' One of the configured repositories failed (Unknown),', 'repo_eol_or_unreachable'],
  ['Makefile:14: *** Fehlender Trenner.  Schluss.', 'makefile_missing_separator'],
  ["insmod: can't insert '/tmp/toa.ko': invalid parameter", 'insmod_generic_needs_dmesg'],
  ['FATAL: Module toa not found.', 'depmod_not_run'],
])('%s: %s', (line, cause) => {
  expect(primaryCause(line)).toBe(cause);
});

test('an insmod that cannot name the symbol leaves it to the lines of dmesg', () => {
  const output = [
    'insmod: ERROR: could not insert module /root/toa.ko: Unknown symbol in module',
    '[  161.6] toa: Unknown symbol partner_ec_unlock (err 0)',
  ].join('\n');
  expect(primaryCause(output)).toBe('dependency_not_loaded');
});

test('a recipe that make V=1 prints is no failure', () => {
  const output = [
    'test -e include/generated/autoconf.h -a -e include/config/auto.conf || (\t\t\\',
    'echo >&2;\t\t\\',
    'echo >&2 "  ERROR: Kernel configuration is invalid.";\t\t\\',
    'echo >&2 "         include/generated/autoconf.h or include/config/auto.conf are missing.";\\',
    '/bin/false)',
  ].join('\n');
  expect(primaryCause(output)).toBeUndefined();
});

const noHeaders = 'make[1]: *** /lib/modules/3.10.0-957.el7.x86_64/build: No such file or directory.  Stop.';

describe('what stands beside the failure decides', () => {
  test('a link that ls shows and make cannot follow leads nowhere', () => {
    const link = 'lrwxrwxrwx 1 root root 38 Apr  1 2020 /lib/modules/3.10.0-957.el7.x86_64/build -> /usr/src/kernels/x';
    expect(primaryCause(`${link}\n${noHeaders}`)).toBe('headers_dangling_symlink');
  });

  test('headers of another release are listed', () => {
    expect(primaryCause(`kernel-devel-3.10.0-1160.el7.x86_64\n${noHeaders}`)).toBe('headers_version_mismatch');
    expect(primaryCause(`kernel-devel-3.10.0-957.el7.x86_64\n${noHeaders}`)).not.toBe('headers_version_mismatch');
  });

  test('the control groups are those of a container', () => {
    const refused = "modprobe: can't load module toa (kernel/net/toa.ko): Operation not permitted";
    expect(primaryCause(`${refused}\n12:pids:/docker/4b2c1f`)).toBe('container_no_sys_module');
  });

  test('SUBDIRS= is named where a kernel that ignores it fails in its own tree', () => {
    const output = (release: string): string =>
      [
        `make SUBDIRS=/root/toa -C /lib/modules/${release}/build modules`,
        "make[1]: *** No rule to make target 'arch/x86/tools/relocs_32.c', needed by 'arch/x86/tools/relocs_32.o'.  Stop.",
      ].join('\n');
    expect(primaryCause(output('5.5.15-200.fc31.x86_64'))).toBe('makefile_subdirs_removed');
    expect(primaryCause(output('3.10.0-957.el7.x86_64'))).not.toBe('makefile_subdirs_removed');
  });
});

test.each([
  ['./arch/x86/include/asm/bug.h:35:22: error: expected identifier or ‘(’ before string constant'],
  ["./include/linux/compiler_types.h:210:24: error: expected '(' before '__inline'"],
])('a compiler that is older than the syntax of the headers: %s', (line) => {
  expect(primaryCause(line)).toBe('compiler_too_old_for_kernel_flags');
});

test('a read-only file system', () => {
  const line = 'toa.c:1: fatal error: opening dependency file /usr/src/toa/.toa.o.d: Read-only file system';
  expect(primaryCause(line)).toBe('directory_not_writable');
});
