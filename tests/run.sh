#!/bin/sh
# run.sh JOBS COMMAND... - runs each command line, JOBS at a time, prints the
# output of each in one piece, then how much passed and failed: the tests that
# Check counts, and one for each other command.  Fails if something failed.
jobs=$1
shift
counts=$(mktemp)
trap 'rm -f "$counts"' EXIT
export counts

printf '%s\0' "$@" | xargs -0 -P "$jobs" -n 1 sh -c '
	out=$($0 2>&1); rc=$?
	printf "%s\n" "$out"
	[ $rc -eq 0 ] || echo "FAILED: $0"
	printf "%s\n" "$out" | awk -v rc=$rc -v counts="$counts" "
		/^[0-9]+%: Checks: / {
			gsub(/[^0-9 ]/, \"\"); passed += \$2 - \$3 - \$4; failed += \$3 + \$4
		}
		END {
			if (rc && !failed)
				failed = 1
			if (!rc && !passed)
				passed = 1
			print passed + 0, failed + 0 >> counts
		}"'

awk '{ passed += $1; failed += $2 }
	END { print passed " passed, " failed " failed"; exit failed > 0 }' "$counts"
