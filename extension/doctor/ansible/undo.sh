set -eu
PATH=$PATH:/usr/sbin:/sbin
[ -d "$source" ] || exit 0
restore() {
  if [ -f "$1.before-toa" ]; then mv "$1.before-toa" "$1"; else rm -f "$1"; fi
}
if [ -f "$source/.loaded" ]; then modprobe -r toa; fi
if [ -f "$source/.autoload" ]; then restore "$autoload/toa.conf"; fi
if [ -n "$dkms" ]; then dkms remove -m toa -v 0.1.0 --all; fi
for mark in "$source"/.installed-*; do
  [ -f "$mark" ] || continue
  release=${mark#"$source/.installed-"}
  restore "/lib/modules/$release/extra/toa.ko"
  rmdir "/lib/modules/$release/extra" 2>/dev/null || true
  depmod "$release"
done
rm -rf "$source"
echo toa-changed
