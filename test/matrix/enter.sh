#!/bin/sh
# enter.sh ROOT WORK COMMAND [ARGUMENT...]
# Runs a command inside an unpacked Debian release, in /work, which is the directory WORK. To be run in a mount namespace.
set -eu
root=$1
work=$2
shift 2
mount --rbind /dev "$root/dev"
mount --bind "$work" "$root/work"
# A new mount of proc needs a process namespace of our own; this one shows the same.
mount --rbind /proc "$root/proc"
exec env -i PATH=/usr/bin:/usr/sbin HOME=/work LC_ALL=C chroot "$root" sh -c 'cd /work && exec "$@"' sh "$@"
