#!/usr/bin/env python3
"""note_before.py OFFICE.db - rows and changes of case_note as they were before the
column headed (021): for tests/command/note.c, which gives them new hashes by forge.py."""
import sqlite3, sys

def behind(b, at):
    kind, at = b[at], at + 1
    if kind in (1, 2):
        return at + 8
    if kind in (3, 4):
        n, more = 0, True
        while more:
            n, more, at = n << 7 | b[at] & 127, b[at] & 128, at + 1
        return at + n
    return at

def before(b):
    """The same changeset, the last column of case_note left out."""
    out, at, columns, ours = b"", 0, 0, False
    while at < len(b):
        if b[at] == ord("T"):
            columns, end = b[at + 1], b.index(0, at + 2 + b[at + 1]) + 1
            ours = b[at + 2 + columns:end] == b"case_note\0"
            keys = b[at + 2:at + 2 + columns]
            out += bytes([ord("T"), columns - ours]) + keys[:columns - ours] + \
                b[at + 2 + columns:end]
            at = end
            continue
        out, sides, at = out + b[at:at + 2], 2 if b[at] == 23 else 1, at + 2
        for _ in range(sides):
            for column in range(columns):
                end = behind(b, at)
                out += b"" if ours and column == columns - 1 else b[at:end]
                at = end
    return out

db = sqlite3.connect(sys.argv[1])
guard = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'event_stays'").fetchone()[0]
db.execute("DROP TRIGGER event_stays")
for seq, changes in db.execute("SELECT seq, changeset FROM event").fetchall():
    db.execute("UPDATE event SET changeset = ? WHERE seq = ?", (before(changes), seq))
db.execute("UPDATE case_note SET headed = NULL")
db.execute(guard)
db.commit()
