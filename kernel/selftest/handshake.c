// SPDX-License-Identifier: GPL-2.0
/*
 * A handshake over loopback, made by hand through a raw socket: SYN, wait for
 * the SYN-ACK, ACK with the option.
 *
 * The SYN-ACK goes to the kernel's own TCP as well. It knows of no connection
 * there and would answer with RST, long before we could send our ACK. What
 * keeps it quiet is a listening socket at the client's address and port, whose
 * filter (SO_ATTACH_FILTER) drops every packet: the filter is asked before TCP
 * looks at the flags, in tcp_v4_rcv() and tcp_v6_rcv() of every kernel since
 * 2.6. Raw sockets get their copy before that. So nothing has to be set up, no
 * firewall rule, route or device, and nothing stays when the sockets are closed.
 */
#include "handshake.h"

#include <errno.h>
#include <linux/filter.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_MS		2000
#define TCP_HEADER		20
#define FIRST_SEQUENCE		0x70a00000u

enum { SYN = 0x02, RST = 0x04, ACK = 0x10 };

static socklen_t size_of(const union endpoint *address)
{
	return address->any.sa_family == AF_INET ? sizeof(address->in) :
						   sizeof(address->in6);
}

/* The port is at the same place in both families. */
static uint16_t port_of(const union endpoint *address)
{
	return ntohs(address->in.sin_port);
}

union endpoint loopback(int family)
{
	union endpoint address;

	memset(&address, 0, sizeof(address));
	address.any.sa_family = family;
	if (family == AF_INET)
		address.in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	else
		address.in6.sin6_addr = in6addr_loopback;
	return address;
}

/* Closes @fd, and keeps errno, which says why. */
static int give_up(int fd)
{
	int reason = errno;

	close(fd);
	errno = reason;
	return -1;
}

static int bind_there(int fd, union endpoint *address)
{
	socklen_t size = size_of(address);

	return bind(fd, &address->any, size) ||
	       getsockname(fd, &address->any, &size) ? -1 : 0;
}

int open_listener(union endpoint *address, int v6only)
{
	int fd = socket(address->any.sa_family, SOCK_STREAM, IPPROTO_TCP);

	if (fd < 0)
		return -1;
	if (address->any.sa_family == AF_INET6 &&
	    setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &v6only, sizeof(v6only)))
		return give_up(fd);
	if (bind_there(fd, address) || listen(fd, SOMAXCONN))
		return give_up(fd);
	return fd;
}

int open_deaf_listener(union endpoint *client)
{
	struct sock_filter drop_all[] = { BPF_STMT(BPF_RET | BPF_K, 0) };
	struct sock_fprog filter = { 1, drop_all };
	int fd = socket(client->any.sa_family, SOCK_STREAM, IPPROTO_TCP);

	if (fd < 0)
		return -1;
	if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter,
		       sizeof(filter)) ||
	    bind_there(fd, client) || listen(fd, 1))
		return give_up(fd);
	return fd;
}

int open_raw(const union endpoint *client)
{
	union endpoint address = *client;
	int fd = socket(client->any.sa_family, SOCK_RAW, IPPROTO_TCP);

	if (fd < 0)
		return -1;
	address.in.sin_port = 0;
	/* Bound, it sees only what is sent to the client. */
	if (bind(fd, &address.any, size_of(&address)))
		return give_up(fd);
	return fd;
}

static void put16(uint8_t *at, unsigned int value)
{
	at[0] = value >> 8;
	at[1] = value;
}

static void put32(uint8_t *at, uint32_t value)
{
	put16(at, value >> 16);
	put16(at + 2, value & 0xffff);
}

static unsigned int get16(const uint8_t *at)
{
	return at[0] << 8 | at[1];
}

static uint32_t get32(const uint8_t *at)
{
	return (uint32_t)get16(at) << 16 | get16(at + 2);
}

static uint32_t add_words(uint32_t sum, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;
	size_t i;

	for (i = 0; i + 1 < length; i += 2)
		sum += get16(at + i);
	return sum;
}

