#!/usr/bin/env python3
"""forge.py OFFICE.db FROM TO - gives the events FROM to TO the hashes that what they
say now would have, as somebody would who may write to the file: for tests/command/proof.c."""
import hashlib, sqlite3, struct, sys

def value(v):
    v = str(v).encode() if isinstance(v, int) else v.encode() if isinstance(v, str) else v
    return b"\0" if v is None else b"\1" + struct.pack(">Q", len(v)) + v

path, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
db = sqlite3.connect(path)
guard = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'event_stays'").fetchone()[0]
db.execute("DROP TRIGGER event_stays")  # put back, as a careful forger would
prev = db.execute("SELECT hash FROM event WHERE seq < ? ORDER BY seq DESC LIMIT 1",
                  (first,)).fetchone()
prev = prev[0] if prev else bytes(32)
for *head, reason, changeset, salt in db.execute(
        "SELECT seq, at, staff_id, unit, site, terminal, command, request_id, topics, reason,"
        " changeset, salt FROM event WHERE seq BETWEEN ? AND ? ORDER BY seq",
        (first, last)).fetchall():
    mine = db.execute("SELECT kind, id FROM event_object WHERE seq = ? ORDER BY 1, 2",
                      (head[0],)).fetchall()
    payload = hashlib.sha256(salt + value(reason) + changeset).digest()
    prev = hashlib.sha256(b"".join([b"tresen event 1\n", prev, *map(value, head),
                          value(len(mine)), *[value(x) for o in mine for x in o],
                          payload])).digest()
    db.execute("UPDATE event SET payload = ?, hash = ? WHERE seq = ?", (payload, prev, head[0]))
db.execute(guard)
db.commit()
