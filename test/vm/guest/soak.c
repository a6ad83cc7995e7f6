// Connections without end: `soak COUNT CYCLES SEED`. Two processes open COUNT connections between them, of all families,
// eight in ten with an option, one in ten with a broken one, and look at the peer's address at once and again at the
// end of the connection. Then the module is loaded and unloaded CYCLES times while they go on. At the end, what the
// kernel's allocator has more than before. Exit status 1: a wrong address, which is printed.
#define _GNU_SOURCE
#include "../../../kernel/selftest/handshake.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 2, SLOTS = 96, KINDS_OF_PATH = 3, WARM_UP = 500 };

struct slot {
	int path;
	int deaf;
	int fd;
	union endpoint client;
	// What the peer must be; when the module comes and goes, the proxy will do as well.
	union endpoint expected;
};

struct path {
	int client_family, listener_family;
	int raw, listener;
	union endpoint server;
};

static struct path paths[KINDS_OF_PATH] = {{.client_family = AF_INET, .listener_family = AF_INET},
					   {.client_family = AF_INET, .listener_family = AF_INET6},
					   {.client_family = AF_INET6, .listener_family = AF_INET6}};
static struct slot slots[SLOTS];
static int module_comes_and_goes;
static uint32_t state;

static int need(int result, const char *what)
{
	if (result >= 0)
		return result;
	printf("%s: %s\n", what, strerror(errno));
	exit(2);
}

static unsigned int below(unsigned int limit)
{
	state = state * 1664525u + 1013904223u;
	return (state >> 8) % limit;
}

// An address of one's own for each worker, so that its raw socket hears nothing else.
static union endpoint client_address(int family, int worker)
{
	union endpoint address = loopback(family);

	if (family == AF_INET)
		address.in.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + worker);
	return address;
}

static void open_paths(int worker)
{
	union endpoint client, any;
	int i;

	for (i = 0; i < KINDS_OF_PATH; i++) {
		struct path *path = &paths[i];

		client = client_address(path->client_family, worker);
		path->raw = need(open_raw(&client), "raw");
		path->server = loopback(path->client_family);
		any = path->server;
		if (path->listener_family != path->client_family)
			any = (union endpoint){.in6 = {.sin6_family = AF_INET6}};
		path->listener = need(open_listener(&any, 0), "listener");
		path->server.in.sin_port = any.in.sin_port;
	}
	for (i = 0; i < SLOTS; i++) {
		slots[i].path = i % KINDS_OF_PATH;
		slots[i].client = client_address(paths[slots[i].path].client_family, worker);
		slots[i].deaf = need(open_deaf_listener(&slots[i].client), "deaf");
		slots[i].fd = -1;
	}
}

static union endpoint mapped(const union endpoint *ipv4)
{
	union endpoint address = {.in6 = {.sin6_family = AF_INET6, .sin6_port = ipv4->in.sin_port}};

	memset(&address.in6.sin6_addr.s6_addr[10], 0xff, 2);
	memcpy(&address.in6.sin6_addr.s6_addr[12], &ipv4->in.sin_addr, 4);
	return address;
}

static union endpoint proxy_of(const struct slot *slot)
{
	const struct path *path = &paths[slot->path];

	return path->client_family == path->listener_family ? slot->client : mapped(&slot->client);
}

