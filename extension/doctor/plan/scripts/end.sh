# end.sh DIRECTORY NUMBER LINE: notes what the step left, and writes LINE into the journal.
save=$1/before/$2
while read -r what value; do
  case $what in
    packages)
      settle_packages "$value" </dev/null
      installed_packages "$value" >"$save/packages.after" </dev/null
      ;;
    kept)
      if [ -f "$value" ]; then
        mkdir -p "$save/after${value%/*}"
        cp -a "$value" "$save/after$value"
      fi
      ;;
  esac
done <"$save/manifest"
write_journal "$1" "$3"
