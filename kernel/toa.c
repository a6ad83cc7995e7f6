// SPDX-License-Identifier: GPL-2.0
/*
 * toa - the address of the client behind a layer-4 load balancer
 *
 * A load balancer that rewrites both addresses of a connection puts the
 * client's address and port into a TCP option (kind 200 or 254) of the segment
 * that completes the handshake. toa reads it there, and accept() and
 * getpeername() answer with it.
 *
 * Two functions of each address family are replaced, each by one store into
 * the slot of the operations table that the kernel calls through:
 *
 *   syn_recv_sock()	makes the socket of a new connection; afterwards toa looks
 *			for the option and remembers the address;
 *   getname()		answers accept() and getpeername(); afterwards toa
 *			overwrites the proxy's address with the client's.
 *
 * The tables are found through a socket made for that purpose, because their
 * symbols are exported on some kernels only, and are written through a
 * short-lived alias of their read-only page.
 *
 * Where an address lives
 * ----------------------
 * In a hash table of our own, by socket. Not in sk_user_data: its low bits are
 * flags, kind 254 sets them, and kTLS then follows the sender's bytes as a
 * pointer. An entry is made by syn_recv_sock() and dropped when the kernel
 * destroys the connection, which the tracepoint tcp:tcp_destroy_sock tells.
 * Thus no socket points to toa, whatever its owner does with it (kTLS, sockmap,
 * IPV6_ADDRFORM, passing it to another process), and a socket that outlives the
 * module has nothing to trip over.
 *
 * A return probe on each function would need no table and no slot, but costs
 * every call two traps, and misses calls when many of them sleep at once.
 *
 * Locks and lifetimes
 * -------------------
 * - A bucket is changed under its lock. The lock is raw, and taken with
 *   interrupts off: a tracepoint handler may not sleep, on PREEMPT_RT neither.
 * - getname() reads a bucket under RCU. Its own entry cannot go away: the file
 *   that it was called on holds the socket, and a connection is destroyed only
 *   after its file is closed. RCU is for the neighbours in the bucket.
 * - Unload: see toa_exit().
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/delay.h>
#include <linux/hash.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/rculist.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/tracepoint.h>
#include <linux/vmalloc.h>
#include <net/inet_sock.h>
#include <net/ipv6.h>
#include <net/net_namespace.h>
#include <net/sock.h>
#include <net/tcp.h>

#include "compat.h"
#include "option.h"

/* ---- Counters ---------------------------------------------------------- */

/* The first six names are those of the widespread modules. */
enum toa_counter {
	TOA_SYN_RECV_SOCK_TOA,
	TOA_SYN_RECV_SOCK_NO_TOA,
	TOA_GETNAME_TOA_OK,
	TOA_GETNAME_TOA_MISMATCH,
	TOA_GETNAME_TOA_BYPASS,
	TOA_GETNAME_TOA_EMPTY,
	TOA_SYN_RECV_SOCK_MALFORMED,
	TOA_SYN_RECV_SOCK_NO_MEMORY,
	TOA_FORGOTTEN,
	TOA_COUNTERS
};

static const char * const toa_counter_names[TOA_COUNTERS] = {
	[TOA_SYN_RECV_SOCK_TOA]		= "syn_recv_sock_toa",
	[TOA_SYN_RECV_SOCK_NO_TOA]	= "syn_recv_sock_no_toa",
	[TOA_GETNAME_TOA_OK]		= "getname_toa_ok",
	/* an address of an earlier connection of the same socket */
	[TOA_GETNAME_TOA_MISMATCH]	= "getname_toa_mismatch",
	/* an IPv6 client, and a socket that can name IPv4 peers only */
	[TOA_GETNAME_TOA_BYPASS]	= "getname_toa_bypass",
	[TOA_GETNAME_TOA_EMPTY]		= "getname_toa_empty",
	[TOA_SYN_RECV_SOCK_MALFORMED]	= "syn_recv_sock_malformed",
	[TOA_SYN_RECV_SOCK_NO_MEMORY]	= "syn_recv_sock_no_memory",
	[TOA_FORGOTTEN]			= "forgotten",
};

struct toa_counters {
	unsigned long count[TOA_COUNTERS];
};

static DEFINE_PER_CPU(struct toa_counters, toa_counters);

static void toa_count(enum toa_counter counter)
{
	this_cpu_inc(toa_counters.count[counter]);
}

