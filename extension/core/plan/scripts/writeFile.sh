# writeFile.sh PATH MODE TEXT: makes PATH hold TEXT, at once and for good.
set -eu
mkdir -p -- "${1%/*}"
umask 077
printf '%s' "$3" >"$1.toa-doctor"
chmod "$2" "$1.toa-doctor"
sync "$1.toa-doctor"
mv -f -- "$1.toa-doctor" "$1"
