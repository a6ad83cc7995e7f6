#!/bin/sh
# world.sh ROOT SCRATCH COMMAND [ARGUMENT...]
# Runs a command in a world where the Debian packages unpacked in ROOT are installed: /lib/modules and /usr/src hold
# theirs and nothing of this machine's, and /usr/lib/linux-kbuild-* is there. All of it can be written to; what is written
# is gone afterwards, and ROOT stays as it is. With TOA_DOCTOR_RELEASE set, `uname` answers that release.
# To be run in a mount namespace of its own (unshare --mount --propagation private). SCRATCH is any empty directory.
set -eu
tools=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$1
scratch=$2
shift 2

mount -t tmpfs -o mode=0755 toa-doctor "$scratch"
cd "$scratch"
# Overlays name their layers from here: a path in the mount options could hold a comma or a colon.
mkdir root none
mount --bind "$root" root
layer=0
# Where lib is a link to usr/lib the packages have only the one; the same layer twice is refused.
lib=root/lib
if [ -L root/lib ]; then lib=none; fi

# cover DIRECTORY LAYER...: those of the layers that exist become the directory's content; writes go to the tmpfs.
cover() {
    directory=$1
    shift
    layers=none
    for lower; do
        if [ "$lower" != none ] && [ -d "$lower" ]; then layers=$lower:$layers; fi
    done
    layer=$((layer + 1))
    mkdir "upper$layer" "work$layer"
    mount -t overlay -o "lowerdir=$layers,upperdir=upper$layer,workdir=work$layer" toa-doctor "$directory"
}

# The mount points, and linux-kbuild-*, beside what this machine has there.
cover /usr/lib /usr/lib "$lib" root/usr/lib
if [ ! -L /lib ]; then cover /lib /lib "$lib"; fi
mkdir -p /lib/modules /usr/src
cover /lib/modules "$lib/modules" root/usr/lib/modules
cover /usr/src root/usr/src
if [ -d /boot ]; then cover /boot root/boot; fi

# What the package manager offers shall not depend on when this machine last asked its mirror.
for directory in /var/lib/apt/lists /var/cache/apt; do
    if [ -d "$directory" ]; then mount -t tmpfs -o mode=0755 toa-doctor "$directory"; fi
done

if [ -n "${TOA_DOCTOR_RELEASE:-}" ]; then
    uname=$(readlink -f "$(command -v uname)")
    mkdir /usr/lib/toa-doctor-world
    cp "$uname" /usr/lib/toa-doctor-world/uname
    printf '%s\n' "$TOA_DOCTOR_RELEASE" >/usr/lib/toa-doctor-world/release
    cp "$tools/world-uname.sh" uname
    chmod 755 uname
    mount --bind uname "$uname"
fi
cd "$OLDPWD"
exec "$@"
