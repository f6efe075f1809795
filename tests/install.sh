#!/bin/sh
# install.sh - what `make install` copies works from where it lies, also when
# the sources are not near: engine, catalogue, forms and German are found.
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
fail() {
	echo "install: $*"
	exit 1
}

make --silent install DESTDIR="$place" PREFIX=/usr > "$place/log" 2>&1 || fail "$(cat "$place/log")"
cd "$place" || exit 1
usr/bin/tresen-admin init office.db --training > log 2>&1 || fail "$(cat log)"
usr/bin/tresen --db office.db --as front1 visit list > log 2>&1 || fail "$(cat log)"
usr/bin/tresen --lang de --help | grep -q Sprache || fail "no German"
[ -e usr/share/man/man1/tresen.1 ] || fail "no manual"
echo "install: works"
