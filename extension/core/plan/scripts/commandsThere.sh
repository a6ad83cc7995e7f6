# commandsThere.sh FILE COMMAND...: whether FILE (or nothing) and the commands are there.
PATH=$PATH:/usr/sbin:/sbin
[ -z "$1" ] || [ -e "$1" ] || exit 1
shift
for name; do command -v "$name" >/dev/null || exit 1; done
