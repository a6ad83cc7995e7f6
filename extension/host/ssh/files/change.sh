# Arguments: `make-directory` PATH, `remove` PATH, `remove-tree` PATH, or `rename` FROM TO [overwrite].
case $1 in
  make-directory) words=$(mkdir "$2" 2>&1) ;;
  remove)
    [ -e "$2" ] || [ -L "$2" ] || fail_missing "$2"
    if [ -d "$2" ] && [ ! -L "$2" ]; then words=$(rmdir "$2" 2>&1); else words=$(rm -f "$2" 2>&1); fi
    ;;
  remove-tree)
    [ -e "$2" ] || [ -L "$2" ] || fail_missing "$2"
    words=$(rm -rf "$2" 2>&1)
    ;;
  rename)
    [ -e "$2" ] || [ -L "$2" ] || fail_missing "$2"
    if [ -e "$3" ] || [ -L "$3" ]; then
      [ "${4-}" = overwrite ] || fail exists "it exists"
      if [ -d "$3" ] && [ ! -L "$3" ]; then rmdir "$3" 2>/dev/null || fail exists "it is a directory with entries"; fi
    fi
    words=$(mv -f "$2" "$3" 2>&1)
    ;;
  *) fail other "no such change" ;;
esac || fail_as "$words"
