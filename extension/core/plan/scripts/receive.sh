# receive.sh FILE first|more: the base64 on the standard input becomes FILE, or its continuation.
set -eu
umask 077
[ "$2" = more ] || : >"$1"
base64 -d >>"$1"