// An option in one of its forms, and who the peer must be then.
static size_t make_option(const struct slot *slot, uint8_t *bytes, union endpoint *expected)
{
	int ipv6_listener = paths[slot->path].listener_family == AF_INET6;
	int form = below(10), ipv6_client = ipv6_listener && below(2);
	size_t nops = below(4), length = nops + (ipv6_client ? 20 : 8), i;
	union endpoint claimed = {.in = {.sin_family = AF_INET}};
	uint8_t *option = bytes + nops;

	*expected = proxy_of(slot);
	if (form == 0)
		return 0;
	for (i = 0; i < MOST_OPTION_BYTES; i++)
		bytes[i] = below(256);
	memset(bytes, 1, nops);
	option[0] = below(2) ? 200 : 254;
	option[1] = ipv6_client ? 20 : 8;
	// Too short, too long for the header, or one of the lengths that are nobody's.
	if (form == 1) {
		option[1] = below(3) ? 2 + below(6) : 200 + below(50);
		return nops + option[1] < MOST_OPTION_BYTES ? nops + option[1] : length;
	}
	memcpy(&claimed.in.sin_port, option + 2, 2);
	memcpy(&claimed.in.sin_addr, option + 4, 4);
	*expected = ipv6_listener ? mapped(&claimed) : claimed;
	if (ipv6_client)
		memcpy(&expected->in6.sin6_addr, option + 4, 16);
	return length;
}

static int same(const union endpoint *a, const union endpoint *b)
{
	if (a->any.sa_family != b->any.sa_family || a->in.sin_port != b->in.sin_port)
		return 0;
	if (a->any.sa_family == AF_INET)
		return a->in.sin_addr.s_addr == b->in.sin_addr.s_addr;
	return !memcmp(&a->in6.sin6_addr, &b->in6.sin6_addr, 16);
}

static void print_endpoint(const char *label, const union endpoint *address)
{
	char text[INET6_ADDRSTRLEN];
	int v4 = address->any.sa_family == AF_INET;

	inet_ntop(address->any.sa_family, v4 ? (void *)&address->in.sin_addr : (void *)&address->in6.sin6_addr, text,
		  sizeof(text));
	printf(" %s %s:%d", label, text, ntohs(address->in.sin_port));
}

static void check(const struct slot *slot, const char *when, const union endpoint *peer)
{
	union endpoint proxy = proxy_of(slot);

	if (same(peer, &slot->expected) || (module_comes_and_goes && same(peer, &proxy)))
		return;
	printf("WRONG %s:", when);
	print_endpoint("peer", peer);
	print_endpoint("expected", &slot->expected);
	print_endpoint("proxy", &proxy);
	printf("\n");
	exit(1);
}

static void check_peer(const struct slot *slot, const char *when)
{
	union endpoint peer;
	socklen_t size = sizeof(peer);

	need(getpeername(slot->fd, &peer.any, &size), "getpeername");
	check(slot, when, &peer);
}

