# What a maintainer asks for when a module does not build or load. Reads only: no root, no writes, no network. POSIX sh.
#
# Arguments: the directory of the module's source (absolute path).
#
# Output: parts, each after a line `toa-part NAME`. A command that is not there leaves its part empty.
LC_ALL=C
export LC_ALL
unset CDPATH GREP_OPTIONS
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
directory=$1

# A part and the commands whose output it is. A line of theirs that looks like the beginning of a part is set in.
part() {
  printf 'toa-part %s\n' "$1"
  shift
  "$@" 2>&1 | sed 's/^toa-part /  &/'
}

system() {
  uname -srvm
  cat /proc/version
  grep -E '^(PRETTY_NAME|ID|VERSION_ID)=' /etc/os-release
}

links() {
  ls -ld /lib/modules/* /lib/modules/*/build /lib/modules/*/source /usr/src/*
}

compilers() {
  for tool in gcc ld make; do "$tool" --version | sed 1q; done
  sed 's/^/\/proc\/version: /' /proc/version
}

security() {
  mokutil --sb-state
  for file in /sys/kernel/security/lockdown /proc/sys/kernel/modules_disabled /sys/module/module/parameters/sig_enforce; do
    if [ -r "$file" ]; then printf '%s: %s\n' "$file" "$(cat "$file")"; fi
  done
}

modules() {
  grep -E '^toa ' /proc/modules
  for file in "$directory"/*.ko; do
    if [ -f "$file" ]; then modinfo "$file"; fi
  done
}

log() {
  dmesg | tail -n 200
}

part system system
part links links
part compilers compilers
part security security
part modules modules
part kernel-log log
printf 'toa-part names\n%s\n%s\n%s\n' "$(uname -n)" "$(hostname -f 2>/dev/null)" "$(id -un)"
