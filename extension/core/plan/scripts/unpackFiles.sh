# unpackFiles.sh ARCHIVE DIRECTORY: makes DIRECTORY hold the files of ARCHIVE and no others. They belong to root, whatever ARCHIVE says.
set -eu
umask 022
rm -rf -- "$2"
mkdir -p -- "$2"
tar -x -o -f "$1" -C "$2"
rm -f -- "$1"
