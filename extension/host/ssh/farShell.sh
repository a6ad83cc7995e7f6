# What the sh at the far end of an ssh connection is taught first (farShell.ts sends it, then calls these functions).
# POSIX sh, with the tools that busybox has. One request runs at a time; what it prints lies between two marks on both streams.

exec 3<&0 # the connection, for what must not read the sh's own script
unset CDPATH ENV BASH_ENV GREP_OPTIONS
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH

# toa_run MARK DIRECTORY COMMAND [ARGUMENT...]
# Runs a command in a directory, without input. It is ended, with all it has started, when a line or the end comes on the connection.
toa_run() {
  toa_mark=$1
  toa_directory=$2
  shift 2
  toa_begin
  toa_refusal=$(toa_why_not "$1")
  if [ -n "$toa_refusal" ]; then
    toa_finish "$toa_refusal"
    return
  fi
  toa_command "$@" </dev/null &
  toa_process=$!
  toa_watch
}

# toa_feed MARK DIRECTORY INPUT COMMAND [ARGUMENT...]: the same with a text as input.
toa_feed() {
  toa_mark=$1
  toa_directory=$2
  toa_input=$3
  shift 3
  toa_begin
  toa_refusal=$(toa_why_not "$1")
  if [ -n "$toa_refusal" ]; then
    toa_finish "$toa_refusal"
    return
  fi
  printf '%s' "$toa_input" 2>/dev/null | toa_command "$@" &
  toa_process=$!
  toa_watch
}

# toa_receive MARK DIRECTORY COMMAND [ARGUMENT...]
# The command reads the connection itself. With a status above 1 it may have left bytes there, which must not be read as commands.
toa_receive() {
  toa_mark=$1
  toa_directory=$2
  shift 2
  toa_begin
  (toa_command "$@" <&3)
  toa_status=$?
  toa_finish "$toa_status"
  if [ "$toa_status" -gt 1 ]; then exit; fi
}

toa_begin() {
  printf '%s begin\n' "$toa_mark"
  printf '%s begin\n' "$toa_mark" >&2
}

toa_finish() {
  printf '%s end %s\n' "$toa_mark" "$1"
  printf '%s end\n' "$toa_mark" >&2
}

# Every process that the command starts carries the mark in its environment, whatever group or parent it gets.
toa_command() {
  TOA_DOCTOR_RUN=$toa_mark
  LC_ALL=C
  export TOA_DOCTOR_RUN LC_ALL
  cd "$toa_directory" && exec "$@" 3<&-
}

# Why the command cannot be started, in a word; nothing when it can.
toa_why_not() (
  [ -d "$toa_directory" ] || { echo no-directory && exit; }
  cd "$toa_directory" 2>/dev/null || { echo closed-directory && exit; }
  case $1 in
    */*)
      [ -e "$1" ] || { echo no-file && exit; }
      [ -x "$1" ] && [ ! -d "$1" ] || echo not-executable
      ;;
    *) command -v "$1" >/dev/null || echo no-command ;;
  esac
)

# Waits for the command, and for an order to end it.
toa_watch() {
  toa_end_on_order <&3 >/dev/null 2>&1 &
  toa_watcher=$!
  wait "$toa_process" 2>/dev/null
  toa_status=$?
  kill "$toa_watcher" 2>/dev/null
  wait "$toa_watcher" 2>/dev/null
  toa_finish "$toa_status"
}

toa_end_on_order() {
  read -r toa_order
  trap '' TERM # the command's own end does not stop us from ending what it has started
  kill "$toa_process" $(toa_marked)
  toa_pause
  for toa_round in 1 2 3 4 5 6 7 8 9; do
    toa_left=$(toa_marked)
    [ -n "$toa_left" ] || break
    kill -s KILL $toa_left
    toa_pause
  done
  kill -s KILL "$toa_process"
}

# The ids of the command's processes. A dead one's environment is empty. Without -F: with it busybox does not look beyond the first NUL.
toa_marked() {
  grep -ls "TOA_DOCTOR_RUN=$toa_mark" /proc/[0-9]*/environ | sed -e 's/^.proc.//' -e 's/.environ$//'
}

toa_pause() {
  sleep 0.2 2>/dev/null || sleep 1 # whole seconds are all that POSIX knows
}