static int toa_stats_show(struct seq_file *seq, void *unused)
{
	int counter, cpu;

	seq_printf(seq, "%-25s", "");
	for_each_possible_cpu(cpu)
		seq_printf(seq, "     CPU%-4d", cpu);
	seq_putc(seq, '\n');

	for (counter = 0; counter < TOA_COUNTERS; counter++) {
		seq_printf(seq, "%-25s:", toa_counter_names[counter]);
		for_each_possible_cpu(cpu)
			seq_printf(seq, " %10lu ",
				   per_cpu(toa_counters, cpu).count[counter]);
		seq_putc(seq, '\n');
	}
	return 0;
}

/* ---- The table: which client is behind which socket -------------------- */

#define TOA_BUCKET_BITS	16

struct toa_entry {
	struct hlist_node node;
	struct rcu_head rcu;
	/* a key to compare, never followed */
	const struct sock *sk;
	/* who the kernel says is the peer; tells a reused socket */
	__be32 proxy_addr;
	__be16 proxy_port;
	struct toa_client client;
};

struct toa_bucket {
	raw_spinlock_t lock;
	struct hlist_head entries;
};

static struct toa_bucket *toa_buckets;

static struct toa_bucket *toa_bucket(const struct sock *sk)
{
	return &toa_buckets[hash_ptr(sk, TOA_BUCKET_BITS)];
}

static int toa_table_create(void)
{
	unsigned int i;

	toa_buckets = vzalloc(sizeof(*toa_buckets) << TOA_BUCKET_BITS);
	if (!toa_buckets)
		return -ENOMEM;
	for (i = 0; i < 1 << TOA_BUCKET_BITS; i++)
		raw_spin_lock_init(&toa_buckets[i].lock);
	return 0;
}

/* Nobody else may be able to reach the table any more. */
static void toa_table_destroy(void)
{
	struct hlist_node *next;
	struct toa_entry *entry;
	unsigned int i;

	for (i = 0; i < 1 << TOA_BUCKET_BITS; i++)
		hlist_for_each_entry_safe(entry, next,
					  &toa_buckets[i].entries, node)
			kfree(entry);
	vfree(toa_buckets);
}

/* Called in softirq, with the new socket still locked and not yet accepted. */
static void toa_remember(struct sock *sk, const struct toa_client *client)
{
	struct toa_bucket *bucket = toa_bucket(sk);
	struct toa_entry *entry;
	unsigned long flags;

	entry = kmalloc(sizeof(*entry), GFP_ATOMIC | __GFP_NOWARN);
	if (!entry) {
		toa_count(TOA_SYN_RECV_SOCK_NO_MEMORY);
		return;
	}
	entry->sk = sk;
	entry->proxy_addr = inet_sk(sk)->inet_daddr;
	entry->proxy_port = inet_sk(sk)->inet_dport;
	entry->client = *client;

	raw_spin_lock_irqsave(&bucket->lock, flags);
	hlist_add_head_rcu(&entry->node, &bucket->entries);
	raw_spin_unlock_irqrestore(&bucket->lock, flags);
	toa_count(TOA_SYN_RECV_SOCK_TOA);
}

/* Under RCU. */
static const struct toa_entry *toa_find(const struct sock *sk)
{
	const struct toa_entry *entry;

	hlist_for_each_entry_rcu(entry, &toa_bucket(sk)->entries, node)
		if (entry->sk == sk)
			return entry;
	return NULL;
}

/*
 * tcp:tcp_destroy_sock. Called for every connection, so the common case, an
 * empty bucket, takes no lock. What this socket put there is seen without one:
 * the socket's own lock has been taken and released since.
 */
static void toa_forget(void *unused, struct sock *sk)
{
	struct toa_bucket *bucket = toa_bucket(sk);
	struct toa_entry *entry;
	unsigned long flags;

	if (hlist_empty(&bucket->entries))
		return;

	raw_spin_lock_irqsave(&bucket->lock, flags);
	hlist_for_each_entry(entry, &bucket->entries, node)
		if (entry->sk == sk)
			break;
	if (entry)
		hlist_del_rcu(&entry->node);
	raw_spin_unlock_irqrestore(&bucket->lock, flags);

	if (entry) {
		kfree_rcu(entry, rcu);
		toa_count(TOA_FORGOTTEN);
	}
}

