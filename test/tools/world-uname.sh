#!/bin/sh
# Stands in for uname in a world (world.sh): the same answer, with the world's release in the place of the running kernel's.
here=/usr/lib/toa-doctor-world
real=$("$here/uname" -r)
read -r release <"$here/release"
answer=$("$here/uname" "$@") || exit
case $answer in
*"$real"*) printf '%s\n' "${answer%%"$real"*}$release${answer#*"$real"}" ;;
*) printf '%s\n' "$answer" ;;
esac
