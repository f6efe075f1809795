#!/bin/sh
# catalogues.sh [update] - every string that the sources mark has its
# translation in each data/po/*.po; with update they are merged into it.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

find include src -name '*.[ch]' | sort | xgettext -f - -o "$work/tresen.pot" -L C \
	--from-code=UTF-8 --add-comments=TRANSLATORS --package-name=tresen \
	-k -k_ -kN_ -ktr -ktr_n:1,2 --flag=_:1:pass-c-format --flag=tr_n:1:pass-c-format \
	--flag=tr_n:2:pass-c-format --flag=op_fail:3:c-format --flag=op_fail_field:4:c-format \
	--flag=arena_printf:2:c-format --flag=fatal:2:c-format || exit 1

for po in data/po/*.po; do
	if [ "$1" = update ]; then
		msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-location \
			--sort-output "$po" "$work/tresen.pot"
		msgattrib --no-obsolete --no-location --sort-output "$po" |
			sed '/^"POT-Creation-Date/d; /^"Report-Msgid-Bugs/d' > "$work/new.po"
		cp "$work/new.po" "$po"
	fi
	msgmerge --quiet --no-fuzzy-matching -o "$work/now.po" "$po" "$work/tresen.pot" || bad=1
	msgattrib --untranslated --no-obsolete "$work/now.po" > "$work/open"
	msgattrib --only-fuzzy --no-obsolete "$work/now.po" >> "$work/open"
	msgattrib --only-obsolete "$work/now.po" >> "$work/open"
	if [ -s "$work/open" ]; then
		echo "$po: untranslated, uncertain or left over (make po, then translate):"
		grep -E '^#:|^msgid|^"' "$work/open" | grep -vE '^"[A-Z][A-Za-z-]+: |^msgid ""$'
		bad=1
	fi
	msgfmt --check -o /dev/null "$po" || bad=1
done

[ $bad -eq 0 ] && echo "catalogues: complete"
exit $bad
