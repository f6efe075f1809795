#!/bin/sh
# pages.sh - the manual: every page is clean for mandoc, and every program,
# option and exit code has its place in it.
bad=0
made=${1:-build}/man

for page in man/*.[1-9] "$made"/*.[1-9]; do
	mandoc -T lint -W warning "$page" || bad=1
done
for page in tresen.1 tresen-admin.8 tresen-engine.8 tresen.conf.5 tresen-form.5 tresen-checkpoint.5 \
	tresen-protocol.7 tresen-internals.7; do
	[ -e "man/$page" ] || { echo "pages: man/$page is missing"; bad=1; }
done
# A page that is named somewhere exists: "tresen-form (5)" is man/tresen-form.5.
for name in $(cat man/*.[1-9] README.md 2> /dev/null | sed 's/\\//g' |
	grep -oE '\btresen[a-z.-]*[ "]*\([1-8]\)' | tr -d ' "' | sort -u); do
	page=${name%(*}.$(echo "$name" | tr -dc 1-8)
	[ -e "man/$page" ] || [ -e "$made/$page" ] || { echo "pages: $name is named but not there"; bad=1; }
done

[ $bad -eq 0 ] && echo "pages: all are clean"
exit $bad
