# dkmsHas.sh NAME VERSION RELEASE STATE: whether dkms has the module; with a RELEASE, in STATE (built, installed) for it.
# dkms 2 writes `toa, 1.0, RELEASE, x86_64: installed`, dkms 3 `toa/1.0, RELEASE, x86_64: installed`.
PATH=$PATH:/usr/sbin:/sbin
dkms status -m "$1" -v "$2" 2>/dev/null | sed 's/: /, /; s|/|, |' | awk -F ', ' -v name="$1" -v version="$2" -v release="$3" -v state="$4" '
  $1 == name && $2 == version && (release == "" || $3 == release && ($5 ~ "^installed" || $5 ~ "^" state)) { found = 1 }
  END { exit !found }'
