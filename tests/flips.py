#!/usr/bin/env python3
"""flips.py TRESEN-ADMIN OFFICE.db SEED PLACES - one byte of an office file is changed, at
PLACES places one after the other: pages of each kind, free ones too, the file's head, and
the log (-wal).  Whatever changes what a table holds must be found by verify or check, and
never by a crash; tests/proof.py must not know better.  OFFICE.db.key.checkpoints and .pub
lie beside it.  For tests/command/flips.c, and for any number by hand."""
import hashlib, os, random, shutil, sqlite3, subprocess, sys

admin, office, seed, places = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
copy, dice = office + ".flipped", random.Random(seed)
UNPROVEN = {"reply", "draft"}  # what a session needs for days: no event tells of it
FOUND, SOUND = {65, 66, 74}, 0

def put(path, data):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as f:
        f.write(data)

def contents(path):  # of each table; None where it cannot be read
    for part in "-wal", "-shm":
        if os.path.exists(path + part):
            shutil.copy(path + part, path + ".read" + part)
    shutil.copy(path, path + ".read")
    try:
        db = sqlite3.connect(path + ".read")
        db.text_factory = bytes
        names = [row[0].decode() for row in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        rows = {"sqlite_schema": list(db.execute("SELECT type, name, sql FROM sqlite_schema"
                                                 " ORDER BY type, name"))}
        for name in names:
            rows[name] = list(db.execute('SELECT * FROM "%s"' % name))
        return {name: hashlib.sha256(repr(r).encode()).digest() for name, r in rows.items()}
    except (sqlite3.Error, UnicodeError, OverflowError):
        return None
    finally:
        for part in "", "-wal", "-shm":
            if os.path.exists(path + ".read" + part):
                os.unlink(path + ".read" + part)

def run(*words):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
    return done.returncode, done.stdout.decode(errors="replace")

def judge(where, before):
    after, key = contents(copy), office + ".key"
    lost = [n for n in before if not after or after.get(n) != before[n]]
    ours, told = run(admin, "verify", copy, "--checkpoint", key + ".checkpoints",
                     "--public-key", key + ".pub")
    theirs = run(sys.executable, "tests/proof.py", copy, key + ".checkpoints", key + ".pub")[0]
    if ours == SOUND and set(lost) - UNPROVEN:
        ours, more = run(admin, "check", copy)
        told += more
    bad = ours not in FOUND | {SOUND} or "runtime error" in told or "bug at" in told
    bad |= ours == SOUND and (bool(set(lost) - UNPROVEN) or theirs == 74)
    bad |= theirs == SOUND and any(n.startswith("event") for n in lost) and after is not None
    if bad:
        print("%s: verify %d, proof.py %d, changed: %s\n%s" % (where, ours, theirs, lost, told))
    return not bad, bool(lost)

def kinds(data):  # page numbers by what SQLite wrote there
    flags, pages = {2: "index", 5: "table", 10: "index leaf", 13: "table leaf"}, {}
    for page in range(len(data) // 4096):
        kind = flags.get(data[page * 4096 + (100 if page == 0 else 0)], "overflow or free")
        pages.setdefault(kind, []).append(page)
    return pages

data, log = open(office, "rb").read(), open(office + "-wal", "rb").read()
before, pages, good, changed = contents(office), kinds(data), True, 0
targets = [("%s page" % kind, lambda l=l: dice.choice(l) * 4096 + dice.randrange(4096))
           for kind, l in sorted(pages.items())]
targets += [("head", lambda: dice.randrange(100)), ("first page", lambda: dice.randrange(4096)),
            ("log", None)]
for i in range(places):
    name, place = targets[i % len(targets)]
    main, wal = bytearray(data), bytearray(log)
    victim = wal if place is None else main
    at = dice.randrange(len(wal)) if place is None else place()
    victim[at] ^= dice.randrange(1, 256)
    put(copy, main)
    put(copy + "-wal", wal)
    if os.path.exists(copy + "-shm"):
        os.unlink(copy + "-shm")
    sound, lost = judge("%s, byte %d" % (name, at), before)
    good, changed = good and sound, changed + lost
print("%d places, %d of them changed what is held" % (places, changed))
sys.exit(0 if good else 1)
