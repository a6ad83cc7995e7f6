/** One change of the kernel's interface to modules: the release that made it, and what to write instead. */
export interface ApiChange {
  readonly since: readonly [major: number, minor: number];
  readonly instead: string;
}

type Row = readonly [names: string, since: `${number}.${number}`, instead: string];

// That each name is gone from kernels of its release and later is checked on Debian's headers of 5.10, 6.1 and 6.12 by
// test/headers/apiChanges.test.ts; releases beyond those, and the table of changed arguments, are from memory. Distributions backport, so the
// headers of the tree at hand decide: tree/judge.ts.
const REMOVED: readonly Row[] = [
  ['strlcpy', '6.8', 'strscpy'],
  ['get_fs set_fs KERNEL_DS USER_DS get_ds', '5.10', 'kernel_read, kernel_write, sockptr_t'],
  ['mm_segment_t segment_eq', '5.18', 'kernel_read, kernel_write'],
  ['del_timer', '6.15', 'timer_delete'],
  ['del_timer_sync', '6.15', 'timer_delete_sync'],
  ['from_timer', '6.16', 'timer_container_of'],
  ['init_timer setup_timer', '4.15', 'timer_setup'],
  ['do_gettimeofday', '5.0', 'ktime_get_real_ts64'],
  ['PDE_DATA', '5.17', 'pde_data'],
  ['create_proc_entry create_proc_read_entry', '3.10', 'proc_create'],
  ['ioremap_nocache', '5.6', 'ioremap'],
  ['pci_alloc_consistent pci_free_consistent pci_set_dma_mask', '5.18', 'dma_alloc_coherent, dma_set_mask'],
  ['netif_rx_ni', '5.18', 'netif_rx'],
  ['complete_and_exit', '5.17', 'kthread_complete_and_exit'],
  ['nf_register_hook nf_register_hooks nf_unregister_hook nf_unregister_hooks', '4.13', 'nf_register_net_hook'],
  ['skb_frag_page_offset', '5.4', 'skb_frag_off'],
  ['ACCESS_ONCE', '4.15', 'READ_ONCE, WRITE_ONCE'],
  ['no_llseek', '6.12', 'nothing: leave the member out'],
  ['hrtimer_init', '6.15', 'hrtimer_setup'],
  ['register_jprobe jprobe_return', '4.19', 'register_kprobe'],
  ['prandom_u32', '6.1', 'get_random_u32'],
  ['getnstimeofday', '5.0', 'ktime_get_real_ts64'],
  ['NETIF_F_LLTX', '6.12', 'netdev->lltx'],
  ['mmap_sem', '5.8', 'mmap_read_lock'],
  ['VERIFY_READ VERIFY_WRITE', '5.0', 'access_ok(addr, size)'],
  ['stdarg.h', '5.15', 'linux/stdarg.h'],
  ['asm/unaligned.h', '6.12', 'linux/unaligned.h'],
];

const CHANGED: readonly Row[] = [
  ['class_create', '6.4', 'class_create(name)'],
  [
    'inet_getname inet6_getname getname kernel_getpeername kernel_getsockname',
    '4.17',
    'getname(sock, addr, peer): the length is returned',
  ],
  ['proc_create proc_create_data proc_create_net', '5.6', 'struct proc_ops'],
  ['access_ok', '5.0', 'access_ok(addr, size)'],
  ['sk_alloc', '4.2', 'a fifth argument, kern'],
  ['ip_local_out', '4.4', 'ip_local_out(net, sk, skb)'],
  ['NF_HOOK nf_hook', '4.1', 'the socket as third argument; since 4.4 also struct net'],
  ['dm_io', '6.9', 'a fifth argument, ioprio'],
  ['netif_napi_add', '6.1', 'three arguments, or netif_napi_add_weight'],
  ['ndo_dflt_bridge_getlink', '4.2', 'further arguments'],
  ['kernel_read kernel_write', '4.14', 'a pointer to the position as last argument'],
  ['get_user_pages', '6.5', 'no vmas argument'],
  ['sock_setsockopt setsockopt', '5.9', 'sockptr_t'],
  ['sk_data_ready', '3.15', 'no length argument'],
];

/** Every name that left the kernel, for the test that looks them up in real headers. */
export const removedNames = (): readonly string[] => REMOVED.flatMap(([names]) => names.split(' '));

/** When a name left the kernel, and what replaces it. */
export const removalOf = (name: string): ApiChange | undefined => changeIn(REMOVED, name);

/** When a function or callback got its present arguments. */
export const signatureChangeOf = (name: string): ApiChange | undefined => changeIn(CHANGED, name);

function changeIn(rows: readonly Row[], name: string): ApiChange | undefined {
  const row = rows.find(([names]) => names.split(' ').includes(name));
  if (row === undefined) return undefined;
  const [major = 0, minor = 0] = row[1].split('.').map(Number);
  return { since: [major, minor], instead: row[2] };
}