/* ---- syn_recv_sock() --------------------------------------------------- */

/*
 * TCP has seen to it that the whole header, options included, is linear: see
 * pskb_may_pull() in tcp_v4_rcv() and tcp_v6_rcv().
 */
static enum toa_found toa_read_segment(const struct sk_buff *skb,
				       struct toa_client *client)
{
	const struct tcphdr *th = tcp_hdr(skb);

	return toa_parse_options((const u8 *)(th + 1),
				 __tcp_hdrlen(th) - sizeof(*th), client);
}

static void toa_new_connection(struct sock *sk, const struct sk_buff *skb)
{
	struct toa_client client;

	switch (toa_read_segment(skb, &client)) {
	case TOA_NONE:
		toa_count(TOA_SYN_RECV_SOCK_NO_TOA);
		return;
	case TOA_MALFORMED:
		toa_count(TOA_SYN_RECV_SOCK_MALFORMED);
		return;
	case TOA_CLIENT:
		/*
		 * Two segments may complete one handshake at the same time. The
		 * socket of the one that came second is destroyed already.
		 */
		if (!sock_flag(sk, SOCK_DEAD))
			toa_remember(sk, &client);
		return;
	}
}

/* ---- getname() --------------------------------------------------------- */

/* Calls of getname() begun and ended, on this CPU; see toa_exit(). */
static DEFINE_PER_CPU(unsigned long, toa_getname_begun);
static DEFINE_PER_CPU(unsigned long, toa_getname_ended);

/* Puts the client into the address that the kernel has filled in. */
static enum toa_counter toa_put_client(struct sockaddr *uaddr,
				       const struct toa_client *client)
{
	if (uaddr->sa_family == AF_INET6) {
		struct sockaddr_in6 *sin6 = (struct sockaddr_in6 *)uaddr;

		sin6->sin6_addr = client->addr;
		sin6->sin6_port = client->port;
		sin6->sin6_flowinfo = 0;
		sin6->sin6_scope_id = 0;
		return TOA_GETNAME_TOA_OK;
	}
	if (uaddr->sa_family == AF_INET && ipv6_addr_v4mapped(&client->addr)) {
		struct sockaddr_in *sin = (struct sockaddr_in *)uaddr;

		sin->sin_addr.s_addr = client->addr.s6_addr32[3];
		sin->sin_port = client->port;
		return TOA_GETNAME_TOA_OK;
	}
	return TOA_GETNAME_TOA_BYPASS;
}

static enum toa_counter toa_answer(struct sock *sk, struct sockaddr *uaddr)
{
	enum toa_counter counter = TOA_GETNAME_TOA_EMPTY;
	const struct toa_entry *entry;

	rcu_read_lock();
	entry = toa_find(sk);
	if (entry) {
		/* connect(AF_UNSPEC) lets an accepted socket begin anew. */
		if (entry->proxy_addr == inet_sk(sk)->inet_daddr &&
		    entry->proxy_port == inet_sk(sk)->inet_dport)
			counter = toa_put_client(uaddr, &entry->client);
		else
			counter = TOA_GETNAME_TOA_MISMATCH;
	}
	rcu_read_unlock();
	return counter;
}

static int toa_getname(toa_getname_t original, struct socket *sock,
		       struct sockaddr *uaddr, int peer)
{
	int length;

	this_cpu_inc(toa_getname_begun);
	length = original(sock, uaddr, peer);
	if (peer && length >= 0)
		toa_count(toa_answer(sock->sk, uaddr));
	this_cpu_inc(toa_getname_ended);
	return length;
}

/* ---- The slots --------------------------------------------------------- */

struct toa_family {
	int family;
	toa_syn_recv_sock_t syn_recv_sock;
	toa_getname_t getname;
	/* where the kernel keeps them, and what was there; NULL: not hooked */
	void **syn_recv_sock_slot;
	void **getname_slot;
	toa_syn_recv_sock_t original_syn_recv_sock;
	toa_getname_t original_getname;
};

static struct toa_family toa_ipv4;
static struct toa_family toa_ipv6;

/*
 * A v4 connection to a dual-stack listener comes through toa_v6_syn_recv_sock()
 * alone: tcp_v6_syn_recv_sock() calls its v4 sibling directly, not by the slot.
 */
static struct sock *toa_v4_syn_recv_sock(TOA_SYN_RECV_SOCK_PARAMETERS)
{
	struct sock *newsk;

