/* SPDX-License-Identifier: GPL-2.0 */
/*
 * /sys/module/toa/parameters, all of them readable and changeable at run time.
 * The kernel calls the functions that set and show them one at a time, under its
 * lock for parameters (kernel_param_lock()).
 */
#ifndef TOA_PARAMETERS_H
#define TOA_PARAMETERS_H

/* ---- debug ------------------------------------------------------------- */

static bool toa_debug;
module_param_named(debug, toa_debug, bool, 0644);
MODULE_PARM_DESC(debug, "log each option that is found (rate limited)");

/* ---- kinds ------------------------------------------------------------- */

/* What the kernel itself reads: MSS, WS, SACK, TS, MD5, AO, MPTCP, TFO. */
static bool toa_kind_is_taken(unsigned int kind)
{
	return kind <= 8 || kind == 19 || kind == 29 || kind == 30 ||
	       kind == 34;
}

/* "200,254\n"; text is NULL for the parameter's name without a value. */
static bool toa_read_kinds(const char *text, u8 *kinds)
{
	for (;;) {
		char *end;
		unsigned long kind;

		if (!text || *text < '0' || *text > '9')
			return false;
		kind = simple_strtoul(text, &end, 10);
		if (kind > 255 || toa_kind_is_taken(kind))
			return false;
		kinds[kind] = 1;
		if (!*end || !strcmp(end, "\n"))
			return true;
		if (*end != ',')
			return false;
		text = end + 1;
	}
}

static int toa_set_kinds(const char *text, toa_const_kernel_param *kp)
{
	u8 kinds[sizeof(toa_kinds)] = { 0 };
	unsigned int kind;

	if (!toa_read_kinds(text, kinds)) {
		pr_err("kinds: numbers from 9 to 255 with a comma between, none that TCP uses itself (19, 29, 30, 34)\n");
		return -EINVAL;
	}
	for (kind = 0; kind < sizeof(kinds); kind++)
		WRITE_ONCE(toa_kinds[kind], kinds[kind]);
	return 0;
}

static int toa_get_kinds(char *buffer, toa_const_kernel_param *kp)
{
	unsigned int kind;
	int length = 0;

	for (kind = 0; kind < sizeof(toa_kinds); kind++)
		if (toa_kinds[kind])
			length += sprintf(buffer + length, "%s%u",
					  length ? "," : "", kind);
	return length + sprintf(buffer + length, "\n");
}

toa_module_param(kinds, toa_set_kinds, toa_get_kinds, 0644);
MODULE_PARM_DESC(kinds, "kinds of the option, default 200,254");

/* ---- trusted ----------------------------------------------------------- */

#define TOA_MAX_NETWORKS	64

/* IPv4 as ::ffff:a.b.c.d, its prefix 96 longer. */
struct toa_network {
	struct in6_addr addr;
	unsigned int prefix;
};

struct toa_networks {
	unsigned int count;
	struct toa_network network[TOA_MAX_NETWORKS];
};

/*
 * One of the two is in force, NULL meaning that everybody is trusted; the other
 * one is where the next list is made. Read under RCU.
 */
static struct toa_networks toa_network_lists[2];
static struct toa_networks __rcu *toa_trusted;

/* "10.0.0.0/8", "fd00::/8", or an address alone. Cuts the text at the slash. */
static bool toa_read_network(char *text, struct toa_network *network)
{
	u8 *addr = network->addr.s6_addr;
	char *slash = strchr(text, '/'), *end;
	unsigned long bits = 128, prefix;
	const char *rest;

	if (slash)
		*slash = '\0';
	if (in4_pton(text, -1, addr + 12, -1, NULL)) {
		bits = 32;
		memset(addr, 0, 10);
		memset(addr + 10, 0xff, 2);
	} else if (!in6_pton(text, -1, addr, -1, &rest) || *rest) {
		/* it takes "fd00::" out of "fd00::x" */
		return false;
	}

	prefix = bits;
	if (slash) {
		if (slash[1] < '0' || slash[1] > '9')
			return false;
		prefix = simple_strtoul(slash + 1, &end, 10);
		if (*end || prefix > bits)
			return false;
	}
	network->prefix = 128 - bits + prefix;
	return true;
}

/* Networks with a comma between, perhaps a newline at the end. */
static bool toa_read_networks(const char *text, struct toa_networks *list)
{
	/* the longest IPv6 address, "/128", and the end */
	char one[INET6_ADDRSTRLEN + 5];

	list->count = 0;
	for (;;) {
		size_t length = strcspn(text, ",\n");

		if (length >= sizeof(one) || list->count == TOA_MAX_NETWORKS)
			return false;
		memcpy(one, text, length);
		one[length] = '\0';
		if (!toa_read_network(one, &list->network[list->count++]))
			return false;
		text += length;
		if (!*text || !strcmp(text, "\n"))
			return true;
		if (*text++ != ',')
			return false;
	}
}

static int toa_set_trusted(const char *text, toa_const_kernel_param *kp)
{
	struct toa_networks *old, *new = NULL;

	if (text && *text && strcmp(text, "\n")) {
		old = rcu_dereference_protected(toa_trusted, 1);
		new = old == toa_network_lists ? toa_network_lists + 1 :
						 toa_network_lists;
		if (!toa_read_networks(text, new)) {
			pr_err("trusted: at most %d networks like 10.0.0.0/8,fd00::/8; nothing for all\n",
			       TOA_MAX_NETWORKS);
			return -EINVAL;
		}
	}
	rcu_assign_pointer(toa_trusted, new);
	/* Nobody reads the list that was in force: it may be written next. */
	synchronize_rcu();
	return 0;
}

static int toa_get_trusted(char *buffer, toa_const_kernel_param *kp)
{
	const struct toa_networks *list =
		rcu_dereference_protected(toa_trusted, 1);
	unsigned int i, length = 0;

	for (i = 0; list && i < list->count; i++) {
		const struct toa_network *network = &list->network[i];
		const struct in6_addr *addr = &network->addr;

		length += sprintf(buffer + length, i ? "," : "");
		if (ipv6_addr_v4mapped(addr) && network->prefix >= 96)
			length += sprintf(buffer + length, "%pI4/%u",
					  &addr->s6_addr32[3],
					  network->prefix - 96);
		else
			length += sprintf(buffer + length, "%pI6c/%u", addr,
					  network->prefix);
	}
	return length + sprintf(buffer + length, "\n");
}

toa_module_param(trusted, toa_set_trusted, toa_get_trusted, 0644);
MODULE_PARM_DESC(trusted, "networks of the load balancers, default all: 10.0.0.0/8,fd00::/8");

/* Is not everybody trusted? */
static inline bool toa_is_limited(void)
{
	return rcu_access_pointer(toa_trusted);
}

/* Did one of the load balancers send the segment? */
static bool toa_is_trusted(const struct sk_buff *skb)
{
	const struct toa_networks *list;
	struct in6_addr source;
	bool trusted;
	unsigned int i;

	if (skb->protocol == htons(ETH_P_IP))
		ipv6_addr_set(&source, 0, 0, htonl(0xffff), ip_hdr(skb)->saddr);
	else
		source = ipv6_hdr(skb)->saddr;

	rcu_read_lock();
	list = rcu_dereference(toa_trusted);
	trusted = !list;
	for (i = 0; list && i < list->count && !trusted; i++)
		trusted = ipv6_prefix_equal(&source, &list->network[i].addr,
					    list->network[i].prefix);
	rcu_read_unlock();
	return trusted;
}

#endif
