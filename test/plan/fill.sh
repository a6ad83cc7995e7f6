#!/bin/sh
# fill.sh SUITE RELEASE PACKAGE...: run inside a fresh root. Installs the kernel RELEASE, and makes a repository in /repo, named SUITE,
# that offers the packages with all they need. Afterwards apt knows that repository alone.
set -eu
DEBIAN_FRONTEND=noninteractive
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export DEBIAN_FRONTEND PATH
suite=$1
kernel=$2
shift 2
# What is in a backports suite is not taken from it unless it is named.
target=
case $suite in *-backports) target=--target-release=$suite ;; esac
apt-get --quiet update
apt-get --quiet --yes upgrade
apt-get --quiet --yes install --no-install-recommends $target "linux-image-$kernel" initramfs-tools busybox-static zstd linux-libc-dev
apt-get clean
mkdir /repo
chmod 755 /repo
cd /repo
apt-get --quiet --yes install --no-install-recommends $target --download-only -o APT::Sandbox::User=root \
  -o Dir::Cache::archives=/repo "$@"
rm -rf partial lock
dpkg-scanpackages . >Packages
printf 'Suite: %s\nSHA256:\n %s %s Packages\n' "$suite" "$(sha256sum Packages | cut -d ' ' -f 1)" "$(stat -c %s Packages)" >Release
rm -rf /etc/apt/apt.conf.d/* /var/lib/apt/lists/*
echo 'deb [trusted=yes] file:/repo ./' >/etc/apt/sources.list
apt-get --quiet update
# One that will take part in nothing: the machine's identity is made at the first boot.
: >/etc/machine-id
passwd -d root >/dev/null
