# isLoaded.sh NAME: whether the installed module is the loaded one. A kernel without srcversion only tells that one is loaded.
PATH=$PATH:/usr/sbin:/sbin
[ -d "/sys/module/$1" ] || exit 1
[ -r "/sys/module/$1/srcversion" ] || exit 0
installed=$(modinfo -F srcversion "$1") && [ "$installed" = "$(cat "/sys/module/$1/srcversion")" ]
