# weakModules.sh TOOL --add-modules|--remove-modules FILE
PATH=$PATH:/usr/sbin:/sbin
[ -x "$1" ] || exit 0
printf '%s\n' "$3" | "$1" "$2" --no-initramfs
