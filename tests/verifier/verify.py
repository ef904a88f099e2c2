#!/usr/bin/env python3
"""Checks what Portolan archived, without Portolan: written from crates/archive/FORMAT.md alone.

PATH is a data folder, its `archive` folder, the WACZ of a run or the audit pack of a release. Nothing is written.
Prints `fault|remark TAB subject TAB what` for each finding, then a summary.
Exit codes: 0 no fault, 2 wrong usage, 6 faults.
"""

import argparse, base64, calendar, contextlib, functools, hashlib, io, json, mmap, os, pathlib, re, sqlite3, ssl
import struct, subprocess, sys, tempfile, time, zipfile, zlib
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MOST_ENTRIES = 1_000_000
MOST_BYTES = 129 << 20  # of a record: a block of 128 MiB and a head of 1 MiB


class Fault(Exception):
    """Something is not as FORMAT.md has it."""


class Damaged(Exception):
    """It cannot be checked, because something that it needs has a fault of its own."""


def need(holds, what):
    if not holds:
        raise Fault(what)


class Report:
    def __init__(self):
        self.faults = self.records = self.entries = self.checkpoints = 0
        self.inside = ""  # which WACZ of a pack is being read

    def say(self, level, subject, what):
        self.faults += level == "fault"
        parts = (level, subject, self.inside + what)
        print("\t".join("".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in part) for part in parts))

    @contextlib.contextmanager
    def check(self, subject):
        """Whatever fails inside is a fault of `subject`; what comes after is still checked."""
        try:
            yield
        except Damaged:
            pass
        except Exception as error:
            what = str(error) if isinstance(error, Fault) else f"not valid: {error!r}"
            self.say("fault", subject, what[:300])


# ---- Canonical JSON, digests, trees
def sha(data):
    return hashlib.sha256(data).digest()


def digest(data):
    return "sha256:" + sha(data).hex()


def canonical(value):
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()


def parse(line, names=None):
    """The object in a line of canonical JSON, with these members."""
    value = json.loads(line, parse_float=lambda number: need(False, f"{number} is not whole"))
    need(canonical(value) == line, "not canonical JSON")
    need(names is None or set(value) == set(names.split()), f"its members are not {names}")
    return value


def lines(data):
    need(not data or data[-1:] == b"\n", "the last line is not ended")
    return bytes(data).split(b"\n")[:-1]


def unbase64(text):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, "base64 with unused bits set")
    return data


def node(left, right):
    return sha(b"\1" + left + right)


def roots(leaves, sizes):
    """For each of `sizes` the root of the tree over so many leaves. Complete subtrees wait on a stack."""
    found = {0: sha(b"")}
    stack = []
    for count, leaf in enumerate(leaves, 1):
        stack.append(sha(b"\0" + leaf))
        rest = count
        while rest % 2 == 0:
            stack[-2:] = [node(*stack[-2:])]
            rest //= 2
        if count in sizes:
            found[count] = stack[-1]
            for left in reversed(stack[:-1]):
                found[count] = node(left, found[count])
    return found


def climb(leaf, index, size, path):
    """The root that an audit path leads to from the hash of a leaf at `index` of `size`."""
    need(0 <= index < size and (size == 1) == (not path), "the path does not fit the place")
    if size == 1:
        return leaf
    need(re.fullmatch("[0-9a-f]{64}", path[-1]), "a step of the path is no digest")
    left = 1 << (size - 1).bit_length() - 1  # how many leaves are in the left subtree
    if index < left:
        return node(climb(leaf, index, left, path[:-1]), bytes.fromhex(path[-1]))
    return node(bytes.fromhex(path[-1]), climb(leaf, index - left, size - left, path[:-1]))


# ---- Keys, signed notes, stamps
class Key:
    def __init__(self, verifier):
        self.text = verifier
        self.name, identity, data = verifier.split("+", 2)
        data = unbase64(data)
        need(re.fullmatch(r"[^\s+]+", self.name) and len(data) == 33 and data[0] == 1, "not an Ed25519 verifier")
        self.raw = data[1:]
        self.id = sha(self.name.encode() + b"\n" + data)[:4]
        need(identity == self.id.hex(), "the key's ID is not that of its name and bytes")

    def verify(self, signature, text):
        Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text.encode())


