#!/bin/sh
# debianFiles.sh RELEASE: what dpkg's own scripts would have made in a Debian that was only unpacked; `uname -r` says RELEASE.
set -eu
printf 'root:x:0:0:root:/root:/bin/bash\nsshd:x:100:65534::/run/sshd:/usr/sbin/nologin\n' >/etc/passwd
printf 'root:x:0:\nnogroup:x:65534:\n' >/etc/group
printf '/bin/sh\n/bin/bash\n' >/etc/shells
ln -sf "$(ls /usr/bin/gcc-[0-9]* | sort | tail -n 1)" /usr/bin/gcc
mv /usr/bin/uname /usr/lib/real-uname
printf '#!/bin/sh\nif [ "$*" = -r ]; then echo %s; else exec /usr/lib/real-uname "$@"; fi\n' "$1" >/usr/bin/uname
chmod 755 /usr/bin/uname
