# builtFor.sh FILE RELEASE: whether FILE is a module for this kernel.
PATH=$PATH:/usr/sbin:/sbin
[ -f "$1" ] && magic=$(modinfo -F vermagic "$1") && [ "${magic%% *}" = "$2" ]