class Note:
    """A signed note with one signature."""

    def __init__(self, data):
        match = re.fullmatch(r"(.*?\n)\n— ([^\s+]+) (\S+)\n", bytes(data).decode(), re.S)
        need(match, "not a note with one signature")
        self.text, self.name, self.signature = match[1], match[2], unbase64(match[3])

    def check(self, key):
        need(key, "no key is in force")
        need((self.name, self.signature[:4]) == (key.name, key.id), f"not signed by {key.text}, the key in force")
        key.verify(self.signature[4:], self.text)


class Checkpoint(Note):
    def __init__(self, data):
        super().__init__(data)
        instant = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"
        match = re.fullmatch(rf"portolan/([0-9a-f-]{{36}})\n([1-9]\d*)\n(\S+)\nat {instant}\n", self.text, re.A)
        need(match, "not a checkpoint")
        self.archive, self.size, self.root = match[1], int(match[2]), unbase64(match[3])


def check_stamp(report, subject, data, token, body):
    """Lets openssl check a timestamp of `data` as of its own genTime."""
    with report.check(subject), tempfile.TemporaryDirectory() as folder:
        need(token is not None, "the file is missing")
        need(digest(token) == body["digest"], "the file has not the digest that was entered")
        trust = [unbase64(text) for text in body["trust"]]
        pem = "".join(map(ssl.DER_cert_to_PEM_cert, trust)).encode()
        for name, content in ("data", data), ("token", token), ("trust", pem):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)

        def openssl(*words):
            return subprocess.run(["openssl", "ts", *words], cwd=folder, capture_output=True, timeout=60)

        shown = openssl("-reply", "-in", "token", "-text").stdout.decode(errors="replace")
        times = re.findall(r"^Time stamp: (.{15})(?:\.\d+)? (\d{4}) GMT$", shown, re.M)
        need(len(times) == 1 and "Hash Algorithm: sha256\n" in shown, "not a timestamp over SHA-256")
        when = calendar.timegm(time.strptime(" ".join(times[0]), "%b %d %H:%M:%S %Y"))
        done = openssl("-verify", "-data", "data", "-in", "token", "-CAfile", "trust", "-attime", str(when))
        need(done.returncode == 0, "openssl does not accept it: " + done.stderr.decode(errors="replace")[:300])
        report.say("remark", subject, f"{' '.join(times[0])} UTC, if you trust {', '.join(map(digest, trust))}")


# ---- The log, whole or in part
class Log:
    def __init__(self):
        self.entries, self.keys, self.segments = [], [], {}

    def add(self, entry):
        need(set(entry) == {"at", "body", "kind", "no", "previous"}, "not an entry")
        need((entry["kind"] == "archive") == (entry["no"] == 1), "entry 1, and no other, is of kind archive")
        self.entries.append(entry)
        body = entry["body"]
        if entry["kind"] == "segment":
            need(body["name"] not in self.segments, "this segment was sealed before")
            self.segments[body["name"]] = body
        if entry["kind"] == "key":
            before, key = self.key(entry["no"]), Key(body["verifier"])
            self.keys.append((entry["no"], key))
            names = {"verifier", "reason"} | ({"replaces", "signature"} if before else set())
            need(set(body) == names, f"the body of this key has not the members {', '.join(sorted(names))}")
            if before:
                need(body["replaces"] == before.text, "it does not replace the key before it")
                before.verify(unbase64(body["signature"]), f"portolan key\n{key.text}\n")

    def bodies(self, kind):
        return [(entry["no"], entry["body"]) for entry in self.entries if entry["kind"] == kind]

    def key(self, size):
        """The key in force for `size` entries."""
        return next((key for no, key in reversed(self.keys) if no <= size), None)

    def check_trust(self, report, trusted):
        first = self.keys[0][1].text if self.keys else "no key"
        if not trusted:
            report.say("remark", "keys", f"all rests on {first}: compare it with what its owner published")
        elif first not in trusted:
            report.say("fault", "keys", f"all rests on {first}, which is not among those you trust")

    def check_note(self, note):
        need(note.archive == self.entries[0]["body"]["id"], "it is of another archive")
        note.check(self.key(note.size))


