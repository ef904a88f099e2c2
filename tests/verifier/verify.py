#!/usr/bin/env python3
"""A second reader of what the archive writes, made from crates/archive/FORMAT.md alone.

It shares no code with the program: who doubts one of the two can ask the other. It reads an archive folder (with the
ledger beside it), the WACZ of a run, or the audit pack of a release, and only ever reads.

    verify.py PATH [--ledger FILE] [--key VERIFIER]...

Each finding is a line `fault|remark TAB subject TAB what`; the last line is the summary.
Exit codes: 0 nothing is at fault, 5 something is (or PATH is none of the three), 2 wrong usage.
It needs the package `cryptography` for Ed25519 and, for timestamps only, the program `openssl`.
"""
import base64, calendar, collections, contextlib, fcntl, functools, hashlib, json, mmap, os, re, sqlite3, struct
import subprocess, sys, tempfile, textwrap, time, urllib.parse, zlib
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LIMIT = 129 << 20  # a block of 128 MiB and a head of 1 MiB: no member may inflate beyond
UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
INSTANT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"
SEGMENT = r"[A-Za-z0-9][A-Za-z0-9._-]*\.warc\.gz"


class Fault(Exception):
    """Something that is not as the format has it. Who catches it knows what it is about."""


class Report:
    """Prints findings, each once, and counts what was found sound."""

    def __init__(self):
        self.faults, self.said, self.count, self.where = 0, set(), collections.Counter(), ""

    def say(self, level, subject, what):
        line = "\t".join("".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in part)
                         for part in (level, subject, self.where + what))
        if line not in self.said:
            self.said.add(line)
            self.faults += level == "fault"
            print(line.encode("utf-8", "backslashreplace").decode())

    def fault(self, subject, what): self.say("fault", subject, what)
    def remark(self, subject, what): self.say("remark", subject, what)

    @contextlib.contextmanager
    def part(self, subject):
        """What fails inside is a fault of `subject` and does not stop the rest. Bad input fails in more ways than
        can be foreseen, so any exception counts."""
        try:
            yield
        except Fault as fault:
            self.fault(subject, str(fault))
        except Exception as error:
            self.fault(subject, f"not readable ({type(error).__name__}: {str(error)[:200]})")


def need(holds, what):
    if not holds:
        raise Fault(what)


# ---- canonical JSON, digests, base64, trees

def refuse(number): raise Fault(f"{number[:40]} is not a whole number")
def sha(data): return hashlib.sha256(data).digest()
def digest(data): return "sha256:" + hashlib.sha256(data).hexdigest()
def canonical(value): return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
def whole(value): return type(value) is int and value >= 0
def base(data): return base64.b64encode(data).decode()


def parse(line):
    value = json.loads(line.decode(), parse_float=refuse, parse_constant=refuse)
    need(canonical(value) == line, "not in canonical form")
    return value


def shape(value, names, optional=()):
    need(isinstance(value, dict) and set(value) - set(optional) == set(names.split()),
         f"its members are not {names}")
    return value


def unbase(text):
    data = base64.b64decode(text, validate=True)
    need(base(data) == text, "base64 with unused bits set")
    return data


def lines(raw):
    need(raw.endswith(b"\n") or not raw, "the last line is not ended")
    return raw.split(b"\n")[:-1]


def node(left, right): return sha(b"\1" + left + right)


def roots(leaves, sizes):
    """The roots of the trees over the first n leaves, for each n of `sizes`: complete subtrees wait on a stack."""
    stack, found = [], {0: sha(b"")}
    for n, line in enumerate(leaves, 1):
        here, m = sha(b"\0" + line), n
        while m % 2 == 0:
            here, m = node(stack.pop(), here), m // 2
        stack.append(here)
        if n in sizes:
            found[n] = functools.reduce(lambda right, left: node(left, right), reversed(stack))
    return found


def root(leaves): return roots(leaves, {len(leaves)})[len(leaves)]


def climb(line, at, size, path):
    """The root that an audit path leads to from the leaf `line` at place `at` of `size`."""
    need(whole(at) and whole(size) and at < size and isinstance(path, list), "no such place in the tree")
    here, last = sha(b"\0" + line), size - 1
    for step in path:
        need(isinstance(step, str) and re.fullmatch("[0-9a-f]{64}", step), "a step of the path is no digest")
        need(last, "the path is too long")
        if at % 2 or at == last:
            here = node(bytes.fromhex(step), here)
            while at and at % 2 == 0:
                at, last = at // 2, last // 2
        else:
            here = node(here, bytes.fromhex(step))
        at, last = at // 2, last // 2
    need(last == 0, "the path is too short")
    return here


# ---- keys and signed notes

class Verifier:
    """A public key by name, as the log writes it."""

    def __init__(self, text):
        name, ident, key = text.split("+", 2)
        raw = unbase(key)
        need(re.fullmatch(r"[^\s+]+", name) and len(raw) == 33 and raw[0] == 1, "not the verifier of an Ed25519 key")
        self.text, self.name, self.raw, self.ident = text, name, raw[1:], sha(name.encode() + b"\n" + raw)[:4]
        need(ident == self.ident.hex(), "the ID of the key is not that of its name and bytes")

    def verify(self, signature, data):
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except Exception:
            raise Fault(f"the signature by {self.name} is not valid") from None


class Note:
    """A signed note: `text` is what was signed, `signatures` are (name, key ID, signature)."""

    def __init__(self, data):
        text, _, tail = data.partition(b"\n\n")
        self.text, self.signatures, again = text + b"\n", [], text + b"\n\n"
        for line in tail.decode().split("\n")[:-1]:
            match = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
            need(match, "a signature line has not the form of one")
            raw = unbase(match[2])
            need(len(raw) == 68, "a signature has not 64 bytes")
            self.signatures.append((match[1], raw[:4], raw[4:]))
            again += f"— {match[1]} {base(raw)}\n".encode()
        need(again == data, "not written as a signed note is")
        need(self.signatures, "nobody signed it")

    def check(self, keys):
        """Every signature has to be by one of `keys`. Returns their verifiers."""
        for name, ident, signature in self.signatures:
            key = next((key for key in keys if (key.name, key.ident) == (name, ident)), None)
            need(key, f"signed by {name}+{ident.hex()}, which is no key in force")
            key.verify(signature, self.text)
        signed = [(name, ident) for name, ident, _ in self.signatures]
        return {key.text for key in keys if (key.name, key.ident) in signed}


