# Arguments: a directory. How many of our processes still work in it: those that a command of TOA Doctor started, by the mark in their environment.
count=0
for process in /proc/[0-9]*; do
  [ "$(readlink "$process/cwd" 2>/dev/null)" = "$1" ] || continue
  case $process in /proc/$$) continue ;; esac
  if grep -qs TOA_DOCTOR_BUILD= "$process/environ"; then count=$((count + 1)); fi
done
echo "$count"