def read_log(report, data):
    """The log, and the leaves of its tree."""
    log, leaves, no, before = Log(), [], 1, "sha256:" + "0" * 64
    *whole, unended = bytes(data).split(b"\n")
    need(len(whole) <= MOST_ENTRIES, "it has too many lines")
    for line in [*whole, unended] if unended else whole:
        leaves.append(line)
        with report.check(f"entry {no}"):
            need(line is not unended, "its line is not ended")
            value = json.loads(line)
            entry, previous, place = value["entry"], before, no
            leaves[-1], before, no = canonical(entry), value["hash"], int(entry["no"])
            log.add(entry)
            parse(line, "entry hash")
            need(entry["no"] == place, f"entry {entry['no']} stands in its place")
            need(digest(leaves[-1]) == value["hash"], "it has not its hash")
            need(entry["previous"] == previous, "`previous` is not the hash of the entry before")
            report.entries += 1
        no += 1
    return log, leaves


# ---- Records and segments
def view(path):
    with open(path, "rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if os.path.getsize(path) else b"")


def inflate(data):
    """What is in the first gzip member of `data`, and its length."""
    engine = zlib.decompressobj(31)
    content = engine.decompress(data, MOST_BYTES)
    need(engine.eof, "not a whole gzip member, or too large")
    return content, len(data) - len(engine.unused_data)


def read_record(member):
    """Fields (names in lower case) and block of the record in a gzip member."""
    content, length = inflate(member)
    head, _, rest = content.partition(b"\r\n\r\n")
    version, *rows = head.decode().split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in rows)}
    block = rest[: int(fields["content-length"])]
    need(length == len(member) and version == "WARC/1.1", "not one WARC 1.1 record")
    need(rest[len(block) :] == b"\r\n\r\n", "its block has another length")
    need(digest(block) == fields["warc-block-digest"], "its block has not its digest")
    return fields, block


def sound(thing):
    """`thing`, unless it is None because a fault was found in it."""
    if thing is None:
        raise Damaged
    return thing


def find(identity, index):
    need(identity in index, f"record {identity} is nowhere")
    return read_record(sound(index[identity]))


def check_record(report, subject, data, seal, offset, index):
    """Compares a gzip member with its seal line. `index` gets its bytes, or None if it is damaged."""
    index[seal["id"]] = None
    with report.check(subject):
        member = data[offset : offset + seal["length"]]
        need(digest(member) == seal["digest"], "it is not what was sealed")
        fields, _ = read_record(member)
        need(fields["warc-record-id"] == f"<{seal['id']}>", "it has another ID")
        index[seal["id"]] = member
        report.records += 1


def check_segment(report, folder, body, index):
    path, name, end = os.path.join(folder, body["name"]), body["name"], 0
    data = view(path) if os.path.exists(path) else b""
    need(os.path.exists(path + ".seal"), "its seal file is missing")
    seals = lines(view(path + ".seal"))
    sealed = "sha256:" + roots(seals, {len(seals)})[len(seals)].hex() == body["root"]
    before = report.faults
    for n, line in enumerate(seals, 1):
        place, end = end, None  # which is not known behind a damaged line
        with report.check(f"seal line {n} of {name}"):
            seal = parse(line, "digest id length offset")
            end = seal["offset"] + seal["length"]
            need(place in (None, seal["offset"]), "its record does not follow the one before")
            subject = f"record {seal['id']} in {name}" if sealed else f"seal line {n} of {name}"
            index[seal["id"]] = None
            if data:
                check_record(report, subject, data, seal, seal["offset"], index)
    need(len(data) == body["bytes"], f"{len(data)} bytes, {body['bytes']} were sealed" if data else "it is missing")
    need(sealed or report.faults > before, "its seal file has not the root in the log")
    need(end == body["bytes"] and len(seals) == body["records"], "its seal file does not reach to its end")


# ---- Rows of the ledger

