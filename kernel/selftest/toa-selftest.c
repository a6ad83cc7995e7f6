// SPDX-License-Identifier: GPL-2.0
/*
 * toa-selftest - does this host show the client's address?
 *
 * Opens connections to itself whose handshake carries a TOA option, as those of
 * a load balancer do, and prints what accept() and getpeername() say. It needs
 * no network and no load balancer, and leaves nothing behind; it does need root,
 * to send such a handshake.
 *
 *	gcc -o toa-selftest toa-selftest.c handshake.c
 *	sudo ./toa-selftest
 */
#include "handshake.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ACCEPT_MS 2000

enum status {
	RIGHT = 0,
	WRONG = 1,
	NOT_RUN = 2,
};

static const char usage[] =
	"toa-selftest [-k KIND] [-c CLIENT]... [FAMILY...]\n"
	"\n"
	"  -k KIND    the kind of the option, 254 by default\n"
	"  -c CLIENT  the client to claim, ADDRESS:PORT or [ADDRESS]:PORT; by default\n"
	"             203.0.113.7:4660 (ipv4, dual-stack), [2001:db8::7]:4660 (ipv6)\n"
	"  FAMILY     ipv4, dual-stack (an IPv4 connection to an IPv6 listener), ipv6;\n"
	"             by default all that the host has\n"
	"\n"
	"One line for each family: family=ipv4 result=right accept=... getpeername=...\n"
	"Ends with 0: all right; 1: a wrong address; 2: could not run.\n";

struct test {
	const char *name;
	int client_family;
	int listener_family;
	int wanted;
};

static struct test tests[] = {
	{ "ipv4", AF_INET, AF_INET, 0 },
	{ "dual-stack", AF_INET, AF_INET6, 0 },
	{ "ipv6", AF_INET6, AF_INET6, 0 },
};

#define TESTS (sizeof(tests) / sizeof(tests[0]))

struct claim {
	unsigned int kind;
	union endpoint ipv4;
	union endpoint ipv6;
};

/* ADDRESS:PORT, as the usage text has it. */
static int read_endpoint(const char *text, union endpoint *endpoint)
{
	char address[INET6_ADDRSTRLEN + 2], *host = address, *end;
	const char *colon = strrchr(text, ':');
	unsigned long port;
	size_t length;

	if (!colon || (size_t)(colon - text) >= sizeof(address))
		return -1;
	length = colon - text;
	memcpy(address, text, length);
	address[length] = '\0';
	port = strtoul(colon + 1, &end, 10);
	if (end == colon + 1 || *end || port > 65535)
		return -1;

	memset(endpoint, 0, sizeof(*endpoint));
	/* The port is at the same place in both families. */
	endpoint->in.sin_port = htons(port);
	if (length > 1 && address[0] == '[' && address[length - 1] == ']') {
		address[length - 1] = '\0';
		host++;
		endpoint->any.sa_family = AF_INET6;
		return inet_pton(AF_INET6, host, &endpoint->in6.sin6_addr) - 1;
	}
	endpoint->any.sa_family = AF_INET;
	return inet_pton(AF_INET, host, &endpoint->in.sin_addr) - 1;
}

/* The form that all tools print: a.b.c.d:port, [::1]:port. */
static void print_endpoint(const char *label, const union endpoint *endpoint)
{
	char text[INET6_ADDRSTRLEN];

	if (endpoint->any.sa_family == AF_INET)
		printf(" %s=%s:%d", label,
		       inet_ntop(AF_INET, &endpoint->in.sin_addr, text,
				 sizeof(text)),
		       ntohs(endpoint->in.sin_port));
	else
		printf(" %s=[%s]:%d", label,
		       inet_ntop(AF_INET6, &endpoint->in6.sin6_addr, text,
				 sizeof(text)),
		       ntohs(endpoint->in6.sin6_port));
}

