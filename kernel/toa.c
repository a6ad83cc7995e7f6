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
 * In a hash table of our own, by socket: table.h. Not in sk_user_data: its low
 * bits are flags, kind 254 sets them, and kTLS then follows the sender's bytes
 * as a pointer. An entry is made by syn_recv_sock() and freed when the kernel
 * destroys the connection, which the tracepoint tcp:tcp_destroy_sock tells.
 * Thus no socket points to toa, whatever its owner does with it, and a socket
 * that outlives the module has nothing to trip over:
 *
 * - kTLS, sockmap, an upper layer protocol, IPV6_ADDRFORM replace a socket's
 *   operations or sk_user_data: none of that is ours. What they put in place of
 *   the protocol's destroy function calls TCP's in the end, and so the
 *   tracepoint. (A destructor of our own, in the socket or the protocol, would
 *   be cheaper, but they copy it and restore the copy when we are gone.)
 * - fork() and passing a descriptor: the socket is the same one.
 * - Network namespaces: the operations are the same in all of them, a socket's
 *   address is unique. The counters count all.
 * - The accept queue overflows: no socket was made, the next ACK tries again;
 *   or, when the listener was closed meanwhile, the child is destroyed and its
 *   entry with it.
 * - SYN cookies: the socket is made from the ACK, by the same function.
 * - TCP Fast Open: the socket is made from the SYN, which is then the segment
 *   whose option counts.
 * - MPTCP keeps a copy of the operations for its subflows, and calls the
 *   original slot from there; a connection that falls back to TCP is given to
 *   the application as a TCP socket. That of a real MPTCP connection answers
 *   for itself, with the proxy. MPTCP's and kTLS's copies of getname() are
 *   hooked and restored like TCP's own: toa_find_mptcp(), toa_open_tls().
 * - ipv6_mapped, the operations of an IPv6 socket that speaks IPv4, is not
 *   touched: its syn_recv_sock() is called for listeners only, and a listener
 *   gets it only by having been a client of an IPv4 server before.
 *
 * Locks and lifetimes: table.h for the entries, toa_exit() for unload.
 *
 * Cost: what each call adds is in README.md, with the way to measure it, and
 * why these slots and not return probes.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/delay.h>
#include <linux/hash.h>
#include <linux/inet.h>
#include <linux/ipv6.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <net/inet_sock.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/net_namespace.h>
#include <net/sock.h>
#include <net/tcp.h>

#include "compat.h"
#include "counters.h"
#include "option.h"
#include "parameters.h"
#include "slots.h"
#include "table.h"

/* ---- syn_recv_sock() --------------------------------------------------- */

/* With debug=1. option: NULL, or the one that was found. */
static noinline void toa_log(const char *what, const struct sk_buff *skb,
			     const u8 *option)
{
	char proxy[INET6_ADDRSTRLEN], client[INET6_ADDRSTRLEN] = "";
	struct toa_client named = { .port = 0 };

	if (!net_ratelimit())
		return;
	if (skb->protocol == htons(ETH_P_IP))
		snprintf(proxy, sizeof(proxy), "%pI4", &ip_hdr(skb)->saddr);
	else
		snprintf(proxy, sizeof(proxy), "%pI6c", &ipv6_hdr(skb)->saddr);
	if (option) {
		toa_read_client(option, &named);
		snprintf(client, sizeof(client), "%pI6c", &named.addr);
	}
	pr_info("%s port %u: %s %s port %u\n", proxy,
		ntohs(tcp_hdr(skb)->source), what, client, ntohs(named.port));
}

/*
 * Fills an entry that was claimed for the socket that the segment has made.
 * ipv4: it cannot be one of IPv6.
 */
