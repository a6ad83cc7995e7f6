// libFuzzer on kernel/option.h, with core/decode as the oracle: a process of its own (TOA_ORACLE, a command) that gets
// each input and must give the same answer.
#include "userspace.h"
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 40 };

static int oracle;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *command = getenv("TOA_ORACLE");
	int ends[2];

	(void)argc;
	(void)argv;
	if (!command || socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		abort();
	if (!fork()) {
		dup2(ends[1], 0);
		dup2(ends[1], 1);
		close(ends[0]);
		execl("/bin/sh", "sh", "-c", command, NULL);
		_exit(127);
	}
	close(ends[1]);
	oracle = ends[0];
	return 0;
}

static void ask(const uint8_t *data, size_t size, uint8_t *bytes)
{
	uint8_t message[1 + MOST] = {size};
	size_t at = 0;

	if (size)
		memcpy(message + 1, data, size);
	if (write(oracle, message, 1 + size) != (ssize_t)(1 + size))
		abort();
	while (at < ANSWER) {
		ssize_t got = read(oracle, bytes + at, ANSWER - at);

		if (got <= 0)
			abort();
		at += got;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t ours[ANSWER], theirs[ANSWER];

	if (size > MOST)
		return -1;
	answer(data, size, ours);
	ask(data, size, theirs);
	if (memcmp(ours, theirs, ANSWER)) {
		fprintf(stderr, "kernel/option.h says %d, core/decode %d\n", ours[0], theirs[0]);
		abort();
	}
	return 0;
}
