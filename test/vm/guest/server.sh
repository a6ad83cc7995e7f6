#!/bin/sh
# The first process of a Debian that was unpacked onto a disk: what dpkg's and systemd's part of it would be for a server with sshd. Its first
# card is the load balancer's; the other one has nothing but ssh.
PATH=/usr/sbin:/usr/bin
export PATH
printf 'root:x:0:0:root:/root:/bin/sh\nsshd:x:100:65534::/run/sshd:/usr/sbin/nologin\ntcpdump:x:101:65534::/:/usr/sbin/nologin\n' >/etc/passwd
printf 'root:x:0:\nnogroup:x:65534:\n' >/etc/group
mkdir -p /proc /sys /dev /run /tmp /root /var/empty
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts
mount -t devpts devpts /dev/pts
for directory in /run /tmp; do mount -t tmpfs tmpfs "$directory"; done
hostname server
ip link set lo up
ip addr add 10.9.0.2/24 dev eth0
ip addr add 10.0.2.15/24 dev eth1
for card in eth0 eth1; do ip link set "$card" up; done
mkdir -p /run/sshd
chmod 700 /etc/server
chmod 600 /etc/server/*
/usr/sbin/sshd -f /etc/server/sshd_config -E /run/sshd.log
# It goes to the background before it listens.
until ss -Hltn 'sport = :22' | grep -q .; do sleep 0.1; done
echo GUEST-READY >/dev/console
while :; do sleep 1000; done
