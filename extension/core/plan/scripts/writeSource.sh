# writeSource.sh DIRECTORY [NAME TEXT]...: makes DIRECTORY hold these files.
set -eu
directory=$1
shift
mkdir -p -- "$directory"
while [ $# -gt 1 ]; do
  printf '%s' "$2" >"$directory/$1"
  shift 2
done
chmod -R u=rwX,go=rX -- "$directory"
