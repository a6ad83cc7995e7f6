#!/bin/sh
# centos.sh SCRATCH RELEASE TREE PROJECT COMMAND [ARGUMENT...]
# Runs a command in what looks like a CentOS 7 server on which RELEASE runs: this machine's own files below, its rpm and dnf (as yum), and
# two repositories with small packages made here. TREE is the tree that kernel-devel brings. What is written stays in SCRATCH, a tmpfs.
# To be run in a mount namespace of its own.
set -eu
scratch=$1 release=$2 tree=$3 project=$4
shift 4
fresh=no
[ -d "$scratch/upper" ] || fresh=yes
mkdir -p "$scratch/upper" "$scratch/work" "$scratch/server"
mount -t overlay -o "lowerdir=/,upperdir=$scratch/upper,workdir=$scratch/work" toa-doctor "$scratch/server"
server=$scratch/server
mount -t proc proc "$server/proc"
mount --rbind /dev "$server/dev"
mount -t tmpfs toa-doctor "$server/tmp"
mount -t tmpfs toa-doctor "$server/mnt"
mkdir "$server/mnt/project" "$server/mnt/tree"
mount --bind "$project" "$server/mnt/project"
mount --bind "$tree" "$server/mnt/tree"
if [ "$fresh" = yes ]; then chroot "$server" sh /mnt/project/test/plan/centosFiles.sh "$release"; fi
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root chroot "$server" "$@"
