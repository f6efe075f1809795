#!/bin/sh
# install-deps.sh PACKAGE... - installs the Debian packages that are missing.
# Called by make deps.  Asks nothing and changes nothing when all are there.
if ! command -v dpkg-query > /dev/null; then
	echo "This is no Debian. Please see to the like of these yourself: $*"
	exit 0
fi

missing=
for package in "$@"; do
	dpkg-query -W -f='${Status}\n' "$package" 2> /dev/null | grep -q ' installed$' ||
		missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then
	as_root=
elif command -v sudo > /dev/null; then
	as_root=sudo
else
	echo "These packages are missing, and there is neither root nor sudo here:$missing"
	echo "Ask your administrator for:  apt-get install$missing"
	exit 1
fi

echo "Installing$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086
{
	$as_root apt-get update &&
		$as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y --no-install-recommends $missing
} < /dev/null > "$log" 2>&1 && exit 0
tail -n 20 "$log"
echo "The packages could not be installed; apt-get says why above."
exit 1
