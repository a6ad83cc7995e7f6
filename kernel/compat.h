/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between kernels, and nothing else.
 *
 * Release numbers tell nothing: distributions backport, and syn_recv_sock()
 * changed inside stable series. So each TOA_HAVE_* comes from probe.sh, which
 * looks into the headers of the kernel that is built for; what is a macro there
 * is asked for with #ifdef. The numbers in comments say where mainline changed,
 * as a hint to the reader.
 *
 * What was built and run is in README.md. The branches for older kernels are
 * reasoned from their sources and compiled against their signatures only
 * (test/matrix/oldKernels.test.ts).
 */
#ifndef TOA_COMPAT_H
#define TOA_COMPAT_H

#include <linux/net.h>
#include <linux/proc_fs.h>
#ifdef TOA_HAVE_LINUX_UNALIGNED			/* 6.12 */
#include <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif
#include <net/inet_connection_sock.h>

/* ---- Small things that came one by one --------------------------------- */

#ifndef __aligned
#define __aligned(bytes)	__attribute__((aligned(bytes)))
#endif
#ifndef __rcu					/* 2.6.37 */
#define __rcu
#endif
#ifndef rcu_access_pointer			/* 2.6.34 */
#define rcu_access_pointer(pointer)	ACCESS_ONCE(pointer)
#define rcu_dereference_protected(pointer, condition)	(pointer)
#endif
#ifndef READ_ONCE				/* 3.19 */
#define READ_ONCE(place)	ACCESS_ONCE(place)
#define WRITE_ONCE(place, value)	(ACCESS_ONCE(place) = (value))
#endif
#ifndef data_race				/* 5.8 */
#define data_race(expression)	(expression)
#endif
#ifndef __noclone				/* 2.6.33 */
#define __noclone
#endif
#ifndef smp_store_release			/* 3.14 */
#define smp_store_release(place, value)					\
	do {								\
		smp_mb(); /* what was done before is done */		\
		WRITE_ONCE(*(place), value);				\
	} while (0)
#endif
#ifndef this_cpu_inc				/* 2.6.33 */
#define toa_this_cpu_add(counter, amount)				\
	do {								\
		unsigned long flags;					\
									\
		local_irq_save(flags);					\
		__get_cpu_var(counter) += (amount);			\
		local_irq_restore(flags);				\
	} while (0)
#define this_cpu_inc(counter)	toa_this_cpu_add(counter, 1)
#define this_cpu_dec(counter)	toa_this_cpu_add(counter, -1)
#endif
#ifndef pr_warn					/* 2.6.35 */
#define pr_warn			pr_warning
#endif

#ifndef TOA_HAVE_VZALLOC			/* 2.6.37 */
static inline void *vzalloc(unsigned long size)
{
	void *memory = vmalloc(size);

	return memory ? memset(memory, 0, size) : NULL;
}
#endif

/*
 * Waits for tasks that were preempted in our code. Before 3.18 there is no way
 * to, and no need on a kernel that does not preempt itself, as servers' of that
 * time do not: there synchronize_sched() waits for all.
 */
#ifdef TOA_HAVE_SYNCHRONIZE_RCU_TASKS
#define toa_synchronize_tasks()	synchronize_rcu_tasks()
#else
#define toa_synchronize_tasks()	synchronize_sched()
#endif

/* ---- Parameters -------------------------------------------------------- */

