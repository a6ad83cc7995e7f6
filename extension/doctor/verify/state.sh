# state.sh PORT: what this host says at this moment about the toa module and its TCP sockets: those that listen, and the connections to PORT, as
# many as are told in half a megabyte. Reads only. Output like that of host/probe.sh.
LC_ALL=C
export LC_ALL
PATH=$PATH:/usr/sbin:/sbin
here=$(printf ':%04X' "$1")
printf '\ntoa-state-begin 1\n'
{
  if [ -d /sys/module/toa ]; then echo loaded=yes; fi
  sed -n 's/^\([a-z_0-9]* *:[ 0-9]*\)$/counter=\1/p' /proc/net/toa_stats
  for family in tcp tcp6; do
    awk -v family="$family" -v here="$here" '
      $4 == "0A" || $4 == "01" && substr($2, length($2) - 4) == here && ++told < 2500 { print family "=" $1, $2, $3, $4 }
    ' "/proc/net/$family"
  done
  # users:(("nginx",pid=1,fd=6),…) at the end of a line; only root sees all of them.
  ss -Hltnp | sed -n 's/^[^ ]* *[^ ]* *[^ ]* *[^ ]*:\([0-9]*\) .*users:(("\([^"]*\)".*/listener=\1 \2/p'
  ip -o addr | awk '{ sub("/.*", "", $4); print "address=" $4 }'
} 2>/dev/null
printf 'toa-state-end 1\n'
