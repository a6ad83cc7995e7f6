# hasLine.sh PATH LINE
[ -f "$1" ] && grep -qxF -e "$2" -- "$1"
