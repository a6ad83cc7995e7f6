# makeKey.sh KEY CERTIFICATE: a key for signing modules, and its certificate in DER.
set -eu
umask 077
mkdir -p -- "${1%/*}"
openssl req -new -x509 -newkey rsa:2048 -nodes -sha256 -days 36500 -subj '/CN=TOA Doctor module signing/' \
  -addext 'extendedKeyUsage=codeSigning' -outform DER -out "$2" -keyout "$1"
chmod 600 "$1"
chmod 644 "$2"
