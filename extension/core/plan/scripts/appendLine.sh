# appendLine.sh PATH LINE: makes LINE one of PATH's lines, at its end.
set -eu
copy=$1.toa-doctor
if [ -e "$1" ]; then
  cp -p -- "$1" "$copy"
  [ -z "$(tail -c 1 -- "$copy")" ] || echo >>"$copy"
else
  : >"$copy"
fi
printf '%s\n' "$2" >>"$copy"
sync "$copy"
mv -f -- "$copy" "$1"
