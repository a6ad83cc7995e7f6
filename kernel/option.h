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

static inline void toa_read_client(const u8 *option, struct toa_client *client)
{
	memcpy(&client->port, option + 2, sizeof(client->port));
	if (option[1] == TOA_LENGTH_IPV6) {
		memcpy(&client->addr, option + 4, sizeof(client->addr));
		return;
	}
	memset(&client->addr, 0, 10);
	memset(&client->addr.s6_addr[10], 0xff, 2);
	memcpy(&client->addr.s6_addr[12], option + 4, 4);
}

/**
 * toa_parse_options() - find the client's address among TCP options
 * @options: the bytes behind the fixed TCP header
 * @length: how many, as the data offset says; all of them are readable
 * @client: filled when the return value is TOA_CLIENT
 *
 * The first option of a known kind and length wins. One of a known kind and
 * another length is stepped over, as the kernel does with options that it does
 * not know; an option whose length makes no sense ends the walk.
 */
static inline enum toa_found toa_parse_options(const u8 *options,
					       unsigned int length,
					       struct toa_client *client)
{
	enum toa_found found = TOA_NONE;
	unsigned int at = 0;

	while (at < length && options[at] != TCPOPT_EOL) {
		const u8 *option = options + at;

		if (option[0] == TCPOPT_NOP) {
			at++;
			continue;
		}
		if (length - at < 2 || option[1] < 2 || option[1] > length - at)
			return TOA_MALFORMED;
		if (option[0] == TOA_KIND_200 || option[0] == TOA_KIND_254) {
			if (option[1] == TOA_LENGTH_IPV4 ||
			    option[1] == TOA_LENGTH_IPV6) {
				toa_read_client(option, client);
				return TOA_CLIENT;
			}
			found = TOA_MALFORMED;
		}
		at += option[1];
	}
	return found;
}

#endif
