# removeLine.sh PATH LINE: takes LINE out of PATH; the rest stays as it is.
set -eu
[ -f "$1" ] && grep -qxF -e "$2" -- "$1" || exit 0
cp -p -- "$1" "$1.toa-doctor"
grep -vxF -e "$2" -- "$1" >"$1.toa-doctor" || [ $? -eq 1 ]
mv -f -- "$1.toa-doctor" "$1"
