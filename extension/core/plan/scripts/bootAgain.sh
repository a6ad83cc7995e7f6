# bootAgain.sh IMAGE BEFORE: where IMAGE is booted by default, the kernel that ran before is again.
PATH=$PATH:/usr/sbin:/sbin
command -v grubby >/dev/null && [ -e "$2" ] && [ "$1" != "$2" ] || exit 0
[ "$(grubby --default-kernel)" = "$1" ] || exit 0
grubby --set-default "$2"
