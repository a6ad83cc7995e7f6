// The guest's only program. It loads the modules, listens, and tells each peer which address accept() and getpeername()
// gave for it. What the peer sends is an order: unload, load, hammer, stats, quit, or "run PROGRAM ARGUMENTS"; any other text
// is just data.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { IPV4_PORT = 8000, DUAL_STACK_PORT = 8001 };

static void die(const char *what)
{
	printf("GUEST-FAILED %s: %s\n", what, strerror(errno));
	reboot(RB_AUTOBOOT);
}

static int load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int failed = fd < 0 || syscall(SYS_finit_module, fd, "", 0) != 0;
	int reason = failed ? errno : 0;

	if (fd >= 0)
		close(fd);
	return reason;
}

static int unload(void)
{
	return syscall(SYS_delete_module, "toa", O_NONBLOCK) ? errno : 0;
}

// The modules of the kernel itself, in the order in which they need each other: /modules/00-failover.ko, ...
static void load_all(void)
{
	char path[64];
	FILE *list = fopen("/modules", "r");

	if (!list)
		die("/modules");
	while (fscanf(list, "%63s", path) == 1)
		if ((errno = load(path)) && errno != EEXIST)
			die(path);
	fclose(list);
}

static void set_address(const char *name, const char *address)
{
	struct ifreq request = {0};
	struct sockaddr_in *in = (struct sockaddr_in *)&request.ifr_addr;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	strcpy(request.ifr_name, name);
	in->sin_family = AF_INET;
	inet_pton(AF_INET, address, &in->sin_addr);
	if (ioctl(fd, SIOCSIFADDR, &request))
		die("SIOCSIFADDR");
	inet_pton(AF_INET, "255.255.255.0", &in->sin_addr);
	if (ioctl(fd, SIOCSIFNETMASK, &request))
		die("SIOCSIFNETMASK");
	request.ifr_flags = IFF_UP | IFF_RUNNING;
	if (ioctl(fd, SIOCSIFFLAGS, &request))
		die("SIOCSIFFLAGS");
	close(fd);
}

static int listener(int family, int port)
{
	struct sockaddr_in6 any6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
	struct sockaddr_in any4 = {.sin_family = AF_INET, .sin_port = htons(port)};
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int failed = family == AF_INET6 ? bind(fd, (void *)&any6, sizeof(any6)) : bind(fd, (void *)&any4, sizeof(any4));

	if (fd < 0 || failed || listen(fd, 128))
		die("listen");
	return fd;
}

static void print_address(FILE *out, const char *label, const struct sockaddr_storage *address)
{
	const struct sockaddr_in6 *in6 = (const void *)address;
	const struct sockaddr_in *in = (const void *)address;
	char text[INET6_ADDRSTRLEN] = "?";

	if (address->ss_family == AF_INET)
		inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text));
	else
		inet_ntop(AF_INET6, &in6->sin6_addr, text, sizeof(text));
	// The port is at the same place in both.
	fprintf(out, "%s=%s:%d\n", label, text, ntohs(in->sin_port));
}

static void print_peer(FILE *out, const char *label, int fd)
{
	struct sockaddr_storage peer = {0};
	socklen_t length = sizeof(peer);

	if (getpeername(fd, (void *)&peer, &length))
		fprintf(out, "%s=%s\n", label, strerror(errno));
	else
		print_address(out, label, &peer);
}

// From here on, a process of its own opens connections to itself and asks for their peers, without a pause.
static void hammer(void)
{
	struct sockaddr_in self = {.sin_family = AF_INET, .sin_port = htons(8002), .sin_addr = {htonl(INADDR_LOOPBACK)}};
	struct linger reset = {1, 0};
	int listening, times;

	if (fork())
		return;
	listening = listener(AF_INET, 8002);
	for (;;) {
		struct sockaddr_storage peer;
		socklen_t length = sizeof(peer);
		int client = socket(AF_INET, SOCK_STREAM, 0);
		int server;

		if (connect(client, (void *)&self, sizeof(self)))
			die("connect");
		server = accept(listening, (void *)&peer, &length);
		for (times = 0; times < 100; times++) {
			length = sizeof(peer);
			if (getpeername(server, (void *)&peer, &length))
				die("getpeername");
		}
		// A reset leaves no port in TIME_WAIT.
		setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
		close(client);
		close(server);
	}
}

static void print_file(FILE *out, const char *path)
{
	char line[512];
	FILE *file = fopen(path, "r");

	while (file && fgets(line, sizeof(line), file))
		fputs(line, out);
	if (file)
		fclose(file);
}

// Runs a program of the initramfs; what it prints goes to the peer.
static void run(FILE *out, char *command)
{
	char *argv[8] = {0};
	int count = 0, status = 0;
	pid_t pid;

	for (char *word = strtok(command, " "); word && count < 7; word = strtok(NULL, " "))
		argv[count++] = word;
	fflush(out);
	pid = fork();
	if (!pid) {
		dup2(fileno(out), STDOUT_FILENO);
		dup2(fileno(out), STDERR_FILENO);
		execv(argv[0], argv);
		die(argv[0]);
	}
	waitpid(pid, &status, 0);
	fprintf(out, "exit=%d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

static void serve(int listening)
{
	struct sockaddr_storage peer = {0};
	socklen_t length = sizeof(peer);
	int fd = accept(listening, (void *)&peer, &length);
	char order[64] = "";
	FILE *out = fdopen(fd, "r+");

	if (!out)
		die("accept");
	if (read(fd, order, sizeof(order) - 1) < 0)
		die("read");
	print_address(out, "accept", &peer);
	print_peer(out, "getpeername", fd);
	if (!strcmp(order, "unload")) {
		fprintf(out, "unload=%d\n", unload());
		print_peer(out, "afterwards", fd);
	} else if (!strcmp(order, "load")) {
		fprintf(out, "load=%d\n", load("/toa.ko"));
	} else if (!strcmp(order, "stats")) {
		print_file(out, "/proc/net/toa_stats");
	} else if (!strncmp(order, "run ", 4)) {
		run(out, order + 4);
	}
	fclose(out);
	if (!strcmp(order, "hammer"))
		hammer();
	if (!strcmp(order, "quit"))
		reboot(RB_POWER_OFF);
}

int main(void)
{
	struct pollfd listeners[2];
	int i;

	setvbuf(stdout, NULL, _IONBF, 0);
	mkdir("/proc", 0755);
	if (mount("proc", "/proc", "proc", 0, NULL))
		die("/proc");
	load_all();
	set_address("lo", "127.0.0.1");
	set_address("eth0", "10.9.0.2");
	if ((errno = load("/toa.ko")))
		die("/toa.ko");
	listeners[0] = (struct pollfd){listener(AF_INET, IPV4_PORT), POLLIN, 0};
	listeners[1] = (struct pollfd){listener(AF_INET6, DUAL_STACK_PORT), POLLIN, 0};
	printf("GUEST-READY\n");
	for (;;) {
		poll(listeners, 2, -1);
		for (i = 0; i < 2; i++)
			if (listeners[i].revents)
				serve(listeners[i].fd);
	}
}