	newsk = toa_ipv4.original_syn_recv_sock(TOA_SYN_RECV_SOCK_ARGUMENTS);
	if (newsk)
		toa_new_connection(newsk, skb);
	return newsk;
}

static struct sock *toa_v6_syn_recv_sock(TOA_SYN_RECV_SOCK_PARAMETERS)
{
	struct sock *newsk;

	newsk = toa_ipv6.original_syn_recv_sock(TOA_SYN_RECV_SOCK_ARGUMENTS);
	if (newsk)
		toa_new_connection(newsk, skb);
	return newsk;
}

static int toa_v4_getname(struct socket *sock, struct sockaddr *uaddr, int peer)
{
	return toa_getname(toa_ipv4.original_getname, sock, uaddr, peer);
}

static int toa_v6_getname(struct socket *sock, struct sockaddr *uaddr, int peer)
{
	return toa_getname(toa_ipv6.original_getname, sock, uaddr, peer);
}

static struct toa_family toa_ipv4 = {
	.family		= AF_INET,
	.syn_recv_sock	= toa_v4_syn_recv_sock,
	.getname	= toa_v4_getname,
};

static struct toa_family toa_ipv6 = {
	.family		= AF_INET6,
	.syn_recv_sock	= toa_v6_syn_recv_sock,
	.getname	= toa_v6_getname,
};

/*
 * Stores a function into a slot of a read-only table. The page stays read-only
 * where the kernel uses it; the alias exists for the one store. A pointer is
 * stored at once, so a caller takes the old function or the new one.
 */
static int toa_store(void **slot, void *function)
{
	struct page *page;
	void **alias;
	int err = 0;

	/* the kernel's own image, or a module's data (CONFIG_IPV6=m) */
	if (virt_addr_valid(slot))
		page = virt_to_page(slot);
	else
		page = vmalloc_to_page(slot);
	if (!page)
		return -EFAULT;

	alias = vmap(&page, 1, VM_MAP, PAGE_KERNEL);
	if (!alias)
		return -ENOMEM;
	alias += offset_in_page(slot) / sizeof(*alias);
	if (READ_ONCE(*alias) == READ_ONCE(*slot))
		WRITE_ONCE(*alias, function);
	else
		err = -EFAULT;
	vunmap((void *)((unsigned long)alias & PAGE_MASK));
	return err;
}

/* Finds the tables of a family, with the help of a socket. */
static int toa_find_slots(struct toa_family *family)
{
	const struct inet_connection_sock_af_ops *af_ops;
	const struct proto_ops *ops;
	struct socket *sock;
	int err;

	err = sock_create_kern(&init_net, family->family, SOCK_STREAM,
			       IPPROTO_TCP, &sock);
	if (err)
		return err;
	ops = sock->ops;
	af_ops = inet_csk(sock->sk)->icsk_af_ops;
	sock_release(sock);

	family->original_getname = ops->getname;
	family->original_syn_recv_sock = af_ops->syn_recv_sock;
	family->getname_slot = (void **)&ops->getname;
	family->syn_recv_sock_slot = (void **)&af_ops->syn_recv_sock;
	return 0;
}

/*
 * Puts an original back. Someone who took the slot after us calls our function
 * from his: only when he has given it back may our code go away. A page of
 * address space is all that the store needs, so it succeeds in the end.
 */
static void toa_restore(void **slot, void *ours, void *original)
{
	if (READ_ONCE(*slot) != ours)
		pr_warn("another module has replaced %ps; waiting for it to be unloaded\n",
			ours);
	while (READ_ONCE(*slot) != ours || toa_store(slot, original))
		msleep(100);
}

static int toa_hook(struct toa_family *family)
{
	int err;

	err = toa_find_slots(family);
	if (err)
		return err;
	err = toa_store(family->getname_slot, family->getname);
	if (err)
		goto forget_slots;
	err = toa_store(family->syn_recv_sock_slot, family->syn_recv_sock);
	if (err)
		goto restore_getname;
	return 0;

restore_getname:
	toa_restore(family->getname_slot, family->getname,
		    family->original_getname);
forget_slots:
	family->getname_slot = NULL;
	family->syn_recv_sock_slot = NULL;
	return err;
}

