# isSigned.sh CERTIFICATE RELEASE NAME: whether the installed module has a signature that this certificate verifies. Layout of the
# end of the file: include/linux/module_signature.h. Needs openssl.
set -eu
PATH=$PATH:/usr/sbin:/sbin
file=$(modinfo -k "$2" -F filename "$3")
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
case $file in
  *.xz) xz -dc -- "$file" ;;
  *.gz) gzip -dc -- "$file" ;;
  *.zst) zstd -dcq -- "$file" ;;
  *) cat -- "$file" ;;
esac >"$work/module"
size=$(wc -c <"$work/module")
[ "$(tail -c 28 "$work/module")" = '~Module signature appended~' ]
# The four bytes before the mark: the length of the PKCS#7 message, big end first.
set -- "$1" $(tail -c 32 "$work/module" | head -c 4 | od -An -tu1)
length=$((($2 << 24) + ($3 << 16) + ($4 << 8) + $5))
[ "$length" -gt 0 ] && [ "$length" -lt "$size" ]
tail -c $((length + 40)) "$work/module" | head -c "$length" >"$work/signature"
head -c $((size - length - 40)) "$work/module" >"$work/content"
openssl x509 -inform DER -in "$1" -out "$work/certificate"
openssl cms -verify -binary -inform DER -in "$work/signature" -content "$work/content" -certfile "$work/certificate" \
  -nointern -noverify -out /dev/null
