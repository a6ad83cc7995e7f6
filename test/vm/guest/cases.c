// What may happen to a connection whose handshake carried an option, one case a run: `cases NAME`. Each prints who
// accept() and getpeername() say the peer is, and at the end which of the module's counters moved.
#define _GNU_SOURCE
#include "../../../kernel/selftest/handshake.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/tls.h>
#include <net/if.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KIND = 254, MPTCP = 262, KIND_FAST_OPEN = 34 };

// One connection: the client's side made by hand, the server's a listener.
struct path {
	union endpoint client, server;
	int raw, deaf, listener;
};

static void reset(int fd)
{
	struct linger linger = {1, 0};

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	close(fd);
}

// What take() has accepted.
static int accepted = -1;

// Ends the connection first. Closed by exit() it would wait for an answer to its FIN, and be destroyed while the next cases
// count how many are.
static void fail(const char *what)
{
	printf("%s: %s\n", what, strerror(errno));
	if (accepted >= 0)
		reset(accepted);
	exit(1);
}

static int need(int result, const char *what)
{
	if (result < 0)
		fail(what);
	return result;
}

static void open_client(struct path *path)
{
	path->client = loopback(path->server.any.sa_family);
	path->raw = need(open_raw(&path->client), "raw socket");
	path->deaf = need(open_deaf_listener(&path->client), "deaf listener");
}

static struct path open_path(int client_family, int listener_family)
{
	struct path path = {.server = loopback(client_family)};
	union endpoint any = {.in6 = {.sin6_family = AF_INET6}};

	if (client_family != listener_family) {
		path.listener = need(open_listener(&any, 0), "listener");
		path.server.in.sin_port = any.in.sin_port;
	} else {
		path.listener = need(open_listener(&path.server, 0), "listener");
	}
	open_client(&path);
	return path;
}

// 203.0.113.7 or 2001:db8::7, and a port of one's own.
static size_t option(uint8_t *bytes, int family, int port)
{
	bytes[0] = KIND;
	bytes[1] = family == AF_INET ? 8 : 20;
	bytes[2] = port >> 8;
	bytes[3] = port;
	inet_pton(family, family == AF_INET ? "203.0.113.7" : "2001:db8::7", bytes + 4);
	return bytes[1];
}

static void say(const struct path *path, const char *label, const union endpoint *peer)
{
	int v4 = peer->any.sa_family == AF_INET;
	char text[INET6_ADDRSTRLEN];

	inet_ntop(peer->any.sa_family, v4 ? (void *)&peer->in.sin_addr : (void *)&peer->in6.sin6_addr, text, sizeof(text));
	if (peer->in.sin_port == path->client.in.sin_port)
		printf("%s=%s:proxy\n", label, text);
	else if (peer->in.sin_port == path->server.in.sin_port)
		printf("%s=%s:server\n", label, text);
	else
		printf("%s=%s:%d\n", label, text, ntohs(peer->in.sin_port));
}

static void ask(const struct path *path, const char *label, int fd)
{
	union endpoint peer;
	socklen_t size = sizeof(peer);

	if (getpeername(fd, &peer.any, &size))
		printf("%s: %s\n", label, strerror(errno));
	else
		say(path, label, &peer);
}

static int take(const struct path *path)
{
	union endpoint peer;
	socklen_t size = sizeof(peer);

	accepted = need(accept(path->listener, &peer.any, &size), "accept");
	say(path, "accept", &peer);
	return accepted;
}

static void connect_with(const struct path *path, int family, int port)
{
	uint8_t bytes[MOST_OPTION_BYTES];
	size_t length = option(bytes, family, port);
	uint32_t theirs;

	need(open_half(path->raw, &path->client, &path->server, NULL, 0, &theirs), "SYN");
	need(complete(path->raw, &path->client, &path->server, bytes, length, theirs), "ACK");
}

static int arrive(const struct path *path, int family)
{
	connect_with(path, family, 4660);
	return take(path);
}

static void write_file(const char *path, const char *text)
{
	int fd = need(open(path, O_WRONLY), path);

	need(write(fd, text, strlen(text)), path);
	close(fd);
}