class Checkpoint(Note):
    """A signed note on the first `size` entries of an archive's log."""

    def __init__(self, data):
        super().__init__(data)
        self.data = data
        match = re.fullmatch(f"portolan/({UUID})\n([1-9][0-9]{{0,15}})\n(\\S+)\nat ({INSTANT})\n", self.text.decode())
        need(match, "not the lines of a checkpoint")
        self.archive, self.size, self.root, self.at = match[1], int(match[2]), unbase(match[3]), match[4]
        time.strptime(self.at[:19], "%Y-%m-%dT%H:%M:%S")
        need(len(self.root) == 32, "its root has not 32 bytes")


# ---- the log, whole or in part

BODIES = {"archive": ("id",), "key": ("verifier replaces reason",),  # kind: members it must have, and may have
          "segment": ("name bytes records root", ("torn",)), "rows": ("run portal judging tables",),
          "row": ("table row",), "ingest": ("portal by at file digest note records",),
          "timestamp": ("checkpoint authority digest trust",)}


class Log:
    """Entries by number, with what follows from them: who may sign, and where each segment's root is."""

    def __init__(self, report, given):
        self.report, self.given, self.trusted = report, given, set(given)
        self.entries, self.names, self.keys, self.id, self.segments = {}, {}, [], None, {}
        self.unsound, self.size = set(), 0  # numbers of entries at fault (0 for one that cannot be read at all);
        #                                     how many entries the last checkpoint covers

    def add(self, entry, subject):
        """Takes one entry, which is kept for use even if its body is at fault."""
        shape(entry, "at body kind no previous")
        no, kind, body = entry["no"], entry["kind"], entry["body"]
        need(whole(no) and no > 0 and no not in self.entries, "its number is none, or taken")
        self.names[no], self.entries[no] = subject, entry
        need(re.fullmatch(INSTANT, entry["at"]), "its instant has not the form of one")
        need(re.fullmatch("sha256:[0-9a-f]{64}", entry["previous"]), "its previous hash has not the form of one")
        need(kind in BODIES, f"there is no kind {kind}")
        shape(body, *BODIES[kind])
        need((kind == "archive") == (no == 1), "entry 1, and no other, is of kind archive")
        if kind == "archive":
            self.id = body["id"]
            need(re.fullmatch(UUID, self.id), "its id is no UUID")
        elif kind == "key":
            key, before = Verifier(body["verifier"]), [held.text for held in self.in_force(no)]
            need(body["replaces"] is None or body["replaces"] in before, "it replaces a key that is not in force")
            need(key.text not in [held.text for _, held, _ in self.keys], "this key was already entered")
            self.keys.append((no, key, body["replaces"]))
        elif kind == "segment":
            need(re.fullmatch(SEGMENT, body["name"]) and body["name"] not in self.segments, "no new name of a segment")
            need(all(whole(body[name]) for name in ("bytes", "records")), "its sizes are no numbers")
            self.segments[body["name"]] = entry

    def of(self, kind):
        return [(no, entry["body"]) for no, entry in sorted(self.entries.items())
                if entry["kind"] == kind and isinstance(entry["body"], dict)
                and set(BODIES[kind][0].split()) <= set(entry["body"])]

    def in_force(self, size):
        retired = {replaces for no, _, replaces in self.keys if no < size}
        return [key for no, key, _ in self.keys if no <= size and key.text not in retired]

    def vouch(self, signers, sizes, whole_log):
        """Follows the keys from the first to the last. `signers` are the verifiers that signed each sound checkpoint
        among those of `sizes`."""
        if self.keys and not self.report.where:
            self.report.remark("keys", ", ".join(f"{key.text} (entry {no})" for no, key, _ in self.keys)
                               + ("" if self.given else ": taken from the log, name those you trust with --key"))
        in_force = [key.text for key in self.in_force(self.size)]
        for place, (no, key, replaces) in enumerate(self.keys):
            vouched = key.text in self.trusted or (place == 0 and not self.given) or any(
                at >= no and self.trusted & by for at, by in signers.items())
            self.trusted |= {key.text} if vouched else set()
            if no in sizes - set(signers):  # the checkpoint that would say so is named already
                continue
            with self.report.part(self.names[no]):
                need(place or not self.given or key.text in self.given, "the first key is none of those that you trust")
                need(not replaces or not (whole_log or no in sizes) or {key.text, replaces} <= signers.get(no, set()),
                     f"no checkpoint {no} is signed by this key and the one that it replaces")
                need(vouched or key.text not in in_force or not (whole_log or self.given),
                     "no trusted key vouches for it")

    def check(self, checkpoint):
        need(self.id == checkpoint.archive, "of another archive")
        return checkpoint.check(self.in_force(checkpoint.size))

    def stamps(self, checkpoints, sizes, sound, tokens):
        """Each `timestamp` entry with its file: `tokens` by (size, authority), `checkpoints` by size. There are files
        of checkpoints of these `sizes`, those of `sound` sizes are without fault."""
        rest = set(tokens)
        for no, body in self.of("timestamp"):
            place = (body["checkpoint"], body["authority"])
            with self.report.part(f"stamp {place[0]}-{place[1]}"):
                rest.discard(place)
                if no in self.unsound:
                    continue
                need(place in tokens, "the file is missing")
                need(digest(tokens[place]) == body["digest"], "the file has not the digest that the log has")
                need(place[0] in sizes, "its checkpoint is missing")
                need(place[0] < no, "it stamps entries that come after it")
                if place[0] not in sound:  # that is named already, and no token can hold for it
                    continue
                when = stamped(checkpoints[place[0]].data, tokens[place], body["trust"])
                roots_ = ", ".join(digest(unbase(text)) for text in body["trust"])
                self.report.remark(f"stamp {place[0]}-{place[1]}", f"stamped {when}, if you trust {roots_}")
        for size, name in sorted(rest) if not self.unsound else ():
            self.report.fault(f"stamp {size}-{name}", "no entry of the log says so")


