# Argument: a directory. Its entries, each as a letter for its kind (capital behind a link), its name and a NUL.
[ -e "$1" ] || fail_missing "$1"
[ -d "$1" ] || fail not-found "it is not a directory"
cd "$1" 2>/dev/null && [ -r . ] || fail not-permitted "Permission denied"
for name in * .*; do
  case $name in . | ..) continue ;; esac
  if [ -L "$name" ]; then
    kind=l
    if [ -d "$name" ]; then kind=D; elif [ -f "$name" ]; then kind=F; fi
  elif [ -d "$name" ]; then kind=d
  elif [ -f "$name" ]; then kind=f
  elif [ -e "$name" ]; then kind=o
  else continue # the pattern itself, where it matched nothing
  fi
  printf '%s%s\000' "$kind" "$name"
done
