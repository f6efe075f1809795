#!/bin/sh
# run.sh JOBS COMMAND... - runs each command line, JOBS at a time, prints the
# output of each in one piece and fails if one of them failed.
jobs=$1
shift
printf '%s\0' "$@" | xargs -0 -P "$jobs" -n 1 sh -c '
	out=$($0 2>&1); rc=$?
	printf "%s\n" "$out"
	[ $rc -eq 0 ] || { echo "FAILED: $0"; exit 1; }'
