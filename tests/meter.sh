#!/bin/sh
# meter.sh - measures functions, files and headers.  Too long fails; long
# warns, for somebody to argue or to split.
awk '
function too_long(what, n, argue, never) {
	if (n > never) {
		print what ": " n " lines, more than " never
		bad = 1
	} else if (n > argue) {
		print what ": " n " lines, argue above " argue
	}
}
function end_of_file() {
	if (last != "")
		too_long(last, lines, last ~ /^include/ ? 200 : 500, last ~ /^include/ ? 250 : 800)
}
FNR == 1 { end_of_file() }
{ last = FILENAME; lines = FNR }
/^[A-Za-z_].*\(/ {
	name = $0
	sub(/^START_TEST\(/, "", name)
	sub(/[()].*/, "", name)
	sub(/.*[ *]/, "", name)
}
/^\{$/ { start = FNR }
/^\}$/ { if (start) too_long(FILENAME ": " name "()", FNR - start - 1, 60, 100); start = 0 }
END { end_of_file(); if (!bad) print "meter: nothing is too long"; exit bad }
' include/*.h src/*/*.[ch] tests/*/*.[ch]
