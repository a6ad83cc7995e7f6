# Probes this host for everything that decides whether toa.ko can be built for its kernel and loaded.
# Reads only: no root, no writes, no network. POSIX sh, with the same output under dash, bash --posix and busybox ash.
#
# Arguments: directories of header or source trees to look at besides the usual places (absolute paths).
#
# Output, between two marker lines: `key=value`. A key may repeat. `directory`, `tree` and `toa.file` begin a record, and
# the keys below them (`directory.build.state`, …) belong to it. What cannot be read is left out. core/probe/ makes Facts of it.
#
# TOA_PROBE_ROOT is put before every path. It is for tests, which lay out the files of other systems in a folder.
LC_ALL=C
export LC_ALL
unset CDPATH GREP_OPTIONS
root=${TOA_PROBE_ROOT:-}
PATH=$PATH:$root/usr/local/sbin:$root/usr/sbin:$root/sbin:$root/usr/local/bin:$root/usr/bin:$root/bin
newline='
'
# Kernel options that decide vermagic, signing, the compiler, and what the module may use.
options='MODULES|MODULE_UNLOAD|MODULE_FORCE_LOAD|MODVERSIONS|BASIC_MODVERSIONS|EXTENDED_MODVERSIONS|TRIM_UNUSED_KSYMS'
options="$options|MODULE_SIG|MODULE_SIG_FORCE|MODULE_SIG_ALL|MODULE_SIG_HASH|MODULE_COMPRESS(_[A-Z]+)?"
options="$options|SECURITY_LOCKDOWN_LSM|LOCK_DOWN_[A-Z_]+|SMP|PREEMPT|PREEMPT_[A-Z_]+|IPV6|NET_NS|BPF_SYSCALL"
options="$options|KALLSYMS|KALLSYMS_ALL|KPROBES|LIVEPATCH|FUNCTION_TRACER|DYNAMIC_FTRACE|DYNAMIC_FTRACE_WITH_[A-Z_]+"
options="$options|X86_KERNEL_IBT|CFI|CFI_CLANG|LTO_CLANG|RETPOLINE|MITIGATION_RETPOLINE|OBJTOOL|STACK_VALIDATION|UNWINDER_ORC"
options="$options|CC_VERSION_TEXT|GCC_VERSION|CLANG_VERSION|GCC_PLUGINS|RANDSTRUCT|GCC_PLUGIN_RANDSTRUCT"
options="$options|DEBUG_INFO_BTF|DEBUG_INFO_BTF_MODULES|RUST"

# --- How facts are written

# One line of the report. A value never makes a second line, since that could pass for another fact.
fact() {
  [ -n "$2" ] || return 0
  case $2 in
    *"$newline"*) printf '%s=%s\n' "$1" "$(printf '%s' "$2" | tr '\n' ' ')" ;;
    *) printf '%s=%s\n' "$1" "$2" ;;
  esac
}

# Each line of standard input as a fact with the same key.
facts() {
  while IFS= read -r line || [ -n "$line" ]; do fact "$1" "$line"; done
}

# A fact that is `yes` when the test in the other arguments holds.
whether() {
  key=$1
  shift
  if [ "$@" ]; then fact "$key" yes; fi
}

# --- How the host is read