VISITED = "(select capture from visit where run = :run)"
JUDGED = "(select id from judging where run = :run)"
OF_RUN = {  # table: which rows are a run's
    "survey": "id in (select survey from run where id = :run)",
    "run": "id = :run",
    "record": f"""id in (select record from capture where id in {VISITED}
        union select text from capture where id in {VISITED}
        union select record from text_layer where capture in {VISITED}
        union select record from visit where run = :run
        union select record from exchange where run = :run)""",
    "capture": f"id in {VISITED}",
    "text_layer": f"capture in {VISITED}",
    **dict.fromkeys(("visit", "exchange", "refusal", "search", "judging"), "run = :run"),
    "finding": f"judging in {JUDGED}",
    "evidence": f"finding in (select id from finding where judging in {JUDGED})",
}
CHANGING = {"survey": {"finished"}, "run": {"state", "reason", "finished"}}
BY_PEOPLE = ("decision", "slot_seal", "comparison", "rebuttal", "adjudication", "inspection", "sign_off", "release", "reopening")


def sealed_rows(report, log, run, index):
    """What all `rows` entries of a run sealed: rows by table, and the tables of which some cannot be read."""
    sealed, unread = {table: {} for table in OF_RUN}, set()
    for no, body in log.bodies("rows"):
        for table, held in body["tables"].items() if body["run"] == run else ():
            unread.add((no, table))
            with report.check(f"entry {no}"):
                rows = []
                for identity in held["records"]:
                    fields, block = find(identity, index)
                    target = fields["warc-target-uri"].rpartition(":")[0]
                    need(target == f"urn:portolan:rows:{run}:{table}", f"record {identity} holds other rows")
                    rows += lines(block)
                sealed[table].update((line, json.loads(line)) for line in rows)
                need(len(rows) == held["count"], f"{len(rows)} rows of {table}, not {held['count']}")
                unread.discard((no, table))
    return {table: list(rows.values()) for table, rows in sealed.items()}, {table for _, table in unread}


def check_evidence(report, sealed, index):
    """Evidence with a position is what its text layer says there."""
    names = {row["id"]: row["name"] for row in sealed["record"]}
    layers = {row["capture"]: names.get(row["record"]) for row in sealed["text_layer"]}
    text_of = functools.lru_cache(100)(lambda name: find(name, index)[1].decode())
    for row in sealed["evidence"]:
        with report.check(f"row evidence {row['finding']}/{row['rank']}"):
            if row["start"] is not None:
                passage = text_of(layers.get(row["capture"]))[row["start"] : row["end"]]
                need(passage == row["exact"], "its text layer says something else there")


def compare(report, book, table, rows, where, run=None, complete=True, elsewhere=frozenset()):
    """Compares the rows of a table with those sealed, here or with another run."""
    with report.check("file ledger.sqlite"):
        keys = [name for (name,) in book.execute("select name from pragma_table_info(?) where pk order by pk", [table])]
        known = set()
        need(keys, f"it has no table {table}")
        for row in rows:
            key = tuple(row[name] for name in keys)
            known.add(key)
            with report.check(f"row {table} {'/'.join(map(str, key))}"):
                same = " and ".join(f"{name} = ?" for name in keys)
                held = book.execute(f"select * from {table} where {same}", key).fetchone()
                need(held, "the ledger does not have it")
                for name in sorted({*held.keys(), *row} - CHANGING.get(table, set())):
                    value = held[name].hex() if type(held[name]) is bytes else held[name]
                    need(value == row.get(name), f"{name} is not what was sealed")
        for row in book.execute(f"select {', '.join(keys)} from {table} where {where}", {"run": run}):
            if complete and tuple(row) not in known | elsewhere:
                report.say("fault", f"row {table} {'/'.join(map(str, row))}", "it was not sealed")


def check_rows(report, log, index, book=None):
    runs = sorted({body["run"] for _, body in log.bodies("rows")})
    of_runs = {run: sealed_rows(report, log, run, index) for run in runs}
    shared = {"record": "id", "text_layer": "capture"}  # a page that runs share gets its text layer with one of them
    shared = {table: {(row[key],) for sealed, _ in of_runs.values() for row in sealed[table]} for table, key in shared.items()}
    for run, (sealed, unread) in of_runs.items():
        if not unread & {"record", "text_layer"}:
            check_evidence(report, sealed, index)
        for table, where in OF_RUN.items() if book else ():
            compare(report, book, table, sealed[table], where, run, table not in unread, shared.get(table, frozenset()))
    for table in BY_PEOPLE if book else ():
        rows = []
        for no, body in log.bodies("row"):  # JSON there is text in the ledger
            row = {name: canonical(v).decode() if type(v) in (dict, list) else v for name, v in body["row"].items()}
            rows += [{"entry": no, **row}] if body["table"] == table else []
        compare(report, book, table, rows, "true")
    for judging, run in book.execute("select id, run from judging") if book else ():
        if run not in runs:
            report.say("fault", f"row judging {judging}", "it was not sealed")


