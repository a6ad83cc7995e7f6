/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A TCP handshake made by hand, so that its last segment can carry an option
 * that no TCP sends by itself. See handshake.c for how.
 */
#ifndef TOA_HANDSHAKE_H
#define TOA_HANDSHAKE_H

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

/* What a TCP header has room for. */
#define MOST_OPTION_BYTES 40

union endpoint {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
};

/* Loopback of AF_INET or AF_INET6, port 0. */
union endpoint loopback(int family);

/*
 * The functions below return a descriptor, or 0; -1 with errno set on failure.
 */

/* Listens at @address; a port of 0 is replaced by the one that it got. */
int open_listener(union endpoint *address, int v6only);

/* Keeps the kernel quiet at @client, in the same way; close it at the end. */
int open_deaf_listener(union endpoint *client);

/* Sends and receives segments as @client; its port does not matter. */
int open_raw(const union endpoint *client);

/*
 * The two halves of a handshake from @client, which is kept quiet, to @server.
 * The first sends a SYN and gives the sequence number of the answer, which the
 * second acknowledges. Each sends @options, padded with NOPs to a multiple of 4.
 */
int open_half(int raw, const union endpoint *client,
	      const union endpoint *server, const uint8_t *options,
	      size_t length, uint32_t *theirs);
int complete(int raw, const union endpoint *client,
	     const union endpoint *server, const uint8_t *options,
	     size_t length, uint32_t theirs);

#endif