static __always_inline void toa_fill_entry(struct toa_entry *entry,
					   const struct sk_buff *skb,
					   const struct tcphdr *th,
					   const u8 *option, int length,
					   bool ipv4)
{
	ipv4 = ipv4 || skb->protocol == htons(ETH_P_IP);
	entry->proxy.port = th->source;
	entry->proxy.addr = ipv4 ? ip_hdr(skb)->saddr :
				   ipv6_hdr(skb)->saddr.s6_addr32[3];
	/* the option is laid out like the name, but for its first two bytes */
	memcpy(&entry->client, option, sizeof(entry->client));
	if (length == TOA_LENGTH_IPV4) {
		entry->client.family = AF_INET;
		entry->proxy.family = AF_INET;
		toa_read_ipv4_address(option, &entry->ipv6_client);
	} else {
		entry->proxy.family = 0;
		toa_read_ipv6_address(option, &entry->ipv6_client);
	}
	toa_count(TOA_SYN_RECV_SOCK_TOA);
}

/*
 * All that happens to an option but not usually: somebody is not trusted, wants
 * to see it, or shares a place in the table.
 */
static noinline void toa_remember_with_care(struct sock *sk,
					    const struct sk_buff *skb,
					    const u8 *option)
{
	const struct tcphdr *th = tcp_hdr(skb);
	bool trusted = toa_is_trusted(skb);
	struct toa_entry *entry;

	if (toa_debug)
		toa_log(trusted ? "names the client" :
				  "not trusted; names the client", skb, option);
	if (!trusted) {
		toa_count(TOA_SYN_RECV_SOCK_UNTRUSTED);
		return;
	}
	entry = toa_claim_entry(sk);
	if (entry)
		toa_fill_entry(entry, skb, th, option, option[1], false);
	else
		toa_count(TOA_SYN_RECV_SOCK_NO_MEMORY);
}

/* Called in softirq, with the new socket still locked and not yet accepted. */
static __always_inline void toa_remember(struct sock *sk,
					 const struct sk_buff *skb,
					 const struct tcphdr *th,
					 const u8 *option, int length,
					 bool ipv4)
{
	struct toa_entry *entry;

	/*
	 * Two segments may complete one handshake at the same time. The socket
	 * of the one that came second is destroyed already.
	 */
	if (unlikely(sock_flag(sk, SOCK_DEAD)))
		return;
	entry = toa_first_entry(sk);
	if (likely(!toa_debug && !toa_is_limited() && toa_claim(entry, sk)))
		toa_fill_entry(entry, skb, th, option, length, ipv4);
	else
		toa_remember_with_care(sk, skb, option);
}

#define TOA_OPTIONS_LENGTH(th)	((th)->doff * 4 - (int)sizeof(struct tcphdr))

/* An option that is not the first one or not of IPv4, or none, or malformed. */
static noinline void toa_search_options(struct sock *sk,
					const struct sk_buff *skb)
{
	const struct tcphdr *th = tcp_hdr(skb);
	const u8 *option = NULL;

	switch (toa_find_option((const u8 *)(th + 1), TOA_OPTIONS_LENGTH(th),
				&option)) {
	case TOA_NONE:
		toa_count(TOA_SYN_RECV_SOCK_NO_TOA);
		return;
	case TOA_MALFORMED:
		toa_count(TOA_SYN_RECV_SOCK_MALFORMED);
		if (toa_debug)
			toa_log("a malformed option", skb, NULL);
		return;
	case TOA_CLIENT:
		toa_remember(sk, skb, th, option, option[1], false);
		return;
	}
}

/*
 * The byte of a TCP header that has the data offset in its upper half; what is
 * below it is hardly ever set.
 */
static __always_inline u8 toa_offset(const struct tcphdr *th)
{
	return ((const u8 *)th)[12];
}

/* It, with so many bytes of options. */
#define TOA_OFFSET(bytes)	((sizeof(struct tcphdr) + (bytes)) / 4 << 4)

/*
 * TCP has seen to it that the whole header, options included, is linear: see
 * pskb_may_pull() in tcp_v4_rcv() and tcp_v6_rcv().
 */
static __always_inline void toa_read_options(struct sock *sk,
					     const struct sk_buff *skb,
					     bool ipv4)
{
	const struct tcphdr *th = tcp_hdr(skb);
	const u8 *options = (const u8 *)(th + 1);

	if (likely(toa_offset(th) >= TOA_OFFSET(TOA_LENGTH_IPV4) &&
		   toa_is_first(options, TOA_LENGTH_IPV4)))
		toa_remember(sk, skb, th, options, TOA_LENGTH_IPV4, ipv4);
	else
		toa_search_options(sk, skb);
}

