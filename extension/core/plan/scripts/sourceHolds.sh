# sourceHolds.sh DIRECTORY [NAME TEXT]...: whether DIRECTORY holds these files.
directory=$1
shift
while [ $# -gt 1 ]; do
  printf '%s' "$2" | cmp -s - "$directory/$1" || exit 1
  shift 2
done
