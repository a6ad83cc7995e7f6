# Arguments: paths. One line for each: what describe says, or the word for why there is nothing to say.
for path; do
  if [ -e "$path" ] || [ -L "$path" ]; then describe "$path"; else (fail_missing "$path") 2>&1; fi
done
exit 0
