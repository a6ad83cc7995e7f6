# unload.sh NAME
PATH=$PATH:/usr/sbin:/sbin
[ ! -d "/sys/module/$1" ] || modprobe -r "$1"