# Where command $1 is. By hand, because busybox ash finds its own applets (rpm, dpkg, uname) before any file.
locate() (
  IFS=:
  set -f
  for folder in $PATH; do
    case $folder in /*) ;; *) continue ;; esac
    if [ -f "$folder/$1" ] && [ -x "$folder/$1" ]; then
      printf '%s\n' "$folder/$1"
      exit 0
    fi
  done
  exit 1
)

# Runs a command from a file, never an applet of the shell.
run() {
  program=$(locate "$1") || return 127
  shift
  "$program" "$@"
}

first_line() {
  if [ -f "$1" ]; then sed 1q "$1"; fi
}

# Kernel builds cannot live in a directory with control characters in its name, and a report line could not name it.
printable() {
  case $1 in *[[:cntrl:]]*) return 1 ;; esac
}

# Where the links at the end of a path lead. They are followed by hand, so that absolute ones stay inside $root.
follow() {
  place=$1
  for hop in 1 2 3 4 5 6 7 8; do
    [ -L "$place" ] || break
    destination=$(readlink "$place")
    case $destination in
      /*) place=$root$destination ;;
      *) place=${place%/*}/$destination ;;
    esac
  done
  printf '%s\n' "$place"
}

# The directory a path leads to, all links resolved (without readlink -f, which old systems lack).
resolve() {
  physical=$(cd -P "$(follow "$1")" && pwd -P && echo end) || return 1
  physical=${physical%"${newline}end"} # `end` guards newlines at the end of a name, which $() would cut off
  printable "$physical" && printf '%s\n' "${physical#"$root"}"
}

# The kernel options in a configuration on standard input.
known_options() {
  grep -E "^CONFIG_($options)=" | sed 's/^CONFIG_//'
}

# --- What is asked

kernel() {
  running=$(run uname -r)
  fact kernel.system "$(run uname -s)"
  fact kernel.release "$running"
  fact kernel.machine "$(run uname -m)"
  fact kernel.version "$(run uname -v)"
  fact kernel.built "$(first_line "$root/proc/version")"
  running_configuration | known_options | facts kernel.option
}

running_configuration() {
  if [ -r "$root/proc/config.gz" ]; then
    gzip -dc <"$root/proc/config.gz"
    return
  fi
  for file in "$root/boot/config-$running" "$root/lib/modules/$running/config"; do
    if [ -f "$file" ] && [ -r "$file" ]; then
      cat "$file"
      return
    fi
  done
}

distribution() {
  for file in "$root/etc/os-release" "$root/usr/lib/os-release"; do
    [ -f "$file" ] || continue
    grep -E '^(ID|ID_LIKE|VERSION_ID|VERSION|VERSION_CODENAME|UBUNTU_CODENAME|PRETTY_NAME|NAME)=' "$file" | facts os-release
    break
  done
  if [ -f "$root/etc/lsb-release" ]; then grep '^DISTRIB_CODENAME=' "$root/etc/lsb-release" | facts lsb-release; fi
  for file in "$root"/etc/*-release "$root/etc/debian_version"; do
    case $file in */os-release | */lsb-release) continue ;; esac
    text=$(first_line "$file")
    if [ -n "$text" ]; then fact release-file "${file##*/} $text"; fi
  done
}

# `sudo -n true` would tell more, but leaves a line in the host's authentication log.
user() {
  fact user.id "$(run id -u)"
  fact user.name "$(run id -un)"
  fact user.groups "$(run id -Gn)"
}

module_directories() {
  for directory in "$root"/lib/modules/*; do
    [ -d "$directory" ] && printable "$directory" || continue
    release=${directory##*/}
    fact directory "${directory#"$root"}"
    link directory.build "$directory/build"
    link directory.source "$directory/source"
    whether directory.modules -d "$directory/kernel"
    if has_image "$release" "$directory"; then fact directory.image yes; fi
  done
}

# The state of a `build` or `source` entry and where it leads.
link() {
  if [ -L "$2" ]; then
    fact "$1.target" "$(readlink "$2")"
  elif [ ! -e "$2" ]; then
    fact "$1.state" absent
    return
  fi
  if [ -d "$(follow "$2")" ]; then
    fact "$1.state" ok
    fact "$1.path" "$(resolve "$2")"
  else
    fact "$1.state" dangling
  fi
}

