set -eu
PATH=$PATH:/usr/sbin:/sbin
file=$autoload/toa.conf
if [ "$(cat "$file" 2>/dev/null)" != toa ]; then
  mkdir -p "$autoload"
  if [ -f "$file" ]; then cp -p "$file" "$file.before-toa"; fi
  echo toa >"$file"
  echo "$file" >"$source/.autoload"
  echo toa-changed
fi
if [ -n "$load" ] && ! grep -q '^toa ' /proc/modules; then
  modprobe toa
  echo yes >"$source/.loaded"
  echo toa-changed
fi
