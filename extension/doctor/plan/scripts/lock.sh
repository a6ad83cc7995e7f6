# lock.sh DIRECTORY: says `locked` and keeps DIRECTORY to this run until it is ended, or until nobody reads its output any more: then the
# run is dead, however it died, and so is the lock. Status 1: another run has it.
set -eu
umask 077
mkdir -p "$1"
if command -v flock >/dev/null; then
  exec 9>"$1/lock"
  flock -n 9 || exit 1
fi
trap 'exit 0' TERM
echo locked
while echo; do sleep 1 9>&-; done 2>/dev/null