def stamped(data, token, trust):
    """Has openssl check a timestamp as of its own genTime, and returns that."""
    with tempfile.TemporaryDirectory() as folder:
        def file(name, content):
            with open(os.path.join(folder, name), "wb") as out:
                out.write(content)
            return out.name

        def openssl(*words):
            try:
                return subprocess.run(["openssl", "ts", *words], capture_output=True, timeout=60)
            except FileNotFoundError:
                raise Fault("not checked: there is no program openssl") from None
        need(isinstance(trust, list) and trust, "no root certificate to trust")
        pem = "".join("\n".join(["-----BEGIN CERTIFICATE-----", *textwrap.wrap(base(unbase(text)), 64),
                                 "-----END CERTIFICATE-----", ""]) for text in trust)
        token = file("token", token)
        shown = openssl("-reply", "-in", token, "-text").stdout.decode("utf-8", "replace")
        match = re.search(r"^Time stamp: (\w{3} +\d+ [\d:]{8})(?:\.\d+)? (\d{4}) GMT$", shown, re.M | re.A)
        need(match, "openssl finds no instant in it")
        need(re.search("^Hash Algorithm: sha256$", shown, re.M), "its message imprint is not SHA-256")
        when = calendar.timegm(time.strptime(f"{match[1]} {match[2]}", "%b %d %H:%M:%S %Y"))
        done = openssl("-verify", "-data", file("data", data), "-in", token, "-CAfile", file("trust", pem.encode()),
                       "-attime", str(when))
        said = re.findall(r"(?::|^)([^:\n]+):[^:\n]*:\d+:([^\n]*)", done.stderr.decode("utf-8", "replace"))
        need(done.returncode == 0 and b"Verification: OK" in done.stdout,
             "openssl does not accept it: " + "; ".join(" ".join(words).strip() for words in said)[:200])
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(when))


# ---- records

Place = collections.namedtuple("Place", "data offset length file kind target payload status date")


def record(member):
    """The fields and the block of the one record that a gzip member holds, with its digests checked."""
    inflate = zlib.decompressobj(31)
    data = inflate.decompress(member, LIMIT)
    need(inflate.eof or not inflate.unconsumed_tail, "it inflates beyond 129 MiB")
    need(inflate.eof and not inflate.unused_data, "it is not one whole gzip member")
    head, _, rest = data.partition(b"\r\n\r\n")
    version, *rows = head.decode().split("\r\n")
    need(version == "WARC/1.1", "it is no WARC 1.1 record")
    fields = {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in reversed(rows))}
    for name in ("warc-type", "warc-record-id", "warc-date", "content-type", "content-length", "warc-block-digest"):
        need(name in fields, f"it has no {name}")
    need(re.fullmatch("[0-9]{1,12}", fields["content-length"]), "its Content-Length is no number")
    block = rest[:int(fields["content-length"])]
    need(len(block) == int(fields["content-length"]) and rest[len(block):] == b"\r\n\r\n",
         "its block has another length")
    need(digest(block) == fields["warc-block-digest"], "its block has not its WARC-Block-Digest")
    if "warc-payload-digest" in fields and fields["warc-type"] != "revisit":
        payload = block.partition(b"\r\n\r\n")[2] if fields["content-type"].startswith("application/http") else block
        need(digest(payload) == fields["warc-payload-digest"], "its payload has not its WARC-Payload-Digest")
    return fields, block


def place(data, offset, length, file, ident, want):
    """Checks the member at `offset`: digest `want`, ID `ident`."""
    member = data[offset:offset + length]
    need(len(member) == length, "the file ends before it does")
    need(digest(member) == want, "it is not the member that was sealed")
    fields, block = record(member)
    need(fields["warc-record-id"] == f"<{ident}>", "it says to have another ID")
    answer = re.match(rb"HTTP/[0-9.]+ ([0-9]{3})", block[:32]) if fields["warc-type"] == "response" else None
    return Place(data, offset, length, file, fields["warc-type"], fields.get("warc-target-uri"),
                 fields.get("warc-payload-digest"), answer and answer[1].decode(), fields["warc-date"])


def reread(found): return record(found.data[found.offset:found.offset + found.length])


def regular(path):
    """Opens a file; a pipe in its place would keep us waiting."""
    need(os.path.isfile(path) or not os.path.exists(path), "it is no regular file")
    return open(path, "rb")


def view(path):
    with regular(path) as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if os.fstat(file.fileno()).st_size else b""


def content(path):
    with regular(path) as file:
        return file.read()


def end_of_member(data, offset):
    """Where the gzip member that begins at `offset` ends."""
    inflate, size = zlib.decompressobj(31), 0
    while not inflate.eof:
        piece = data[offset:offset + 65536]
        need(piece, "the last member is torn")
        size, offset = size + len(inflate.decompress(piece, LIMIT)), offset + len(piece)
        need(size <= LIMIT and not inflate.unconsumed_tail, "a member inflates beyond 129 MiB")
    return offset - len(inflate.unused_data)


def scan(data):
    """The seal lines that a segment ought to have, from its members alone."""
    found, offset = [], 0
    while offset < len(data):
        end = end_of_member(data, offset)
        ident = record(data[offset:end])[0]["warc-record-id"].strip("<>")
        found.append(canonical({"digest": digest(data[offset:end]), "id": ident, "length": end - offset,
                                "offset": offset}))
        offset = end
    return found


def segment(report, folder, body, index):
    """A segment with its seal file, against its entry in the log. Sound records go into `index`, others as None."""
    name = body["name"]
    data, sealed, want = view(os.path.join(folder, name)), None, body["root"]
    if len(data) != body["bytes"]:
        report.fault(f"segment {name}", f"{len(data)} bytes, {body['bytes']} were sealed")
    with contextlib.suppress(FileNotFoundError):
        sealed = content(os.path.join(folder, name + ".seal")).split(b"\n")
    right = sealed and sealed[-1] == b"" and "sha256:" + root(sealed[:-1]).hex() == want
    if not right:
        scanned = None
        with contextlib.suppress(Exception):
            scanned = scan(data)
        if scanned and "sha256:" + root(scanned).hex() == want:
            if sealed is None:
                report.fault(f"segment {name}", "its seal file is missing; its members have the sealed root")
            else:
                there, should = sealed, scanned + [b""]
                while there and should and there[-1] == should[-1]:
                    there, should = there[:-1], should[:-1]
                for n in range(1, max(len(there), len(should)) + 1):
                    if there[n - 1:n] != should[n - 1:n]:
                        report.fault(f"seal line {n} of {name}", "it is not the one that log and segment agree on")
            sealed = scanned + [b""]
        else:
            need(sealed, "its seal file is missing, and its members have not the sealed root")
            report.fault(f"segment {name}", "neither its seal file nor its members have the sealed root")
    need(len(sealed) - 1 == body["records"] or not right, "the log has another number of records")
    offset = 0
    for n, line in enumerate(sealed[:-1], 1):
        with report.part(f"seal line {n} of {name}"):
            seal = shape(parse(line), "digest id length offset")
            need(whole(seal["length"]) and whole(seal["offset"]), "its place is none")
            fits, offset = seal["offset"] == offset, seal["offset"] + seal["length"]
            with report.part(f"record {seal['id']} in {name}"):
                need(seal["id"] not in index, "another record has the same ID")
                index[seal["id"]] = None
                index[seal["id"]] = place(data, seal["offset"], seal["length"], name, seal["id"], seal["digest"])
                if n == 1:
                    fields = reread(index[seal["id"]])[0]
                    need(fields["warc-type"] == "warcinfo" and fields.get("warc-filename") == name,
                         "a segment has to begin with a warcinfo that has its name")
                report.count["records"] += 1
            need(fits, "it does not begin where the member before ends")
    need(offset == body["bytes"], "its seal lines do not reach to its end")
    torn = os.path.join(folder, name + ".torn")
    held = os.path.getsize(torn) if os.path.exists(torn) else 0
    need(held == body.get("torn", 0), f"{held} bytes are set aside in its .torn, the log says {body.get('torn', 0)}")


