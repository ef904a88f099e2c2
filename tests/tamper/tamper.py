#!/usr/bin/env python3
"""Changes single bytes of a sealed data directory and asks both verifiers whether they see it and name the right thing.

    tamper.py PORTOLAN VERIFIER SITES CONFIG FOLDER [--changes N] [--untouched N] [--seed N]

PORTOLAN is the built program, VERIFIER the second verifier (run by this very Python), SITES and CONFIG are the fictional
cities and the shipped configuration, FOLDER an empty folder to work in. Exit code 1 if anything was missed.
"""
import argparse, collections, hashlib, json, os, random, shutil, sqlite3, subprocess, sys, time, zipfile

KEYS = {  # sealed tables with their primary keys
    "survey": ["id"], "run": ["id"], "record": ["id"], "capture": ["id"], "text_layer": ["capture"],
    "visit": ["run", "no"], "exchange": ["run", "visit", "no"], "refusal": ["run", "via", "url"],
    "search": ["run", "visit"], "judging": ["id"], "finding": ["id"], "evidence": ["finding", "rank"],
    "decision": ["entry"]}
CHANGING = {"survey": {"finished"}, "run": {"state", "reason", "finished"}}
# What makes a copy of a row another row of the same run: the last part of its key, and what has to be unique.
OTHER = {"text_layer": {}, "visit": {}, "exchange": {}, "refusal": {}, "search": {}, "judging": {"visits": 100000},
         "finding": {"code": "x"}, "evidence": {}, "decision": {"id": "x", "supersedes": None}}
NOT_ADDED = {
    "survey": "a survey that nobody sealed is one that has not been judged yet",
    "run": "the same: a run is sealed when it has been judged",
    "record": "a record that no row of a sealed run refers to belongs to none",
    "capture": "the same"}


