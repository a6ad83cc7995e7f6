# Put before the scripts that keep and restore.
set -eu
# What packages and depmod write is for everybody; the journal's directory alone is closed.
umask 022
PATH=$PATH:/usr/sbin:/sbin
DEBIAN_FRONTEND=noninteractive
export PATH DEBIAN_FRONTEND

# The installed packages of a format (deb, rpm, apk, pacman), sorted; those that a cut left half-way count.
installed_packages() {
  case $1 in
    deb) dpkg-query -W -f '${Status} ${Package}:${Architecture}\n' | sed -n '/ \(not-installed\|config-files\) /!s/.* //p' ;;
    rpm) rpm -qa --qf '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}\n' ;;
    apk) apk info ;;
    pacman) pacman -Qq ;;
  esac | sort
}

# settle_packages FORMAT: lets dpkg finish what was cut; apt refuses to work before that.
settle_packages() {
  if [ "$1" = deb ] && [ -n "$(dpkg --audit)" ]; then dpkg --configure -a || true; fi
}

# write_journal DIRECTORY LINE: appends a line with the time; one that was cut before gets its end first.
write_journal() {
  [ ! -s "$1/journal" ] || [ -z "$(tail -c 1 "$1/journal")" ] || echo >>"$1/journal"
  printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$2" >>"$1/journal"
  sync "$1/journal"
}
