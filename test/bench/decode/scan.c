/* The floor of the bench: TOA options of a little-endian Ethernet/IPv4/TCP pcap, over mmap, printed as "frame client". */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void scan_tcp(const uint8_t *tcp, const uint8_t *end, unsigned long frame) {
  if (tcp + 20 > end) return;
  const uint8_t *last = tcp + (tcp[12] >> 4) * 4;
  if (last > end) return;
  for (const uint8_t *at = tcp + 20; at < last;) {
    if (*at == 1) {
      at++;
      continue;
    }
    if (*at == 0 || at + 1 >= last || at[1] < 2 || at + at[1] > last) return;
    if (at[1] == 8 && (*at == 200 || *at == 253 || *at == 254))
      printf("%lu %u.%u.%u.%u:%u\n", frame, at[4], at[5], at[6], at[7], at[2] << 8 | at[3]);
    at += at[1];
  }
}

int main(int argc, char **argv) {
  struct stat info;
  int file = argc > 1 ? open(argv[1], O_RDONLY) : -1;
  if (file < 0 || fstat(file, &info) < 0) return 2;
  const uint8_t *bytes = mmap(NULL, info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  if (bytes == MAP_FAILED) return 2;
  const uint8_t *end = bytes + info.st_size;
  unsigned long frame = 0;
  for (const uint8_t *at = bytes + 24; at + 16 <= end;) {
    uint32_t length;
    memcpy(&length, at + 8, 4);
    const uint8_t *packet = at + 16;
    frame++;
    if (packet + length > end) break;
    const uint8_t *ip = packet + 14;
    if (length >= 54 && packet[12] == 8 && packet[13] == 0 && ip[9] == 6) scan_tcp(ip + (ip[0] & 15) * 4, packet + length, frame);
    at = packet + length;
  }
  return 0;
}
