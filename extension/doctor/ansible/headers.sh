release=$(uname -r)
tree=/lib/modules/$release/build
if [ ! -f "$tree/Makefile" ]; then
  echo "$tree has no headers"
  exit 0
fi
found=$(sed -n 's/^#define UTS_RELEASE "\(.*\)".*/\1/p' "$tree/include/generated/utsrelease.h" 2>/dev/null)
if [ "$found" = "$release" ]; then echo toa-headers-fit; else echo "$tree has the headers of ${found:-no kernel}"; fi
