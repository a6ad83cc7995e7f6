// SPDX-License-Identifier: GPL-2.0
/*
 * What toa.ko is measured against, and nothing to be used: the design of the
 * widespread modules in its smallest form, for IPv4 and Linux 6.1 alone. The
 * option's eight bytes are kept in sk_user_data, where kTLS, sockmap and BPF
 * take them for a pointer; whoever is inside at unload is not waited for.
 */
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/vmalloc.h>
#include <net/inet_common.h>
#include <net/inet_connection_sock.h>
#include <net/net_namespace.h>
#include <net/sock.h>
#include <net/tcp.h>

#define KIND	254
#define LENGTH	8

enum { WITH, WITHOUT, NAMED, OTHER_DATA, EMPTY, COUNTERS };

struct kept {
	u8 kind;
	u8 length;
	__be16 port;
	__be32 addr;
};

static DEFINE_PER_CPU(unsigned long [COUNTERS], counters);
static void **syn_recv_sock_slot, **getname_slot;
static void (*usual_data_ready)(struct sock *sk);

/* The option as it stands in the segment; NULL when there is none. */
static void *find_option(const struct sk_buff *skb)
{
	const struct tcphdr *th = tcp_hdr(skb);
	const u8 *at = (const u8 *)(th + 1);
	int length = th->doff * 4 - sizeof(*th);
	void *found;

	while (length > 0) {
		int kind = *at++, size;

		if (kind == TCPOPT_EOL)
			return NULL;
		if (kind == TCPOPT_NOP) {
			length--;
			continue;
		}
		size = *at++;
		if (size < 2 || size > length)
			return NULL;
		if (kind == KIND && size == LENGTH) {
			memcpy(&found, at - 2, sizeof(found));
			return found;
		}
		at += size - 2;
		length -= size;
	}
	return NULL;
}

static struct sock *new_connection(const struct sock *sk, struct sk_buff *skb,
				   struct request_sock *req,
				   struct dst_entry *dst,
				   struct request_sock *req_unhash,
				   bool *own_req,
				   void (*opt_child_init)(struct sock *newsk,
							  const struct sock *sk))
{
	struct sock *newsk = tcp_v4_syn_recv_sock(sk, skb, req, dst, req_unhash,
						  own_req, opt_child_init);

	if (newsk && !newsk->sk_user_data) {
		newsk->sk_user_data = find_option(skb);
		this_cpu_inc(counters[newsk->sk_user_data ? WITH : WITHOUT]);
	}
	return newsk;
}

static int name_peer(struct socket *sock, struct sockaddr *uaddr, int peer)
{
	struct sockaddr_in *in = (struct sockaddr_in *)uaddr;
	struct sock *sk = sock->sk;
	int result = inet_getname(sock, uaddr, peer);
	struct kept kept;

	if (result < 0 || !sk->sk_user_data || !peer) {
		this_cpu_inc(counters[EMPTY]);
		return result;
	}
	memcpy(&kept, &sk->sk_user_data, sizeof(kept));
	if (sk->sk_data_ready == usual_data_ready && kept.kind == KIND &&
	    kept.length == LENGTH) {
		in->sin_port = kept.port;
		in->sin_addr.s_addr = kept.addr;
		this_cpu_inc(counters[NAMED]);
	} else {
		this_cpu_inc(counters[OTHER_DATA]);
	}
	return result;
}

static int store(void **slot, void *function)
{
	struct page *page = virt_to_page(lm_alias(slot));
	void **alias = vmap(&page, 1, VM_MAP, PAGE_KERNEL);

	if (!alias)
		return -ENOMEM;
	WRITE_ONCE(alias[offset_in_page(slot) / sizeof(*alias)], function);
	vunmap(alias);
	return 0;
}

static int __init standin_init(void)
{
	struct socket *sock;
	int err = sock_create_kern(&init_net, AF_INET, SOCK_STREAM, IPPROTO_TCP,
				   &sock);

	if (err)
		return err;
	usual_data_ready = sock->sk->sk_data_ready;
	getname_slot = (void **)&sock->ops->getname;
	syn_recv_sock_slot =
		(void **)&inet_csk(sock->sk)->icsk_af_ops->syn_recv_sock;
	sock_release(sock);
	err = store(getname_slot, name_peer);
	return err ? err : store(syn_recv_sock_slot, new_connection);
}

static void __exit standin_exit(void)
{
	store(syn_recv_sock_slot, tcp_v4_syn_recv_sock);
	store(getname_slot, inet_getname);
	synchronize_rcu();
}

module_init(standin_init);
module_exit(standin_exit);
MODULE_DESCRIPTION("A yardstick for toa.ko; not for use");
MODULE_LICENSE("GPL");
