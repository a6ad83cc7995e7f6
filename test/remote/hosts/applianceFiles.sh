#!/bin/sh
# applianceFiles.sh: makes of a Debian an appliance: busybox in the place of its tools, ash as the only shell, dropbear as the ssh server, no
# SFTP. A compiler, make and the headers are all that stays. Its sh has uname built in, so that says what truly runs.
set -eu
rm -f /usr/bin/bash /usr/bin/perl* /usr/bin/dpkg* /usr/bin/apt* /usr/sbin/sshd /usr/lib/openssh/sftp-server /usr/lib/sftp-server
rm -f /etc/debian_version /etc/os-release /usr/lib/os-release
for applet in $(/usr/bin/busybox --list); do
  case $applet in ar | busybox) ;; *) ln -sf busybox "/usr/bin/$applet" ;; esac
  if [ -e "/usr/sbin/$applet" ]; then ln -sf ../bin/busybox "/usr/sbin/$applet"; fi
done
printf 'ID=appliance\nPRETTY_NAME="Appliance 1"\n' >/etc/os-release
printf 'root:x:0:0:root:/root:/bin/sh\n' >/etc/passwd
printf 'root:x:0:\n' >/etc/group
printf '/bin/sh\n' >/etc/shells
ln -sf "$(ls /usr/bin/gcc-[0-9]* | sort | tail -n 1)" /usr/bin/gcc