// A counter of /proc/net/netstat: a line of names, then a line of numbers.
static long netstat(const char *wanted)
{
	static char names[8192], numbers[8192];
	FILE *file = fopen("/proc/net/netstat", "r");
	char *name, *number, *rest_of_names, *rest_of_numbers;
	long found = -1;

	while (file && fgets(names, sizeof(names), file) && fgets(numbers, sizeof(numbers), file)) {
		name = strtok_r(names, " \n", &rest_of_names);
		number = strtok_r(numbers, " \n", &rest_of_numbers);
		for (; name && number; name = strtok_r(NULL, " \n", &rest_of_names)) {
			if (!strcmp(name, wanted))
				found = atol(number);
			number = strtok_r(NULL, " \n", &rest_of_numbers);
		}
	}
	if (file)
		fclose(file);
	return found;
}

static void once(int client_family, int listener_family, int option_family)
{
	struct path path = open_path(client_family, listener_family);
	int fd = arrive(&path, option_family);

	ask(&path, "getpeername", fd);
	reset(fd);
}

static void native_ipv6(void)
{
	once(AF_INET6, AF_INET6, AF_INET6);
	once(AF_INET6, AF_INET6, AF_INET);
}

static void dual_stack(void)
{
	once(AF_INET, AF_INET6, AF_INET);
	once(AF_INET, AF_INET6, AF_INET6);
}

static void syncookies(void)
{
	long before = netstat("SyncookiesRecv");

	write_file("/proc/sys/net/ipv4/tcp_syncookies", "2");
	once(AF_INET, AF_INET, AF_INET);
	once(AF_INET, AF_INET6, AF_INET);
	once(AF_INET6, AF_INET6, AF_INET6);
	write_file("/proc/sys/net/ipv4/tcp_syncookies", "1");
	printf("cookies=%ld\n", netstat("SyncookiesRecv") - before);
}

static void ktls(void)
{
	struct tls12_crypto_info_aes_gcm_128 keys = {
		.info = {.version = TLS_1_2_VERSION, .cipher_type = TLS_CIPHER_AES_GCM_128}};
	struct path path = open_path(AF_INET, AF_INET);
	int fd = arrive(&path, AF_INET);

	need(setsockopt(fd, IPPROTO_TCP, TCP_ULP, "tls", 4), "TCP_ULP tls");
	need(setsockopt(fd, SOL_TLS, TLS_TX, &keys, sizeof(keys)), "TLS_TX");
	printf("sent=%zd\n", send(fd, "hello", 5, 0));
	ask(&path, "getpeername", fd);
	reset(fd);
}

static void sockmap(void)
{
	union bpf_attr create = {.map_type = BPF_MAP_TYPE_SOCKMAP, .key_size = 4, .value_size = 4, .max_entries = 1};
	struct path path = open_path(AF_INET, AF_INET);
	int fd = arrive(&path, AF_INET);
	int key = 0, map = need(syscall(SYS_bpf, BPF_MAP_CREATE, &create, sizeof(create)), "BPF_MAP_CREATE");
	union bpf_attr update = {.map_fd = map, .key = (uintptr_t)&key, .value = (uintptr_t)&fd};

	need(syscall(SYS_bpf, BPF_MAP_UPDATE_ELEM, &update, sizeof(update)), "BPF_MAP_UPDATE_ELEM");
	ask(&path, "in the map", fd);
	// A deletion names no value.
	update.value = 0;
	need(syscall(SYS_bpf, BPF_MAP_DELETE_ELEM, &update, sizeof(update)), "BPF_MAP_DELETE_ELEM");
	ask(&path, "out of it", fd);
	reset(fd);
}

static void loopback_up(void)
{
	struct ifreq request = {.ifr_name = "lo"};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	request.ifr_flags = IFF_UP;
	need(ioctl(fd, SIOCSIFFLAGS, &request), "SIOCSIFFLAGS");
	close(fd);
}

static void namespaces(void)
{
	int home = open("/proc/self/ns/net", O_RDONLY), fd;
	struct path path;

	need(unshare(CLONE_NEWNET), "unshare");
	loopback_up();
	path = open_path(AF_INET, AF_INET);
	fd = arrive(&path, AF_INET);
	ask(&path, "getpeername", fd);
	need(setns(home, CLONE_NEWNET), "setns");
	ask(&path, "from another namespace", fd);
	reset(fd);
}

