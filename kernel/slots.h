/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The slots: where the kernel calls TCP's syn_recv_sock() and getname() through,
 * how they are found, and how a function is put there and taken back.
 */
#ifndef TOA_SLOTS_H
#define TOA_SLOTS_H

/* A function in a read-only table: of the kernel's image or of a module. */
struct toa_slot {
	void **at;
	bool in_module;
};

/* getname() of TCP; of MPTCP; of kTLS, one for each of 4 x 4 ways to use it */
#define TOA_GETNAME_SLOTS	(1 + 1 + 4 * 4)

struct toa_family {
	int family;
	toa_syn_recv_sock_t syn_recv_sock;
	toa_getname_t getname;
	/* what was there before us */
	toa_syn_recv_sock_t original_syn_recv_sock;
	toa_getname_t original_getname;
	/* where */
	struct toa_slot syn_recv_sock_slot;
	bool syn_recv_sock_hooked;
	struct toa_slot getname_slots[TOA_GETNAME_SLOTS];
	/* how many of them are known, and how many are hooked */
	unsigned int getname_count;
	unsigned int getname_hooked;
	const struct proto_ops *tcp;
	/* keeps the module with the tables of kTLS loaded */
	struct socket *tls;
};

/*
 * Stores a function into a slot of a read-only table. The page stays read-only
 * where the kernel uses it; the alias exists for the one store. A pointer is
 * stored at once, so a caller takes the old function or the new one.
 */
static int toa_store(const struct toa_slot *slot, void *function)
{
	struct page *page = slot->in_module ? vmalloc_to_page(slot->at) :
					      toa_image_page(slot->at);
	void **alias;
	int err = 0;

	if (!page)
		return -EFAULT;

	alias = vmap(&page, 1, VM_MAP, PAGE_KERNEL);
	if (!alias)
		return -ENOMEM;
	alias += offset_in_page(slot->at) / sizeof(*alias);
	if (READ_ONCE(*alias) == READ_ONCE(*slot->at))
		WRITE_ONCE(*alias, function);
	else
		err = -EFAULT;
	vunmap((void *)((unsigned long)alias & PAGE_MASK));
	return err;
}

/*
 * Puts an original back. Someone who took the slot after us calls our function
 * from his: only when he has given it back may our code go away. A page of
 * address space is all that the store needs, so it succeeds in the end.
 */
static void toa_restore(const struct toa_slot *slot, void *ours, void *original)
{
	if (READ_ONCE(*slot->at) != ours)
		pr_warn("another module has replaced %ps; waiting for it to be unloaded\n",
			ours);
	while (READ_ONCE(*slot->at) != ours || toa_store(slot, original))
		msleep(100);
}

static void toa_add_getname(struct toa_family *family,
			    const struct proto_ops *ops, bool in_module)
{
	struct toa_slot *slot = &family->getname_slots[family->getname_count];

	slot->at = (void **)&ops->getname;
	slot->in_module = in_module;
	family->getname_count++;
}

/* Finds the tables of TCP with the help of a socket. */
static int toa_find_tcp(struct toa_family *family)
{
	bool in_module = family->family == AF_INET6 && TOA_IPV6_IS_MODULE;
	const struct inet_connection_sock_af_ops *af_ops;
	struct socket *sock;
	int err;

	err = toa_create_socket(family->family, IPPROTO_TCP, &sock);
	if (err)
		return err;
	af_ops = inet_csk(sock->sk)->icsk_af_ops;
	family->tcp = sock->ops;
	family->original_getname = sock->ops->getname;
	family->original_syn_recv_sock = af_ops->syn_recv_sock;
	family->syn_recv_sock_slot.at = (void **)&af_ops->syn_recv_sock;
	family->syn_recv_sock_slot.in_module = in_module;
	toa_add_getname(family, sock->ops, in_module);
	sock_release(sock);
	return 0;
}

/*
 * MPTCP has made a copy of TCP's table when the kernel booted. Since 6.5
 * accept() asks the listener's table for the name of a new socket, be that a
 * socket of MPTCP or, most often, of TCP.
 */
static void toa_find_mptcp(struct toa_family *family)
{
	struct socket *sock;

	if (toa_create_socket(family->family, TOA_IPPROTO_MPTCP, &sock))
		return;
	if (sock->ops->getname == family->original_getname)
		toa_add_getname(family, sock->ops, false);
	sock_release(sock);
}

/*
 * The first of an array of 3 x 3 or 4 x 4 tables, some of them empty, in the
 * module's data; what lies behind it is told by its content.
 */
static void toa_find_tls(struct toa_family *family)
{
	const struct proto_ops *ops = family->tls->ops;
	unsigned int i;

	for (i = 0; ops != family->tcp && i < 4 * 4; i++, ops++) {
		if (TOA_TLS_IS_MODULE && !vmalloc_to_page(ops + 1))
			return;
		if (ops->family == family->tcp->family &&
		    ops->getname == family->original_getname)
			toa_add_getname(family, ops, TOA_TLS_IS_MODULE);
	}
}

/*
 * kTLS makes copies of TCP's table when it is first used (5.16), and keeps them
 * for all sockets to come. One made with us in it would call us when we are
 * gone. So let it make them now, from the original, and treat them like the
 * original: sockets with kTLS have a client too. A socket that is told to be
 * connected shows where they are; nobody else knows of it. It is kept, and with
 * it kTLS, so that no other copies are made while we are here.
 *
 * Older kernels make theirs when kTLS is loaded; those are without us, and name
 * the proxy once kTLS receives.
 *
 * When kTLS is not loaded, the kernel is asked here to load it. For when that
 * fails see toa_module_changes().
 */
static void toa_open_tls(struct toa_family *family)
{
	struct socket *sock;
	int err;

	if (!family->tcp || family->tls ||
	    toa_create_socket(family->family, IPPROTO_TCP, &sock))
		return;
	sock->sk->sk_state = TCP_ESTABLISHED;
	err = toa_set_ulp(sock, "tls");
	sock->sk->sk_state = TCP_CLOSE;
	if (err) {
		sock_release(sock);
		return;
	}
	family->tls = sock;
	toa_find_tls(family);
}

/* ---- Taking them and giving them back ---------------------------------- */

static void toa_unhook_getname(struct toa_family *family)
{
	for (; family->getname_hooked; family->getname_hooked--)
		toa_restore(&family->getname_slots[family->getname_hooked - 1],
			    family->getname, family->original_getname);
}

/* On failure toa_unhook_getname() takes back what was done. */
static int toa_hook_getname(struct toa_family *family)
{
	int err;

	while (family->getname_hooked < family->getname_count) {
		err = toa_store(&family->getname_slots[family->getname_hooked],
				family->getname);
		if (err)
			return err;
		family->getname_hooked++;
	}
	return 0;
}

static int toa_hook_syn_recv_sock(struct toa_family *family)
{
	int err;

	if (!family->tcp)
		return 0;
	err = toa_store(&family->syn_recv_sock_slot, family->syn_recv_sock);
	family->syn_recv_sock_hooked = !err;
	return err;
}

static void toa_unhook_syn_recv_sock(struct toa_family *family)
{
	if (family->syn_recv_sock_hooked)
		toa_restore(&family->syn_recv_sock_slot, family->syn_recv_sock,
			    family->original_syn_recv_sock);
}

static void toa_release_tls(struct toa_family *family)
{
	if (family->tls)
		sock_release(family->tls);
}

#endif