/* kind, length, port, address; returns the length. */
static size_t make_option(unsigned int kind, const union endpoint *client,
			  uint8_t *option)
{
	const void *address = &client->in6.sin6_addr;
	size_t size = 16;

	if (client->any.sa_family == AF_INET) {
		address = &client->in.sin_addr;
		size = 4;
	}
	option[0] = kind;
	option[1] = 4 + size;
	memcpy(option + 2, &client->in.sin_port, 2);
	memcpy(option + 4, address, size);
	return 4 + size;
}

/* An IPv6 socket reports an IPv4 client as ::ffff:a.b.c.d. */
static union endpoint as_reported(const union endpoint *client, int family)
{
	union endpoint mapped;

	if (client->any.sa_family == family)
		return *client;
	memset(&mapped, 0, sizeof(mapped));
	mapped.in6.sin6_family = AF_INET6;
	mapped.in6.sin6_port = client->in.sin_port;
	memset(&mapped.in6.sin6_addr.s6_addr[10], 0xff, 2);
	memcpy(&mapped.in6.sin6_addr.s6_addr[12], &client->in.sin_addr, 4);
	return mapped;
}

static int same(const union endpoint *a, const union endpoint *b)
{
	if (a->any.sa_family != b->any.sa_family ||
	    a->in.sin_port != b->in.sin_port)
		return 0;
	if (a->any.sa_family == AF_INET)
		return a->in.sin_addr.s_addr == b->in.sin_addr.s_addr;
	return !memcmp(&a->in6.sin6_addr, &b->in6.sin6_addr, 16);
}

static enum status not_run(const char *family, const char *what)
{
	printf("family=%s result=not-run reason=\"%s: %s\"\n", family, what,
	       strerror(errno));
	return NOT_RUN;
}

/* A reset instead of a farewell: nobody is there to hear it. */
static void reset(int fd)
{
	struct linger linger = { 1, 0 };

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	close(fd);
}

static enum status examine(const struct test *test, int listener,
			   const union endpoint *claimed)
{
	struct pollfd readable = { listener, POLLIN, 0 };
	union endpoint accepted, peer, expected;
	socklen_t size = sizeof(accepted);
	int fd, right;

	/* The handshake is done, unless someone dropped our ACK. */
	if (poll(&readable, 1, ACCEPT_MS) == 0) {
		errno = ETIMEDOUT;
		return not_run(test->name, "accept");
	}
	fd = accept(listener, &accepted.any, &size);
	if (fd < 0)
		return not_run(test->name, "accept");
	size = sizeof(peer);
	if (getpeername(fd, &peer.any, &size)) {
		reset(fd);
		return not_run(test->name, "getpeername");
	}
	reset(fd);

	expected = as_reported(claimed, test->listener_family);
	right = same(&accepted, &expected) && same(&peer, &expected);
	printf("family=%s result=%s", test->name, right ? "right" : "wrong");
	print_endpoint("expected", &expected);
	print_endpoint("accept", &accepted);
	print_endpoint("getpeername", &peer);
	printf("\n");
	return right ? RIGHT : WRONG;
}

/* With everything open: the handshake, and a look at what came of it. */
static enum status connect_and_examine(const struct test *test, int raw,
				       int listener,
				       const union endpoint *client,
				       const union endpoint *server,
				       const struct claim *claim)
{
	const union endpoint *claimed = test->client_family == AF_INET ?
					&claim->ipv4 : &claim->ipv6;
	uint8_t option[MOST_OPTION_BYTES];
	size_t length = make_option(claim->kind, claimed, option);
	uint32_t theirs;

	if (open_half(raw, client, server, NULL, 0, &theirs) ||
	    complete(raw, client, server, option, length, theirs))
		return not_run(test->name, "handshake");
	return examine(test, listener, claimed);
}

static enum status run(const struct test *test, const struct claim *claim)
{
	union endpoint client = loopback(test->client_family);
	union endpoint server = loopback(test->client_family);
	union endpoint listening = server;
	int raw, deaf, listener;
	enum status status = NOT_RUN;

