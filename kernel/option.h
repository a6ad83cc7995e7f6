/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The TCP option that carries the client's address: bytes in, address out.
 *
 * Nothing here knows of sockets or packets, so that the parser can be compiled
 * and fuzzed in user space as it is.
 */
#ifndef TOA_OPTION_H
#define TOA_OPTION_H

#define TOA_KIND_200		200
#define TOA_KIND_254		254

/* kind, length, port, address; port and address in network byte order */
#define TOA_LENGTH_IPV4		8
#define TOA_LENGTH_IPV6		20

/*
 * The kinds that are read: 1. Each byte is changed by itself, while segments
 * are read; one that comes in at that time sees the kind on or off.
 */
static u8 toa_kinds[256] = { [TOA_KIND_200] = 1, [TOA_KIND_254] = 1 };

enum toa_found {
	TOA_NONE,
	TOA_MALFORMED,
	TOA_CLIENT,
};

/* An IPv4 client is kept as ::ffff:a.b.c.d, the form an IPv6 socket reports. */
struct toa_client {
	struct in6_addr addr;
	__be16 port;
};

static __always_inline void toa_read_ipv4_address(const u8 *option,
						  struct in6_addr *addr)
{
	memset(addr, 0, 8);
	memcpy(&addr->s6_addr[8], "\0\0\xff\xff", 4);
	memcpy(&addr->s6_addr[12], option + 4, 4);
}

static __always_inline void toa_read_ipv6_address(const u8 *option,
						  struct in6_addr *addr)
{
	memcpy(addr, option + 4, sizeof(*addr));
}

static inline void toa_read_client(const u8 *option, struct toa_client *client)
{
	memcpy(&client->port, option + 2, sizeof(client->port));
	if (option[1] == TOA_LENGTH_IPV4)
		toa_read_ipv4_address(option, &client->addr);
	else
		toa_read_ipv6_address(option, &client->addr);
}

/* Is the first option one with an IPv4 client, as it usually is? */
static __always_inline bool toa_is_first(const u8 *options, int length)
{
	return length >= TOA_LENGTH_IPV4 && toa_kinds[options[0]] &&
	       options[1] == TOA_LENGTH_IPV4;
}

/**
 * toa_find_option() - find the option with the client's address
 * @options: the bytes behind the fixed TCP header
 * @length: how many, as the data offset says; all of them are readable
 * @option: where it begins, when the return value is TOA_CLIENT
 *
 * The first option of a known kind and length wins. One of a known kind and
 * another length is stepped over, as the kernel does with options that it does
 * not know; an option whose length makes no sense ends the walk.
 */
static noinline enum toa_found toa_find_option(const u8 *options, int length,
					       const u8 **option)
{
	const u8 *at = options, *end = options + length;
	enum toa_found found = TOA_NONE;

	while (at < end) {
		bool ours = toa_kinds[at[0]];

		if (at[0] == TCPOPT_EOL)
			break;
		if (at[0] == TCPOPT_NOP) {
			at++;
			continue;
		}
		if (end - at < 2 || at[1] < 2 || at[1] > end - at)
			return TOA_MALFORMED;
		if (ours && (at[1] == TOA_LENGTH_IPV4 ||
			     at[1] == TOA_LENGTH_IPV6)) {
			*option = at;
			return TOA_CLIENT;
		}
		if (ours)
			found = TOA_MALFORMED;
		at += at[1];
	}
	return found;
}

/* The client's address, filled when the return value is TOA_CLIENT. */
static inline enum toa_found toa_parse_options(const u8 *options, int length,
					       struct toa_client *client)
{
	const u8 *option = options;
	enum toa_found found = TOA_CLIENT;

	if (!toa_is_first(options, length))
		found = toa_find_option(options, length, &option);
	if (found == TOA_CLIENT)
		toa_read_client(option, client);
	return found;
}

#endif
