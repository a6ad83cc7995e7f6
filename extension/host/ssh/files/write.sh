# Arguments: a file, the number of bytes on standard input, what the file was when it was last seen (what describe says, `any`, or
# `new` when there must be none), and a random word. Says `go` when it reads, and in the end what the file is now.
#
# The bytes are gathered beside the file, which is replaced in one step when all are there: a connection that breaks, or a full disk,
# leaves it as it was. Mode and owner stay. Where that cannot be (a foreign owner, hard links, a closed directory), the file is
# overwritten with what was gathered.

path=$1
for hop in 1 2 3 4 5 6 7 8; do
  [ -L "$path" ] || break
  target=$(readlink "$path" && echo end) || break
  target=${target%"
end"}
  case $target in /*) path=$target ;; *) path=${path%/*}/$target ;; esac
done
directory=${path%/*}/

same_as_seen() {
  case $3 in
    any) return 0 ;;
    new) [ ! -e "$path" ] || fail exists "it exists" ;;
    *) [ "$(describe "$1")" = "$3" ] || fail changed "it was changed meanwhile" ;;
  esac
}

[ -d "$directory" ] || fail_missing "$directory"
if [ -d "$path" ]; then fail is-directory "it is a directory"; fi
same_as_seen "$@"

aside=${directory}.toa-$4
trap 'rm -f "$aside"' EXIT
trap 'exit 2' HUP INT TERM PIPE

# owner MODE-LINKS-USER-GROUP of a file
rights() { ls -nd "$1" | { read -r mode links user group rest && echo "$mode $links $user $group"; }; }

overwrite=
if [ -e "$path" ]; then
  [ -w "$path" ] || fail not-permitted "Permission denied"
  if ! cp -p "$path" "$aside" 2>/dev/null || [ "$(rights "$path")" != "$(rights "$aside")" ]; then
    rm -f "$aside"
    overwrite=yes
    aside=${TMPDIR:-/tmp}/toa-$4
    (umask 077 && : >"$aside") 2>/dev/null || fail not-permitted "no place to write aside"
  fi
else
  words=$({ : >"$aside"; } 2>&1) || fail_as "$words"
fi

echo go
# From here on bytes may be left on the connection, which must not be read as commands: status 2 ends it.
words=$(head -c "$2" 2>&1 >"$aside") || (fail_as "$words") || exit 2
[ "$(wc -c <"$aside")" -eq "$2" ] || (fail other "the connection broke") || exit 2
same_as_seen "$@"
if [ -n "$overwrite" ]; then
  words=$(cat "$aside" 2>&1 >"$path") || {
    trap - EXIT
    fail no-space "$words; what was to be written is in $aside"
  }
else
  words=$(mv -f "$aside" "$path" 2>&1) || fail_as "$words"
  trap - EXIT
fi
describe "$1"
