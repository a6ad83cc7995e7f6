#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# probe.sh INCLUDE
#
# Looks into the headers of the kernel that is built for, and prints a
# -DTOA_HAVE_* for each form of an interface that it finds there. compat.h ends
# the build when none of the known forms of an interface was found.

include=$1

# have NAME HEADER PATTERN: PATTERN is matched against the header in one line.
have() {
	cat "$include/$2" 2>/dev/null | tr -s '\n\t ' ' ' |
		grep -q -- "$3" && echo "-DTOA_HAVE_$1"
}

six='const struct sock \*sk, struct sk_buff \*skb, struct request_sock \*req,'
six="$six struct dst_entry \*dst, struct request_sock \*req_unhash, bool \*own_req"

have SYN_RECV_SOCK_SIX net/inet_connection_sock.h \
	"(\*syn_recv_sock)($six);"
have SYN_RECV_SOCK_SEVEN net/inet_connection_sock.h \
	"(\*syn_recv_sock)($six, void (\*opt_child_init)("
have GETNAME_THREE linux/net.h \
	'int (\*getname) (struct socket \*sock, struct sockaddr \*addr, int peer);'
have PROC_CREATE_SINGLE linux/proc_fs.h 'define proc_create_single('
have TCP_DESTROY_SOCK trace/events/tcp.h \
	'tcp_destroy_sock, TP_PROTO(struct sock \*sk)'
exit 0
