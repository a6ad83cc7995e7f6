# read.sh DIRECTORY: the journal, or nothing.
[ ! -e "$1/journal" ] || cat "$1/journal"
