# filesHold.sh DIRECTORY [SHA256 PATH]...: whether DIRECTORY holds these files.
directory=$1
shift
while [ $# -gt 1 ]; do
  sum=$(sha256sum <"$directory/$2") && [ "${sum%% *}" = "$1" ] || exit 1
  shift 2
done 2>/dev/null
