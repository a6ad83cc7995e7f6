#!/bin/sh
# ownRoot.sh COMMAND [ARGUMENT...]: runs an ssh server in a root and a network of its own. To be run in mount, network and PID namespaces of
# its own; with its first process all of it is gone: files, processes, network card. Its values come in the environment:
# TOA_ROOT the root's files, which stay as they are; TOA_SCRATCH an empty directory; TOA_KEYS seen there at the same path; TOA_PROJECT seen as
# /mnt/project; TOA_TREE, if any, as /mnt/tree; TOA_PREPARE what makes a host of the root, and TOA_RELEASE its kernel;
# TOA_OUTER our network namespace, TOA_CARD the name of our end of the cable, TOA_NEAR and TOA_FAR the addresses of both ends.
set -eu
ip link set lo up
ip link add eth0 type veth peer name "$TOA_CARD" netns "$TOA_OUTER"
nsenter --net="$TOA_OUTER" ip addr add "$TOA_NEAR/30" dev "$TOA_CARD"
nsenter --net="$TOA_OUTER" ip link set "$TOA_CARD" up
ip addr add "$TOA_FAR/30" dev eth0
ip link set eth0 up

mount -t tmpfs -o mode=0755 toa-doctor "$TOA_SCRATCH"
mkdir "$TOA_SCRATCH/upper" "$TOA_SCRATCH/work" "$TOA_SCRATCH/server"
server=$TOA_SCRATCH/server
mount -t overlay -o "lowerdir=$TOA_ROOT,upperdir=$TOA_SCRATCH/upper,workdir=$TOA_SCRATCH/work" toa-doctor "$server"
mkdir -p "$server/proc" "$server/dev" "$server/tmp" "$server/mnt" "$server/run"
mount -t proc proc "$server/proc"
mount --rbind /dev "$server/dev"
for directory in tmp mnt run; do mount -t tmpfs -o mode=1777 toa-doctor "$server/$directory"; done
mkdir -p "$server$TOA_KEYS" "$server/mnt/project" "$server/mnt/tree" "$server/run/sshd"
chmod 755 "$server/run/sshd"
mount --bind "$TOA_KEYS" "$server$TOA_KEYS"
mount --bind "$TOA_PROJECT" "$server/mnt/project"
if [ -n "$TOA_TREE" ]; then mount --bind "$TOA_TREE" "$server/mnt/tree"; fi
mkdir -p "$server/root"
cp -a "$TOA_KEYS/home/." "$server/root/"
chroot "$server" sh "/mnt/project/test/remote/hosts/$TOA_PREPARE" "$TOA_RELEASE"
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root chroot "$server" "$@"