# ---- rows of the ledger

VISITS = "(select capture from visit where run = :run)"
JUDGINGS = "(select id from judging where run = :run)"
OF_RUN = {"survey": "id in (select survey from run where id = :run)", "run": "id = :run", "capture": f"id in {VISITS}",
          "text_layer": f"capture in {VISITS}", "visit": "run = :run", "exchange": "run = :run",
          "refusal": "run = :run", "search": "run = :run", "judging": "run = :run", "finding": f"judging in {JUDGINGS}",
          "evidence": f"finding in (select id from finding where judging in {JUDGINGS})"}
REFER = {"capture": f"select record from capture where id in {VISITS} "
                    f"union select text from capture where id in {VISITS}",
         "visit": "select record from visit where run = :run",
         "exchange": "select record from exchange where run = :run",
         "text_layer": f"select record from text_layer where capture in {VISITS}"}
CHANGE = {"survey": {"finished"}, "run": {"state", "reason", "finished"}}


def sealed_rows(report, log, index):
    """The rows that `rows` entries sealed, by table, and the tables of which some could not be read."""
    sealed, broken = collections.defaultdict(list), set()
    for no, body in log.of("rows"):
        broken.update([*OF_RUN, "record"] if no in log.unsound else ())
        with report.part(log.names[no]):
            for table, held in body["tables"].items():
                before, whole_table = len(sealed[table]), True
                for ident in shape(held, "count records")["records"]:
                    readable = False
                    with report.part(log.names[no]):
                        need(ident in index, f"record {ident} with rows of {table} is nowhere")
                        if index[ident]:  # else its damage is already named
                            fields, block = reread(index[ident])
                            target = f"urn:portolan:rows:{body['run']}:{table}:[0-9]+"
                            need(fields["warc-type"] == "resource" and fields["content-type"] == "application/x-ndjson"
                                 and re.fullmatch(target, fields.get("warc-target-uri", "")),
                                 f"record {ident} does not hold rows of {table} of run {body['run']}")
                            rows = [json.loads(line, parse_constant=refuse) for line in lines(block)]
                            need(all(isinstance(row, dict) for row in rows), f"record {ident} holds no rows")
                            sealed[table] += rows
                            readable = True
                    whole_table &= readable
                if not whole_table:
                    broken.add(table)
                elif len(sealed[table]) - before != held["count"]:
                    report.fault(log.names[no], f"{len(sealed[table]) - before} rows of {table}, not {held['count']}")
    return sealed, broken


def evidence(report, sealed, broken, index):
    """Evidence with a position has to be what its text layer says there."""
    if broken & {"record", "capture", "text_layer"}:  # named already; without these rows no text layer can be found
        return
    layers = {row["capture"]: row["record"] for row in sealed["text_layer"]}
    names = {row["id"]: row["name"] for row in sealed["record"]}
    answers = {row["id"]: row["record"] for row in sealed["capture"]}
    read = functools.lru_cache(64)(lambda ident: reread(index[ident]))
    for row in sealed["evidence"]:
        with report.part(f"row evidence {row.get('finding')}/{row.get('rank')}"):
            if row["start"] is None and row["end"] is None:
                continue
            need(row["capture"] in layers, "it has a position, and its capture has no text layer")
            name = names.get(layers[row["capture"]])
            need(name in index, "its text layer is nowhere")
            if index[name] is None:  # its damage is already named
                continue
            fields, block = read(name)
            need(fields["warc-type"] == "conversion"
                 and fields.get("warc-refers-to") == f"<{names.get(answers.get(row['capture']))}>",
                 "its text layer is no conversion of its capture")
            text = block.decode()
            need(whole(row["start"]) and whole(row["end"]) and row["start"] <= row["end"] <= len(text)
                 and text[row["start"]:row["end"]] == row["exact"], "the text layer says something else there")


def same(sealed, held):
    if isinstance(held, bytes):
        return sealed == held.hex()
    if isinstance(held, float):
        return type(sealed) in (int, float) and float(sealed) == held
    return type(sealed) is type(held) and sealed == held


def ledger(report, book, path, log, index, sealed, broken):
    """The rows of the open ledger `book` against what was sealed and what people decided, in both directions."""
    book.row_factory, book.text_factory = sqlite3.Row, lambda raw: raw.decode("utf-8", "surrogateescape")
    tables = {}
    for (table,) in book.execute("select name from sqlite_master where type = 'table'").fetchall():
        columns = book.execute(f'pragma table_info("{table}")').fetchall()
        tables[table] = ({column["name"] for column in columns},
                         [c["name"] for c in sorted(columns, key=lambda c: c["pk"]) if c["pk"]])

    def compare(table, row, key, left_out):
        """Returns the key in words. What the row does not say has to be null: it came with a later edition."""
        words = "/".join(str(row[name] if name in row else key[name]) for name in key)
        with report.part(f"row {table} {words}"):
            where = " and ".join(f'"{name}" = :{name}' for name in key)
            held = book.execute(f'select * from "{table}" where {where}', key).fetchone()
            need(held is not None, "it was sealed, and the ledger does not have it")
            for name in sorted(tables[table][0] | set(row)):
                if name not in left_out:
                    need(name in held.keys() and same(row.get(name), held[name]), f"{name} is not what was sealed")
        return words

    known = collections.defaultdict(set)
    for table, rows in sealed.items():
        with report.part(f"row {table} *"):
            need(table in tables and (table in OF_RUN or table == "record"), "no table of the ledger that is sealed")
            for row in rows:
                known[table].add(compare(table, row, {name: row[name] for name in tables[table][1]},
                                         CHANGE.get(table, ())))
    for row in sealed["record"]:
        with report.part(f"row record {row.get('id')}"):
            found = index.get(row["name"], False)
            need(found is not False, "there is no such record in the archive")
            need(found is None or (found.file, found.offset, found.length, found.kind)
                 == (row["segment"], row["offset"], row["length"], row["kind"]), "the record is in another place")
    runs = {body["run"] for _, body in log.of("rows")}
    refer = "id in (" + " union ".join(REFER[table] for table in REFER if table in tables) + ")"
    for table, where in {**OF_RUN, "record": refer}.items():
        if table in tables and table not in broken:
            with report.part("file " + os.path.basename(path)):
                names = tables[table][1]
                for run in runs:
                    for row in book.execute(f'select {", ".join(names)} from "{table}" where {where}', {"run": run}):
                        words = "/".join(map(str, row))
                        if words not in known[table]:
                            report.fault(f"row {table} {words}", "it was added: it was not sealed with its run")
    for (run,) in book.execute("select id from run").fetchall() if "run" in tables else ():
        if run not in runs:
            report.remark(f"row run {run}", "nothing of this run was sealed so far")
    made = collections.defaultdict(set, {name: set() for name in ("decision", "adjudication", "sign_off", "release")})
    for no, body in log.of("row"):
        with report.part(f"row {body['table']} {no}"):
            need(body["table"] in tables and tables[body["table"]][1] == ["entry"], "the ledger has no table for it")
            need(body["row"].get("entry", no) == no, "the entry has another number")
            made[body["table"]].add(no)
            compare(body["table"], {**body["row"], "entry": no}, {"entry": no}, ())
    for table in made:
        for (no,) in book.execute(f'select entry from "{table}"').fetchall() if table in tables else ():
            if no not in made[table] | log.unsound:
                report.fault(f"row {table} {no}", "it was added: the log has no such entry")
    book.execute("pragma ignore_check_constraints = on")  # SQLite's editions differ in what json_valid says of null
    said = [row[0] for row in book.execute("pragma integrity_check").fetchall()]
    need(said == ["ok"], "SQLite finds it damaged: " + "; ".join(map(str, said))[:200])