# ---- The archive folder
def check_checkpoints(report, folder, log, leaves):
    notes, tokens = {}, {}
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        with report.check(f"file checkpoints/{name}"):
            match = re.fullmatch(r"(\d{10})(?:\.txt|-([^/]+)\.tsr)", name, re.A)
            (tokens if match[2] else notes)[match.groups() if match[2] else int(match[1])] = view(f"{folder}/{name}")
    found = roots(leaves, notes)
    for size, data in notes.items():
        with report.check(f"checkpoint {size}"):
            note = Checkpoint(data)
            need(note.size == size and size in found, "it is on another number of entries")
            log.check_note(note)
            need(found[size] == note.root, "the log has another root")
            report.checkpoints += 1
    with report.check(f"checkpoint {max(notes, default='none')}"):
        unsigned = len(leaves) - max(notes, default=0)
        need(unsigned <= 0, f"{unsigned} entries behind it are unsigned")
    for _, body in log.bodies("timestamp"):
        size, authority = body["checkpoint"], body["authority"]
        token = tokens.pop((f"{size:010}", authority), None)
        check_stamp(report, f"stamp {size}-{authority}", notes.get(size), token, body)
    for size, authority in tokens:
        report.say("fault", f"stamp {int(size)}-{authority}", "the log has no entry for it")


def check_archive(report, folder, trusted):
    log, leaves = read_log(report, view(os.path.join(folder, "log.jsonl")))
    log.check_trust(report, trusted)
    check_checkpoints(report, os.path.join(folder, "checkpoints"), log, leaves)
    index = {}
    for name, body in log.segments.items():
        with report.check(f"segment {name}"):
            check_segment(report, folder, body, index)
    for name in sorted(os.listdir(folder)):
        with report.check(f"segment {name}"):
            need(not name.endswith(".warc.gz") or name in log.segments, "the log has no entry for it")
    for no, body in log.bodies("rulebook"):
        with report.check(f"entry {no}"):
            need(digest(find(body["record"], index)[1]) == body["digest"], "its record has another digest")
    path = os.path.join(os.path.dirname(os.path.abspath(folder)), "ledger.sqlite")
    if not os.path.isfile(path):
        report.say("remark", "file ledger.sqlite", "there is none beside the archive, so no rows were compared")
        return check_rows(report, log, index)
    with report.check("file ledger.sqlite"):
        unused = "" if os.path.exists(path + "-wal") else "&immutable=1"
        book = sqlite3.connect(f"{pathlib.Path(path).as_uri()}?mode=ro{unused}", uri=True)
        book.row_factory = sqlite3.Row
        book.execute("select name from sqlite_master")
        check_rows(report, log, index, book)


# ---- Packages
def check_proof(report, files, prefix, trusted):
    """The part of a log that a package carries, with its checkpoint and stamps. Returns it with the key in force."""
    log, note = Log(), None
    with report.check(f"file {prefix}checkpoint.txt"):
        note = Checkpoint(files[f"{prefix}checkpoint.txt"])
    with report.check(f"file {prefix}entries.jsonl"):
        for n, line in enumerate(lines(files[f"{prefix}entries.jsonl"]), 1):
            with report.check(f"proof entry {n}"):
                value = parse(line, "entry path")
                log.add(value["entry"])
                leaf = sha(b"\0" + canonical(value["entry"]))
                found = climb(leaf, value["entry"]["no"] - 1, sound(note).size, value["path"])
                need(found == note.root, "its path does not lead to the checkpoint")
                report.entries += 1
    log.check_trust(report, trusted)
    with report.check(f"checkpoint {note and note.size}"):
        log.check_note(sound(note))
        report.checkpoints += 1
    with report.check(f"file {prefix}stamps.jsonl"):
        for line in lines(files.get(f"{prefix}stamps.jsonl", b"")):
            body = parse(line, "authority digest trust")
            token = files.get(f"{prefix}{body['authority']}.tsr")
            subject = f"stamp {sound(note).size}-{body['authority']}"
            check_stamp(report, subject, files[f"{prefix}checkpoint.txt"], token, body)
    return log, note and log.key(note.size)