#define TOA_TIMESTAMP_ALONE						\
	htonl(TCPOPT_NOP << 24 | TCPOPT_NOP << 16 |			\
	      TCPOPT_TIMESTAMP << 8 | TCPOLEN_TIMESTAMP)

/*
 * Most segments have no option, or none but timestamps, in the usual form. Of
 * these nothing will have to be remembered: they are counted at once, and the
 * original takes our place instead of being called by us. It makes a socket
 * unless the accept queue is full (or memory is short); then nobody is counted.
 */
static __always_inline bool toa_is_plain(const struct sock *listener,
					 const struct sk_buff *skb)
{
	const struct tcphdr *th = tcp_hdr(skb);

	if (likely(toa_offset(th) == TOA_OFFSET(TCPOLEN_TSTAMP_ALIGNED))) {
		if (*(const __be32 *)(th + 1) != TOA_TIMESTAMP_ALONE)
			return false;
	} else if (toa_offset(th) != TOA_OFFSET(0)) {
		return false;
	}
	/* As the original will ask; the answer may change until then. */
	return data_race(listener->sk_ack_backlog <= listener->sk_max_ack_backlog);
}

/* The kernel destroys a socket; called for every TCP socket there is. */
static void toa_forget(const struct sock *sk)
{
	struct toa_entry *entry;

	if (toa_find_entry(sk, &entry)) {
		toa_free_entry(entry);
		toa_count(TOA_FORGOTTEN);
	}
}

/* ---- getname() --------------------------------------------------------- */

/*
 * Calls of getname() begun on this CPU that have a client to name, without
 * those that failed; see toa_getname_runs().
 */
static DEFINE_PER_CPU(unsigned long, toa_getname_begun);

/*
 * Whose client is asked for? Most often that of a socket that has none, or it
 * is not the peer that is asked for: then the original takes our place.
 */
static __always_inline bool toa_asks_for_client(const struct socket *sock,
						int peer,
						struct toa_entry **entry)
{
	if (unlikely(!peer)) {
		toa_count(TOA_GETNAME_OTHER);
		return false;
	}
	if (!toa_find_entry(sock->sk, entry)) {
		toa_count(TOA_GETNAME_TOA_EMPTY);
		return false;
	}
	return true;
}

static noinline int toa_getname_failed(int result)
{
	toa_count(TOA_GETNAME_OTHER);
	this_cpu_dec(toa_getname_begun);
	return result;
}

/*
 * Another peer than the proxy means that connect(AF_UNSPEC) let an accepted
 * socket begin anew.
 */
static noinline __noclone int toa_keep_ipv4(const struct toa_entry *entry,
					    const union toa_ipv4_name *name,
					    int result)
{
	if (name->port == entry->proxy.port && name->addr == entry->proxy.addr)
		toa_count(TOA_GETNAME_TOA_BYPASS);
	else
		toa_count(TOA_GETNAME_TOA_MISMATCH);
	return result;
}

/* Puts the client in place of the proxy in what the kernel answered. */
static __always_inline int toa_answer_ipv4(const struct toa_entry *entry,
					   struct sockaddr *uaddr, int result)
{
	union toa_ipv4_name *name = (union toa_ipv4_name *)uaddr;

	if (unlikely(get_unaligned(&name->whole) != entry->proxy.whole))
		return toa_keep_ipv4(entry, name, result);
	put_unaligned(entry->client.whole, &name->whole);
	toa_count(TOA_GETNAME_TOA_OK);
	return result;
}

static __always_inline int toa_answer_ipv6(const struct toa_entry *entry,
					   struct sockaddr *uaddr, int result)
{
	struct sockaddr_in6 *sin6 = (struct sockaddr_in6 *)uaddr;

