// What is loaded in the guest, in this order: what the kernel cannot take back comes last.

/** One failure to load, as typed at the guest's shell. Each line is shown with its prompt; then comes what the kernel logged. */
export interface Load {
  /** Absent: nothing is wrong. */
  readonly cause?: string;
  readonly variant?: string;
  /** Done before, unseen. */
  readonly prepare?: string;
  readonly lines: readonly string[];
  /** An ordinary user types. */
  readonly asUser?: boolean;
  /** What tools say does not reach the kernel's log, so it is not asked. */
  readonly withoutLog?: boolean;
  /** What the explanation says to do; has to succeed. */
  readonly mend?: string;
}

const REFUSED_GOOD = ['insmod good.ko'];
const GOOD = 'insmod good.ko && rmmod good';
const HTML = '<!DOCTYPE html>\n<html><body>toa.ko</body></html>';

export const LOADS: readonly Load[] = [
  { variant: 'load', lines: ['insmod good.ko', 'lsmod'], mend: 'rmmod good' },
  { cause: 'already_loaded', prepare: 'insmod good.ko', lines: REFUSED_GOOD, mend: `rmmod good; ${GOOD}` },
  {
    cause: 'already_loaded',
    variant: 'busybox',
    prepare: 'insmod good.ko',
    lines: ['busybox insmod good.ko'],
    mend: `rmmod good; ${GOOD}`,
  },
  { cause: 'insmod_file_not_found', lines: ['insmod toa'], mend: GOOD },
  { cause: 'insmod_file_not_found', variant: 'busybox', lines: ['busybox insmod toa.ko'], mend: GOOD },
  { cause: 'vermagic_mismatch', lines: ['insmod reconfigured.ko'], mend: GOOD },
  { cause: 'modversions_mismatch', variant: 'without-symvers', lines: ['insmod without-versions.ko'], mend: GOOD },
  { cause: 'modversions_mismatch', variant: 'busybox', lines: ['busybox insmod without-versions.ko'], mend: GOOD },
  {
    cause: 'vermagic_mismatch',
    variant: 'modprobe',
    prepare: 'mkdir -p /lib/modules/$R/extra; cp reconfigured.ko /lib/modules/$R/extra/; depmod -a',
    lines: ['modprobe reconfigured'],
    mend: 'rm /lib/modules/$R/extra/*; depmod -a',
  },
  { cause: 'insmod_generic_needs_dmesg', lines: ['insmod without-versions.ko'], withoutLog: true },
  {
    cause: 'insmod_generic_needs_dmesg',
    variant: 'busybox',
    lines: ['busybox insmod without-versions.ko'],
    withoutLog: true,
  },
  { cause: 'modversions_mismatch', lines: ['insmod other-flavour.ko'], mend: GOOD },
  {
    cause: 'dependency_not_loaded',
    variant: 'busybox',
    prepare: 'depmod -a',
    lines: ['busybox insmod /lib/modules/$R/kernel/drivers/net/virtio_net.ko'],
  },
  { cause: 'not_an_elf_module', prepare: `printf '${HTML}' >toa.ko`, lines: ['insmod toa.ko'] },
  { cause: 'wrong_architecture', lines: ['insmod i386.ko'], mend: GOOD },
  { cause: 'symbol_not_exported', variant: 'at-load', lines: ['insmod unknown.ko'] },
  {
    cause: 'dependency_not_loaded',
    lines: ['insmod /lib/modules/$R/kernel/drivers/net/virtio_net.ko'],
    prepare: 'depmod -a',
    mend: 'modprobe virtio_net',
  },
  {
    cause: 'duplicate_symbol_other_module',
    prepare: 'insmod first.ko',
    lines: ['insmod second.ko'],
    mend: 'rmmod first && insmod second.ko && rmmod second',
  },
  { cause: 'module_init_failed', lines: ['insmod failing.ko'], mend: 'insmod failing.ko device=1 && rmmod failing' },
  { cause: 'vmalloc_exhausted', lines: ['insmod huge.ko'] },
  { cause: 'toolchain_relocation_unsupported', lines: ['insmod relocation.ko'] },
  {
    cause: 'depmod_not_run',
    prepare: 'mkdir -p /lib/modules/$R/extra; cp good.ko /lib/modules/$R/extra/',
    lines: ['modprobe good'],
    mend: 'depmod -a && modprobe good && rmmod good',
  },
  {
    cause: 'depmod_broke_index',
    lines: ['depmod /lib/modules/$R/extra/good.ko', 'modprobe virtio_rng'],
    mend: 'depmod -a && modprobe good && rmmod good',
  },
  { cause: 'runtime_module_not_loaded', lines: ['cat /proc/net/toa_stats'], withoutLog: true },
  { cause: 'not_root', asUser: true, lines: ['insmod /m/good.ko'], mend: GOOD },
  {
    cause: 'container_no_sys_module',
    prepare: 'touch /.dockerenv',
    lines: ['ls /.dockerenv', 'setpriv --bounding-set -sys_module --inh-caps -sys_module insmod good.ko'],
    withoutLog: true,
    mend: GOOD,
  },
  { cause: 'module_oops_ro_data', lines: ['insmod rodata.ko'] },
  { cause: 'cr0_wp_pinned', lines: ['insmod cr0.ko'] },
  { cause: 'toa_module_bug_crash', lines: ['insmod crash.ko'] },
  {
    cause: 'selinux_denied',
    prepare:
      'mount -t selinuxfs none /sys/fs/selinux && cat policy >/sys/fs/selinux/load && echo 1 >/sys/fs/selinux/enforce',
    lines: REFUSED_GOOD,
    mend: `echo 0 >/sys/fs/selinux/enforce; ${GOOD}`,
  },
  { cause: 'secure_boot_lockdown', prepare: 'echo integrity >/sys/kernel/security/lockdown', lines: REFUSED_GOOD },
  { cause: 'lockdown_forced_no_uefi', lines: [...REFUSED_GOOD, 'mokutil --sb-state'] },
  {
    cause: 'secure_boot_key_not_enrolled',
    prepare: 'echo 1 >/sys/module/module/parameters/sig_enforce',
    lines: REFUSED_GOOD,
  },
  { cause: 'secure_boot_key_not_enrolled', variant: 'without-log', lines: ['modprobe good'], withoutLog: true },
  {
    cause: 'modules_disabled_sysctl',
    prepare: 'echo 1 >/proc/sys/kernel/modules_disabled',
    lines: [...REFUSED_GOOD, 'cat /proc/sys/kernel/modules_disabled', 'sysctl kernel.modules_disabled'],
  },
];

/** What only newer kernels say. */
export const NEWER_LOADS: readonly Load[] = [
  { variant: 'load-newer', lines: ['insmod newer.ko', 'lsmod'], mend: 'rmmod good' },
  { cause: 'struct_module_size_mismatch', lines: ['insmod good.ko'] },
  {
    cause: 'secure_boot_lockdown',
    variant: 'newer',
    prepare: 'echo integrity >/sys/kernel/security/lockdown',
    lines: ['insmod newer.ko'],
  },
];