def container(report, data):
    """The files of a ZIP, which has to be just as Python's own library writes these files."""
    files, at, again = {}, 0, io.BytesIO()
    need(len(data) < 1 << 31, "2 GiB and more are beyond this program")
    while data[at : at + 4] == b"PK\3\4":
        crc, size, _, length = struct.unpack_from("<IIIH", data, at + 14)
        start = at + 30 + length
        name = bytes(data[at + 30 : start]).decode(errors="replace")
        files[name] = data[start : start + size]
        if zlib.crc32(files[name]) != crc:
            report.say("fault", f"file {name}", "its bytes are not those of its checksum")
        at = start + size
    with zipfile.ZipFile(again, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, bytes(content))
    if again.getvalue() != data:
        byte = len(os.path.commonprefix([again.getvalue(), bytes(data)]))
        report.say("fault", f"container at byte {byte}", "from here it is not the container of its files")
    return files


def check_warc(report, name, data, proofs, log, index):
    """The records of a WACZ, and the paths of their seal lines. Returns the ID and length of each by its place."""
    places, offset = {}, 0
    for n, line in enumerate(lines(proofs), 1):
        seal = None
        with report.check(f"proof line {n}"):
            value = parse(line, "index line path segment size")
            body = log.segments[value["segment"]]
            found = climb(sha(b"\0" + canonical(value["line"])), value["index"], value["size"], value["path"])
            same = value["size"] == body["records"] and "sha256:" + found.hex() == body["root"]
            need(same, "its path does not lead to the root of its segment")
            seal = value["line"]
            places[offset] = (seal["id"], seal["length"])
            check_record(report, f"record {seal['id']} in {name}", data, seal, offset, index)
        offset += seal["length"] if seal else inflate(data[offset : offset + MOST_BYTES])[1]
    need(offset == len(data), f"{len(data)} bytes, its records have {offset}")
    return places


def check_index(report, data, places, index):
    for n, line in enumerate(lines(inflate(data)[0]), 1):
        with report.check(f"index line {n}"):
            value = json.loads(line.split(b" ", 2)[2])
            identity, length = places[int(value["offset"])]
            fields, _ = find(identity, index)
            need(value["url"] == fields["warc-target-uri"], "the record there is of another URL")
            need(value["length"] == str(length), "the record there has another length")
            need(value["digest"] == fields.get("warc-payload-digest", value["digest"]), "it has another digest")


def check_pages(report, data):
    for n, line in enumerate(lines(data)[1:], 2):
        match = re.search(rb'"url":("(?:[^"\\]|\\.)*")', line)
        with report.check(f"page {json.loads(match[1])}" if match else f"page in line {n}"):
            page = parse(line)
            identity = page.pop("id")
            need(identity == sha(canonical(page)).hex()[:32], "its ID is not that of its line")


def check_listed(report, files, listed, member):
    """Files against the size and digest that are listed for each."""
    for name in sorted(files.keys() | listed.keys()):
        with report.check(f"file {name}"):
            need(name in files, "it is missing")
            need(name in listed, "it is not listed")
            same = (len(files[name]), digest(files[name])) == (listed[name]["bytes"], listed[name][member])
            need(same, "it has not its listed size and digest")


