// A source that does not fit the kernel.
import { MAKEFILE, SINGLE, USE_OLD_COMPILER, source, type Provocation } from './provocation';

/** It is the compiler that complains, so it has the last word. */
const MENDED = {
  provoke: 'make',
  remedy: { script: 'cp mended.c demo.c' },
  passes: 'make -C $TREE M=$(pwd) demo.o',
} as const;

/** A source with lines that this kernel does not know, and the lines that mend it. */
const api = (
  cause: string,
  kernel: Provocation['kernel'],
  include: string,
  before: string,
  after: string,
  declarations = '',
): Provocation => ({
  cause,
  ...(kernel === undefined ? {} : { kernel }),
  files: {
    'demo.c': source(before, `${include}\n${declarations}`),
    'mended.c': source(after, `${include}\n${declarations}`),
  },
  ...MENDED,
});

export const SOURCE_FAULTS: readonly Provocation[] = [
  {
    ...api(
      'api_function_removed',
      '6.12',
      '#include <linux/string.h>',
      '\tchar a[4];\n\tstrlcpy(a, "b", 4);',
      '\tchar a[4];\n\tstrscpy(a, "b", 4);',
    ),
  },
  {
    ...api(
      'api_function_removed',
      '6.1',
      '#include <linux/uaccess.h>',
      '\tmm_segment_t old = get_fs();\n\tset_fs(KERNEL_DS);\n\tset_fs(old);',
      '',
    ),
    variant: 'get_fs',
  },
  {
    cause: 'api_function_removed',
    variant: 'header',
    files: { 'demo.c': `#include <stdarg.h>\n${source()}`, 'mended.c': `#include <linux/stdarg.h>\n${source()}` },
    provoke: 'make',
    remedy: { script: 'cp mended.c demo.c' },
  },
  api(
    'api_other_signature',
    '6.1',
    '#include <net/sock.h>\n#include <net/net_namespace.h>',
    '\tstruct sock *sk = sk_alloc(&init_net, AF_INET, GFP_KERNEL, NULL);\n\tif (sk) sk_free(sk);',
    '\tstruct sock *sk = sk_alloc(&init_net, AF_INET, GFP_KERNEL, NULL, 1);\n\tif (sk) return -1;',
  ),
  {
    ...MENDED,
    cause: 'api_other_signature',
    kernel: '6.12',
    variant: 'callback',
    files: {
      'demo.c': source(
        '',
        '#include <linux/netfilter.h>\n#include <linux/netfilter_ipv4.h>\nstatic unsigned int hook(const struct nf_hook_ops *o, struct sk_buff *s, const struct net_device *in, const struct net_device *out, int (*okfn)(struct sk_buff *))\n{\n\treturn NF_ACCEPT;\n}\nstruct nf_hook_ops ops = { .hook = hook };',
      ),
      'mended.c': source(
        '',
        '#include <linux/netfilter.h>\n#include <linux/netfilter_ipv4.h>\nstatic unsigned int hook(void *p, struct sk_buff *s, const struct nf_hook_state *state)\n{\n\treturn NF_ACCEPT;\n}\nextern struct nf_hook_ops ops;\nstruct nf_hook_ops ops = { .hook = hook };',
      ),
    },
  },
  api(
    'api_inet_getname',
    '6.1',
    '#include <net/inet_common.h>\n#include <net/sock.h>',
    '\tint length;\n\tstruct sockaddr address;\n\tinet_getname(NULL, &address, &length, 1);',
    '\tstruct sockaddr address;\n\tif (0) inet_getname(NULL, &address, 1);',
  ),
  {
    ...api(
      'api_inet_getname',
      '6.12',
      '#include <net/inet_common.h>\n#include <net/sock.h>',
      '\tops.getname = own;',
      '',
      'static struct proto_ops ops;\nstatic int __maybe_unused own(struct socket *s, struct sockaddr *a, int *length, int peer)\n{\n\tops.owner = THIS_MODULE;\n\treturn 0;\n}',
    ),
    variant: 'callback',
  },
  api(
    'api_class_create',
    '6.12',
    '#include <linux/device.h>',
    '\tclass_destroy(class_create(THIS_MODULE, "toa"));',
    '\tclass_destroy(class_create("toa"));',
  ),
  api(
    'api_proc_ops',
    '6.1',
    '#include <linux/proc_fs.h>\n#include <linux/fs.h>',
    '\tproc_create("toa", 0444, NULL, &ops);',
    '\tproc_create("toa", 0444, NULL, &ops2);',
    'static const struct file_operations __maybe_unused ops = { .owner = THIS_MODULE };\nstatic const struct proc_ops __maybe_unused ops2 = { .proc_flags = 0 };',
  ),
  {
    ...api(
      'api_socket_ops_sockaddr',
      'newest',
      '#include <linux/net.h>\n#include <net/sock.h>',
      '\tops.bind = own;',
      '\tops.bind = mended;',
      'static struct proto_ops ops;\nstatic int __maybe_unused own(struct socket *s, struct sockaddr *a, int length)\n{\n\treturn 0;\n}\nstatic int __maybe_unused mended(struct socket *s, struct sockaddr_unsized *a, int length)\n{\n\treturn 0;\n}',
    ),
    prepare: `${USE_OLD_COMPILER}\ncat >>Makefile <<'EOF'\n${SINGLE}EOF`,
    provoke: 'make object CC=gcc-12',
    passes: 'make object CC=gcc-12',
  },
  {
    cause: 'api_nf_sockopt_header',
    files: {
      'demo.c': source(
        '',
        '#include <linux/socket.h>\nstatic struct nf_sockopt_ops __maybe_unused own = {\n\t.pf = PF_INET,\n};',
      ),
    },
    provoke: 'make',
    remedy: { script: "sed -i '1i #include <linux/netfilter.h>' demo.c" },
  },
  {
    cause: 'module_license_missing',
    files: { 'demo.c': source().replace('MODULE_LICENSE("GPL");\n', '') },
    provoke: 'make',
    remedy: { script: `echo 'MODULE_LICENSE("GPL");' >>demo.c` },
  },
  {
    cause: 'gpl_only_symbol',
    files: {
      'demo.c': source(
        '\tkfree(kstrdup_const("a", GFP_KERNEL)); return debugfs_initialized();',
        '#include <linux/slab.h>\n#include <linux/debugfs.h>',
      ).replace('"GPL"', '"Proprietary"'),
    },
    provoke: 'make',
    remedy: { script: `sed -i 's/"Proprietary"/"GPL"/' demo.c` },
  },
  {
    cause: 'symbol_not_exported',
    files: {
      'demo.c': source('\treturn kallsyms_lookup_name("x") != 0;', '#include <linux/kallsyms.h>'),
      'mended.c': source(),
    },
    provoke: 'make',
    remedy: { script: 'cp mended.c demo.c' },
  },
  {
    cause: 'symbol_not_exported',
    variant: 'on-5.10',
    kernel: '5.10',
    files: {
      'demo.c': source('\treturn kallsyms_lookup_name("x") != 0;', '#include <linux/kallsyms.h>'),
      'mended.c': source(),
    },
    provoke: 'make CC=gcc-12',
    remedy: { script: 'cp mended.c demo.c' },
  },
  {
    cause: 'kernel_config_missing_feature',
    kernel: '6.1-cloud',
    files: { 'demo.c': source('\tcfg80211_get_bss(NULL, NULL, NULL, NULL, 0, 0, 0);', '#include <net/cfg80211.h>') },
    provoke: 'make',
    remedy: { script: 'rm -f demo.o' },
    passes: 'make KDIR=/lib/modules/$NEWER/build',
  },
  {
    cause: 'missing_prototypes_werror',
    kernel: '6.12',
    files: { Makefile: `ccflags-y := -Werror\n${MAKEFILE}`, 'demo.c': source('', 'int own(void)\n{\n\treturn 0;\n}') },
    provoke: 'make',
    remedy: { script: `sed -i 's/^int own/static int __maybe_unused own/' demo.c` },
  },
  {
    cause: 'source_c90_werror',
    kernel: '5.10',
    files: {
      Makefile: `ccflags-y := -Werror\n${MAKEFILE}`,
      'demo.c': source('\tpr_info("a");\n\tint late = 1;\n\tif (late) return 0;'),
      'mended.c': source(),
    },
    provoke: 'make CC=gcc-12',
    remedy: { script: 'cp mended.c demo.c' },
  },
  {
    cause: 'toa_source_too_old_for_kernel',
    files: {
      'demo.c': source(
        '',
        `#include <net/tcp.h>
#include <net/inet_sock.h>
static struct sock *own(struct sock *sk, struct request_sock *req)
{
	struct inet_request_sock *ireq = inet_rsk(req);
	struct tcp_sock *tp = tcp_sk(sk);

	ireq->rmt_addr = ireq->loc_addr;
	req->window_clamp = tp->window_clamp;
	tcp_rsk(req)->snt_synack = tp->rx_opt.cookie_plus;
	return tcp_v4_syn_recv_sock(sk, NULL, req, NULL);
}
struct sock *(*use)(struct sock *, struct request_sock *) = own;`,
      ),
    },
    provoke: 'make',
  },
];
