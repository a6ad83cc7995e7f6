// The same causes in the words of other versions of the tools: make 3.81, gcc 4.4 and 4.8, clang, module-init-tools, kernels from 2.6.32
// to 7.x. From memory of those versions, not captured here; what was captured is in provoked.test.ts and languages.test.ts.
import { describe, expect, it } from 'vitest';
import { explain } from '../../../extension/core/explain/engine';
import { readSymptoms } from '../../../extension/core/explain/symptomReader';
import { primaryCause } from './primaryCause';

const OLD = '/usr/src/kernels/2.6.32-754.el6.x86_64';

const SAID: Readonly<Record<string, readonly string[]>> = {
  headers_missing: [
    'make: *** /lib/modules/2.6.32-754.el6.x86_64/build: No such file or directory.  Stop.',
    'make[1]: Entering an unknown directory\nmake[1]: *** /lib/modules/3.10.0-1160.el7.x86_64/build: No such file or directory.  Stop.\nmake[1]: Leaving an unknown directory',
    'gmake[2]: *** /lib/modules/5.4.0-42-generic/build: No such file or directory.  Stop.',
  ],
  kernel_source_incomplete: [
    `make[1]: Entering directory \`${OLD}'\nmake[1]: *** No rule to make target \`scripts/basic/fixdep', needed by \`scripts_basic'.  Stop.`,
    '/bin/sh: ./tools/objtool/objtool: No such file or directory',
    '/bin/sh: scripts/mod/modpost: No such file or directory',
    'ld: cannot open linker script file scripts/module-common.lds: No such file or directory',
  ],
  compiler_not_found: [
    '/bin/sh: gcc: command not found',
    '/bin/sh: 1: x86_64-linux-gnu-gcc-10: not found',
    'make[2]: /usr/bin/gcc-8: Command not found',
    'scripts/gcc-version.sh: line 31: gcc: command not found',
  ],
  symbol_not_exported: [
    'WARNING: "kallsyms_lookup_name" [/root/toa/toa.ko] undefined!',
    'ERROR: "kallsyms_lookup_name" [/root/toa/toa.ko] undefined!',
    'toa: Unknown symbol kallsyms_lookup_name (err 0)',
    'toa: Unknown symbol kallsyms_lookup_name',
  ],
  module_license_missing: ['WARNING: modpost: missing MODULE_LICENSE() in /root/toa/toa.o'],
  gpl_only_symbol: ["FATAL: modpost: GPL-incompatible module toa.ko uses GPL-only symbol '__rcu_read_lock'"],
  api_function_removed: [
    "toa.c:12: error: implicit declaration of function 'strlcpy'",
    'toa.c:12: error: implicit declaration of function ‘init_timer’',
    "toa.c:12:2: error: call to undeclared function 'strlcpy'; ISO C99 and later do not support implicit function declarations [-Wimplicit-function-declaration]",
    "toa.c:12:2: error: use of undeclared identifier 'KERNEL_DS'",
  ],
  api_other_signature: [
    "toa.c:12: error: too few arguments to function 'sk_alloc'",
    "toa.c:12:2: error: too few arguments to function 'sk_alloc'; expected 5, have 4",
    'toa.c:12:40: error: too few arguments to function call, expected 5, have 4',
    "toa.c:12:14: error: incompatible function pointer types initializing 'nf_hookfn *' with an expression of type 'int (int)' [-Wincompatible-function-pointer-types]",
  ],
  api_inet_getname: [
    "toa.c:12: error: too many arguments to function 'inet_getname'",
    "toa.c:12:2: error: initialization from incompatible pointer type [-Werror]\ntoa.c:12:2: error: (near initialization for 'toa_ops.getname') [-Werror]",
  ],
  api_proc_ops: [
    "toa.c:12:36: error: incompatible pointer types passing 'const struct file_operations *' to parameter of type 'const struct proc_ops *' [-Werror,-Wincompatible-pointer-types]",
  ],
  modversions_mismatch: [
    'toa: disagrees about version of symbol struct_module',
    'kernel: [ 12.1] toa: no symbol version for struct_module',
  ],
  vermagic_mismatch: [
    "toa: version magic '2.6.32-573.el6.x86_64 SMP mod_unload modversions ' should be '2.6.32-754.el6.x86_64 SMP mod_unload modversions '",
  ],
  insmod_generic_needs_dmesg: [
    "insmod: error inserting 'toa.ko': -1 Invalid module format",
    "insmod: can't insert 'toa.ko': invalid module format",
    'FATAL: Error inserting toa (/lib/modules/2.6.32/extra/toa.ko): Invalid module format',
  ],
  already_loaded: ["insmod: error inserting 'toa.ko': -1 File exists", "insmod: can't insert 'toa.ko': File exists"],
  insmod_file_not_found: ["insmod: can't read 'toa.ko': No such file or directory"],
  not_root: ["$ insmod toa.ko\ninsmod: error inserting 'toa.ko': -1 Operation not permitted"],
  depmod_not_run: [
    'FATAL: Module toa not found.',
    "modprobe: module 'toa' not found",
    'modprobe: module toa not found in modules.dep',
  ],
  secure_boot_key_not_enrolled: [
    "modprobe: ERROR: could not insert 'toa': Required key not available",
    'PKCS#7 signature not signed with a trusted key',
  ],
  not_an_elf_module: ['Invalid ELF header magic: != ELF'],
  struct_module_size_mismatch: [
    "module toa: .gnu.linkonce.this_module section size must match the kernel's built struct module size at run time",
  ],
};

