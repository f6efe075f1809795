# compile.awk - makes C tables of the data files beside it.  awk -v table=KIND
# FILE: countries, folds, examples, variants, particles, scripts, weights.  An error
# in a file stops the build with its line.
function fail(why) { print FILENAME ":" FNR ": " why > "/dev/stderr"; exit 1 }
/^#/ || NF == 0 { next }
table == "folds" {
	if (NF < 4) fail("letters, before, after and sounds are needed");
	n = split($4, s, ",");
	if (n > 4) fail("four sounds at most");
	if ($1 !~ /^[a-z]/) fail("letters begin with one from a to z");
	line = sprintf("	{ \"%s\", '%s', '%s', {", toupper($1), $2, $3);
	for (i = 1; i <= n; i++) { gsub(/\./, "", s[i]); line = line sprintf(" \"%s\",", s[i]) }
	of_letter[toupper(substr($1, 1, 1))] = of_letter[toupper(substr($1, 1, 1))] line " } },\n";
}
END { for (letter in of_letter) printf "['%s' - 'A'] = {\n%s},\n", letter, of_letter[letter] }
table == "examples" {
	for (i = 5; i <= NF; i++) {
		if (split($i, pair, "~") != 2) fail("an example is two spellings with ~ between");
		printf "{ \"%s\", \"%s\", \"%s\" },\n", $1, pair[1], pair[2];
	}
}
table == "variants" { for (i = 1; i <= NF; i++) printf "{ \"%s\", %d },\n", toupper($i), FNR }
table == "particles" { printf "{ \"%s\", PARTICLE_%s },\n", toupper($1), toupper($2) }
table == "scripts" { printf "{ \"%s\", \"%s\" },\n", $1, $2 == "-" ? "" : $2 }
table == "weights" { printf "X(%s, %d)\n", toupper($1), $2 }
table == "countries" {
	n = split($0, word, "\t");
	for (i = 2; i <= n; i++) {
		if (word[i] !~ /^[A-Z ]+$/) fail("a word has capitals from A to Z");
		printf "{ \"%s\", \"%s\" },\n", word[i], word[1];
	}
}
