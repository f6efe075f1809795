#!/usr/bin/env python3
"""proof.py OFFICE.db [CHECKPOINTS PUBLIC-KEY] - a second verifier, written from
tresen-internals(7) and tresen-checkpoint(5) alone.  Prints each fault by its event."""
import base64, hashlib, sqlite3, struct, subprocess, sys, tempfile
def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def value(v):  # a byte that tells none from empty, the length in eight bytes, the bytes
    v = b"%d" % v if isinstance(v, int) else v
    return b"\0" if v is None else b"\1" + struct.pack(">Q", len(v)) + v

def root(leaves):  # RFC 6962, 2.1
    k = 1 << (len(leaves) - 1).bit_length() - 1 if len(leaves) > 1 else 0
    return sha(b"\1", root(leaves[:k]), root(leaves[k:])) if k else sha(b"\0", *leaves)

def signed(text, line, key):  # key: kind and 32 bytes; before them what DER wants to see
    with tempfile.TemporaryDirectory() as d:
        for name, data in (("t", text.encode() + b"\n"),
                           ("s", base64.b64decode(line.split()[2])[4:]),
                           ("k", bytes.fromhex("302a300506032b6570032100") + key[1:])):
            open(d + "/" + name, "wb").write(data)
        return subprocess.run("openssl pkeyutl -verify -rawin -in t -sigfile s -pubin -inkey k"
            " -keyform DER".split(), cwd=d, stdout=subprocess.DEVNULL).returncode == 0

db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
db.text_factory = bytes
cuts = dict(db.execute("SELECT c.seq, digest FROM event_cut c JOIN event_object o"
                       " ON kind = 'event' AND id = c.seq AND o.seq > c.seq"))
objects = db.execute("SELECT seq, kind, id FROM event_object ORDER BY seq, kind, id")
object, prev, own, last, open_, hashes, faults = objects.fetchone(), bytes(32), b"", 0, 0, [], []
for *head, reason, changeset, salt, payload, hash in db.execute(
        "SELECT seq, at, staff_id, unit, site, terminal, command, request_id, topics, reason,"
        " changeset, salt, payload, hash FROM event ORDER BY seq"):
    seq, mine = head[0], []
    while object and object[0] <= seq:
        mine += object[1:] if object[0] == seq else ()
        object = objects.fetchone()
    link = lambda before, pay: sha(b"tresen event 1\n", before, *map(value, head),
                                   value(len(mine) // 2), *map(value, mine), pay)
    now, gap = sha(salt or b"", value(reason), changeset), seq != last + 1
    fits = gap or link(prev, payload) == hash
    mended = open_ and not fits and link(own, payload) == hash
    faults += [(last, "hash" if mended else "changed")] * open_ + [(last + 1, "gone")] * gap
    if not fits and not mended and link(prev, now) == hash:
        fits = not faults.append((seq, "payload"))
    elif now not in (payload, cuts.get(seq)):
        faults.append((seq, "changeset"))
    own, prev, last, open_ = link(prev, payload), hash, seq, not (fits or mended)
    hashes.append(hash)
faults += [(last, "changed")] * open_
key = base64.b64decode(open(sys.argv[3]).read().split("+", 2)[2]) if sys.argv[2:] else b""
notes, good = open(sys.argv[2]).read().split("\n\n")[:-1] if key else [], 0
for text, line in sorted(zip(notes[::2], notes[1::2]), key=lambda n: int(n[0].split("\n")[1])):
    size, top = int(text.split("\n")[1]), base64.b64decode(text.split("\n")[2])
    if not signed(text, line, key) or size > last or root(hashes[:size]) != top:
        faults.append((last + 1 if size > last else good + 1, "not what was sealed"))
        break
    good = size
print(*("%d %s" % fault for fault in faults), sep="\n")
sys.exit(74 if faults else 0)
