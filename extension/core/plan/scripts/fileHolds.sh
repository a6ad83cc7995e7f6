# fileHolds.sh PATH MODE TEXT: whether PATH holds exactly TEXT and has this mode.
[ -f "$1" ] && [ "$(stat -c %a -- "$1")" = "$2" ] && printf '%s' "$3" | cmp -s - "$1"
