// kTLS is set up on a connection while the module is there; then the module goes and comes. Prints the peer each time:
// whatever kTLS has copied of TCP's operations, it must not lead into a module that is gone.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/tls.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SOL_TLS
#define SOL_TLS 282
#endif

static int need(int result, const char *what)
{
	if (result < 0) {
		printf("%s: %s\n", what, strerror(errno));
		exit(1);
	}
	return result;
}

static void ask(const char *when, int fd)
{
	struct sockaddr_in peer;
	socklen_t length = sizeof(peer);
	char text[INET_ADDRSTRLEN];

	need(getpeername(fd, (void *)&peer, &length), "getpeername");
	printf("%s=%s\n", when, inet_ntop(AF_INET, &peer.sin_addr, text, sizeof(text)));
}

static int accepted(void)
{
	struct sockaddr_in self = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	int listening = need(socket(AF_INET, SOCK_STREAM, 0), "socket");
	int client = need(socket(AF_INET, SOCK_STREAM, 0), "socket");
	socklen_t length = sizeof(self);

	need(bind(listening, (void *)&self, sizeof(self)), "bind");
	need(listen(listening, 1), "listen");
	need(getsockname(listening, (void *)&self, &length), "getsockname");
	need(connect(client, (void *)&self, sizeof(self)), "connect");
	return need(accept(listening, NULL, NULL), "accept");
}

static int with_ktls(void)
{
	struct tls12_crypto_info_aes_gcm_128 keys = {
		.info = {.version = TLS_1_2_VERSION, .cipher_type = TLS_CIPHER_AES_GCM_128}};
	int fd = accepted();

	need(setsockopt(fd, IPPROTO_TCP, TCP_ULP, "tls", 4), "TCP_ULP tls");
	need(setsockopt(fd, SOL_TLS, TLS_TX, &keys, sizeof(keys)), "TLS_TX");
	need(setsockopt(fd, SOL_TLS, TLS_RX, &keys, sizeof(keys)), "TLS_RX");
	return fd;
}

int main(void)
{
	int fd = with_ktls();

	ask("loaded", fd);
	need(syscall(SYS_delete_module, "toa", O_NONBLOCK), "delete_module");
	ask("unloaded", fd);
	ask("new and unloaded", with_ktls());
	need(syscall(SYS_finit_module, need(open("/toa.ko", O_RDONLY), "/toa.ko"), "", 0), "finit_module");
	ask("loaded again", fd);
	return 0;
}