static void toa_unhook(struct toa_family *family)
{
	if (!family->syn_recv_sock_slot)
		return;
	toa_restore(family->syn_recv_sock_slot, family->syn_recv_sock,
		    family->original_syn_recv_sock);
	toa_restore(family->getname_slot, family->getname,
		    family->original_getname);
}

/* ---- The tracepoint ---------------------------------------------------- */

static struct tracepoint *toa_destroy_tracepoint;

static void toa_look_at_tracepoint(struct tracepoint *tp, void *unused)
{
	if (!strcmp(tp->name, "tcp_destroy_sock"))
		toa_destroy_tracepoint = tp;
}

/* The tracepoint's symbol is not exported; the list of tracepoints is. */
static int toa_watch_destroy(void)
{
	for_each_kernel_tracepoint(toa_look_at_tracepoint, NULL);
	if (!toa_destroy_tracepoint) {
		pr_err("the tracepoint tcp:tcp_destroy_sock is not there\n");
		return -ENOENT;
	}
	return tracepoint_probe_register(toa_destroy_tracepoint, toa_forget,
					 NULL);
}

static void toa_unwatch_destroy(void)
{
	tracepoint_probe_unregister(toa_destroy_tracepoint, toa_forget, NULL);
	tracepoint_synchronize_unregister();
}

/* ---- Load and unload --------------------------------------------------- */

/*
 * Waits until nobody is between a slot and the first line of our function, or
 * between its last line and the caller. Such a caller is in a softirq, under
 * RCU, or is a task that was preempted there: it has not slept by itself.
 */
static void toa_wait_for_callers(void)
{
	synchronize_rcu();
	synchronize_rcu_tasks();
}

/* Reads "ended" first: no call can end in between that had not begun. */
static bool toa_getname_runs(void)
{
	unsigned long ended = 0, begun = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		ended += per_cpu(toa_getname_ended, cpu);
	smp_rmb();
	for_each_possible_cpu(cpu)
		begun += per_cpu(toa_getname_begun, cpu);
	return begun != ended;
}

/*
 * Takes the functions back and returns when none of them runs any more:
 *
 * 1. the originals are back, so nobody new comes in;
 * 2. those on their way in have arrived; syn_recv_sock(), which does not sleep,
 *    is through;
 * 3. getname() may sleep in the original, on the socket's lock: its calls are
 *    counted, and all have ended;
 * 4. those on their way out have left.
 */
static void toa_unhook_all(void)
{
	toa_unhook(&toa_ipv6);
	toa_unhook(&toa_ipv4);
	toa_wait_for_callers();
	while (toa_getname_runs())
		msleep(20);
	toa_wait_for_callers();
}

static int __init toa_init(void)
{
	int err;

	err = toa_table_create();
	if (err)
		return err;
	/* First: an entry without it would never be dropped. */
	err = toa_watch_destroy();
	if (err)
		goto destroy_table;
	err = toa_hook(&toa_ipv4);
	if (err)
		goto unhook;
	/* IPv6 may be switched off (ipv6.disable=1); then there is no table. */
	err = toa_hook(&toa_ipv6);
	if (err && err != -EAFNOSUPPORT)
		goto unhook;

	err = -ENOMEM;
	if (!proc_create_single("toa_stats", 0444, init_net.proc_net,
				toa_stats_show))
		goto unhook;

	pr_info("reads TCP options %d and %d on IPv4%s\n", TOA_KIND_200,
		TOA_KIND_254, toa_ipv6.getname_slot ? " and IPv6" : "");
	return 0;

unhook:
	pr_err("cannot take the kernel's functions: error %d\n", err);
	toa_unhook_all();
	toa_unwatch_destroy();
destroy_table:
	toa_table_destroy();
	return err;
}

/*
 * Connections go on; from here on they show the proxy's address. No socket
 * refers to us, so when nobody runs our code any more, all of it can go.
 * kfree_rcu() needs no barrier: what it calls is the kernel's.
 */
static void __exit toa_exit(void)
{
	remove_proc_entry("toa_stats", init_net.proc_net);
	toa_unhook_all();
	toa_unwatch_destroy();
	toa_table_destroy();
}

module_init(toa_init);
module_exit(toa_exit);

MODULE_DESCRIPTION("The address of the client behind a layer-4 load balancer");
MODULE_AUTHOR("The TOA Doctor authors");
MODULE_VERSION("0.1.0");
MODULE_LICENSE("GPL");
