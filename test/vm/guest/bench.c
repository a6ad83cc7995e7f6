// What a module costs: `bench COUNT MODULE.ko...`. Under QEMU's -icount an instruction takes a nanosecond of the guest's
// clock, so the clock counts instructions. Each line: MODULE, what was done, the median of COUNT times. How long the
// kernel's chains are depends on the ports that it chose, so the least median of several sets of ports is taken.
#include "../../../kernel/selftest/handshake.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 20000, CALLS = 20, SETS = 8 };

struct options {
	size_t length;
	uint8_t bytes[12];
};

static const struct options none, client = {8, {254, 8, 0x12, 0x34, 203, 0, 113, 7}},
				  timestamps = {12, {1, 1, 8, 10, 0, 0, 0, 1}};
static long times[MOST];
static int count;

struct path {
	union endpoint client, server;
	int raw, deaf, listener;
};

static int need(int result, const char *what)
{
	if (result >= 0)
		return result;
	perror(what);
	exit(1);
}

static struct path open_path(int family)
{
	struct path path = {.client = loopback(family), .server = loopback(family)};

	path.listener = need(open_listener(&path.server, 0), "listener");
	path.raw = need(open_raw(&path.client), "raw");
	path.deaf = need(open_deaf_listener(&path.client), "deaf");
	return path;
}

static void close_path(const struct path *path)
{
	close(path->listener);
	close(path->raw);
	close(path->deaf);
}

static long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000l + time.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;

	return (x > y) - (x < y);
}

static long median(void)
{
	qsort(times, count, sizeof(*times), by_size);
	return times[count / 2];
}

static int arrive(const struct path *path, const struct options *options, union endpoint *peer)
{
	socklen_t size = sizeof(*peer);
	uint32_t theirs;

	need(open_half(path->raw, &path->client, &path->server, NULL, 0, &theirs), "SYN");
	need(complete(path->raw, &path->client, &path->server, options->bytes, options->length, theirs), "ACK");
	return need(accept(path->listener, peer ? &peer->any : NULL, peer ? &size : NULL), "accept");
}

static void reset(int fd)
{
	struct linger linger = {1, 0};

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	close(fd);
}

// From the SYN to the close. `asks`: with the two calls that name the peer, as the servers of most people do.
static long connections(const struct options *options, int asks)
{
	struct path path = open_path(AF_INET);
	union endpoint peer;
	int i;

	for (i = -100; i < count; i++) {
		long start = now();
		int fd = arrive(&path, options, asks ? &peer : NULL);
		socklen_t size = sizeof(peer);

		if (asks)
			getpeername(fd, &peer.any, &size);
		reset(fd);
		if (i >= 0)
			times[i] = now() - start;
	}
	close_path(&path);
	return median();
}

static long peers(int family, const struct options *options)
{
	struct path path = open_path(family);
	union endpoint peer;
	int fd = arrive(&path, options, &peer), i, call;

	for (i = 0; i < count; i++) {
		long start = now();

		for (call = 0; call < CALLS; call++) {
			socklen_t size = sizeof(peer);

			getpeername(fd, &peer.any, &size);
		}
		times[i] = now() - start;
	}
	reset(fd);
	close_path(&path);
	return median() / CALLS;
}

static const struct {
	const char *name;
	// 0: a connection; else getpeername() on a socket of this family
	int family;
	const struct options *options;
	int asks;
} measures[] = {
	{"connection-plain", 0, &none, 0},
	{"connection-plain-asked", 0, &none, 1},
	{"connection-timestamps", 0, &timestamps, 0},
	{"connection-option", 0, &client, 0},
	{"connection-option-asked", 0, &client, 1},
	{"getpeername-plain", AF_INET, &none, 0},
	{"getpeername-option", AF_INET, &client, 0},
	{"getpeername-ipv6-option", AF_INET6, &client, 0},
};

static void measure(const char *module)
{
	size_t i;
	int set;

	for (i = 0; i < sizeof(measures) / sizeof(*measures); i++) {
		long least = 0;

		for (set = 0; set < SETS; set++) {
			long one = measures[i].family ? peers(measures[i].family, measures[i].options)
						      : connections(measures[i].options, measures[i].asks);

			if (!set || one < least)
				least = one;
		}
		printf("%s %s %ld\n", module, measures[i].name, least);
	}
}

static void load(const char *file)
{
	int fd = need(open(file, O_RDONLY), file);

	need(syscall(SYS_finit_module, fd, "", 0), file);
	close(fd);
}

static void unload(const char *file)
{
	char name[64];

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(file + 1, "."), file + 1);
	need(syscall(SYS_delete_module, name, O_NONBLOCK), name);
}

int main(int argc, char **argv)
{
	int i;

	setvbuf(stdout, NULL, _IOLBF, 0);
	count = argc > 1 ? atoi(argv[1]) : 0;
	if (count < 1 || count > MOST)
		return 2;
	// The guest starts with it.
	unload("/toa.ko");
	measure("none");
	for (i = 2; i < argc; i++) {
		load(argv[i]);
		measure(argv[i] + 1);
		unload(argv[i]);
	}
	measure("none-again");
	load("/toa.ko");
	return 0;
}