static void forked(void)
{
	struct path path = open_path(AF_INET, AF_INET);
	int fd = arrive(&path, AF_INET);

	if (fork()) {
		close(fd);
		wait(NULL);
		return;
	}
	ask(&path, "the child", fd);
	reset(fd);
	exit(0);
}

// One descriptor over a unix socket, SCM_RIGHTS.
static int pass(int channel, int fd)
{
	union { struct cmsghdr header; char room[CMSG_SPACE(sizeof(int))]; } control = {0};
	struct iovec byte = {"x", 1};
	struct msghdr message = {.msg_iov = &byte, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};

	if (fd < 0) {
		char into;

		byte.iov_base = &into;
		need(recvmsg(channel, &message, 0), "recvmsg");
		memcpy(&fd, CMSG_DATA(&control.header), sizeof(fd));
		return fd;
	}
	control.header = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	return need(sendmsg(channel, &message, 0), "sendmsg");
}

static void passed(void)
{
	struct path path = open_path(AF_INET, AF_INET);
	int channel[2], fd;

	need(socketpair(AF_UNIX, SOCK_STREAM, 0, channel), "socketpair");
	if (fork()) {
		fd = arrive(&path, AF_INET);
		pass(channel[0], fd);
		close(fd);
		wait(NULL);
		return;
	}
	fd = pass(channel[1], -1);
	ask(&path, "the receiver", fd);
	reset(fd);
	exit(0);
}

// Six half-open connections for an accept queue of two.
static void overflow(void)
{
	struct path paths[6] = {open_path(AF_INET, AF_INET)};
	long before = netstat("ListenOverflows");
	uint8_t bytes[MOST_OPTION_BYTES];
	uint32_t theirs[6];
	int i;

	need(listen(paths[0].listener, 1), "listen");
	for (i = 0; i < 6; i++) {
		paths[i].server = paths[0].server;
		if (i)
			open_client(&paths[i]);
		need(open_half(paths[i].raw, &paths[i].client, &paths[i].server, NULL, 0, &theirs[i]), "SYN");
	}
	for (i = 0; i < 6; i++)
		complete(paths[i].raw, &paths[i].client, &paths[i].server, bytes, option(bytes, AF_INET, 1000 + i), theirs[i]);
	reset(take(&paths[0]));
	reset(take(&paths[0]));
	printf("overflows=%ld\n", netstat("ListenOverflows") - before);
}

// Nobody accepts them; the listener is closed.
static void unaccepted(void)
{
	struct path path = open_path(AF_INET, AF_INET);
	int i;

	for (i = 0; i < 3; i++) {
		connect_with(&path, AF_INET, 1000 + i);
		close(path.deaf);
		close(path.raw);
		open_client(&path);
	}
	close(path.listener);
}

// The SYN alone makes the connection: the option is read there.
static void fast_open(void)
{
	uint8_t bytes[MOST_OPTION_BYTES] = {KIND_FAST_OPEN, 2};
	size_t length = 2 + option(bytes + 2, AF_INET, 4660);
	struct path path = open_path(AF_INET, AF_INET);
	long before = netstat("TCPFastOpenPassive");
	int waiting = 8, fd;
	uint32_t theirs;

	// For servers, without a cookie.
	write_file("/proc/sys/net/ipv4/tcp_fastopen", "514");
	need(setsockopt(path.listener, IPPROTO_TCP, TCP_FASTOPEN, &waiting, sizeof(waiting)), "TCP_FASTOPEN");
	need(open_half(path.raw, &path.client, &path.server, bytes, length, &theirs), "SYN");
	fd = take(&path);
	need(complete(path.raw, &path.client, &path.server, NULL, 0, theirs), "ACK");
	ask(&path, "getpeername", fd);
	reset(fd);
	write_file("/proc/sys/net/ipv4/tcp_fastopen", "1");
	printf("fast open=%ld\n", netstat("TCPFastOpenPassive") - before);
}

