# dkmsEvery.sh NAME VERSION install|check: dkms builds and installs the module for every kernel here that has modules and headers; or
# whether it has done so.
PATH=$PATH:/usr/sbin:/sbin
for build in /lib/modules/*/build; do
  release=${build#/lib/modules/}
  release=${release%/build}
  [ -d "/lib/modules/$release/kernel" ] && [ -e "$build/Makefile" ] || continue
  if dkms status -m "$1" -v "$2" -k "$release" | grep -q installed; then continue; fi
  [ "$3" = install ] && dkms install -m "$1" -v "$2" -k "$release" || exit 1
done