# ---- the archive folder

def read_log(report, path, log):
    """Returns the leaves of the log's tree."""
    raw = content(path).split(b"\n")
    leaves, expected, before, last = [], 1, {"sha256:" + "0" * 64}, ""  # `before`: what `previous` may be
    if raw.pop() != b"":
        report.fault(f"entry {len(raw) + 1}", "its line is not ended")
    for line in raw:
        leaves.append(line)
        with report.part(f"entry {expected}"):
            held, before = before, None
            log.unsound.add(expected)  # until the end of this part is reached
            value = json.loads(line, parse_float=refuse, parse_constant=refuse)
            shape(value, "entry hash")
            leaves[-1] = canonical(value["entry"])
            hash_ = digest(leaves[-1])
            chained, no = held is None or value["entry"]["previous"] in held, value["entry"]["no"]
            before = {hash_, value["hash"]}  # one of the two is right, if only one was changed
            if hash_ == value["hash"] and no != expected and whole(no):
                report.fault(f"entry {expected}", f"entry {no} stands in its place")
                expected = no
            with report.part(f"entry {expected}"):
                log.add(value["entry"], f"entry {expected}")
                log.unsound.discard(expected)
            sound = expected not in log.unsound
            log.unsound.add(expected)
            need(canonical(value) == line, "not in canonical form")
            need(hash_ == value["hash"], "it has not its hash")
            need(no == expected, "it has another number")
            need(chained, "its previous is not the hash of the entry before")
            if value["entry"]["at"] < last:
                report.remark(f"entry {expected}", "its instant is before that of the entry above: a clock set back")
            last = value["entry"]["at"]
            if sound:
                log.unsound.discard(expected)
                report.count["entries"] += 1
        expected += 1
    return leaves


def archive(report, folder, ledger_path, given):
    log, index, notes, tokens, signers = Log(report, given), {}, {}, {}, {}
    leaves, sizes = [], set()

    def lost(name):
        """What is in a segment that cannot be used needs no naming of its own."""
        with contextlib.suppress(Exception):
            seal = content(os.path.join(folder, name + ".seal"))
            index.update({json.loads(line)["id"]: None for line in seal.splitlines()})

    with report.part("entry 1"):
        leaves = read_log(report, os.path.join(folder, "log.jsonl"), log)
        need(leaves, "the log is empty")
    shelf = os.path.join(folder, "checkpoints")
    for name in sorted(os.listdir(shelf)) if os.path.isdir(shelf) else ():
        path, match = os.path.join(shelf, name), re.fullmatch(r"([0-9]{10,})(?:\.txt|-([^/]+)\.tsr)", name)
        if not match or f"{int(match[1]):010}" != match[1]:
            report.remark(f"file checkpoints/{name}", "neither a checkpoint nor a stamp")
        elif match[2]:
            with report.part(f"stamp {int(match[1])}-{match[2]}"):
                tokens[int(match[1]), match[2]] = content(path)
        else:
            sizes.add(int(match[1]))
            with report.part(f"checkpoint {int(match[1])}"):
                notes[int(match[1])] = Checkpoint(content(path))
    found = roots(leaves, set(notes))
    for size, note in notes.items():
        with report.part(f"checkpoint {size}"):
            need(note.size == size, f"it is on {note.size} entries")
            signed = log.check(note)
            need(size in found, "the log is shorter than what was signed")
            if found[size] != note.root:
                need(any(no <= size for no in log.unsound), "the log gives another root")
                continue  # the entry at fault is named already
            signers[size] = signed
            report.count["checkpoints"] += 1
    if not sizes:
        report.fault("checkpoint none", f"{len(leaves)} entries are unsigned")
    elif max(sizes) < len(leaves):
        report.fault(f"checkpoint {max(sizes)}", f"{len(leaves) - max(sizes)} entries behind it are unsigned")
    log.size = len(leaves)
    log.vouch(signers, sizes, True)
    log.stamps(notes, sizes, signers, tokens)
    for name, entry in log.segments.items():
        with report.part(f"segment {name}"):
            if not os.path.exists(os.path.join(folder, name)):
                lost(name)
                raise Fault("it is missing")
            segment(report, folder, entry["body"], index)
    for name in sorted(os.listdir(folder)):
        with report.part(f"segment {name}"):
            stem = re.sub(r"\.(seal|torn)$", "", name)
            if name.endswith(".warc.gz") and name not in log.segments:
                with regular(os.path.join(folder, name)) as file:
                    try:
                        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                        say = report.remark if log.unsound else report.fault  # its entry may be one of those at fault
                        say(f"segment {name}", "it is not in the log: unsealed")
                        if log.unsound:
                            lost(name)
                    except BlockingIOError:
                        report.remark(f"segment {name}", "a process is writing it; not sealed yet")
            elif name not in ("log.jsonl", "checkpoints") and stem not in log.segments:
                report.remark(f"file {name}", "it belongs to no segment of the log")
    for no, body in log.of("ingest"):
        with report.part(log.names[no]):
            for ident in body["records"]:
                need(ident in index, f"record {ident} that was taken over is nowhere")
    sealed, broken = sealed_rows(report, log, index)
    with report.part("row evidence *"):
        evidence(report, sealed, broken, index)
    if ledger_path:
        with report.part("file " + os.path.basename(ledger_path)):
            need(os.path.isfile(ledger_path), "the ledger is missing")
            address = f"file:{urllib.parse.quote(os.path.abspath(ledger_path))}?mode=ro"
            if not os.path.exists(ledger_path + "-wal"):  # nobody writes it; SQLite would lay helping files beside it
                address += "&immutable=1"
            with contextlib.closing(sqlite3.connect(address, uri=True)) as opened:
                ledger(report, opened, ledger_path, log, index, sealed, broken)
    else:
        report.remark("file ledger.sqlite", "no ledger was named, so none was compared")