# Whether the kernel itself is there. Alpine names its image by flavour and keeps the release in another file.
has_image() {
  for file in "$root/boot/vmlinuz-$1" "$root/boot/vmlinux-$1" "$root/boot/Image-$1" "$root/boot/kernel-$1" "$2/vmlinuz"; do
    if [ -e "$file" ] || [ -L "$file" ]; then return 0; fi
  done
  flavour=${1##*-}
  [ -e "$root/boot/vmlinuz-$flavour" ] && [ "$(first_line "$root/usr/share/kernel/$flavour/kernel.release")" = "$1" ]
}

trees() {
  seen=
  for place in "$root"/lib/modules/*/build "$root"/lib/modules/*/source; do tree "$place"; done
  for place in "$root"/usr/src/kernels/* "$root"/usr/src/linux-headers-* "$root"/usr/src/linux-* \
    "$root"/usr/src/linux-*-obj/*/* "$root/usr/src/linux"; do
    if [ -f "$place/Makefile" ]; then tree "$place"; fi
  done
  for place in "$@"; do
    case $place in /*) tree "$root$place" ;; esac
  done
}

# One tree, the first time it is met.
tree() {
  path=$(resolve "$1") || return 0
  case $newline$seen$newline in *"$newline$path$newline"*) return 0 ;; esac
  seen=$seen$newline$path
  place=$root$path
  fact tree "$path"
  fact tree.release "$(tree_release "$place")"
  whether tree.makefile -f "$place/Makefile"
  whether tree.configured -f "$place/include/config/auto.conf"
  whether tree.symvers -f "$place/Module.symvers"
  if [ -f "$place/scripts/mod/modpost" ]; then whether tree.modpost -x "$place/scripts/mod/modpost"; fi
  fact tree.compiler "$(sed -n 's/^#define LINUX_COMPILER[[:space:]]*"\(.*\)".*/\1/p' "$place/include/generated/compile.h")"
  grep -hsE '^(override )?(CC|CROSS_COMPILE)[[:space:]]*[:?]?=' "$place/.kernelvariables" "$place/Makefile" |
    facts tree.variable
  for file in "$place/include/config/auto.conf" "$place/.config"; do
    [ -f "$file" ] || continue
    known_options <"$file" | facts tree.option
    break
  done
  fact tree.package "$(owner "$path")"
}

# kernel.release comes last: in Debian's 6.1 headers it holds the upstream version, not the release.
tree_release() {
  for file in "$1/include/generated/utsrelease.h" "$1/include/linux/utsrelease.h"; do
    [ -f "$file" ] || continue
    sed -n 's/^#define UTS_RELEASE "\(.*\)".*/\1/p' "$file"
    return
  done
  first_line "$1/include/config/kernel.release"
}

# The package that owns a directory. dpkg's own search takes a second; its lists carry the names of header directories.
owner() {
  if [ -f "$root/var/lib/dpkg/info/${1##*/}.list" ]; then
    printf '%s\n' "${1##*/}"
  elif [ -d "$root/var/lib/rpm" ] || [ -d "$root/usr/lib/sysimage/rpm" ]; then
    run rpm -qf --qf '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}\n' "$1" | grep -v ' is not owned ' | sed 1q
  elif [ -d "$root/lib/apk/db" ]; then
    run apk info -qW "$1" | sed 1q
  elif [ -d "$root/var/lib/pacman" ]; then
    run pacman -Qqo "$1" | sed 1q
  fi
}

packages() {
  run dpkg-query -W -f '${Status} ${Package} ${Version}\n' 'linux-headers-*' 'linux-image-*' 'linux-kbuild-*' \
    'pve-headers*' 'pve-kernel*' 'proxmox-headers*' 'proxmox-kernel*' 'raspberrypi-kernel*' \
    dkms make gcc 'gcc-[0-9]*' libelf-dev | sed -n 's/^install ok installed //p' | facts package
  run rpm -qa --qf '%{NAME} %{VERSION}-%{RELEASE}.%{ARCH}\n' 'kernel*' 'kmod-toa*' 'akmod*' dkms make gcc \
    'gcc-toolset-*-gcc' 'devtoolset-*-gcc' elfutils-libelf-devel |
    grep -vE '^kernel[a-z0-9-]*-(tools|tools-libs|debuginfo|doc|rpm-macros|srpm-macros) ' | sort | facts package
  run apk info -v | grep -E '^(linux-|gcc-|make-|akms-|elfutils-dev-)' |
    sed 's/-\([0-9][^-]*-r[0-9]*\)$/ \1/' | facts package
  run pacman -Q | grep -E '^(linux|gcc|make|dkms)[^ ]* ' | facts package
}

tools() {
  for name in make gcc cc clang ld modinfo modprobe insmod rmmod depmod dkms akmods mokutil openssl sudo doas su \
    apt-get dnf yum zypper apk pacman rpm dpkg-query weak-modules grubby ss perl python3 bc pahole systemctl rc-update git tar curl wget tcpdump; do
    if path=$(locate "$name"); then fact command "$name ${path#"$root"}"; fi
  done
  versioned_compilers
  fact tools.gcc "$(run gcc --version | sed 1q)"
  fact tools.make "$(run make --version | sed 1q)"
  fact tools.libc "$(libc)"
}

# Kernels name the compiler that they were built with, like gcc-12.
versioned_compilers() (
  IFS=:
  set -f
  set -- $PATH
  set +f
  for folder in "$@"; do
    for file in "$folder"/gcc-[0-9]* "$folder"/*-gcc-[0-9]* "$folder"/clang-[0-9]*; do
      if [ -x "$file" ]; then fact command "${file##*/} ${file#"$root"}"; fi
    done
  done
)

libc() {
  run getconf GNU_LIBC_VERSION || run ldd --version 2>&1 | sed -n 's/^Version /musl /p'
}

# The kernel's command line can hold secrets: only the one word leaves the host.
security() {
  fact security.lockdown "$(first_line "$root/sys/kernel/security/lockdown")"
  whether security.efi -d "$root/sys/firmware/efi"
  for file in "$root"/sys/firmware/efi/efivars/SecureBoot-* "$root"/sys/firmware/efi/vars/SecureBoot-*/data; do
    if [ -f "$file" ]; then fact security.secure-boot "$(od -An -tu1 "$file")"; fi
  done
  fact security.sig-enforce "$(first_line "$root/sys/module/module/parameters/sig_enforce")"
  if [ -f "$root/proc/cmdline" ]; then
    tr ' ' '\n' <"$root/proc/cmdline" | grep -E '^module\.sig_enforce(=|$)' | facts security.boot-option
  fi
  fact security.modules-disabled "$(first_line "$root/proc/sys/kernel/modules_disabled")"
}

# Signs of a container. None decides alone: /.dockerenv also exists in virtual machines made from an image.
environment() {
  fact init "$(sed -n 's/^Name:[[:space:]]*//p' "$root/proc/1/status")"
  fact container.named "$(first_line "$root/run/systemd/container")"
  fact container.named "$(tr '\000' '\n' <"$root/proc/1/environ" | sed -n 's/^container=//p')"
  if [ -e "$root/.dockerenv" ]; then fact container.sign dockerenv; fi
  if [ -e "$root/run/.containerenv" ]; then fact container.sign containerenv; fi
  if [ -d "$root/var/run/secrets/kubernetes.io" ]; then fact container.sign kubernetes; fi
  if [ -d "$root/proc/vz" ] && [ ! -d "$root/proc/bc" ]; then fact container.sign openvz; fi
  if [ -f "$root/proc/1/cgroup" ]; then
    sed -n -e 's/.*kubepods.*/kubernetes/p;t' -e 's/.*docker.*/docker/p;t' -e 's/.*libpod.*/podman/p;t' \
      -e 's/.*:\/lxc[./].*/lxc/p' "$root/proc/1/cgroup" | sort -u | facts container.sign
  fi
  if [ -f "$root/proc/self/mountinfo" ]; then
    sed -n -e 's/^[^ ]* [^ ]* [^ ]* [^ ]* \/ .* - [a-z-]*overlay.*/overlay-root/p' \
      -e 's/.* \/etc\/host[a-z]* .*/mounted-hosts/p' -e 's/.* - fuse.lxcfs .*/lxc/p' "$root/proc/self/mountinfo" |
      sort -u | facts container.sign
  fi
}

toa() {
  if [ -f "$root/proc/modules" ] && grep -q '^toa ' "$root/proc/modules"; then fact toa.loaded yes; fi
  whether toa.loaded -d "$root/sys/module/toa"
  fact toa.version "$(first_line "$root/sys/module/toa/version")"
  fact toa.srcversion "$(first_line "$root/sys/module/toa/srcversion")"
  fact toa.kinds "$(option_kinds)"
  for directory in "$root"/lib/modules/*; do
    # The header tree can lie in the module directory itself: thousands of files, and no modules.
    find "$directory/" \( -name build -o -name source \) -prune -o -name 'toa.ko*' -print | module_files
  done
  autoload_files
}

# The kinds of option that the loaded module reads. Ours has no parameter for them; it alone counts malformed options.
option_kinds() {
  if [ -f "$root/sys/module/toa/parameters/kinds" ]; then
    first_line "$root/sys/module/toa/parameters/kinds"
  elif grep -q '^syn_recv_sock_malformed' "$root/proc/net/toa_stats"; then
    echo 200,254
  fi
}

module_files() {
  while IFS= read -r file; do
    [ -e "$file" ] && printable "$file" || continue
    fact toa.file "$(printf '%s\n' "${file#"$root"}" | tr -s /)"
    fact toa.file.vermagic "$(run modinfo -F vermagic "$file")"
  done
}

# Files that name the module outside of a comment. Links are passed over, for the files that they lead to are here too.
autoload_files() {
  for file in "$root"/etc/modules-load.d/*.conf "$root"/usr/lib/modules-load.d/*.conf "$root/etc/modules" \
    "$root/etc/rc.modules" "$root"/etc/sysconfig/modules/*.modules "$root/etc/conf.d/modules" "$root/etc/rc.local" \
    "$root/etc/rc.d/rc.local" "$root/etc/init.d/boot.local" "$root"/etc/local.d/*.start "$root"/etc/systemd/system/*.service; do
    [ -f "$file" ] && [ ! -L "$file" ] && printable "$file" || continue
    grep -qE '^([^#]*[^#[:alnum:]_-])?toa(\.ko)?(["[:space:]]|$)' "$file" || continue
    key=toa.autoload
    case $file in
      # Scripts: whoever runs them at boot passes over those that are not executable.
      *.modules | *.local | *.start) [ -x "$file" ] || key=toa.autoload-idle ;;
    esac
    fact "$key" "${file#"$root"}"
  done
}

report() {
  printf '\ntoa-probe-begin 1\n'
  kernel
  distribution
  user
  module_directories
  trees "$@"
  packages
  tools
  security
  environment
  toa
  printf 'toa-probe-end 1\n'
}

# Errors of single questions mean that the answer is not known here: the fact is absent, and their text would tell no more.
report "$@" 2>/dev/null | tr -d '\000-\011\013-\037\177'
