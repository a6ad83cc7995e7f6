# isCopied.sh FILE TARGET: whether TARGET is FILE, or FILE with a signature that was appended since.
[ -f "$1" ] && [ -f "$2" ] || exit 1
cmp -s -- "$1" "$2" && exit
[ "$(tail -c 28 -- "$2")" = '~Module signature appended~' ] && head -c "$(wc -c <"$1")" -- "$2" | cmp -s - "$1"