# ---- packages: the proof that a WACZ and an audit pack carry

def proof(report, files, prefix, given, subject, known):
    """Reads checkpoints, entries and stamps among `files` (bytes by path). Returns the log in part."""
    log, notes, tokens, signers = Log(report, given), {}, {}, {}
    last, sizes = None, set()
    for name in sorted(files):
        match = re.fullmatch(re.escape(prefix) + r"checkpoint(?:-([0-9]{1,16})(?:-([^/]+))?)?\.(txt|tsr)", name)
        if match and match[3] == "tsr" and match[2]:
            tokens[int(match[1]), match[2]] = bytes(files[name])
        elif match and match[3] == "txt" and not match[2]:
            sizes |= {int(match[1])} if match[1] else set()
            with report.part(f"checkpoint {int(match[1])}" if match[1] else f"file {name}"):
                note = Checkpoint(bytes(files[name]))
                need(not match[1] or int(match[1]) == note.size, "it is of another size than its name says")
                notes[note.size] = note
                last = last if match[1] else note
    taken = []
    with report.part(f"file {prefix}entries.jsonl"):
        need(prefix + "entries.jsonl" in files, "it is missing")
        for n, line in enumerate(lines(bytes(files[prefix + "entries.jsonl"])), 1):
            log.unsound.add(0)
            with report.part(f"{subject} {n}"):
                value = shape(parse(line), "entry path")
                taken.append((n, value))
                log.add(value["entry"], f"{subject} {n}")
                no, leaf = value["entry"]["no"], canonical(value["entry"])
                need(no == max(log.entries), "the entries are not in order")
                log.unsound -= {0} if n == len(taken) else set()
                need(known.setdefault(no, leaf) == leaf, "another part of the pack has another entry of this number")
    for size, note in notes.items():
        with report.part(f"checkpoint {size}"):
            need(not last or size <= last.size, "it is behind checkpoint.txt")
            signers[size] = log.check(note)
            report.count["checkpoints"] += 1
    if last is None:
        report.fault(f"file {prefix}checkpoint.txt", "missing or not readable: the paths of the entries lead nowhere")
    for n, value in taken:
        if last and last.size in signers:  # one at fault is named; no path can be held against it
            with report.part(f"{subject} {n}"):
                log.unsound.add(value["entry"]["no"])
                found = climb(canonical(value["entry"]), value["entry"]["no"] - 1, last.size, value["path"])
                need(found == last.root, "its path does not lead to the checkpoint")
                log.unsound.discard(value["entry"]["no"])
                report.count["entries"] += 1
    for no in sorted(log.entries):
        if no - 1 in log.entries and not log.unsound & {no - 1, no}:
            with report.part(log.names[no]):
                need(log.entries[no]["previous"] == digest(canonical(log.entries[no - 1])), "its previous is another")
    log.size = last.size if last else max(log.entries, default=0)
    sizes |= set(notes)
    log.vouch(signers, sizes, False)
    log.stamps(notes, sizes, signers, tokens)
    return log


# ---- the ZIP container

WIDE = 0xFFFFFFFF


def local_header(name, crc, size):
    extra = struct.pack("<HHQQ", 1, 16, size, size) if size >= WIDE else b""
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 45 if extra else 20, 0, 0, 0, 0x21, crc, min(size, WIDE),
                       min(size, WIDE), len(name), len(extra)) + name + extra


def central_header(name, crc, size, at):
    wide = [size, size] * (size >= WIDE) + [at] * (at >= WIDE)
    extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    return struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 3 << 8 | 20, 45 if wide else 20, 0, 0, 0, 0x21, crc,
                       min(size, WIDE), min(size, WIDE), len(name), len(extra), 0, 0, 0, 0o100644 << 16,
                       min(at, WIDE)) + name + extra


def end_of(count, size, at):
    wide = b""
    if count >= 0xFFFF or size >= WIDE or at >= WIDE:
        wide = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 3 << 8 | 45, 45, 0, 0, count, count, size, at)
        wide += struct.pack("<IIQI", 0x07064B50, 0, at + size, 1)
    return wide + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), min(size, WIDE),
                              min(at, WIDE), 0)


def by_local_headers(data):
    """(name, CRC, start, size) of each file, walking from header to header."""
    found, at = [], 0
    while data[at:at + 4] == b"PK\3\4" and len(found) <= 1_000_000:
        crc, size, _, name, extra = struct.unpack_from("<IIIHH", data, at + 14)
        start = at + 30 + name + extra
        if size == WIDE and extra == 20:
            size = struct.unpack_from("<Q", data, at + 34 + name)[0]
        found.append((data[at + 30:at + 30 + name], crc, start, size))
        at = start + size
    return found if found and data[at:at + 4] == b"PK\1\2" else None


def by_directory(data):
    """The same from the directory at the end, for a file whose headers are damaged."""
    count, _, at = struct.unpack_from("<HII", data, len(data) - 12)
    found = []
    for _ in range(count):
        need(data[at:at + 4] == b"PK\1\2", "neither its headers nor its directory can be followed")
        crc, size, _, name, extra, note = struct.unpack_from("<IIIHHH", data, at + 16)
        begin = struct.unpack_from("<I", data, at + 42)[0]
        found.append((data[at + 46:at + 46 + name], crc, begin + 30 + name, size))
        at += 46 + name + extra + note
    return found


