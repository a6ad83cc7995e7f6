#!/bin/busybox sh
# The first process of the initramfs: loads the kernel's modules that are listed, and goes on as the server on the disk, with what the
# archive has in /server laid over its files.
busybox=/bin/busybox
$busybox mount -t devtmpfs dev /dev
while read -r module; do $busybox insmod "$module"; done </modules
$busybox mkdir /disk
$busybox mount -t ext4 /dev/vda /disk
$busybox cp -r /server/. /disk/
exec $busybox switch_root /disk /usr/sbin/server
