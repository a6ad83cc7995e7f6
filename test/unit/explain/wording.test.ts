// How the same failure reads on other machines: other languages, older tools, a CI's margins, a quoted mail. Each line is what a
// tool prints; the names in it are made up.
import { describe, expect, test } from 'vitest';
import { explain } from '../../../extension/core/explain/engine';
import { readSymptoms } from '../../../extension/core/explain/recognise';

const primary = (output: string): string | undefined =>
  explain({ symptoms: readSymptoms(output), facts: undefined, wanted: undefined, makefile: undefined })[0]?.cause;

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
    expect(primary(line)).toBe('headers_missing');
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
  expect(primary(line)).toBe(cause);
});

test('an insmod that cannot name the symbol leaves it to the lines of dmesg', () => {
  const output = [
    'insmod: ERROR: could not insert module /root/toa.ko: Unknown symbol in module',
    '[  161.6] toa: Unknown symbol partner_ec_unlock (err 0)',
  ].join('\n');
  expect(primary(output)).toBe('dependency_not_loaded');
});

test('a recipe that make V=1 prints is no failure', () => {
  const output = [
    'test -e include/generated/autoconf.h -a -e include/config/auto.conf || (\t\t\\',
    'echo >&2;\t\t\\',
    'echo >&2 "  ERROR: Kernel configuration is invalid.";\t\t\\',
    'echo >&2 "         include/generated/autoconf.h or include/config/auto.conf are missing.";\\',
    '/bin/false)',
  ].join('\n');
  expect(primary(output)).toBeUndefined();
});
