# sign.sh SIGN_FILE KEY CERTIFICATE RELEASE NAME: signs the installed module.
set -eu
PATH=$PATH:/usr/sbin:/sbin
file=$(modinfo -k "$4" -F filename "$5")
case $file in *.ko) ;; *) echo "$file is compressed; it has to be signed before that" >&2; exit 1 ;; esac
cp -p -- "$file" "$file.toa-doctor"
"$1" sha256 "$2" "$3" "$file.toa-doctor"
mv -f -- "$file.toa-doctor" "$file"
