# selfTest.sh KIND [NAME TEXT]...: builds the self-test from its source and runs it. Leaves nothing.
set -eu
kind=$1
shift
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
while [ $# -gt 1 ]; do
  printf '%s' "$2" >"$work/$1"
  shift 2
done
cc=gcc
command -v gcc >/dev/null || cc=cc
"$cc" -O1 -o "$work/toa-selftest" "$work"/*.c
"$work/toa-selftest" -k "$kind" || [ $? -eq 1 ]
