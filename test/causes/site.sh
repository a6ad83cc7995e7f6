#!/bin/sh
# site.sh ROOTS SCRATCH CHECKOUT RELEASE
# Makes a machine to break: this machine's own programs and settings with the packages unpacked in ROOTS (a colon-separated list) laid
# over them, and nothing of its own kernels. All can be written to and installed into; what is written is gone when this ends. RELEASE is
# what `uname -r` answers there, empty for this machine's own. Says READY and waits for its input to end; commands come in by nsenter.
# To be run by root in a mount namespace of its own (unshare --mount --propagation private). SCRATCH is any empty directory.
set -eu
roots=$1 scratch=$2 checkout=$3 release=$4
mount -t tmpfs -o mode=0755 toa-doctor "$scratch"
cd "$scratch"
mkdir machine
# Names without commas and colons, which the mount options could not hold.
packages=
number=0
IFS=:
for root in $roots; do
    mkdir "layer$((number += 1))"
    mount --bind "$root" "layer$number"
    packages=layer$number/usr:$packages
done
unset IFS

# cover NAME LAYERS: the layers become machine/NAME; writes go to the tmpfs.
cover() {
    mkdir -p "machine/$1" "upper-$1" "work-$1"
    mount -t overlay -o "lowerdir=$2,upperdir=upper-$1,workdir=work-$1" toa-doctor "machine/$1"
}
# Each by itself: the packages lie below / too, and an overlay's layers may not lie in each other.
# This machine's own kernels are not there: a device 0/0 in the upper layer says so.
for directory in lib/modules src; do
    mkdir -p "upper-usr/$directory"
    for own in "/usr/$directory"/*; do
        name=${own##*/}
        if [ -e "$own" ] && ! ls -d layer*/usr/"$directory/$name" >/dev/null 2>&1; then mknod "upper-usr/$directory/$name" c 0 0; fi
    done
done
cover usr "$packages/usr"
cover etc /etc
cover var /var
for link in bin sbin lib lib32 lib64 libx32; do
    [ ! -L "/$link" ] || cp -P "/$link" machine/
done
mkdir -p machine/boot machine/home machine/mnt machine/opt machine/root machine/run machine/srv/toa
for directory in proc sys dev; do
    mkdir "machine/$directory"
    mount --rbind "/$directory" "machine/$directory"
done
mkdir -m 1777 machine/tmp
mkdir -p "machine/$checkout"
mount --bind "$checkout" "machine/$checkout"
if [ -n "$release" ]; then
    cd machine/usr
    mkdir -p lib/toa-doctor-world
    cp bin/uname lib/toa-doctor-world/uname
    printf '%s\n' "$release" >lib/toa-doctor-world/release
    rm bin/uname
    cp "$checkout/test/tools/world-uname.sh" bin/uname
    chmod 755 bin/uname
fi
echo READY
exec cat
