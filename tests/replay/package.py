"""A package (WACZ) as the check needs it: its pages with evidence, each with captured text and quotes.

Nothing of ours reads it: zipfile, warcio and the rows that are sealed in it.
"""

import io
import json
import zipfile
from dataclasses import dataclass, field

from warcio.archiveiterator import ArchiveIterator

ROWS = "urn:portolan:rows:"
# Members of a line of pages.jsonl that are no lists of indicators.
NO_EVIDENCE = {"id", "url", "ts", "title", "text"}


@dataclass
class Page:
    """A page with evidence; `quotes` are rows of the evidence."""

    wacz: int
    url: str
    ts: str
    media_type: str
    layer: str | None
    quotes: list = field(default_factory=list)

    @property
    def instant(self):
        """The fourteen digits by which players look it up."""
        return "".join(c for c in self.ts if c.isdigit())[:14]


def warc(path):
    """Name and bytes of the WARC file of a package."""
    with zipfile.ZipFile(path) as container:
        name = next(name for name in container.namelist() if name.startswith("archive/"))
        return name, container.read(name)


def evidence_pages(number, path):
    """The pages of a package that have evidence, in the order of its list."""
    with zipfile.ZipFile(path) as container:
        lines = [json.loads(line) for line in container.read("pages/pages.jsonl").splitlines()[1:]]
    rows, texts, responses = records(warc(path)[1])
    names = {row["id"]: row["name"] for row in rows["record"]}
    layers = {row["capture"]: names[row["record"]] for row in rows["text_layer"]}
    captures = {}
    for row in rows["capture"]:
        captures.setdefault((row["url"], responses.get(names[row["record"]])), row)
    pages = []
    for line in lines:
        if not any(isinstance(value, list) and value for key, value in line.items() if key not in NO_EVIDENCE):
            continue
        capture = captures.get((line["url"], line["ts"]))
        if capture is None:
            raise SystemExit(f"{path}: no capture of {line['url']} at {line['ts']}")
        quotes = [row for row in rows["evidence"] if row["capture"] == capture["id"]]
        layer = texts.get(layers.get(capture["id"]))
        pages.append(Page(number, line["url"], line["ts"], capture["media_type"] or "", layer, quotes))
    return pages


def records(warc_bytes):
    """Sealed rows by table, texts of conversion records by ID, and the dates of responses by ID."""
    rows, texts, responses = {}, {}, {}
    for record in ArchiveIterator(io.BytesIO(warc_bytes)):
        head = record.rec_headers
        name = head.get_header("WARC-Record-ID").strip("<>")
        target = head.get_header("WARC-Target-URI") or ""
        if record.rec_type == "conversion":
            texts[name] = record.content_stream().read().decode()
        elif record.rec_type == "resource" and target.startswith(ROWS):
            block = record.content_stream().read()
            rows.setdefault(target.split(":")[4], []).extend(json.loads(line) for line in block.splitlines())
        elif record.rec_type in ("response", "revisit"):
            responses[name] = head.get_header("WARC-Date")
    return rows, texts, responses


def spread(groups, most):
    """At most so many pages, as evenly from all groups as they allow, and evenly within each."""
    shares = [0] * len(groups)
    while sum(shares) < most and any(share < len(group) for share, group in zip(shares, groups)):
        for number, group in enumerate(groups):
            shares[number] += shares[number] < len(group) and sum(shares) < most
    chosen = []
    for share, group in zip(shares, groups):
        chosen.extend(group[index * len(group) // share] for index in range(share))
    return chosen