static void finish(struct slot *slot)
{
	struct linger reset = {1, 0};

	check_peer(slot, "at the end");
	setsockopt(slot->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	close(slot->fd);
	slot->fd = -1;
}

static void begin(struct slot *slot)
{
	const struct path *path = &paths[slot->path];
	uint8_t bytes[MOST_OPTION_BYTES];
	union endpoint peer;
	socklen_t size = sizeof(peer);
	size_t length = make_option(slot, bytes, &slot->expected);
	uint32_t theirs;

	need(open_half(path->raw, &slot->client, &path->server, NULL, 0, &theirs), "SYN");
	need(complete(path->raw, &slot->client, &path->server, bytes, length, theirs), "ACK");
	slot->fd = need(accept(path->listener, &peer.any, &size), "accept");
	check(slot, "accepted", &peer);
	check_peer(slot, "asked");
}

static volatile sig_atomic_t stop;

static void on_term(int signal)
{
	(void)signal;
	stop = 1;
}

// Until `count` connections, or without end when it is negative.
static void work(int worker, long count, uint32_t seed)
{
	long done;
	int i;

	state = seed * 2654435761u + worker;
	open_paths(worker);
	for (done = 0; done != count && !stop; done++) {
		struct slot *slot = &slots[below(SLOTS)];

		if (slot->fd >= 0)
			finish(slot);
		begin(slot);
	}
	for (i = 0; i < SLOTS; i++)
		if (slots[i].fd >= 0)
			finish(&slots[i]);
	printf("worker %d: %ld connections\n", worker, done);
	exit(0);
}

static void start(pid_t *workers, long count, uint32_t seed)
{
	int i;

	for (i = 0; i < WORKERS; i++) {
		workers[i] = fork();
		if (!workers[i])
			work(i, count, seed);
	}
}

static void end(const pid_t *workers)
{
	int i, status, worst = 0;

	for (i = 0; i < WORKERS; i++) {
		waitpid(workers[i], &status, 0);
		if (!WIFEXITED(status) || WEXITSTATUS(status))
			worst = WIFEXITED(status) ? WEXITSTATUS(status) : 3;
	}
	if (worst)
		exit(worst);
}

static void load(void)
{
	int fd = need(open("/toa.ko", O_RDONLY), "/toa.ko");

	need(syscall(SYS_finit_module, fd, "", 0), "load");
	close(fd);
}

static void unload(void)
{
	need(syscall(SYS_delete_module, "toa", O_NONBLOCK), "unload");
}

static void cycle(long cycles, uint32_t seed)
{
	pid_t workers[WORKERS];
	long i;

	module_comes_and_goes = 1;
	start(workers, -1, seed);
	for (i = 0; i < cycles; i++) {
		unload();
		usleep(below(2000));
		load();
		usleep(below(2000));
	}
	for (i = 0; i < WORKERS; i++)
		kill(workers[i], SIGTERM);
	end(workers);
	module_comes_and_goes = 0;
	printf("cycles %ld\n", cycles);
}

// Asks every cache to give back what it only keeps at hand, so that what is left is in use.
static void shrink_caches(void)
{
	glob_t found;
	size_t i;

	if (glob("/sys/kernel/slab/*/shrink", 0, NULL, &found))
		return;
	for (i = 0; i < found.gl_pathc; i++) {
		int fd = open(found.gl_pathv[i], O_WRONLY);

		if (fd >= 0 && write(fd, "1", 1) > 0)
			close(fd);
	}
	globfree(&found);
}

struct cache {
	char name[40];
	long objects;
};

enum { CACHES = 400 };

static void read_caches(struct cache *caches)
{
	FILE *file = fopen("/proc/slabinfo", "r");
	char line[512];
	int i = 0;

	// What waits for its grace period goes first.
	sleep(2);
	shrink_caches();
	while (file && i < CACHES - 1 && fgets(line, sizeof(line), file))
		if (sscanf(line, "%39s %ld", caches[i].name, &caches[i].objects) == 2)
			i++;
	if (file)
		fclose(file);
}

static void print_growth(const struct cache *before, const struct cache *after)
{
	int i, j;

	for (i = 0; i < CACHES && *after[i].name; i++)
		for (j = 0; j < CACHES && *before[j].name; j++)
			if (!strcmp(before[j].name, after[i].name) && after[i].objects != before[j].objects)
				printf("slab %s %ld %ld\n", after[i].name, before[j].objects, after[i].objects);
}

static void print_file(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[512];

	while (file && fgets(line, sizeof(line), file))
		fputs(line, stdout);
	if (file)
		fclose(file);
}

int main(int argc, char **argv)
{
	static struct cache before[CACHES], after[CACHES];
	long count = argc > 1 ? atol(argv[1]) : 1000, cycles = argc > 2 ? atol(argv[2]) : 10;
	uint32_t seed = argc > 3 ? atol(argv[3]) : 1;
	pid_t workers[WORKERS];

	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGTERM, on_term);
	mkdir("/sys", 0755);
	mount("sysfs", "/sys", "sysfs", 0, NULL);

	start(workers, WARM_UP, seed);
	end(workers);
	unload();
	read_caches(before);
	load();
	start(workers, count / WORKERS, seed + 1);
	end(workers);
	print_file("/proc/net/toa_stats");
	cycle(cycles, seed + 2);
	unload();
	read_caches(after);
	print_growth(before, after);
	print_file("/proc/net/sockstat");
	load();
	return 0;
}
