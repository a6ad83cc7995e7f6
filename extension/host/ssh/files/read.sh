# Arguments: a file, and how many bytes to give at most. Its content on standard output.
[ -e "$1" ] || fail_missing "$1"
if [ -d "$1" ]; then fail is-directory "it is a directory"; fi
[ -f "$1" ] || fail other "it is no regular file" # a pipe or a device could keep us waiting for ever
[ -r "$1" ] || fail not-permitted "Permission denied"
exec 4>&1
words=$(head -c "$2" "$1" 2>&1 >&4) || fail_as "$words"
