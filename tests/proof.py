#!/usr/bin/env python3
"""proof.py OFFICE.db - a second verifier, written from tresen-internals(7) alone."""
import hashlib, sqlite3, struct, sys

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def value(v):  # a byte that tells none from empty, the length in eight bytes, the bytes
    v = b"%d" % v if isinstance(v, int) else v
    return b"\0" if v is None else b"\1" + struct.pack(">Q", len(v)) + v

db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
db.text_factory = bytes
cuts = dict(db.execute("SELECT c.seq, digest FROM event_cut c JOIN event_object o"
                       " ON kind = 'event' AND id = c.seq AND o.seq > c.seq"))
objects = db.execute("SELECT seq, kind, id FROM event_object ORDER BY seq, kind, id")
object, faults = objects.fetchone(), []
prev, own, last, open_ = bytes(32), b"", 0, False
for *head, reason, changeset, salt, payload, hash in db.execute(
        "SELECT seq, at, staff_id, unit, site, terminal, command, request_id, topics, reason,"
        " changeset, salt, payload, hash FROM event ORDER BY seq"):
    seq, mine = head[0], []
    while object and object[0] <= seq:
        mine += object[1:] if object[0] == seq else ()
        object = objects.fetchone()

    def link(before, pay):
        return sha(b"tresen event 1\n", before, *map(value, head), value(len(mine) // 2),
                   *map(value, mine), pay)
    now, gap = sha(salt or b"", value(reason), changeset), seq != last + 1
    if gap:
        faults.append((last + 1, "gone"))
    fits = gap or link(prev, payload) == hash
    mended = open_ and not fits and link(own, payload) == hash
    if open_:
        faults.append((last, "hash" if mended else "changed"))
    if not fits and not mended and link(prev, now) == hash:
        faults.append((seq, "payload"))
        fits = True
    elif now not in (payload, cuts.get(seq)):
        faults.append((seq, "changeset"))
    own, prev, last, open_ = link(prev, payload), hash, seq, not (fits or mended)
if open_:
    faults.append((last, "changed"))
for seq, what in faults:
    print("%d %s" % (seq, what))
sys.exit(74 if faults else 0)
