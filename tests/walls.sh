#!/bin/sh
# walls.sh BUILD - the house stands as it was drawn: includes point down, SQL
# and sqlite3.h live in store only, curses in widget only, the two wings never
# meet, and no program is linked with what it must not have.
build=$1
bad=0

complain() {
	echo "walls: $*"
	bad=1
}

# Which folder a header belongs to: include/NAME.h by name, else its own.
folder_of() {
	case $1 in
	base.h | text.h | csv.h | digest.h | tree.h | pin.h | process.h | seal.h) echo base ;;
	rules*.h) echo rules ;;
	keys.h | widget*.h | formview.h) echo widget ;;
	form*.h) echo form ;;
	wire*.h) echo wire ;;
	store*.h) echo store ;;
	service*.h) echo service ;;
	command*.h) echo command ;;
	engine.h) echo engine ;;
	screen*.h | desk.h) echo screen ;;
	*) echo "?" ;;
	esac
}

# What each folder may include, besides itself.
allowed() {
	case $1 in
	base) ;;
	rules) echo base ;;
	form | wire) echo base rules ;;
	store) echo base rules form ;;
	service) echo base rules form store ;;
	command) echo base rules form wire store service ;;
	engine | admin) echo base rules form wire store service command ;;
	widget) echo base rules form ;;
	screen) echo base rules form wire widget ;;
	client) echo base rules form wire widget screen ;;
	esac
}

for folder in base rules form wire store service command engine admin widget screen client; do
	for file in src/"$folder"/*.[ch]; do
		[ -e "$file" ] || continue
		for header in $(sed -n 's/^#include "\([^"]*\.h\)".*/\1/p' "$file"); do
			[ -e "src/$folder/$header" ] && continue
			of=$(folder_of "$header")
			[ "$of" = "$folder" ] && continue
			case " $(allowed "$folder") " in
			*" $of "*) ;;
			*) complain "$file includes $header, which is not below it" ;;
			esac
		done
	done
done

for file in $(grep -lE '#include <(curses|ncurses|term)[./]' -r src include); do
	case $file in src/widget/*) ;; *) complain "$file knows curses" ;; esac
done
for file in $(grep -l '#include <sqlite3' -r src include); do
	case $file in src/store/*) ;; *) complain "$file knows sqlite3" ;; esac
done
for file in $(grep -lE '"(SELECT|INSERT|UPDATE|DELETE|PRAGMA|BEGIN|WITH) ' -r src include); do
	case $file in src/store/*) ;; *) complain "$file speaks SQL" ;; esac
done

not_linked() {
	if ldd "$build/$1" | grep -q "$2"; then
		complain "$1 is linked with $2"
	fi
}
not_linked tresen libsqlite3
not_linked tresen-engine libncurses
not_linked tresen-admin libncurses

[ $bad -eq 0 ] && echo "walls: all stand"
exit $bad
