// Each cause by the words of the tool that reveals it, and texts that look alike and mean something else.
import { describe, expect, it } from 'vitest';
import { explain } from '../../../extension/core/explain/engine';
import { readSymptoms } from '../../../extension/core/explain/symptomReader';

function findings(output: string) {
  return explain({ symptoms: readSymptoms(output), facts: undefined, wanted: undefined, makefile: undefined });
}

const HEADERS = "make[1]: Entering directory '/usr/src/linux-headers-6.1.0-50-amd64'\n";
const REFUSED = 'insmod: ERROR: could not insert module toa.ko: ';

describe('what a tool says names the cause', () => {
  it.each([
    ['headers_corrupt', `${HEADERS}  ERROR: Kernel configuration is invalid.`],
    ['kdir_wrong', 'make -C /usr/src/linux-5.10.1 M=/root/toa\n  ERROR: Kernel configuration is invalid.'],
    ['kernel_source_unprepared', 'make -C /root/git/linux M=/root/toa\n  ERROR: Kernel configuration is invalid.'],
    [
      'kernel_source_incomplete',
      "make[2]: *** No rule to make target 'scripts/module.lds', needed by '/root/toa/toa.ko'.  Stop.",
    ],
    [
      'header_tools_glibc_too_new',
      "scripts/basic/fixdep: /lib/libc.so.6: version `GLIBC_2.38' not found (required by scripts/basic/fixdep)",
    ],
    ['header_tools_wrong_arch', '/bin/sh: 1: scripts/mod/modpost: Exec format error'],
    ['module_symvers_missing', 'WARNING: Symbol version dump "Module.symvers" is missing.'],
    ['path_with_spaces', 'Makefile:201: *** source directory cannot contain spaces or colons. Stop.'],
    ['makefile_subdirs_removed', "Makefile:134: 'SUBDIRS' was removed in Linux 5.3"],
    ['makefile_pwd_empty_sudo', `make -C /lib/modules/6.1.0/build M= modules\nmake[1]: *** [Makefile:1: x] Error 1`],
    ['makefile_missing_separator', 'Makefile:7: *** missing separator (did you mean TAB instead of 8 spaces?).  Stop.'],
    [
      'makefile_extra_cflags_removed',
      'make -C /lib/modules/6.16.1/build M=/root/x\nx.c:1:10: fatal error: own.h: No such file or directory',
    ],
    ['makefile_kbuild_api_changed', "make[3]: *** No rule to make target 'vmlinux.o', needed by 'modpost'.  Stop."],
    [
      'compiler_too_old_for_kernel_flags',
      "gcc: error: unrecognized command-line option '-ftrivial-auto-var-init=zero'",
    ],
    ['kernel_built_with_clang', "gcc: error: unrecognized command-line option '-mretpoline-external-thunk'"],
    [
      'compiler_no_retpoline',
      'arch/x86/Makefile:166: *** CONFIG_RETPOLINE=y, but not supported by the compiler.  Stop.',
    ],
    ['gcc_plugin_mismatch', 'cc1: error: incompatible gcc/plugin versions'],
    ['compiler_default_pie', 'cc1: error: code model kernel does not support PIC mode'],
    ['compiler_unusable_wrapper', 'arch/x86/Makefile:184: *** Compiler lacks asm-goto support..  Stop.'],
    ['missing_libelf', 'error: Cannot generate ORC metadata for CONFIG_UNWINDER_ORC=y, please install libelf-dev'],
    ['missing_openssl_dev', 'scripts/sign-file.c:25:10: fatal error: openssl/opensslv.h: No such file or directory'],
    ['missing_flex_bison', '/bin/sh: 1: flex: not found'],
    ['sbin_not_in_path', 'bash: depmod: command not found'],
    ['symbol_not_exported', 'ERROR: modpost: "kallsyms_lookup_name" [/root/toa/toa.ko] undefined!'],
    ['gpl_only_symbol', "ERROR: modpost: GPL-incompatible module x.ko uses GPL-only symbol 'cc_mkdec'"],
    ['module_license_missing', 'ERROR: modpost: missing MODULE_LICENSE() in /root/toa/toa.o'],
    ['missing_prototypes_werror', "toa.c:1:9: error: no previous prototype for 'f' [-Werror=missing-prototypes]"],
    [
      'source_c90_werror',
      'toa.c:9:2: error: ISO C90 forbids mixed declarations and code [-Werror=declaration-after-statement]',
    ],
    ['api_function_removed', "toa.c:5:2: error: implicit declaration of function 'strlcpy' [-Werror]"],
    ['api_other_signature', "toa.c:5:2: error: too few arguments to function 'sk_alloc'"],
    ['api_class_create', "toa.c:5:2: error: too many arguments to function 'class_create'"],
    ['api_inet_getname', "toa.c:5:2: error: too many arguments to function 'inet_getname'"],
    [
      'api_distro_backport',
      "make -C /usr/src/kernels/3.10.0-1160.el7.x86_64\nx.c:5:2: error: too few arguments to function 'ndo_dflt_bridge_getlink'",
    ],
    ['modversions_mismatch', `${REFUSED}Invalid module format\ntoa: disagrees about version of symbol module_layout`],
    ['insmod_generic_needs_dmesg', `${REFUSED}Invalid module format`],
    ['secure_boot_key_not_enrolled', `${REFUSED}Required key not available`],
    [
      'secure_boot_lockdown',
      `${REFUSED}Operation not permitted\nLockdown: insmod: unsigned module loading is restricted`,
    ],
    ['lockdown_forced_no_uefi', `${REFUSED}Operation not permitted\nEFI variables are not supported on this system`],
    ['already_loaded', `${REFUSED}File exists`],
    ['insmod_file_not_found', 'insmod: ERROR: could not load module toa: No such file or directory'],
    ['module_init_failed', `${REFUSED}No such device`],
    ['vmalloc_exhausted', `${REFUSED}Cannot allocate memory\nvmap allocation for size 8192 failed: use vmalloc=<size>`],
    ['duplicate_symbol_other_module', 'toa: exports duplicate symbol f (owned by kernel)'],
    ['wrong_architecture', 'insmod: ELF file not for this architecture'],
    ['not_an_elf_module', 'toa.ko: HTML document, UTF-8 Unicode text'],
    ['ibt_missing_endbr', 'traps: Missing ENDBR: kallsyms_lookup_name+0x4/0xd0'],
    ['cr0_wp_pinned', 'CR0 WP bit went missing!?'],
    ['module_oops_ro_data', 'BUG: unable to handle kernel paging request at ffffffffa5\nOops: 0003 [#1] SMP'],
    ['depmod_not_run', 'modprobe: FATAL: Module toa not found in directory /lib/modules/6.1.0-50-amd64'],
    [
      'depmod_wrong_basedir',
      'depmod: Error: could not open directory /root/toa//lib/modules/6.1.0: No such file or directory',
    ],
    ['dkms_state_broken', 'Error! Could not locate dkms.conf file.'],
    ['dkms_already_added', 'Error! DKMS tree already contains: toa-1.0'],
    ['rpm_conflict', 'error: Failed dependencies:'],
    [
      'repo_eol_or_unreachable',
      "Error: Failed to download metadata for repo 'appstream': Cannot prepare internal mirrorlist",
    ],
  ])('%s', (cause, output) => {
    expect(findings(output)[0]).toMatchObject({ cause, severity: 'error' });
  });
});

