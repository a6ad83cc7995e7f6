/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between kernels, and nothing else.
 *
 * Each TOA_HAVE_* comes from probe.sh, which looks into the headers of the
 * kernel that is built for. Release numbers tell nothing: distributions
 * backport, and syn_recv_sock() changed inside stable series.
 */
#ifndef TOA_COMPAT_H
#define TOA_COMPAT_H

#include <linux/net.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <net/inet_connection_sock.h>

#ifndef TOA_HAVE_TCP_DESTROY_SOCK
#error "toa: no tracepoint tcp:tcp_destroy_sock(sk) (Linux 4.16); it tells when to drop an address"
#endif

#ifndef TOA_HAVE_PROC_CREATE_SINGLE
#error "toa: no proc_create_single() (Linux 4.18)"
#endif

/* ->getname() returns the length of the address (Linux 4.17). */
#ifdef TOA_HAVE_GETNAME_THREE
typedef int (*toa_getname_t)(struct socket *sock, struct sockaddr *uaddr,
			     int peer);
#else
#error "toa: proto_ops.getname() has a form that compat.h does not know"
#endif

/* ->syn_recv_sock() gained opt_child_init (6.1.190, 6.12.111). */
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
#else
#error "toa: inet_connection_sock_af_ops.syn_recv_sock() has a form that compat.h does not know"
#endif

typedef struct sock *(*toa_syn_recv_sock_t)(TOA_SYN_RECV_SOCK_PARAMETERS);

#endif