def check_wacz(report, data, trusted):
    files, index, places = container(report, data), {}, {}
    log, key = check_proof(report, files, "proof/", trusted)
    warc = next((name for name in files if name.startswith("archive/")), "archive/PORTAL.warc.gz")
    with report.check(f"file {warc}"):
        places = check_warc(report, warc[8:], files[warc], files["proof/records.jsonl"], log, index)
    check_rows(report, log, index)
    with report.check("file indexes/index.cdx.gz"):
        check_index(report, files["indexes/index.cdx.gz"], places, index)
    with report.check("file pages/pages.jsonl"):
        check_pages(report, files["pages/pages.jsonl"])
    signed = {}
    with report.check("file datapackage-digest.json"):
        value = json.loads(bytes(files.pop("datapackage-digest.json")))
        signed = value["signedData"]
        need((value["path"], value["hash"]) == ("datapackage.json", signed["hash"]), "it contradicts itself")
    with report.check("signature"):
        need(key, "no key is in force")
        spki = bytes.fromhex("302a300506032b6570032100") + key.raw
        need(unbase64(signed["publicKey"]) == spki, f"it is not by {key.text}, the key in force")
        key.verify(unbase64(signed["signature"]), signed["hash"])
    with report.check("file datapackage.json"):
        package = files.pop("datapackage.json")
        listed = json.loads(bytes(package))["resources"]
        check_listed(report, files, {one["path"]: one for one in listed}, "hash")
        need(digest(package) == signed.get("hash"), "it is not the one that was signed")


def check_rests(report, bodies):
    """Each final answer of the last release must have what it rests on."""

    def made(table):
        return [body["row"] for body in bodies if body["table"] == table]

    known = {row["id"] for row in made("decision") + made("adjudication")}
    signed = {row["id"]: row for row in made("sign_off")}
    for city in made("release")[-1]["cities"]:
        with report.check(f"score {city['portal']}"):
            need(city["sign_off"] in signed, "the sign-off of the city is missing or damaged")
            for answer in signed[city["sign_off"]]["finals"]:
                with report.check(f"score {city['portal']}/{answer['code']}"):
                    rests = answer["rests_on"]
                    need(rests and known.issuperset(rests), "what it rests on is missing or damaged")


def check_pack(report, folder, trusted):
    files = {}
    for at, _, names in os.walk(folder):
        for path in (os.path.join(at, name) for name in names):
            with report.check(f"file {os.path.relpath(path, folder)}"):
                files[os.path.relpath(path, folder)] = view(path)
    log, key = check_proof(report, files, "", trusted)
    with report.check("signature"):
        note = Note(files.pop("manifest.txt"))
        note.check(key)
        need(note.text == f"portolan pack\n{digest(files['manifest.json'])}\n", "it is of another manifest")
    with report.check("file manifest.json"):
        manifest = parse(bytes(files.pop("manifest.json")), "release campaign number instrument created software indicators cities files")
        check_listed(report, files, {one["path"]: one for one in manifest["files"]}, "digest")
        releases = [no for no, body in log.bodies("row") if body["table"] == "release"]
        need(manifest["release"] in releases, "its release is not among the entries")
    with report.check("file entries.jsonl"):
        check_rests(report, [body for _, body in log.bodies("row")])
    with report.check("file keys.txt"):
        keys = [line.decode() for line in lines(files["keys.txt"])]
        need(keys == [key.text for _, key in log.keys], "it does not have the keys of the log")
    for name, data in sorted(files.items()):
        with report.check(f"file {name}"):
            same = not name.startswith("rulebook/") or name == f"rulebook/{digest(data)[7:]}.txt"
            need(same, "its name is not its digest")
            if name.startswith("wacz/"):
                report.inside = f"{name}: "
                check_wacz(report, data, [key.text for _, key in log.keys[:1]])
        report.inside = ""


def main():
    usage = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usage.add_argument("path", metavar="PATH")
    usage.add_argument("--trusted", metavar="KEY", action="append", help="a key that you know to be the owner's")
    words = usage.parse_args()
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    report = Report()
    inner = os.path.join(words.path, "archive")
    folder = inner if os.path.isdir(inner) else words.path
    if not os.path.exists(words.path):
        usage.error(f"there is no {words.path}")
    with report.check(f"file {os.path.basename(os.path.abspath(words.path))}"):
        if os.path.isfile(os.path.join(folder, "log.jsonl")):
            check_archive(report, folder, words.trusted)
        elif os.path.isdir(words.path):
            check_pack(report, words.path, words.trusted)
        else:
            check_wacz(report, view(words.path), words.trusted)
    counts = f"{report.records} records, {report.entries} entries, {report.checkpoints} checkpoints"
    print(f"NOT verified: {report.faults} faults" if report.faults else f"verified: {counts}")
    return 6 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
