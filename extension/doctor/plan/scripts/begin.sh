# begin.sh DIRECTORY NUMBER FORMAT LINE [PATH...]: keeps what is there before step NUMBER, and writes LINE into the journal.
# FORMAT: of the packages that the step installs; empty when it installs none. Nothing is kept twice: after a cut, what is there is no
# longer what was there before.
home=$1
save=$1/before/$2
format=$3
line=$4
shift 4

# The directories above a path that are not there yet, the lowest first: the undo removes them when they are empty.
missing_above() {
  above=${1%/*}
  while [ -n "$above" ] && [ ! -d "$above" ]; do
    printf 'above %s\n' "$above"
    above=${above%/*}
  done
}

(umask 077; mkdir -p "$home/before")
if [ ! -e "$save/manifest" ]; then
  rm -rf "$save"
  mkdir "$save" "$save/files"
  for path; do
    if [ -e "$path" ] || [ -L "$path" ]; then
      mkdir -p "$save/files${path%/*}"
      cp -a "$path" "$save/files$path"
      printf 'kept %s\n' "$path"
    else
      printf 'absent %s\n' "$path"
      missing_above "$path"
    fi
  done >"$save/manifest.new"
  if [ -n "$format" ]; then
    installed_packages "$format" >"$save/packages"
    printf 'packages %s\n' "$format" >>"$save/manifest.new"
  fi
  sync "$save/manifest.new"
  mv "$save/manifest.new" "$save/manifest"
fi
settle_packages "$format"
write_journal "$home" "$line"
