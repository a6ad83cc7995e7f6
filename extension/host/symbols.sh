# Looks names of the kernel up in a tree: where its headers have them, and which of them it exports to modules.
# Reads only: no root, no writes, no network. POSIX sh.
#
# Arguments: the tree (absolute path), the release it is for or an empty argument, then names of C or headers like linux/uaccess.h.
#
# Output, between two marker lines: `declared=FILE:LINE:TEXT`, `header=NAME`, `symvers=yes`
# where the tree has Module.symvers, `export=LINE` of it, `owner=SYMBOL MODULE` as depmod found it, `kallsyms=TYPE SYMBOL` of the running kernel.
LC_ALL=C
export LC_ALL
unset CDPATH GREP_OPTIONS
tree=$1
release=$2
shift 2

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

exported() {
  if [ ! -f "$tree/Module.symvers" ]; then return; fi
  printf 'symvers=yes\n'
  grep -wF -e "${identifiers%?}" "$tree/Module.symvers" | sed -e 200q -e 's/^/export=/'
}

owners() {
  if [ -n "$release" ] && [ -f "/lib/modules/$release/modules.symbols" ]; then
    grep -wF -e "${identifiers%?}" "/lib/modules/$release/modules.symbols" | sed -n -e 200q -e 's/^alias symbol:/owner=/p'
  fi
  if [ "$release" = "$(uname -r)" ] && [ -r /proc/kallsyms ]; then
    grep -wF -e "${identifiers%?}" /proc/kallsyms | sed -n -e 200q -e 's/^[0-9a-f]* \([A-Za-z] [A-Za-z0-9_]*\).*/kallsyms=\1/p'
  fi
}

report() {
  printf '\ntoa-symbols-begin 1\n'
  if [ -n "$identifiers" ]; then
    declared
    exported
    owners
  fi
  present "$@"
  printf 'toa-symbols-end 1\n'
}

report "$@" 2>/dev/null | tr '\011' ' ' | tr -d '\000-\010\013-\037\177'