	if (unlikely(sin6->sin6_port != entry->proxy.port ||
		     sin6->sin6_addr.s6_addr32[3] != entry->proxy.addr)) {
		toa_count(TOA_GETNAME_TOA_MISMATCH);
		return result;
	}
	sin6->sin6_port = entry->client.port;
	sin6->sin6_flowinfo = 0;
	memcpy(&sin6->sin6_addr, &entry->ipv6_client, 16);
	sin6->sin6_scope_id = 0;
	toa_count(TOA_GETNAME_TOA_OK);
	return result;
}

/* ---- What stands in the slots ------------------------------------------ */

static struct sock *toa_v4_syn_recv_sock(TOA_SYN_RECV_SOCK_PARAMETERS);
static struct sock *toa_v6_syn_recv_sock(TOA_SYN_RECV_SOCK_PARAMETERS);
static int toa_v4_getname(TOA_GETNAME_PARAMETERS);
static int toa_v6_getname(TOA_GETNAME_PARAMETERS);

/* What was there before us, for the calls; aimed by toa_aim_calls(). */
TOA_DEFINE_CALL(toa_original_v4_syn_recv_sock, toa_v4_syn_recv_sock);
TOA_DEFINE_CALL(toa_original_v6_syn_recv_sock, toa_v6_syn_recv_sock);
TOA_DEFINE_CALL(toa_original_v4_getname, toa_v4_getname);
TOA_DEFINE_CALL(toa_original_v6_getname, toa_v6_getname);

/*
 * A v4 connection to a dual-stack listener comes through toa_v6_syn_recv_sock()
 * alone: tcp_v6_syn_recv_sock() calls its v4 sibling directly, not by the slot.
 */
static noinline struct sock *toa_v4_with_options(TOA_SYN_RECV_SOCK_PARAMETERS)
{
	struct sock *newsk;

	newsk = toa_call(toa_original_v4_syn_recv_sock)(TOA_SYN_RECV_SOCK_ARGUMENTS);
	if (newsk)
		toa_read_options(newsk, skb, true);
	return newsk;
}

static notrace struct sock *toa_v4_syn_recv_sock(TOA_SYN_RECV_SOCK_PARAMETERS)
{
	if (!toa_is_plain(sk, skb))
		return toa_v4_with_options(TOA_SYN_RECV_SOCK_ARGUMENTS);
	toa_count(TOA_SYN_RECV_SOCK_NO_TOA);
	return toa_call(toa_original_v4_syn_recv_sock)(TOA_SYN_RECV_SOCK_ARGUMENTS);
}

static noinline struct sock *toa_v6_with_options(TOA_SYN_RECV_SOCK_PARAMETERS)
{
	struct sock *newsk;

	newsk = toa_call(toa_original_v6_syn_recv_sock)(TOA_SYN_RECV_SOCK_ARGUMENTS);
	if (newsk)
		toa_read_options(newsk, skb, false);
	return newsk;
}

static notrace struct sock *toa_v6_syn_recv_sock(TOA_SYN_RECV_SOCK_PARAMETERS)
{
	if (!toa_is_plain(sk, skb))
		return toa_v6_with_options(TOA_SYN_RECV_SOCK_ARGUMENTS);
	toa_count(TOA_SYN_RECV_SOCK_NO_TOA);
	return toa_call(toa_original_v6_syn_recv_sock)(TOA_SYN_RECV_SOCK_ARGUMENTS);
}

/*
 * The entry stays while the original sleeps: the caller's file holds the socket.
 * A call adds one to toa_getname_begun, and last to a counter.
 */
static notrace int toa_v4_getname(TOA_GETNAME_PARAMETERS)
{
	struct toa_entry *entry;
	int result;

	if (!toa_asks_for_client(sock, peer, &entry))
		return toa_call(toa_original_v4_getname)(TOA_GETNAME_ARGUMENTS);
	this_cpu_inc(toa_getname_begun);
	result = toa_call(toa_original_v4_getname)(TOA_GETNAME_ARGUMENTS);
	if (unlikely(!TOA_GETNAME_SUCCEEDED(result)))
		return toa_getname_failed(result);
	return toa_answer_ipv4(entry, uaddr, result);
}