// A client that knows no MPTCP comes to a listener that does.
static void mptcp(void)
{
	struct path path = {.server = loopback(AF_INET)};
	socklen_t size = sizeof(path.server);
	int fd;

	path.listener = need(socket(AF_INET, SOCK_STREAM, MPTCP), "MPTCP");
	need(bind(path.listener, &path.server.any, sizeof(path.server.in)), "bind");
	getsockname(path.listener, &path.server.any, &size);
	need(listen(path.listener, 8), "listen");
	open_client(&path);
	fd = arrive(&path, AF_INET);
	ask(&path, "getpeername", fd);
	reset(fd);
}

// IPV6_ADDRFORM makes an IPv4 socket of a dual-stack one.
static void other_family(void)
{
	struct path path = open_path(AF_INET, AF_INET6);
	int fd = arrive(&path, AF_INET), ipv4 = AF_INET;

	ask(&path, "getpeername", fd);
	need(setsockopt(fd, IPPROTO_IPV6, IPV6_ADDRFORM, &ipv4, sizeof(ipv4)), "IPV6_ADDRFORM");
	ask(&path, "as IPv4", fd);
	reset(fd);
}

// connect(AF_UNSPEC) ends the connection but not the socket, which then connects to somebody else.
static void reused(void)
{
	struct path path = open_path(AF_INET, AF_INET);
	struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
	int fd = arrive(&path, AF_INET);

	need(connect(fd, &nowhere, sizeof(nowhere)), "disconnect");
	ask(&path, "disconnected", fd);
	need(connect(fd, &path.server.any, sizeof(path.server.in)), "connect");
	ask(&path, "connected anew", fd);
	reset(fd);
}

// An option whose length leads out of the header. Where TCP knows TCP-AO it drops the segment by itself.
static void broken(void)
{
	static const uint8_t bytes[] = {KIND, 255, 0x12, 0x34, 203, 0, 113, 7};
	struct path path = open_path(AF_INET, AF_INET);
	struct pollfd readable = {path.listener, POLLIN, 0};
	uint32_t theirs;

	need(open_half(path.raw, &path.client, &path.server, NULL, 0, &theirs), "SYN");
	need(complete(path.raw, &path.client, &path.server, bytes, sizeof(bytes), theirs), "ACK");
	if (!poll(&readable, 1, 100)) {
		printf("dropped\n");
		need(complete(path.raw, &path.client, &path.server, NULL, 0, theirs), "ACK");
	}
	reset(take(&path));
}

static const struct {
	const char *name;
	void (*run)(void);
} cases[] = {
	{"native-ipv6", native_ipv6}, {"dual-stack", dual_stack}, {"syncookies", syncookies}, {"ktls", ktls},
	{"sockmap", sockmap}, {"namespaces", namespaces}, {"forked", forked}, {"passed", passed},
	{"overflow", overflow}, {"unaccepted", unaccepted}, {"fast-open", fast_open}, {"mptcp", mptcp},
	{"other-family", other_family}, {"reused", reused},
	{"broken", broken},
};

enum { COUNTERS = 32 };

struct counter {
	char name[40];
	long value;
};

// The sum over the CPUs of each line of /proc/net/toa_stats.
static void read_counters(struct counter *counters)
{
	FILE *file = fopen("/proc/net/toa_stats", "r");
	char line[512], *colon, *number, *end;
	int i = 0;

	while (file && i < COUNTERS - 1 && fgets(line, sizeof(line), file)) {
		colon = strchr(line, ':');
		if (!colon || sscanf(line, "%39[a-z_0-9]", counters[i].name) != 1)
			continue;
		for (number = colon + 1;; number = end) {
			long value = strtol(number, &end, 10);

			if (end == number)
				break;
			counters[i].value += value;
		}
		i++;
	}
	if (file)
		fclose(file);
}

int main(int argc, char **argv)
{
	static struct counter before[COUNTERS], after[COUNTERS];
	size_t i;

	setvbuf(stdout, NULL, _IONBF, 0);
	// Nothing here waits for long.
	alarm(30);
	read_counters(before);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (argc > 1 && !strcmp(argv[1], cases[i].name))
			cases[i].run();
	read_counters(after);
	for (i = 0; i < COUNTERS && *after[i].name; i++)
		// getname_other counts what we asked ourselves: which port a socket got.
		if (after[i].value != before[i].value && strcmp(after[i].name, "getname_other"))
			printf("%s+%ld\n", after[i].name, after[i].value - before[i].value);
	return 0;
}
