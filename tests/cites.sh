#!/bin/sh
# cites.sh - German law is cited one way: "§ 25 Abs. 1 und 2 Nr. 3 S. 1" in German
# (and where a text has no language), "§ 25(1) and (2) no. 3 sentence 1" in English,
# with plain spaces: what is cited is typed and searched for.
awk '
function judge(english, text) {
	if (text !~ /§|Art\. ?[0-9]/)
		return
	if (text ~ /§[0-9]|(Art|Abs|Nr|S|no)\.[0-9]| | /)
		told = "with one plain space, which can be typed and found: § 25 Abs. 1"
	else if (english && text ~ /Abs\. [0-9]|Nr\. [0-9]| S\. [0-9]|\)\([0-9]/)
		told = "in English: § 25(1) and (2) no. 3 sentence 1"
	else if (!english && text ~ /[0-9][a-z]*\([0-9a-z]+\)/)
		told = "in German: § 25 Abs. 1 und 2 Nr. 3 S. 1"
	else
		return
	print FILENAME ":" FNR ": cite it " told ": " text
	bad = 1
}
FNR == 1 { key = ""; po = FILENAME ~ /\.po$/; german = FILENAME !~ /texts\/en\.conf$/ }
po && /^msgid/ { key = "en" }
po && /^msgstr/ { key = "de" }
/^[ \t]*#/ { next }
{
	line = $0
	while (match(line, /"([^"\\]|\\.)*"/)) {
		before = substr(line, 1, RSTART - 1)
		text = substr(line, RSTART, RLENGTH)
		line = substr(line, RSTART + RLENGTH)
		if (!po && match(before, /[a-z_]+ *= *[([ \t]*$/)) {
			key = substr(before, RSTART)
			sub(/ *=.*/, "", key)
		}
		if (key !~ /^(show|needed|when|require|compute|filter|due|warn|hint|forbid|pattern)$/)
			judge(key ~ /(^|_)en$/ || (!german && key == "text"), text)
	}
}
END { if (!bad) print "cites: one way everywhere"; exit bad }
' forms/*.form data/catalogue/*.conf data/catalogue/lists/*.conf data/texts/*.conf data/po/*.po
