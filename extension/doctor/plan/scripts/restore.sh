# restore.sh DIRECTORY NUMBER LINE: puts back what was there before step NUMBER, and writes LINE into the journal. Run twice it does no
# harm.
save=$1/before/$2

# Those that the step brought and that are still there. After a cut nobody noted what it left: then all that came since counts.
brought() {
  installed_packages "$1" >"$save/packages.now"
  [ -e "$save/packages.after" ] || cp "$save/packages.now" "$save/packages.after"
  comm -13 "$save/packages" "$save/packages.after" | comm -12 - "$save/packages.now"
}

# dpkg knows which files a package has only once it is unpacked: one that was cut is unpacked again before it is removed.
finish_dpkg() {
  # First, for it also takes in what dpkg was about to note of its state.
  dpkg --configure -a || true
  half=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^half-installed //p')
  [ -z "$half" ] || apt-get install -y --reinstall $half || true
  dpkg --configure -a || true
}

# The kernel that runs is not removed: a newer one that came with the headers stays, a vendor's is left by booting another one.
without_running() {
  kernel=$(uname -r)
  case $1 in
    deb) grep -v "^linux-\(image\|binary\|modules\)-$kernel\(:\|\$\)" || true ;;
    rpm) awk -v kernel="kernel-$kernel" '{ print } $0 == kernel { running = 1 } END { exit running }' || {
      echo "kernel-$kernel is running: boot another kernel, then uninstall again" >&2
      return 1
    } ;;
    *) cat ;;
  esac
}

# without_needed NAME...: those of these deb packages that nothing else needs by now. A kernel that was installed since keeps what it shares.
without_needed() {
  while [ $# -gt 0 ]; do
    needed=$(dpkg --purge --dry-run "$@" 2>&1 | sed -n 's/^dpkg: dependency problems prevent removal of \(.*\):$/\1/p')
    [ -n "$needed" ] || break
    echo "What is installed since needs this, so it stays:" $needed >&2
    set -- $(printf '%s\n' "$@" | awk -v needed="$needed" '
      BEGIN { count = split(needed, names, "\n"); for (i = 1; i <= count; i++) { sub(/:.*/, "", names[i]); stays[names[i]] = 1 } }
      { name = $0; sub(/:.*/, "", name) } !(name in stays)')
  done
  printf '%s\n' "$@"
}

# What something else needs by now stays, or with rpm ends the undo with its words. Names of packages have no blanks.
remove_packages() {
  if [ "$1" = deb ]; then finish_dpkg; fi
  brought "$1" >"$save/packages.brought"
  names=$(without_running "$1" <"$save/packages.brought")
  if [ "$1" = deb ]; then names=$(without_needed $names); fi
  [ -n "$names" ] || return 0
  case $1 in
    deb) dpkg --purge --force-remove-reinstreq $names ;;
    rpm) rpm -e $names ;;
    apk) apk del $names ;;
    pacman) pacman -R --noconfirm $names ;;
  esac
}

put_back() {
  if [ -f "$1" ] && [ -f "$save/after$1" ] && ! cmp -s "$1" "$save/after$1" && ! cmp -s "$1" "$save/files$1"; then
    echo "$1 was changed by somebody else since: it is left as it is" >&2
    return 0
  fi
  (umask 022; mkdir -p "${1%/*}")
  rm -rf -- "$1.toa-doctor"
  cp -a "$save/files$1" "$1.toa-doctor"
  if [ -d "$1" ] && [ ! -L "$1" ]; then rm -rf -- "$1"; fi
  mv -f "$1.toa-doctor" "$1"
}

# The index of modules names no file that is gone.
index_again() {
  rest=${1#/lib/modules/}
  release=${rest%%/*}
  if [ "$rest" != "$1" ] && [ -e "/lib/modules/$release/modules.dep" ]; then depmod -a "$release"; fi
}

if [ -e "$save/manifest" ]; then
  while read -r what value; do
    {
      case $what in
        absent) rm -rf -- "$value"; index_again "$value" ;;
        above) if [ -d "$value" ]; then rmdir -- "$value" 2>/dev/null || true; fi ;;
        kept) put_back "$value"; index_again "$value" ;;
        packages) remove_packages "$value" ;;
      esac
    } </dev/null
  done <"$save/manifest"
fi
write_journal "$1" "$3"
