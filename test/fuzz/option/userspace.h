// What kernel/option.h takes from the kernel's headers, for compiling it in user space as it is, and its answer as bytes.
#include <linux/types.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/cdefs.h>

typedef uint8_t u8;
#define noinline __attribute__((noinline))

#include "../../../kernel/option.h"

// What was found, and, for a client, port and address in network byte order.
enum { ANSWER = 19 };

static void answer(const uint8_t *options, size_t length, uint8_t *bytes)
{
	struct toa_client client;
	// Just as large as it has to be, so that a sanitizer sees the first byte too many.
	uint8_t *exact = malloc(length);

	if (length)
		memcpy(exact, options, length);
	memset(bytes, 0, ANSWER);
	bytes[0] = toa_parse_options(exact, length, &client);
	free(exact);
	if (bytes[0] != TOA_CLIENT)
		return;
	memcpy(bytes + 1, &client.port, 2);
	memcpy(bytes + 3, &client.addr, 16);
}