	if (test->listener_family != test->client_family) {
		memset(&listening, 0, sizeof(listening));
		listening.in6.sin6_family = AF_INET6;
	}
	listener = open_listener(&listening, 0);
	if (listener < 0)
		return not_run(test->name, "listen");
	server.in.sin_port = listening.in.sin_port;
	raw = open_raw(&client);
	if (raw < 0) {
		not_run(test->name, "raw socket (are you root?)");
		goto close_listener;
	}
	deaf = open_deaf_listener(&client);
	if (deaf < 0) {
		not_run(test->name, "socket with a filter");
		goto close_raw;
	}
	status = connect_and_examine(test, raw, listener, &client, &server,
				     claim);
	close(deaf);
close_raw:
	close(raw);
close_listener:
	close(listener);
	return status;
}

/* IPv6 may be absent, or switched off on loopback. */
static int has_family(int family)
{
	union endpoint address = loopback(family);
	int fd = open_listener(&address, 0);

	if (fd < 0)
		return 0;
	close(fd);
	return 1;
}

static void want(const char *name)
{
	size_t i;

	for (i = 0; i < TESTS; i++)
		if (!strcmp(name, tests[i].name))
			break;
	if (i == TESTS) {
		fprintf(stderr, "toa-selftest: unknown family '%s'\n%s", name,
			usage);
		exit(NOT_RUN);
	}
	tests[i].wanted = 1;
}

static void want_all(void)
{
	int ipv6 = has_family(AF_INET6);
	size_t i;

	for (i = 0; i < TESTS; i++)
		tests[i].wanted = ipv6 || tests[i].listener_family == AF_INET;
}

static void bad_value(const char *value)
{
	fprintf(stderr, "toa-selftest: cannot read '%s'\n%s", value, usage);
	exit(NOT_RUN);
}

static void claim_client(struct claim *claim, const char *text)
{
	union endpoint client;

	if (read_endpoint(text, &client))
		bad_value(text);
	if (client.any.sa_family == AF_INET)
		claim->ipv4 = client;
	else
		claim->ipv6 = client;
}

static unsigned int read_kind(const char *text)
{
	char *end;
	unsigned long kind = strtoul(text, &end, 10);

	/* 0 and 1 are the end of the options and the NOP, which have no length */
	if (end == text || *end || kind < 2 || kind > 255)
		bad_value(text);
	return kind;
}

/* Why an address may be wrong although the module works: for people. */
static void explain(void)
{
	char trusted[4096] = "";
	FILE *file;

	if (access("/sys/module/toa", F_OK)) {
		fprintf(stderr, "toa-selftest: the module toa is not loaded\n");
		return;
	}
	file = fopen("/sys/module/toa/parameters/trusted", "r");
	if (!file)
		return;
	if (fgets(trusted, sizeof(trusted), file) && trusted[0] != '\n')
		fprintf(stderr,
			"toa-selftest: the module trusts only %stoa-selftest: this test comes from 127.0.0.1 and ::1; trust them, too, while it runs\n",
			trusted);
	fclose(file);
}

int main(int argc, char **argv)
{
	enum status worst = RIGHT;
	struct claim claim;
	size_t i;
	int option;

	/* in order with what goes to stderr, when both go to one place */
	setvbuf(stdout, NULL, _IOLBF, 0);
	claim.kind = 254;
	claim_client(&claim, "203.0.113.7:4660");
	claim_client(&claim, "[2001:db8::7]:4660");
	while ((option = getopt(argc, argv, "k:c:")) != -1) {
		switch (option) {
		case 'k':
			claim.kind = read_kind(optarg);
			break;
		case 'c':
			claim_client(&claim, optarg);
			break;
		default:
			fputs(usage, stderr);
			return NOT_RUN;
		}
	}
	if (optind == argc)
		want_all();
	for (; optind < argc; optind++)
		want(argv[optind]);

	for (i = 0; i < TESTS; i++) {
		enum status status = RIGHT;

		if (tests[i].wanted)
			status = run(&tests[i], &claim);
		/* A wrong address says more than a test that could not run. */
		if (status == WRONG || worst == RIGHT)
			worst = status;
	}
	if (worst == WRONG)
		explain();
	return worst;
}
