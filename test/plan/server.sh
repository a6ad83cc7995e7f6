#!/bin/sh
# server.sh ROOT UPPER PROJECT NODE RELEASE COMMAND [ARGUMENT...]
# Runs a command as root of a server: ROOT is its file system, with all that was written in earlier runs in UPPER (a directory of its own
# for each server, empty at first). PROJECT is seen at /project, NODE is the node that runs it, `uname -r` answers RELEASE.
# With `--image DIRECTORY KERNEL` for a command it makes a disk of it to boot from.
# To be run in a mount namespace of its own (unshare --mount --propagation private).
set -eu
root=$1 upper=$2 project=$3 node=$4 release=$5
shift 5
mkdir -p "$upper/files" "$upper/work" "$upper/server"
mount -t overlay -o "lowerdir=$root,upperdir=$upper/files,workdir=$upper/work" toa-doctor "$upper/server"
server=$upper/server
if [ "${1:-}" = --image ]; then
  # A disk with the file system as it is, its newest kernel and that kernel's initramfs: into the directory $2.
  truncate -s 3G "$2/disk"
  mke2fs -q -t ext4 -E lazy_itable_init=1 -d "$server" "$2/disk"
  cp "$server/boot/vmlinuz-$3" "$2/vmlinuz" 2>/dev/null || cp "$server/usr/lib/modules/$3/vmlinuz" "$2/vmlinuz"
  cp "$server/boot/initrd.img-$3" "$2/initramfs"
  exit
fi
mount -t proc proc "$server/proc"
mount --rbind /dev "$server/dev"
# What the server has beside its own files lies on a tmpfs, so that it is in no listing of them.
mount -t tmpfs toa-doctor "$server/mnt"
mkdir "$server/mnt/project" "$server/mnt/bin"
mount --bind "$project" "$server/mnt/project"
cp "$node" "$server/mnt/bin/node"
cp "$server/usr/bin/uname" "$server/mnt/bin/real-uname"
cat >"$server/mnt/bin/uname" <<END
#!/bin/sh
if [ "\$#" -eq 1 ] && [ "\$1" = -r ]; then echo $release; else exec /mnt/bin/real-uname "\$@"; fi
END
chmod 755 "$server/mnt/bin/uname"
mount --bind "$server/mnt/bin/uname" "$server/usr/bin/uname"
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root chroot "$server" "$@"
