#!/bin/sh
# meter.sh - measures functions, files and headers.  A long function is named
# for somebody to argue; one above 100 lines, a file above 500 and a header above
# 200 fail: split them by noun.
awk '
function too_long(what, n, most) {
	if (n > most) {
		print what ": " n " lines, more than " most
		bad = 1
	}
}
function end_of_file() {
	if (last != "")
		too_long(last, lines, last ~ /\.h$/ ? 200 : 500)
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
/^\}$/ {
	n = FNR - start - 1
	if (start && n > 60 && n <= 100)
		print FILENAME ": " name "(): " n " lines, argue above 60"
	if (start)
		too_long(FILENAME ": " name "()", n, 100)
	start = 0
}
END { end_of_file(); if (!bad) print "meter: nothing is too long"; exit bad }
' include/*.h src/*/*.[ch] tests/*/*.[ch]
