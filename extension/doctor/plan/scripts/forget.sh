# forget.sh DIRECTORY: all is undone; nothing of ours stays.
rm -rf -- "$1"
