// Answers inputs on stdin: each a byte with its length and the options; each answer as userspace.h says.
#include "userspace.h"
#include <stdio.h>

int main(void)
{
	uint8_t options[255], bytes[ANSWER];
	int length;

	while ((length = getchar()) != EOF) {
		if (fread(options, 1, length, stdin) != (size_t)length)
			return 1;
		answer(options, length, bytes);
		fwrite(bytes, 1, ANSWER, stdout);
	}
	return 0;
}
