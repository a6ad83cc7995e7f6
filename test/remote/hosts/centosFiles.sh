#!/bin/sh
# centosFiles.sh RELEASE: a CentOS 7 server that was updated to RELEASE and runs it, while the headers it has from its repository, by yum, are
# those of the kernel it came with.
set -eu
first=3.10.0-957.el7.x86_64
sh /mnt/project/test/plan/centosFiles.sh "$first"
yum --quiet --assumeyes install "kernel-devel-uname-r = $first" >/dev/null
sed -i "s/$first/$1/" /usr/bin/uname
mkdir -p "/lib/modules/$1/kernel"
ln -s "/usr/src/kernels/$1" "/lib/modules/$1/build"
