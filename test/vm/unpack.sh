#!/bin/sh
# unpack.sh DIRECTORY PACKAGE.deb [PATTERN...]
# Lays the files of a Debian package into DIRECTORY as dpkg would on a server with a merged /usr.
# With PATTERNs (tar wildcards) only the files that match.
set -eu
directory=$1
package=$2
shift 2
mkdir -p "$directory/usr/lib"
[ -L "$directory/lib" ] || ln -s usr/lib "$directory/lib"
if [ $# -gt 0 ]; then
	set -- --wildcards "$@"
fi
dpkg-deb --fsys-tarfile "$package" | tar -x -C "$directory" --keep-directory-symlink --no-same-owner "$@"
