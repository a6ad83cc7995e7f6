// param NAME [VALUE [TIMES]]: changes a parameter of the module, to VALUE or to so many of it with commas between, and
// prints what it is then. A dash is the empty value.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

static char path[128];

static void set(const char *value, int times)
{
	FILE *file = fopen(path, "w");
	int i;

	if (!file) {
		perror(path);
		exit(1);
	}
	for (i = 0; i < times; i++)
		fprintf(file, "%s%s", i ? "," : "", strcmp(value, "-") ? value : "");
	fputc('\n', file);
	if (fclose(file))
		printf("%s\n", strerror(errno));
}

int main(int argc, char **argv)
{
	char value[4096] = "";
	FILE *file;

	if (argc < 2)
		return 2;
	mkdir("/sys", 0755);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	snprintf(path, sizeof(path), "/sys/module/toa/parameters/%s", argv[1]);
	if (argc > 2)
		set(argv[2], argc > 3 ? atoi(argv[3]) : 1);
	file = fopen(path, "r");
	if (!file || !fgets(value, sizeof(value), file)) {
		perror(path);
		return 1;
	}
	fclose(file);
	printf("%s", value);
	return 0;
}