class Ground:
    """A sealed and signed data directory, and where everything in it is."""

    def __init__(self, options):
        self.options, self.data = options, os.path.join(options.folder, "data")
        self.archive, self.ledger = os.path.join(self.data, "archive"), os.path.join(self.data, "ledger.sqlite")
        self.make()
        self.segments = sorted(name for name in os.listdir(self.archive) if name.endswith(".warc.gz"))
        self.checkpoints = sorted(os.listdir(os.path.join(self.archive, "checkpoints")))
        self.packs = sorted(os.path.join(folder, name) for folder, _, names in os.walk(os.path.join(options.folder, "packs"))
                            for name in names if name.endswith(".wacz"))
        self.bytes = {path: open(path, "rb").read() for path in self.files() + self.packs}

    def files(self):
        paths = [self.ledger]
        for folder, _, names in os.walk(self.archive):
            paths += [os.path.join(folder, name) for name in names]
        return paths

    def portolan(self, *words, env=()):
        return subprocess.run([self.options.portolan, *words], capture_output=True, text=True,
                              env={**os.environ, **dict(env)}, check=False)

    def must(self, *words, env=()):
        done = self.portolan(*words, env=env)
        if done.returncode:
            sys.exit(f"{' '.join(words)}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done

    def make(self):
        """The demo in small segments; four decisions; a key, and another in its place."""
        folder = self.options.folder
        config, scratch = os.path.join(folder, "config"), os.path.join(folder, "demo")
        shutil.copytree(self.options.config, config)
        edit_setting(os.path.join(config, "portolan.toml"), "segment_mebibytes", "1")
        os.mkdir(scratch)
        self.must("--config", config, "demo", "--sites", self.options.sites, env={"TMPDIR": scratch}.items())
        [made] = os.listdir(scratch)
        os.rename(os.path.join(scratch, made), self.data)
        # Its key was for once: the log goes on from before it was entered.
        log = os.path.join(self.archive, "log.jsonl")
        lines = open(log, encoding="utf-8").read().splitlines()
        assert json.loads(lines[-1])["entry"]["kind"] == "key", "the demo ends with its key"
        shutil.rmtree(os.path.join(self.archive, "checkpoints"))
        entries = [json.loads(line)["entry"] for line in lines[:-1]]
        self.decide(entries)
        with open(log, "w", encoding="utf-8") as out:
            before = "sha256:" + "0" * 64
            for no, entry in enumerate(entries, 1):
                entry = {**entry, "no": no, "previous": before}
                before = "sha256:" + hashlib.sha256(canonical(entry)).hexdigest()
                out.write(canonical({"entry": entry, "hash": before}).decode() + "\n")
        keys = [os.path.join(folder, name) for name in ("key", "second-key")]
        with_config = ("--data", self.data, "--config", config)
        self.must(*with_config, "--key", keys[0], "key", "init", "--name", "tampered")
        self.must(*with_config, "--key", keys[0], "seal")
        self.must(*with_config, "--key", keys[0], "key", "rotate", "--to", keys[1], "--reason", "to have two")
        self.must(*with_config, "--key", keys[1], "pack", "1", "--out", os.path.join(folder, "packs"))

    def decide(self, entries):
        """Four decisions of people, in the log and in the ledger."""
        book = self.open()
        for n in range(4):
            at = f"2026-11-23T06:0{n}:00.222221Z"
            row = {"id": f"0b0e5c1e-7a52-4c3e-8a86-3d9a4c1f0f0{n}", "campaign": "demo", "portal": "rochevigne", "round": 1,
                   "slot": "AB"[n % 2], "assessor": f"assessor-{n % 2}", "code": "IF1", "answer": "yes", "reason": None,
                   "note": f"seen on page {n} – clearly", "evidence": [{"exact": "Plan général", "start": n}], "trail": [],
                   "assist": "evidence_only", "seconds": 40 + n,
                   "at": at, "supersedes": None}
            entries.append({"at": at, "kind": "row", "body": {"table": "decision", "row": row}, "no": 0, "previous": ""})
            kept = {**row, **{name: canonical(row[name]).decode() for name in ("evidence", "trail")}, "entry": len(entries)}
            names = list(kept)
            book.execute(f"insert into decision ({', '.join(names)}) values ({', '.join('?' * len(names))})",
                         [kept[name] for name in names])
        book.commit()
        book.execute("pragma wal_checkpoint(truncate)")
        book.close()

    def open(self):
        return sqlite3.connect(self.ledger)

    def attack(self):
        """The ledger as somebody opens it who may write to its file: nothing of ours stands in the way."""
        book = self.open()
        book.execute("pragma ignore_check_constraints = on")
        for (name,) in book.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            book.execute(f'drop trigger "{name}"')
        return book

    def restore(self, paths):
        for path in paths:
            with open(path, "wb") as out:
                out.write(self.bytes[path])
        for end in ("-wal", "-shm"):
            if os.path.exists(self.ledger + end):
                os.remove(self.ledger + end)

    def verify(self, touched=()):
        """What both verifiers say: whether each found a fault, and the subjects of its faults."""
        what = next((path for path in touched if path in self.packs), self.data)
        ours = subprocess.Popen([self.options.portolan, "verify", what], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        other = subprocess.Popen([sys.executable, self.options.verifier, what], stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE)
        said = []
        for process, code in ((ours, 6), (other, 6)):
            out, told = process.communicate()
            rows = [line.split("\t") for line in out.decode("utf-8", "replace").splitlines() if line.startswith("fault\t")]
            fault = process.returncode == code and bool(rows)
            if process.returncode not in (0, code) or (process.returncode == 0 and rows):
                print(f"odd end: {process.args[0]} {process.returncode} {told.decode('utf-8', 'replace')[-300:]}")
            said.append((fault, [row[1] for row in rows]))
        return said


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def edit_setting(path, key, value):
    lines = open(path, encoding="utf-8").read().splitlines()
    found = [n for n, line in enumerate(lines) if line.startswith(f"{key} = ")]
    assert len(found) == 1, f"{key} stands once in {path}"
    lines[found[0]] = f"{key} = {value}"
    with open(path, "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")


# ---- kinds of change: each makes one and answers (what it touched, the subject it must be named by, what it was)

def other_byte(chance, byte):
    return chance.choice([value for value in range(256) if value != byte])


def change_byte(ground, chance, path, name_of):
    data = ground.bytes[path]
    at = chance.randrange(len(data))
    to = other_byte(chance, data[at])
    with open(path, "r+b") as file:
        file.seek(at)
        file.write(bytes([to]))
    what = f"{os.path.basename(path)} byte {at}: {data[at]:02x} -> {to:02x}"
    return [path], name_of(at), what


def change_segment(ground, chance):
    sizes = [len(ground.bytes[os.path.join(ground.archive, name)]) for name in ground.segments]
    [name] = chance.choices(ground.segments, sizes)
    path = os.path.join(ground.archive, name)
    leaves = [json.loads(line) for line in ground.bytes[path + ".seal"].splitlines()]

    def record(at):
        [leaf] = [leaf for leaf in leaves if leaf["offset"] <= at < leaf["offset"] + leaf["length"]]
        return f"record {leaf['id']} in {name}"
    return change_byte(ground, chance, path, record)


def line_of(data, at):
    return data.count(b"\n", 0, at) + 1


def change_seal(ground, chance):
    name = chance.choice(ground.segments)
    path = os.path.join(ground.archive, name + ".seal")
    return change_byte(ground, chance, path, lambda at: f"seal line {line_of(ground.bytes[path], at)} of {name}")


def change_log(ground, chance):
    path = os.path.join(ground.archive, "log.jsonl")
    return change_byte(ground, chance, path, lambda at: f"entry {line_of(ground.bytes[path], at)}")


def change_checkpoint(ground, chance):
    name = chance.choice(ground.checkpoints)
    path = os.path.join(ground.archive, "checkpoints", name)
    return change_byte(ground, chance, path, lambda _: f"checkpoint {int(name.split('.')[0])}")


def change_row(ground, chance):
    """One byte of one value: of the text, of the digits of a number, of a blob."""
    while True:
        book = ground.attack()
        try:
            table = chance.choice(filled(book))
            row = one_row(book, chance, table)
            columns = [name for name in row if name not in CHANGING.get(table, ()) and row[name] not in (None, "", b"")]
            column = chance.choice(columns)
            value = changed_value(chance, row[column])
            holder = "cast(? as text)" if isinstance(row[column], str) else "?"
            if value is None or not update(book, table, row, column, holder, value):
                continue
            key = "/".join(str(row[name]) for name in KEYS[table])
            return [ground.ledger], f"row {table} {key}", f"{table}.{column}: {row[column]!r:.60} -> {value!r:.60}"
        except sqlite3.IntegrityError:
            pass
        finally:
            book.close()


def filled(book):
    return [table for table in KEYS if book.execute(f"select 1 from {table} limit 1").fetchone()]


def one_row(book, chance, table):
    rows = book.execute(f"select * from {table} order by {', '.join(KEYS[table])}")
    names = [column[0] for column in rows.description]
    return dict(zip(names, chance.choice(rows.fetchall())))


def changed_value(chance, value):
    """The value with one byte changed; none if this change would leave it what it is, or no value of its kind."""
    if isinstance(value, (int, float)):
        digits = list(repr(value))
        at = chance.randrange(len(digits))
        digits[at] = chance.choice("0123456789")
        try:
            now = type(value)("".join(digits))
        except ValueError:
            return None
        return now if now != value and abs(now) < 2**63 else None
    data = bytearray(value if isinstance(value, bytes) else value.encode())
    at = chance.randrange(len(data))
    data[at] = other_byte(chance, data[at])
    return bytes(data)


def update(book, table, row, column, holder, value):
    where = " and ".join(f'"{name}" = ?' for name in KEYS[table])
    done = book.execute(f'update {table} set "{column}" = {holder} where {where}',
                        [value, *(row[name] for name in KEYS[table])])
    book.commit()
    return done.rowcount == 1


def change_pack(ground, chance):
    """One byte of a package: each of its files gets its share, and so does what lies between them."""
    path = chance.choice(ground.packs)
    data, places = ground.bytes[path], []
    with zipfile.ZipFile(path) as package:
        for file in package.infolist():
            name, extra = (int.from_bytes(data[file.header_offset + at:][:2], "little") for at in (26, 28))
            start = file.header_offset + 30 + name + extra
            places.append((start, start + file.file_size, file.filename))
    inside = [range(start, end) for start, end, _ in places]
    between = [at for at in range(len(data)) if not any(at in one for one in inside)] if len(data) < 10**5 else \
        [at for start, end, _ in places for at in range(max(0, start - 30), start)] + list(range(places[-1][1], len(data)))
    at = chance.choice(chance.choice([*inside, between]))
    name, start, end = next(((name, start, end) for start, end, name in places if start <= at < end), (None, 0, 0))
    to = other_byte(chance, data[at])
    with open(path, "r+b") as file:
        file.seek(at)
        file.write(bytes([to]))
    what = f"{os.path.basename(path)} {name or 'container'} byte {at}: {data[at]:02x} -> {to:02x}"
    return [path], package_subjects(data, places, name, data[start:end], at - start), what


def package_subjects(data, places, name, content, at):
    """The names that a changed byte of a file of a package may go by; one that ends in `*` stands for all that begin so."""
    line = line_of(content, at)
    if name is None:
        return ["container at byte *"]
    if name.endswith(".warc.gz"):
        [proofs] = [data[start:end] for start, end, other in places if other == "proof/records.jsonl"]
        offset = 0
        for leaf in (json.loads(proof)["line"] for proof in proofs.splitlines()):
            offset += leaf["length"]
            if at < offset:
                return [f"record {leaf['id']} in {os.path.basename(name)}"]
    fixed = {"proof/records.jsonl": f"proof line {line}", "proof/entries.jsonl": f"proof entry {line}",
             "proof/checkpoint.txt": "checkpoint *", "datapackage-digest.json": "signature"}
    if name in fixed:
        return [fixed[name], f"file {name}"]
    if name == "pages/pages.jsonl":  # the changed byte may be one of the URL
        return ["page *", f"file {name}"]
    return ["index line *", f"file {name}"] if name.endswith(".cdx.gz") else [f"file {name}"]


# Name, share, and what makes the change.
KINDS = [("segment", 3, change_segment), ("seal", 2, change_seal), ("log", 2, change_log),
         ("checkpoint", 1, change_checkpoint), ("row", 3, change_row), ("package", 2, change_pack)]


# ---- whole rows

def rows(ground, chance):
    """Each sealed table: a row edited, removed, added. Yields (table, what was done, touched, subject)."""
    book = ground.open()
    tables = filled(book)
    book.close()
    for table in KEYS:
        if table not in tables:
            print(f"  {table}: the demo has no row of it")
            continue
        for action in ("edited", "removed", "added"):
            if action == "added" and table in NOT_ADDED:
                continue
            book = ground.attack()
            row = one_row(book, chance, table)
            if action == "added":
                row = added(book, table, row)
            elif action == "removed":
                where = " and ".join(f'"{name}" = ?' for name in KEYS[table])
                book.execute(f"delete from {table} where {where}", [row[name] for name in KEYS[table]])
            else:
                edit(book, chance, table, row)
            book.commit()
            book.close()
            yield table, action, [ground.ledger], f"row {table} " + "/".join(str(row[name]) for name in KEYS[table])


def edit(book, chance, table, row):
    names = [name for name in row if name not in KEYS[table] and name not in CHANGING.get(table, ())
             and row[name] is not None]
    name = chance.choice(names)
    now = row[name] + 1 if isinstance(row[name], (int, float)) else row[name] + type(row[name])(b"x" if isinstance(
        row[name], bytes) else "x")
    update(book, table, row, name, "?", now)


def added(book, table, row):
    row, last = dict(row), KEYS[table][-1]
    if table == "text_layer":
        without = "select capture from visit where capture is not null and capture not in (select capture from text_layer)"
        row[last] = book.execute(without).fetchone()[0]
    elif isinstance(row[last], str):
        row[last] += "x"
    else:
        row[last] = book.execute(f"select max({last}) from {table}").fetchone()[0] + 1000
    for name, change in OTHER[table].items():
        row[name] = change if change is None else row[name] + change
    names = ", ".join(f'"{name}"' for name in row)
    book.execute(f"insert into {table} ({names}) values ({', '.join('?' * len(row))})", list(row.values()))
    return row


# ---- the proof

def fits(name, subject):
    return name.startswith(subject[:-1]) if subject.endswith("*") else name == subject


class Tally:
    def __init__(self):
        self.count, self.misses, self.more = collections.Counter(), [], collections.Counter()

    def take(self, kind, said, subject, what):
        (ours, our_names), (other, other_names) = said
        subjects = [subject] if isinstance(subject, str) else subject
        right = [[name for name in names if any(fits(name, one) for one in subjects)] for names in (our_names, other_names)]
        for name, holds in (("changes", True), ("ours", ours), ("other", other), ("ours named", right[0]),
                            ("other named", right[1]), ("ours more", set(our_names) - set(right[0])),
                            ("other more", set(other_names) - set(right[1]))):
            self.count[kind, name] += bool(holds)
        if not (ours and other and all(right)):
            self.misses.append(f"{kind}: {what}\n    expected {subject}\n    ours  {our_names[:6]}\n    other {other_names[:6]}")

    def show(self, kinds):
        columns = ["changes", "ours", "other", "ours named", "other named", "ours more", "other more"]
        print(f"{'kind':<18}" + "".join(f"{name:>13}" for name in columns))
        for kind in kinds:
            print(f"{kind:<18}" + "".join(f"{self.count[kind, name]:>13}" for name in columns))


def main():
    parser = argparse.ArgumentParser()
    for name in ("portolan", "verifier", "sites", "config", "folder"):
        parser.add_argument(name)
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--untouched", type=int, default=100)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**9)
    options = parser.parse_args()
    chance, ground, tally = random.Random(options.seed), Ground(options), Tally()
    size = sum(map(len, ground.bytes.values()))
    print(f"seed {options.seed}; {len(ground.segments)} segments, {len(ground.checkpoints)} checkpoints, "
          f"{ground.bytes[os.path.join(ground.archive, 'log.jsonl')].count(10)} entries, {size // 1000} kB", flush=True)

    alarms = 0
    for n in range(options.untouched):
        if n == options.untouched // 2:
            mixed(ground, chance, tally, options.changes)
        for who, (fault, names) in zip(("ours", "other"), ground.verify(ground.packs[:1] if n % 10 == 0 else ())):
            if fault or names:
                alarms += 1
                print(f"untouched: {who} says {names[:6]}")
    for table, action, touched, subject in rows(ground, chance):
        tally.take(f"row {action}", ground.verify(), subject, f"{table}, a row {action}")
        ground.restore(touched)
    for path, data in ground.bytes.items():
        if path != ground.ledger and open(path, "rb").read() != data:
            sys.exit(f"{path} is not what it was")
    tally.show([kind for kind, _, _ in KINDS] + ["row edited", "row removed", "row added"])
    print(f"untouched: {options.untouched} times verified by both, {alarms} false alarms")
    print("rows that nobody can tell were added, because they belong to no sealed run:")
    for table, why in NOT_ADDED.items():
        print(f"  {table}: {why}")
    for miss in tally.misses[:20]:
        print(f"missed: {miss}")
    print(f"{len(tally.misses)} missed, {alarms} false alarms")
    sys.exit(1 if tally.misses or alarms else 0)


def mixed(ground, chance, tally, changes):
    for n in range(changes):
        [(kind, _, change)] = chance.choices(KINDS, [share for _, share, _ in KINDS])
        touched, subject, what = change(ground, chance)
        tally.take(kind, ground.verify(touched), subject, what)
        ground.restore(touched)
        if (n + 1) % 100 == 0:
            print(f"{n + 1} changes, {len(tally.misses)} missed", flush=True)


if __name__ == "__main__":
    main()