static notrace int toa_v6_getname(TOA_GETNAME_PARAMETERS)
{
	struct toa_entry *entry;
	int result;

	if (!toa_asks_for_client(sock, peer, &entry))
		return toa_call(toa_original_v6_getname)(TOA_GETNAME_ARGUMENTS);
	this_cpu_inc(toa_getname_begun);
	result = toa_call(toa_original_v6_getname)(TOA_GETNAME_ARGUMENTS);
	if (unlikely(!TOA_GETNAME_SUCCEEDED(result)))
		return toa_getname_failed(result);
	return toa_answer_ipv6(entry, uaddr, result);
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

static void toa_aim_calls(const struct toa_family *family)
{
	if (family->family == AF_INET) {
		TOA_SET_CALL(toa_original_v4_syn_recv_sock,
			     family->original_syn_recv_sock);
		TOA_SET_CALL(toa_original_v4_getname, family->original_getname);
	} else {
		TOA_SET_CALL(toa_original_v6_syn_recv_sock,
			     family->original_syn_recv_sock);
		TOA_SET_CALL(toa_original_v6_getname, family->original_getname);
	}
}

/* Finds all but kTLS's. */
static int toa_find_slots(struct toa_family *family)
{
	int err = toa_find_tcp(family);

	if (err)
		return err;
	toa_aim_calls(family);
	toa_find_mptcp(family);
	return 0;
}

/* ---- getname() and kTLS ------------------------------------------------ */

/*
 * Held while the slots of getname() are taken or given back: at load, at unload,
 * and when kTLS is loaded in between. Not while kTLS is asked for, which may
 * load it: that needs the lock.
 */
static DEFINE_MUTEX(toa_getname_lock);
static bool toa_getname_wanted;
static bool toa_tls_is_coming;
static bool toa_tls_came;

static int toa_hook_getnames(void)
{
	int err = toa_hook_getname(&toa_ipv4);

	return err ? err : toa_hook_getname(&toa_ipv6);
}

static void toa_unhook_getnames(void)
{
	toa_unhook_getname(&toa_ipv6);
	toa_unhook_getname(&toa_ipv4);
}

static void toa_open_tls_of_both(void)
{
	toa_open_tls(&toa_ipv4);
	toa_open_tls(&toa_ipv6);
}

/*
 * kTLS is loaded after us, because we could not load it. It finds the originals
 * in the tables from before its first line runs until its copies are made and
 * known to us, for which it is used here first. During these milliseconds peers
 * have the proxy's address.
 */
static int toa_module_changes(struct notifier_block *block, unsigned long state,
			      void *data)
{
	const struct module *module = data;

	if (strcmp(module->name, "tls"))
		return NOTIFY_DONE;

	mutex_lock(&toa_getname_lock);
	toa_tls_is_coming = state == MODULE_STATE_COMING;
	if (state == MODULE_STATE_LIVE)
		toa_tls_came = true;
	if (toa_tls_is_coming) {
		toa_unhook_getnames();
	} else if (toa_getname_wanted) {
		if (state == MODULE_STATE_LIVE)
			toa_open_tls_of_both();
		if (toa_hook_getnames())
			pr_err("cannot take getname() again after kTLS was loaded; unload and load %s\n",
			       KBUILD_MODNAME);
	}
	mutex_unlock(&toa_getname_lock);
	return NOTIFY_DONE;
}

static struct notifier_block toa_module_notifier = {
	.notifier_call = toa_module_changes,
};

/* With the notifier registered. */
static int toa_take_getnames(void)
{
	int err = 0;

	for (;;) {
		/*
		 * Without the lock: one that came before this line is there
		 * already when it is asked for in the next.
		 */
		toa_tls_came = false;
		toa_open_tls_of_both();
		mutex_lock(&toa_getname_lock);
		/* else somebody has loaded it just after we could not */
		if (!toa_tls_came || toa_ipv4.tls)
			break;
		mutex_unlock(&toa_getname_lock);
	}
	toa_getname_wanted = true;
	if (!toa_tls_is_coming)
		err = toa_hook_getnames();
	mutex_unlock(&toa_getname_lock);
	return err;
}

static void toa_return_getnames(void)
{
	mutex_lock(&toa_getname_lock);
	toa_getname_wanted = false;
	toa_unhook_getnames();
	mutex_unlock(&toa_getname_lock);
}

/* ---- Load and unload --------------------------------------------------- */

/*
 * Waits until nobody is between a slot and the first line of our function, or
 * between its last line and the caller. Such a caller is in a softirq, which is
 * under RCU (a preemptible thread on PREEMPT_RT, but under RCU all the same),
 * or is a task that was preempted there: it has not slept by itself. RCU waits
 * for the first kind, RCU tasks for the other: it returns when each task has
 * left the processor by its own will, which none of our lines does. A kernel
 * that does not preempt itself has no tasks of that kind.
 */
static void toa_wait_for_callers(void)
{
	synchronize_rcu();
	toa_synchronize_tasks();
}

/*
 * Reads the ends first: no call can end in between that had not begun, and one
 * that fails takes back that it began.
 */
static bool toa_getname_runs(void)
{
	unsigned long ended = 0, begun = 0;
	int counter, cpu;

	for_each_possible_cpu(cpu)
		for (counter = TOA_GETNAME_TOA_OK;
		     counter <= TOA_GETNAME_TOA_BYPASS; counter++)
			ended += per_cpu(toa_counters, cpu).count[counter];
	/* the ends before the beginnings; see above */
	smp_rmb();
	for_each_possible_cpu(cpu)
		begun += per_cpu(toa_getname_begun, cpu);
	return begun != ended;
}

/*
 * Takes the functions back and returns when none of them runs any more:
 *
 * 1. the originals are back, so nobody new comes in;
 * 2. those on their way in have arrived; syn_recv_sock(), which does not sleep
 *    and is under RCU from before its slot is read until after it returned, is
 *    through;
 * 3. getname() of a socket with a client may sleep in the original, on the
 *    socket's lock, and will return to us: its calls are counted where they
 *    begin and where they end, and all have ended (where there is no client, the
 *    original has taken our place and returns to our caller);
 * 4. those on their way out, behind the count of their end, have left.
 *
 * The notifier goes once getname() is not wanted any more: a kTLS that comes in
 * between is left alone. The sockets that keep kTLS loaded go once its slots
 * hold the original again; nobody looks at those slots afterwards.
 */
static void toa_unhook_all(void)
{
	toa_return_getnames();
	unregister_module_notifier(&toa_module_notifier);
	toa_unhook_syn_recv_sock(&toa_ipv6);
	toa_unhook_syn_recv_sock(&toa_ipv4);
	toa_release_tls(&toa_ipv6);
	toa_release_tls(&toa_ipv4);
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
	err = toa_find_slots(&toa_ipv4);
	if (err)
		goto unwatch_destroy;
	/* IPv6 may be switched off (ipv6.disable=1); then there is no table. */
	err = toa_find_slots(&toa_ipv6);
	if (err && err != -EAFNOSUPPORT)
		goto unwatch_destroy;
	err = register_module_notifier(&toa_module_notifier);
	if (err)
		goto unwatch_destroy;
	err = toa_take_getnames();
	if (err)
		goto unhook;
	err = toa_hook_syn_recv_sock(&toa_ipv4);
	if (err)
		goto unhook;
	err = toa_hook_syn_recv_sock(&toa_ipv6);
	if (err)
		goto unhook;

	err = -ENOMEM;
	if (!toa_create_stats())
		goto unhook;

	pr_info("reads the option on IPv4%s\n",
		toa_ipv6.tcp ? " and IPv6" : "");
	return 0;

unhook:
	toa_unhook_all();
unwatch_destroy:
	pr_err("cannot take the kernel's functions: error %d\n", err);
	toa_unwatch_destroy();
destroy_table:
	toa_table_destroy();
	return err;
}

/*
 * Connections go on; from here on they show the proxy's address. No socket
 * refers to us, no timer, work or RCU callback is ours: when nobody runs our
 * code any more, all of it can go. The kernel itself closes the parameters'
 * files before it unmaps us, and toa_unwatch_destroy() returns when
 * toa_destroyed() runs nowhere; only then does the table go.
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
