# Becomes the server given as the arguments, in place of this shell, and leaves a watcher beside it. The watcher reads
# standard input, a pipe that only the parent holds open: however the parent ends, the pipe closes, and the watcher ends
# the server, first with TERM, after the grace period with KILL.
#
# usage: supervise GRACE_SECONDS COMMAND [ARGUMENT...]
grace=$1
shift
exec 3<&0 </dev/null
(
  while read -r _ <&3; do :; done
  kill -TERM $$
  while kill -0 $$ && [ "$grace" -gt 0 ]; do
    grace=$((grace - 1))
    sleep 1
  done
  kill -KILL $$
) >/dev/null 2>&1 &
exec 3<&-
exec "$@"
