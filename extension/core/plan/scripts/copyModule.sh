# copyModule.sh FILE TARGET: installs a module where depmod finds it.
set -eu
mkdir -p -- "${2%/*}"
cp -- "$1" "$2.toa-doctor"
chmod 644 "$2.toa-doctor"
sync "$2.toa-doctor"
mv -f -- "$2.toa-doctor" "$2"
