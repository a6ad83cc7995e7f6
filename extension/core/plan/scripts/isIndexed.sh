# isIndexed.sh RELEASE NAME: whether modprobe finds the module, and its file is there.
PATH=$PATH:/usr/sbin:/sbin
file=$(modinfo -k "$1" -F filename "$2" 2>/dev/null) || exit 1
[ -f "$file" ] && grep -q "/$2\.ko[.a-z]*:" "/lib/modules/$1/modules.dep"