#ifdef module_param_cb				/* 2.6.36 */
#define toa_const_kernel_param	const struct kernel_param
#define toa_module_param(name, setter, getter, mode)			\
	static const struct kernel_param_ops toa_ ## name ## _ops = {	\
		.set = setter,						\
		.get = getter,						\
	};								\
	module_param_cb(name, &toa_ ## name ## _ops, NULL, mode)
#else
#define toa_const_kernel_param	struct kernel_param
#define toa_module_param(name, setter, getter, mode)			\
	module_param_call(name, setter, getter, NULL, mode)
#endif

/* ---- A file in /proc --------------------------------------------------- */

static int toa_show_stats(struct seq_file *seq, void *unused);

#ifdef TOA_HAVE_PROC_CREATE_SINGLE		/* 4.18 */
static struct proc_dir_entry *toa_create_stats(void)
{
	return proc_create_single("toa_stats", 0444, init_net.proc_net,
				  toa_show_stats);
}
#else
static int toa_open_stats(struct inode *inode, struct file *file)
{
	return single_open(file, toa_show_stats, NULL);
}

static const struct file_operations toa_stats_operations = {
	.owner	 = THIS_MODULE,
	.open	 = toa_open_stats,
	.read	 = seq_read,
	.llseek	 = seq_lseek,
	.release = single_release,
};

static struct proc_dir_entry *toa_create_stats(void)
{
	return proc_create("toa_stats", 0444, init_net.proc_net,
			   &toa_stats_operations);
}
#endif

/* ---- Sockets and their operations -------------------------------------- */

#ifdef IPPROTO_MPTCP				/* 5.6 */
#define TOA_IPPROTO_MPTCP	IPPROTO_MPTCP
#else
#define TOA_IPPROTO_MPTCP	262
#endif

static inline int toa_create_socket(int family, int protocol,
				    struct socket **sock)
{
#ifdef TOA_HAVE_SOCK_CREATE_KERN_NET		/* 4.2 */
	return sock_create_kern(&init_net, family, SOCK_STREAM, protocol,
				sock);
#else
	return sock_create_kern(family, SOCK_STREAM, protocol, sock);
#endif
}

/* Before 5.9 it is kernel_setsockopt(); kTLS came with 4.13. */
static inline int toa_set_ulp(struct socket *sock, char *name)
{
#if defined(TOA_HAVE_SOCKPTR)			/* 5.9 */
	return sock->ops->setsockopt(sock, SOL_TCP, TCP_ULP,
				     KERNEL_SOCKPTR(name), strlen(name) + 1);
#elif defined(TCP_ULP)				/* 4.13 */
	return kernel_setsockopt(sock, SOL_TCP, TCP_ULP, name,
				 strlen(name) + 1);
#else
	return -ENOPROTOOPT;
#endif
}

#ifdef CONFIG_TLS_MODULE
#define TOA_TLS_IS_MODULE	true
#else
#define TOA_TLS_IS_MODULE	false
#endif

#ifdef CONFIG_IPV6_MODULE
#define TOA_IPV6_IS_MODULE	true
#else
#define TOA_IPV6_IS_MODULE	false
#endif

/*
 * The page of a variable in the kernel's image. On arm64 the image is not part
 * of the linear map that virt_to_page() knows; lm_alias() (4.10) leads there.
 * Older x86 kernels take both kinds of address; an older arm64 kernel had its
 * image in the linear map (until 4.6).
 */
static inline struct page *toa_image_page(const void *variable)
{
#ifdef lm_alias
	return virt_to_page(lm_alias(variable));
#else
	return virt_to_page(variable);
#endif
}

/*
 * getname() returned zero and stored the length of the address; since 4.17 (in
 * RHEL 8 too) it returns the length.
 */
#if defined(TOA_HAVE_GETNAME_THREE)
#define TOA_GETNAME_PARAMETERS						\
	struct socket *sock, struct sockaddr *uaddr, int peer
#define TOA_GETNAME_ARGUMENTS		sock, uaddr, peer
#define TOA_GETNAME_SUCCEEDED(result)	((result) >= 0)
#elif defined(TOA_HAVE_GETNAME_FOUR)
#define TOA_GETNAME_PARAMETERS						\
	struct socket *sock, struct sockaddr *uaddr, int *uaddr_len, int peer
#define TOA_GETNAME_ARGUMENTS		sock, uaddr, uaddr_len, peer
#define TOA_GETNAME_SUCCEEDED(result)	((result) == 0)
#else
#error "toa: proto_ops.getname() has a form that compat.h does not know"
#endif

typedef int (*toa_getname_t)(TOA_GETNAME_PARAMETERS);

/*
 * syn_recv_sock() gained req_unhash and own_req in 4.4, opt_child_init in 6.19
 * and inside stable series (5.10 has it not at .262, 6.1 from .190, 6.12 from
 * .111).
 */
#if defined(TOA_HAVE_SYN_RECV_SOCK_SEVEN)
#define TOA_SYN_RECV_SOCK_PARAMETERS					\
	const struct sock *sk, struct sk_buff *skb,			\
	struct request_sock *req, struct dst_entry *dst,		\
	struct request_sock *req_unhash, bool *own_req,			\
	void (*opt_child_init)(struct sock *newsk, const struct sock *sk)
#define TOA_SYN_RECV_SOCK_ARGUMENTS					\
	sk, skb, req, dst, req_unhash, own_req, opt_child_init
#elif defined(TOA_HAVE_SYN_RECV_SOCK_SIX)
#define TOA_SYN_RECV_SOCK_PARAMETERS					\
	const struct sock *sk, struct sk_buff *skb,			\
	struct request_sock *req, struct dst_entry *dst,		\
	struct request_sock *req_unhash, bool *own_req
#define TOA_SYN_RECV_SOCK_ARGUMENTS					\
	sk, skb, req, dst, req_unhash, own_req
#elif defined(TOA_HAVE_SYN_RECV_SOCK_FOUR)
#define TOA_SYN_RECV_SOCK_PARAMETERS					\
	struct sock *sk, struct sk_buff *skb,				\
	struct request_sock *req, struct dst_entry *dst
#define TOA_SYN_RECV_SOCK_ARGUMENTS					\
	sk, skb, req, dst
#else
#error "toa: inet_connection_sock_af_ops.syn_recv_sock() has a form that compat.h does not know"
#endif

typedef struct sock *(*toa_syn_recv_sock_t)(TOA_SYN_RECV_SOCK_PARAMETERS);

/*
 * A call of a function that is found when the module is loaded. Since 5.10 it
 * is patched into a direct call, in our own code and by the kernel: where that
 * is so, no pointer is read and no retpoline taken. DEFINE names a function of
 * the same type; SET comes before the first call.
 */
#ifdef TOA_HAVE_STATIC_CALL			/* 5.10 */
#include <linux/static_call.h>
#define TOA_DEFINE_CALL(name, function)	DEFINE_STATIC_CALL(name, function)
#define TOA_SET_CALL(name, function)	static_call_update(name, function)
#define toa_call(name)			static_call(name)
#else
#define TOA_DEFINE_CALL(name, function)	static typeof(function) *name
#define TOA_SET_CALL(name, function)	((name) = (function))
#define toa_call(name)			name
#endif

/* ---- The end of a socket ----------------------------------------------- */

static void toa_forget(const struct sock *sk);

#if defined(TOA_HAVE_TCP_DESTROY_SOCK) && defined(CONFIG_TRACEPOINTS)	/* 4.16 */

#include <linux/tracepoint.h>

static struct tracepoint *toa_destroy_tracepoint;

static void toa_look_at_tracepoint(struct tracepoint *tp, void *unused)
{
	if (!strcmp(tp->name, "tcp_destroy_sock"))
		toa_destroy_tracepoint = tp;
}

static notrace void toa_destroyed(void *unused, struct sock *sk)
{
	toa_forget(sk);
}

/* The tracepoint's symbol is not exported; the list of tracepoints is. */
static int toa_watch_destroy(void)
{
	for_each_kernel_tracepoint(toa_look_at_tracepoint, NULL);
	if (!toa_destroy_tracepoint) {
		pr_err("the tracepoint tcp:tcp_destroy_sock is not there\n");
		return -ENOENT;
	}
	return tracepoint_probe_register(toa_destroy_tracepoint, toa_destroyed,
					 NULL);
}

/* Returns when toa_destroyed() runs nowhere. */
static void toa_unwatch_destroy(void)
{
	tracepoint_probe_unregister(toa_destroy_tracepoint, toa_destroyed,
				    NULL);
	tracepoint_synchronize_unregister();
}

#elif defined(CONFIG_KPROBES)

/*
 * Before the tracepoint, a probe on the same function. What it calls takes no
 * lock and does not sleep, so it may run there; unregister_kprobe() returns
 * when it runs nowhere.
 */
#include <linux/kprobes.h>

#if defined(CONFIG_X86_64)
#define toa_first_argument(registers)	((registers)->di)
#elif defined(CONFIG_X86_32)
#define toa_first_argument(registers)	((registers)->ax)
#elif defined(CONFIG_ARM64)
#define toa_first_argument(registers)	((registers)->regs[0])
#elif defined(CONFIG_PPC64)
#define toa_first_argument(registers)	((registers)->gpr[3])
#else
#error "toa: no tracepoint tcp:tcp_destroy_sock (Linux 4.16), and compat.h does not know where this architecture passes an argument"
#endif

static int toa_destroyed(struct kprobe *probe, struct pt_regs *registers)
{
	toa_forget((const struct sock *)toa_first_argument(registers));
	return 0;
}

static struct kprobe toa_destroy_probe = {
	.symbol_name = "tcp_v4_destroy_sock",
	.pre_handler = toa_destroyed,
};

static int toa_watch_destroy(void)
{
	return register_kprobe(&toa_destroy_probe);
}

static void toa_unwatch_destroy(void)
{
	unregister_kprobe(&toa_destroy_probe);
}

#else
#error "toa: neither the tracepoint tcp:tcp_destroy_sock (Linux 4.16, CONFIG_TRACEPOINTS) nor kprobes (CONFIG_KPROBES); one of them tells when to drop an address"
#endif

#endif
