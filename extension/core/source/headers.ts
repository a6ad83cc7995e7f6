import type { TextEdit } from '../text';
import { findIncludes, type CSource } from './c';
import { guarded, include, newerKernel, placeOf, type Needed } from './guard';

type Since = readonly [major: number, minor: number];

/** Headers that moved: the old name, the new one, the release from which on only the new one is there. */
export const MOVED_HEADERS: readonly (readonly [from: string, to: string, since: Since])[] = [
  ['stdarg.h', 'linux/stdarg.h', [5, 15]],
  ['asm/unaligned.h', 'linux/unaligned.h', [6, 12]],
  ['asm/system.h', 'linux/thread_info.h', [3, 4]],
  ['linux/autoconf.h', 'generated/autoconf.h', [2, 6]],
];

/** The header that declares what others once brought along, and the release that parted them. */
export const DECLARED_IN: readonly (readonly [names: string, header: string, since: Since])[] = [
  [
    'signal_pending send_sig send_sig_info kill_pid allow_signal disallow_signal flush_signals force_sig for_each_process for_each_thread next_thread thread_group_leader',
    'linux/sched/signal.h',
    [4, 11],
  ],
  ['get_task_struct put_task_struct task_lock task_unlock', 'linux/sched/task.h', [4, 11]],
  ['get_task_mm mmput', 'linux/sched/mm.h', [4, 11]],
  ['copy_to_user copy_from_user get_user put_user clear_user access_ok', 'linux/uaccess.h', [4, 12]],
  ['kmalloc kzalloc kcalloc kfree krealloc kmem_cache_create kmem_cache_alloc kmem_cache_free', 'linux/slab.h', [2, 6]],
  ['vmalloc vzalloc vfree vmap vunmap', 'linux/vmalloc.h', [2, 6]],
  ['nf_register_sockopt nf_unregister_sockopt', 'linux/netfilter.h', [2, 6]],
  ['proc_create proc_create_data proc_mkdir remove_proc_entry', 'linux/proc_fs.h', [2, 6]],
  ['seq_printf seq_puts seq_lseek seq_read single_open single_release', 'linux/seq_file.h', [2, 6]],
  ['msleep udelay mdelay ndelay', 'linux/delay.h', [2, 6]],
  ['kthread_run kthread_create kthread_stop kthread_should_stop', 'linux/kthread.h', [2, 6]],
];

/** Takes a header from where it is now. Older kernels have it at its old place only, so both are written. */
export function moveHeader(source: CSource, from: string, to: string, needed: Needed): readonly TextEdit[] {
  const lines = findIncludes(source).filter(({ header }) => header === from);
  const edits = lines.map(({ headerSpan }) => ({ ...headerSpan, text: to }));
  return guarded(source, edits.map(placeOf), newerKernel(needed));
}

/** Includes the header of a name. `asm/uaccess.h` is replaced: the kernel wants it by way of `linux/uaccess.h`, which is as old. */
export function includeHeader(source: CSource, header: string): readonly TextEdit[] {
  const included = findIncludes(source);
  if (included.some((line) => line.header === header)) return [];
  const [inner] = included.filter((line) => line.header === header.replace(/^linux\//, 'asm/'));
  return inner === undefined ? include(source, header) : [{ ...inner.headerSpan, text: header }];
}