def container(report, data):
    """The files of a ZIP by path, in order, and which of them have not the CRC that both their headers say. Whatever
    differs from the canonical form is named by its first byte."""
    changed = set()
    with report.part("container at byte 0"):
        found = None
        with contextlib.suppress(struct.error):
            found = by_local_headers(data)
        found = found or by_directory(data)
        need(len(found) <= 1_000_000, "more than 1,000,000 files")
        span, files, at, pieces, first = memoryview(data), {}, 0, [], None
        there = found[-1][2] + found[-1][3] if found else 0  # in the directory
        for name, crc, start, size in found:
            real = zlib.crc32(span[start:start + size])
            if crc != real and data[there:there + 46 + len(name)] == central_header(name, crc, size, at):
                changed.add(name.decode("utf-8", "replace"))
            else:
                crc = real
            header = local_header(name, crc, size)
            if first is None and data[at:at + len(header)] != header:
                first = at + next(n for n, byte in enumerate(header) if data[at + n:at + n + 1] != bytes([byte]))
            pieces.append(central_header(name, crc, size, at))
            there += len(pieces[-1])
            path = name.decode("utf-8", "replace")
            if path in files:
                report.fault(f"file {path}", "it is there twice")
            files[path] = span[start:start + size]
            at += len(header) + size
        headers = b"".join(pieces)
        tail, held = headers + end_of(len(found), len(headers), at), data[at:]
        if first is None and held != tail:
            first = at + next((n for n, pair in enumerate(zip(tail, held)) if pair[0] != pair[1]),
                              min(len(tail), len(held)))
        if first is not None:
            report.fault(f"container at byte {first}", "here it is not the canonical container of its files")
        return files, changed
    return {}, changed


# ---- the WACZ of a run

def wacz(report, data, given, known):
    files, changed = container(report, data)
    if not files:
        return report.fault("container at byte 0", "no file can be read from it")
    forms = [r"archive/[^/]+\.warc\.gz", r"indexes/index\.cdx\.gz", r"pages/pages\.jsonl", r"proof/records\.jsonl",
                  r"proof/entries\.jsonl", r"proof/checkpoint\.txt", r"proof/checkpoint-.+", r"datapackage\.json",
                  r"datapackage-digest\.json"]
    ranks, finer = [], set()
    for name in files:
        rank = next((n for n, form in enumerate(forms) if re.fullmatch(form, name)), None)
        if rank is None:
            report.fault(f"file {name}", "it does not belong here")
        elif ranks and (rank < ranks[-1] or rank == ranks[-1] != 6):
            report.fault(f"file {name}", "it is in the wrong order")
        ranks += [rank] if rank is not None else []
    for n, form in enumerate(forms):
        if n not in ranks and n != 6:
            report.fault("file " + form.replace("\\", "").replace("[^/]+", "PORTAL"), "it is missing")
    warc = next((name for name in files if re.fullmatch(forms[0], name)), "archive/PORTAL.warc.gz")

    @contextlib.contextmanager
    def detail(*names):
        before = report.faults
        with report.part(f"file {names[0]}"):
            yield
        finer.update(names if report.faults > before else ())

    def bytes_of(name):
        need(name in files, "it is missing")
        return bytes(files[name])

    log = Log(report, given)
    proofs = {name: files[name] for name in files if name.startswith("proof/")}
    with detail("proof/entries.jsonl", *proofs):
        log = proof(report, proofs, "proof/", given, "proof entry", known)
    index, places = {}, {}
    with detail("proof/records.jsonl", warc):
        records(report, bytes_of("proof/records.jsonl"), files.get(warc, b""), warc[8:], log, index, places)
    with detail("proof/entries.jsonl", warc):
        evidence(report, *sealed_rows(report, log, index), index)
    with detail("pages/pages.jsonl"):
        for n, line in enumerate(lines(bytes_of("pages/pages.jsonl")), 1):
            subject = f"page line {n}"
            with contextlib.suppress(Exception):
                subject = "page " + json.loads(line)["url"]
            with report.part(subject):
                page = parse(line)
                if n > 1:
                    ident = page.pop("id", None)
                    need(ident == digest(canonical(page))[7:39], "its id is not that of the line")
    with detail("indexes/index.cdx.gz"):
        cdx(report, bytes_of("indexes/index.cdx.gz"), warc[8:], places)
    before = report.faults
    with report.part("file datapackage.json"):
        package(report, files, finer, log)
    for name in changed - finer if report.faults == before else ():
        report.fault(f"file {name}", "its bytes have not the CRC of its headers")


def records(report, raw, data, name, log, index, places):
    """Each record of the WARC file with its seal line and the path of that to its segment's root."""
    offset, before = 0, None
    for n, line in enumerate(lines(raw), 1):
        here, seal, holds = offset, {}, False
        with report.part(f"proof line {n}"):
            value = shape(parse(line), "index line path segment size")
            seal = shape(value["line"], "digest id length offset")
            entry = log.segments.get(value["segment"])
            need(entry or log.unsound, "the proof has no entry for its segment")
            if entry and entry["no"] not in log.unsound:  # else the entry is named, and nothing can be held against it
                need(value["size"] == entry["body"]["records"], "its segment has another number of records")
                found = climb(canonical(seal), value["index"], value["size"], value["path"])
                need("sha256:" + found.hex() == entry["body"]["root"], "its path does not lead to its segment's root")
            order, holds = (value["index"] > 0, value["segment"], value["index"]), True
            need(before is None or before < order, "it is in the wrong order")
            before = order
        ident = str(seal.get("id"))
        with report.part(f"record {ident} in {name}"):
            if holds:
                offset += seal["length"]
                need(ident not in index, "another record has the same ID")
                index[ident] = places[here] = None
                index[ident] = places[here] = place(data, here, seal["length"], name, ident, seal["digest"])
                report.count["records"] += 1
            else:  # the line is named; the record is taken as it is, for what refers to it
                offset = end_of_member(data, here)
                fields, _ = record(data[here:offset])
                index[fields["warc-record-id"].strip("<>")] = None
                places[here] = None
    if offset != len(data):
        report.fault(f"file archive/{name}", f"{len(data)} bytes, the proof has records of {offset}")


def cdx(report, raw, name, places):
    inflate = zlib.decompressobj(31)
    text = inflate.decompress(raw, LIMIT)
    need(inflate.eof and not inflate.unused_data, "it is not one whole gzip member, or inflates beyond 129 MiB")
    before = b""
    for n, line in enumerate(lines(text), 1):
        with report.part(f"index line {n}"):
            need(before <= line, "the lines are not sorted")
            before = line
            match = re.fullmatch(rb"(\S+) ([0-9]{14,20}) (\{.*\})", line)
            need(match, "it has not the form of one")
            says = shape(json.loads(match[3]), "url mime status digest length offset filename")
            found = places.get(int(says["offset"]))
            if found is None and int(says["offset"]) in places:  # the record's own line is named
                continue
            need(found and says["filename"] == name and says["length"] == str(found.length)
                 and says["offset"] == str(found.offset), "no sound record starts there")
            need(found.kind in ("response", "revisit") and says["url"] == found.target
                 and says["digest"] == found.payload and found.status in (None, str(says["status"]))
                 and re.sub("[^0-9]", "", found.date).startswith(match[2].decode()), "the record there is another")


