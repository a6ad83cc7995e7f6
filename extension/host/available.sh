# Which header packages the enabled repositories offer, from the local caches of the package manager: no root, no network.
# Slower than probe.sh (a second or more), so it is asked apart. yum and dnf may write their own cache below /var/tmp.
# POSIX sh. Output like that of probe.sh: `available=NAME`, where the name is what the package manager installs.
# TOA_PROBE_ROOT is for tests, as in probe.sh.
LC_ALL=C
export LC_ALL
root=${TOA_PROBE_ROOT:-}
PATH=$PATH:$root/usr/local/sbin:$root/usr/sbin:$root/sbin:$root/usr/local/bin:$root/usr/bin:$root/bin

have() {
  command -v "$1" >/dev/null
}

# All names at once: where apt may keep no cache, as in containers, it reads all of its lists for each question.
debian() {
  apt-cache pkgnames | sed -n \
    -e 's/^linux-headers-/available=&/p' \
    -e 's/^pve-headers-/available=&/p' \
    -e 's/^proxmox-headers-/available=&/p' \
    -e 's/^raspberrypi-kernel-headers/available=&/p' | sort -u
}

suse() {
  zypper --non-interactive --quiet --no-refresh search --details --match-exact kernel-default-devel kernel-devel |
    awk -F '|' 'NF > 5 { gsub(/ /, ""); if ($4 ~ /^[0-9]/) print "available=" $2 "-" $4 }'
}

# `list` breaks long lines of its three columns, so the words are counted, not the lines.
redhat() {
  "$1" --quiet --cacheonly --showduplicates list available 'kernel*-devel' |
    awk 'NF == 2 && $2 == "Packages" { next }
      { for (i = 1; i <= NF; i++) { word[n++] = $i; if (n == 3) { n = 0; package() } } }
      function package(at) {
        at = match(word[0], /\.[^.]*$/)
        sub(/^[0-9]+:/, "", word[1])
        if (at && word[1] ~ /^[0-9]/) print "available=" substr(word[0], 1, at - 1) "-" word[1] substr(word[0], at)
      }'
}

alpine() {
  apk search 'linux-*-dev' | sed 's/^/available=/'
}

arch() {
  pacman -Ss '^linux.*-headers$' | sed -n 's/^[^ /]*\/\([^ ]*\) \([^ ]*\).*/available=\1-\2/p'
}

report() {
  printf '\ntoa-available-begin 1\n'
  if have apt-cache; then debian
  elif have zypper; then suse
  elif have dnf; then redhat dnf
  elif have yum; then redhat yum
  elif have apk; then alpine
  elif have pacman; then arch
  fi
  printf 'toa-available-end 1\n'
}

report 2>/dev/null
