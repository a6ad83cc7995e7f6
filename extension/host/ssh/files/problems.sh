# How the scripts beside this one end when they fail: one line on standard error, a word that farFiles.ts knows and perhaps the system's own.

# fail WORD [TEXT]
fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Tells the failure of a tool by what it said. The head of busybox calls a full disk an I/O error.
fail_as() {
  case $1 in
    *'ermission denied'* | *'not permitted'* | *'ead-only file system'*) fail not-permitted "$1" ;;
    *'o such file'* | *'ot a directory'*) fail not-found "$1" ;;
    *'ile exists'* | *'irectory not empty'*) fail exists "$1" ;;
    *'o space left'* | *'uota exceeded'* | *'standard output: I/O error') fail no-space "$1" ;;
    *) fail other "$1" ;;
  esac
}

# There is nothing at a path, or it may not be looked at.
fail_missing() {
  fail_as "$(ls -d "$1" 2>&1)"
}

# One line about a path: link and kind, rights, then size, times, inode and mode, which change whenever the file does.
describe() {
  kind=o
  if [ -d "$1" ]; then kind=d; elif [ -f "$1" ]; then kind=f; fi
  if [ -L "$1" ]; then kind=l$kind; fi
  if [ -w "$1" ]; then kind=${kind}w; fi
  numbers=$(stat -L -c '%s %Y %Z %i %a %y' "$1" 2>/dev/null) ||
    numbers="$(wc -c <"$1" 2>/dev/null || echo 0) $(date -r "$1" +%s 2>/dev/null || echo 0) $(ls -Llnid "$1" 2>/dev/null)"
  printf '%s %s\n' "$kind" "$(printf '%s' "$numbers" | tr '\n' ' ')"
}