describe('no alarm', () => {
  it.each([
    [
      'a clean build',
      `${HEADERS}  CC [M]  /root/toa/toa.o\n  MODPOST /root/toa/Module.symvers\n  LD [M]  /root/toa/toa.ko\n`,
    ],
    ['a retpoline warning', 'arch/x86/Makefile:164: CONFIG_RETPOLINE=y, but not supported by the compiler.'],
    ['a missing prototype that is a warning', "x.c:1:5: warning: no previous prototype for 'f' [-Wmissing-prototypes]"],
    [
      'prose with words of tools',
      'If the page shows 404 Not Found, call me; the dependency list, permission denied or not, is due.',
    ],
    ['prose about a reboot', 'Reboot is planned for tonight. After the kernel update we will test the module by hand.'],
    ['prose', 'Yesterday we moved the kernel team to another floor; please update the plan.'],
  ])('%s', (_, output) => {
    expect(findings(output)).toEqual([]);
  });

  it.each([
    'E: Failed to fetch http://mirror.example/ubuntu/dists/x/Release  404  Not Found [IP: 192.0.2.1 80]',
    'http://mirror.example/7.6/os/x86_64/repodata/repomd.xml: [Errno 14] HTTP Error 404 - Not Found',
  ])('a closed repository: %s', (line) => {
    expect(findings(line)[0]?.cause).toBe('repo_eol_or_unreachable');
  });

  it('harmless notes are information, and come after what is real', () => {
    const notes =
      'toa: loading out-of-tree module taints kernel.\nSkipping BTF generation for toa.ko due to unavailability of vmlinux\n';
    expect(findings(notes).map(({ severity }) => severity)).toEqual(['information', 'information']);
    expect(findings(`${notes}${REFUSED}File exists`)[0]?.cause).toBe('already_loaded');
  });

  it('a generic refusal names what else it could be and the fact that decides', () => {
    const [finding] = findings(`${REFUSED}Invalid module format`);
    expect(finding?.confidence).toBe('possible');
    expect(finding?.alsoPossible.map(({ cause }) => cause)).toContain('vermagic_mismatch');
  });
});