def package(report, files, finer, log):
    """datapackage.json against the files, its digest file against it, and the signature of that."""
    own, held = digest(files["datapackage.json"]), {}
    with report.part("file datapackage-digest.json"):
        held = shape(json.loads(bytes(files["datapackage-digest.json"])), "path hash signedData")
        need(held["path"] == "datapackage.json" and held["hash"] == held["signedData"]["hash"], "it contradicts itself")
    with report.part("signature"):
        signed = shape(held["signedData"], "created hash publicKey signature software version")
        der = unbase(signed["publicKey"])
        need(der[:12].hex() == "302a300506032b6570032100" and len(der) == 44, "its key is no Ed25519 key")
        key = next((key for key in log.in_force(log.size) if key.raw == der[12:]), None)
        need(key, "its key is not one in force")
        key.verify(unbase(signed["signature"]), signed["hash"].encode())
    signed = held.get("signedData") if isinstance(held, dict) else None
    need(own in (held.get("hash"), signed.get("hash") if isinstance(signed, dict) else None),
         "it has not the digest that was signed")
    listed = {}
    for one in json.loads(bytes(files["datapackage.json"]))["resources"]:
        need(one["path"] not in listed, f"{one['path']} is listed twice")
        listed[one["path"]] = (one["bytes"], one["hash"])
    for name in sorted({*listed, *files} - {"datapackage.json", "datapackage-digest.json"}):
        with report.part(f"file {name}"):
            need(name in files, "it is missing")
            need(name in listed, "it is not listed in datapackage.json")
            if name not in finer:
                need((len(files[name]), digest(files[name])) == listed[name], "it has not its listed size and digest")


# ---- the audit pack of a release

def pack(report, folder, given):
    files, known = {}, {}
    for at, folders, names in os.walk(folder):
        for name in names + [name for name in folders if os.path.islink(os.path.join(at, name))]:
            path = os.path.relpath(os.path.join(at, name), folder)
            with report.part(f"file {path}"):
                need(not os.path.islink(os.path.join(folder, path)), "it is a link")
                files[path] = view(os.path.join(folder, path))
    proofs = {name: files[name] for name in files if re.fullmatch(r"entries\.jsonl|checkpoint[^/]*\.(txt|tsr)", name)}
    finer, note, before = set(), None, report.faults
    log = proof(report, proofs, "", given, "proof entry", known)
    finer |= set(proofs) if report.faults > before else set()
    for name in sorted(files):
        before = report.faults
        with report.part(f"file {name}"):
            if re.fullmatch(r"wacz/[^/]+\.wacz", name):
                report.where = name + ": "
                wacz(report, files[name], given and sorted(log.trusted), known)
        report.where = ""
        finer |= {name} if report.faults > before else set()
    with report.part("signature"):
        need("manifest.txt" in files, "manifest.txt is missing")
        signed = Note(bytes(files["manifest.txt"]))
        signed.check(log.in_force(log.size))
        note = signed
    with report.part("file manifest.json"):
        need("manifest.json" in files, "it is missing")
        manifest = shape(parse(bytes(files["manifest.json"])), "release campaign instrument created cities files")
        need(note is None or note.text == f"portolan pack\n{digest(files['manifest.json'])}\n".encode(),
             "it is not the manifest that was signed")
        listed = {one["path"]: (one["bytes"], one["digest"]) for one in manifest["files"]}
        need(len(listed) == len(manifest["files"]), "it lists a file twice")
        for name in sorted({*listed, *files} - {"manifest.json", "manifest.txt"}):
            with report.part(f"file {name}"):
                need(name in files, "it is missing")
                need(name in listed, "the manifest does not list it")
                need(name in finer or (len(files[name]), digest(files[name])) == listed[name],
                     "it has not its listed size and digest")
        entry = log.entries.get(manifest["release"])
        need(entry and entry["kind"] == "row" and entry["body"]["table"] == "release",
             "its release is no entry of the pack")
        need(set(manifest["cities"]) == {name[5:-5] for name in files if re.fullmatch(r"wacz/[^/]+\.wacz", name)},
             "its cities are not those of the WACZ files")
    for name in ("README.txt", "policy.json", "keys.txt", "scores.json"):
        if name not in files:
            report.fault(f"file {name}", "it is missing")
    with report.part("file keys.txt"):
        need(bytes(files["keys.txt"]).decode() == "".join(key.text + "\n" for _, key, _ in log.keys),
             "it does not have the keys of the log, one a line")
    for name in sorted(files):
        with report.part(f"file {name}"):
            match = re.fullmatch(r"rulebook/(.+)\.txt", name)
            need(not match or digest(files[name])[7:] == match[1].removeprefix("sha256:"), "its name is not its digest")


def main(words):
    report, paths, keys, ledger_path = Report(), [], [], None
    try:
        while words:
            word = words.pop(0)
            if word == "--key":
                keys.append(Verifier(words.pop(0)).text)
            elif word == "--ledger":
                ledger_path = words.pop(0)
            else:
                paths.append(word)
        path, = paths
        need(not path.startswith("-"), "no such option")
    except (Fault, ValueError, IndexError):
        print(__doc__, file=sys.stderr)
        return 2
    with report.part(f"file {os.path.basename(path.rstrip('/')) or '/'}"):
        inside = os.path.join(path, "archive")
        if os.path.isdir(inside) and not os.path.exists(os.path.join(path, "log.jsonl")):
            archive(report, inside, ledger_path or os.path.join(path, "ledger.sqlite"), keys)
        elif os.path.isfile(os.path.join(path, "log.jsonl")):
            archive(report, path, ledger_path, keys)
        elif any(os.path.isfile(os.path.join(path, name)) for name in ("manifest.json", "manifest.txt")):
            pack(report, path, keys)
        else:
            need(os.path.isfile(path), "neither an archive, nor a WACZ, nor an audit pack")
            wacz(report, view(path), keys, {})
    count = report.count
    print(f"NOT verified: {report.faults} faults" if report.faults else f"verified: {count['records']} records, "
          f"{count['entries']} entries, {count['checkpoints']} checkpoints")
    return 5 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
