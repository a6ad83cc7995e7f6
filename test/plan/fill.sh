#!/bin/sh
# fill.sh RELEASE PACKAGE...: run inside a fresh root. Installs the kernel RELEASE, and makes a repository in /repo that offers the
# packages with all they need. Afterwards apt knows that repository alone.
set -eu
DEBIAN_FRONTEND=noninteractive
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export DEBIAN_FRONTEND PATH
kernel=$1
shift
apt-get --quiet update
apt-get --quiet --yes upgrade
apt-get --quiet --yes install --no-install-recommends "linux-image-$kernel" initramfs-tools busybox-static zstd linux-libc-dev
apt-get clean
mkdir /repo
chmod 755 /repo
cd /repo
apt-get --quiet --yes install --no-install-recommends --download-only -o APT::Sandbox::User=root -o Dir::Cache::archives=/repo "$@"
rm -rf partial lock
dpkg-scanpackages . >Packages
rm -rf /etc/apt/apt.conf.d/* /var/lib/apt/lists/*
echo 'deb [trusted=yes] file:/repo ./' >/etc/apt/sources.list
apt-get --quiet update
# One that will take part in nothing: the machine's identity is made at the first boot.
: >/etc/machine-id
passwd -d root >/dev/null
