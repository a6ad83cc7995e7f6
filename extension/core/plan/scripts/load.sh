# load.sh NAME: loads the installed module; one of the same name from another file is unloaded first.
PATH=$PATH:/usr/sbin:/sbin
if [ -d "/sys/module/$1" ]; then modprobe -r "$1" || exit; fi
modprobe "$1"
