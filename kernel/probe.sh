#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# probe.sh INCLUDE
#
# Looks into the headers of the kernel that is built for, and prints a
# -DTOA_HAVE_* for each form of an interface that it finds there. compat.h ends
# the build when none of the known forms of an interface was found.

include=$1

# have NAME HEADER PATTERN: PATTERN, an extended regular expression, is matched
# against the header in one line, with single spaces and none inside brackets.
have() {
	cat "$include/$2" 2>/dev/null | tr -s '\n\t ' ' ' |
		sed 's/( /(/g; s/ )/)/g; s/) (/)(/g' |
		grep -Eq -- "$3" && echo "-DTOA_HAVE_$1"
}

# a parameter's type; its name may be any, or missing
p() { echo "$1 ?[a-z_]*"; }

four="$(p 'struct sock \*'), $(p 'struct sk_buff \*'), $(p 'struct request_sock \*'), $(p 'struct dst_entry \*')"
six="const $four, $(p 'struct request_sock \*'), $(p 'bool \*')"
getname="$(p 'struct socket \*'), $(p 'struct sockaddr \*')"

have SYN_RECV_SOCK_FOUR net/inet_connection_sock.h \
	"\(\*syn_recv_sock\)\($four\)"
have SYN_RECV_SOCK_SIX net/inet_connection_sock.h \
	"\(\*syn_recv_sock\)\($six\)"
have SYN_RECV_SOCK_SEVEN net/inet_connection_sock.h \
	"\(\*syn_recv_sock\)\($six, void \(\*opt_child_init\)\($(p 'struct sock \*'), $(p 'const struct sock \*')\)\)"
have GETNAME_FOUR linux/net.h \
	"\(\*getname\)\($getname, $(p 'int \*'), $(p int)\)"
have GETNAME_THREE linux/net.h \
	"\(\*getname\)\($getname, $(p int)\)"
have SOCKPTR linux/sockptr.h 'KERNEL_SOCKPTR'
have SOCK_CREATE_KERN_NET linux/net.h 'sock_create_kern\(struct net \*'
have PROC_CREATE_SINGLE linux/proc_fs.h 'define proc_create_single\('
have TCP_DESTROY_SOCK trace/events/tcp.h \
	"tcp_destroy_sock, TP_PROTO\($(p 'struct sock \*')\)"
have SYNCHRONIZE_RCU_TASKS linux/rcupdate.h 'synchronize_rcu_tasks'
have VZALLOC linux/vmalloc.h '[^a-z_]vzalloc(_noprof)?\('
have STATIC_CALL linux/static_call.h 'define static_call_update\('
have LINUX_UNALIGNED linux/unaligned.h 'get_unaligned'
exit 0
