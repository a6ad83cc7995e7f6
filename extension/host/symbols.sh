# Looks names of the kernel up in a tree: where its headers have them, and which of them it exports to modules.
# Reads only: no root, no writes, no network. POSIX sh.
#
# Arguments: `everything`, or `exports` to leave the headers unread; the tree (absolute path) or an empty argument; the release it is for or
# an empty argument; then names of C or headers like linux/uaccess.h.
#
# Output, between two marker lines: `declared=FILE:LINE:TEXT`, `header=NAME`, `symvers=yes`
# where the tree has Module.symvers or the kernel's package has it, `export=LINE` of it, `owner=SYMBOL MODULE` as depmod found it, `kallsyms=TYPE SYMBOL` of the running kernel.
LC_ALL=C
export LC_ALL
unset CDPATH GREP_OPTIONS
about=$1
tree=$2
release=$3
shift 3

# The kernel's name for this machine's CPU: trees hold the headers of all of them.
case $(uname -m) in
  x86_64 | i?86) architecture=x86 ;;
  aarch64) architecture=arm64 ;;
  arm*) architecture=arm ;;
  ppc*) architecture=powerpc ;;
  s390*) architecture=s390 ;;
  riscv*) architecture=riscv ;;
  *) architecture=$(uname -m | sed 's/[0-9]*$//') ;;
esac

# The tree itself and the one it borrows its headers from: Debian's Makefile includes the common one, SUSE's and kbuild's link to it.
headers_of() {
  printf '%s\n' "$tree"
  if [ -d "$tree/source" ]; then printf '%s\n' "$tree/source"; fi
  sed -n 's/^include \(\/[^[:space:]]*\)\/Makefile$/\1/p' "$tree/Makefile" | sed 1q
}

# `-e NAME` for each name, as the positional parameters of what runs next. Names were C identifiers when they came in.
identifiers=
for name; do
  case $name in
    */* | *.h) ;;
    '' | *[!A-Za-z0-9_]*) ;;
    *) identifiers="$identifiers$name
" ;;
  esac
done

declared() {
  headers_of | while IFS= read -r place; do
    for folder in "$place/include" "$place/arch/$architecture/include"; do
      [ -d "$folder" ] || continue
      find "$folder/" -name '*.h' -exec grep -nwF -e "${identifiers%?}" /dev/null {} + | grep -v ":[0-9]*:[[:space:]]*/*\\*"
    done
  done | sed -e 500q -e 's/^/declared=/'
}

present() {
  for name; do
    case $name in
      *..* | /*) continue ;;
      */* | *.h) ;;
      *) continue ;;
    esac
    headers_of | while IFS= read -r place; do
      for folder in "$place/include" "$place/arch/$architecture/include"; do
        if [ -f "$folder/$name" ]; then printf 'header=%s\n' "$name"; fi
      done
    done | sed 1q
  done
}

# Red Hat's kernel packages bring the list without the tree.
symvers() {
  for file in "${tree:+$tree/Module.symvers}" "${release:+/boot/symvers-$release.gz}" \
    "${release:+/lib/modules/$release/symvers.gz}" "${release:+/lib/modules/$release/symvers.xz}"; do
    [ -f "$file" ] || continue
    case $file in
      *.gz) gzip -dc <"$file" ;;
      *.xz) xz -dc <"$file" ;;
      *) cat "$file" ;;
    esac
    return
  done
}

exported() {
  symvers | awk '/^0x/ { print "symvers=yes"; exit }'
  symvers | grep -wF -e "${identifiers%?}" | sed -e 1000q -e 's/^/export=/'
}

owners() {
  if [ -n "$release" ] && [ -f "/lib/modules/$release/modules.symbols" ]; then
    grep -wF -e "${identifiers%?}" "/lib/modules/$release/modules.symbols" | sed -n -e 1000q -e 's/^alias symbol:/owner=/p'
  fi
  # Not what uname says, which can be told to say another release.
  if [ -n "$release" ] && [ "$release" = "$(cat /proc/sys/kernel/osrelease)" ] && [ -r /proc/kallsyms ]; then
    grep -wF -e "${identifiers%?}" /proc/kallsyms | sed -n -e 1000q -e 's/^[0-9a-f]* \([A-Za-z] [A-Za-z0-9_]*\).*/kallsyms=\1/p'
  fi
}

report() {
  printf '\ntoa-symbols-begin 1\n'
  if [ -n "$identifiers" ]; then
    if [ "$about" = everything ]; then declared; fi
    exported
    owners
  fi
  present "$@"
  printf 'toa-symbols-end 1\n'
}

report "$@" 2>/dev/null | tr '\011' ' ' | tr -d '\000-\010\013-\037\177'
