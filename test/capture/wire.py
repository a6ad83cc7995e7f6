"""Joins a unix socket and a virtual network card, frame by frame, in the way of QEMU's `-netdev stream`: each frame behind its length in
four bytes. Also answers on a TCP port of this network namespace with the address that it sees, so that handshakes are completed by
the kernel.

Arguments: path of the socket, name of the card, address and port to answer on.
"""
import select
import socket
import struct
import sys
import threading

path, card, address, port = sys.argv[1:]

server = socket.create_server((address, int(port)))


def answer():
    while True:
        connection, peer = server.accept()
        connection.recv(4096)
        connection.sendall("{} {}".format(*peer[:2]).encode())
        connection.close()


threading.Thread(target=answer, daemon=True).start()

EVERY_PROTOCOL = 3
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERY_PROTOCOL))
wire.bind((card, 0))
control = socket.socket(socket.AF_UNIX)
control.connect(path)

pending = b""
while True:
    readable, _, _ = select.select([wire, control], [], [])
    if wire in readable:
        frame, (_, _, kind, *_) = wire.recvfrom(65535)
        if kind != socket.PACKET_OUTGOING:
            control.sendall(struct.pack(">I", len(frame)) + frame)
    if control in readable:
        chunk = control.recv(65535)
        if not chunk:
            break
        pending += chunk
        while len(pending) >= 4 and len(pending) >= 4 + struct.unpack(">I", pending[:4])[0]:
            end = 4 + struct.unpack(">I", pending[:4])[0]
            wire.send(pending[4:end])
            pending = pending[end:]