describe.each(Object.entries(SAID))('%s', (cause, outputs) => {
  it.each(outputs)('%s', (output) => {
    expect(primaryCause(output)).toBe(cause);
  });
});

/** Forms met in public reports of other modules; each stands for a kind of line, with names of our own. */
describe('further forms of the same words', () => {
  it.each([
    [
      'api_other_signature',
      "toa.c:8:9: error: initialization of 'int (*)(const struct ctl_table *)' {aka 'int (*)(const struct ctl_table *)'} from incompatible pointer type 'int (*)(struct ctl_table *)'",
    ],
    [
      'secure_boot_key_not_enrolled',
      "host systemd-modules-load[602]: Failed to insert module 'toa': Key was rejected by service",
    ],
    ['depmod_not_run', "host systemd-modules-load[602]: Failed to find module 'toa'"],
    ['container_host_kernel', "modprobe: can't change directory to '5.15.0-79-generic': No such file or directory"],
    [
      'kernel_source_incomplete',
      'scripts/selinux/genheaders/genheaders.c:13:22: fatal error: classmap.h: No such file or directory',
    ],
    ['header_tools_wrong_arch', 'zsh: exec format error: ./fixdep'],
    [
      'dkms_source_missing',
      'Error! Could not find module source directory.\nDirectory: /usr/src/toa-1.0 does not exist.',
    ],
    [
      'makefile_not_found',
      "make: Entering directory '/var/lib/dkms/toa/1.0/build/src'\nmake: *** No targets specified and no makefile found.  Stop.",
    ],
    ['kernel_config_missing_feature', '[15399.6] toa: Unknown symbol wireless_send_event (err -2)'],
    ['missing_openssl_dev', "scripts/sign-file.c:25:10: fatal error: 'openssl/opensslv.h' file not found"],
    ['headers_pkg_not_in_repo', 'E: package linux-headers-5.10.0-kali9-amd64 not found'],
    [
      'rpm_conflict',
      'file /usr/lib/.build-id/00/83fb62970a114b9351aa05bec975cb130b1323 from install of kernel-devel-6.13.1-1.fc40.x86_64 conflicts with file from package kernel-devel-6.13.0-3.fc40.x86_64',
    ],
    [
      'headers_missing',
      'Error! DKMS tree already contains: toa-1.0\nError! echo\nYour kernel headers for kernel 5.8.7-200.fc32.x86_64 cannot be found at',
    ],
    [
      'headers_dangling_symlink',
      'make: *** /lib/modules/4.2.3-300.fc23.x86_64/build: No such file or directory.  Stop.\nlrwxrwxrwx. 1 root root 38 Apr 29 13:02 build -> /usr/src/kernels/4.2.3-300.fc23.x86_64',
    ],
  ])('%s: %s', (cause, text) => {
    expect(primaryCause(text)).toBe(cause);
  });
});

describe('prose says nothing', () => {
  it.each([
    'The module of the course on Linux has a build of its own; directory services are not found in it.',
    'We could not insert the coin: the machine was out of order, permission denied by the owner.',
    'Error handling is covered in chapter 5: file exists checks, invalid argument tests and unknown symbols of algebra.',
    'I updated my phone. It asks for a key; the key was rejected by the lock.',
    'make: a verb. No rule tells us which target to choose | 12 | 34.',
    'Le répertoire est vide, la règle est simple : aucune.',
    '内核会议改在周五，目录见附件。没有规则。',
    'Der Speicherplatz im Keller ist knapp; es fehlt ein Trenner im Ordner.',
  ])('%s', (text) => {
    expect(explain({ symptoms: readSymptoms(text), facts: undefined, wanted: undefined, makefile: undefined })).toEqual(
      [],
    );
  });
});