static uint32_t add_address(uint32_t sum, const union endpoint *address)
{
	if (address->any.sa_family == AF_INET)
		return add_words(sum, &address->in.sin_addr, 4);
	return add_words(sum, &address->in6.sin6_addr, 16);
}

/* RFC 9293, 3.1: over the segment and a pseudo header. @length is even. */
static unsigned int checksum(const union endpoint *client,
			     const union endpoint *server,
			     const uint8_t *segment, size_t length)
{
	uint32_t sum = IPPROTO_TCP + length;

	sum = add_address(sum, client);
	sum = add_address(sum, server);
	sum = add_words(sum, segment, length);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

static int send_segment(int raw, const union endpoint *client,
			const union endpoint *server, unsigned int flags,
			uint32_t sequence, uint32_t acknowledged,
			const uint8_t *options, size_t options_length)
{
	uint8_t segment[TCP_HEADER + MOST_OPTION_BYTES];
	size_t length = TCP_HEADER + (options_length + 3) / 4 * 4;
	union endpoint to = *server;

	if (length > sizeof(segment)) {
		errno = EMSGSIZE;
		return -1;
	}
	memset(segment, 0, TCP_HEADER);
	put16(segment, port_of(client));
	put16(segment + 2, port_of(server));
	put32(segment + 4, sequence);
	put32(segment + 8, acknowledged);
	segment[12] = length / 4 << 4;
	segment[13] = flags;
	put16(segment + 14, 0xffff);
	if (options_length)
		memcpy(segment + TCP_HEADER, options, options_length);
	memset(segment + TCP_HEADER + options_length, 1,
	       length - TCP_HEADER - options_length);
	put16(segment + 16, checksum(client, server, segment, length));

	/* A port is not for raw sockets: IPv6 takes it for a protocol. */
	to.in.sin_port = 0;
	return sendto(raw, segment, length, 0, &to.any, size_of(&to)) < 0 ? -1 : 0;
}

/* Waits for the answer to our SYN, and gives its sequence number. */
static int await_syn_ack(int raw, const union endpoint *client,
			 const union endpoint *server, uint32_t *sequence)
{
	struct pollfd readable = { raw, POLLIN, 0 };
	uint8_t packet[512];

	while (poll(&readable, 1, PATIENCE_MS) > 0) {
		ssize_t length = recv(raw, packet, sizeof(packet), 0);
		const uint8_t *tcp = packet;

		if (length < 0)
			return -1;
		/* IPv4 gives its own header too, IPv6 does not. */
		if (client->any.sa_family == AF_INET)
			tcp += (packet[0] & 15) * 4;
		if (packet + length < tcp + TCP_HEADER ||
		    get16(tcp) != port_of(server) ||
		    get16(tcp + 2) != port_of(client) ||
		    get32(tcp + 8) != FIRST_SEQUENCE + 1)
			continue;
		/* A refusal has no sequence number; a late reset has one. */
		if ((tcp[13] & RST) && get32(tcp + 4) == 0) {
			errno = ECONNREFUSED;
			return -1;
		}
		if ((tcp[13] & (SYN | ACK)) != (SYN | ACK))
			continue;
		*sequence = get32(tcp + 4);
		return 0;
	}
	errno = ETIMEDOUT;
	return -1;
}

int open_half(int raw, const union endpoint *client,
	      const union endpoint *server, const uint8_t *options,
	      size_t length, uint32_t *theirs)
{
	uint8_t unread[64];

	/* What an earlier connection from here was sent last. */
	while (recv(raw, unread, sizeof(unread), MSG_DONTWAIT) >= 0)
		;
	if (send_segment(raw, client, server, SYN, FIRST_SEQUENCE, 0, options,
			 length))
		return -1;
	return await_syn_ack(raw, client, server, theirs);
}

int complete(int raw, const union endpoint *client,
	     const union endpoint *server, const uint8_t *options,
	     size_t length, uint32_t theirs)
{
	return send_segment(raw, client, server, ACK, FIRST_SEQUENCE + 1,
			    theirs + 1, options, length);
}
