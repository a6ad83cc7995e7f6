"""Sends the segment that completes a handshake, with the address 203.0.113.7:4660 in an option of kind 254, to a port of this machine
each quarter of a second. No connection is made: the kernel answers with a reset.

Argument: the port.
"""
import socket
import struct
import sys
import time

port = int(sys.argv[1])
LOOPBACK = socket.inet_aton("127.0.0.1")
ACK = 0x10
option = struct.pack(">BBH4s", 254, 8, 4660, socket.inet_aton("203.0.113.7"))


def checksum(data):
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def segment(check):
    words = (20 + len(option)) // 4
    return struct.pack(">HHIIBBHHH", 40000, port, 1, 1, words << 4, ACK, 512, check, 0) + option


pseudo = struct.pack(">4s4sBBH", LOOPBACK, LOOPBACK, 0, socket.IPPROTO_TCP, len(segment(0)))
packet = segment(checksum(pseudo + segment(0)))
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP)
while True:
    raw.sendto(packet, ("127.0.0.1", 0))
    time.sleep(0.25)
