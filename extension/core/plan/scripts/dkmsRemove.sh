# dkmsRemove.sh NAME VERSION RELEASE: takes the module out of dkms, for one RELEASE or for all.
PATH=$PATH:/usr/sbin:/sbin
command -v dkms >/dev/null && [ -d "/var/lib/dkms/$1/$2" ] || exit 0
if [ -z "$3" ]; then dkms remove -m "$1" -v "$2" --all; exit; fi
dkms status -m "$1" -v "$2" -k "$3" | grep -q installed || exit 0
dkms uninstall -m "$1" -v "$2" -k "$3"
