"""Checks WARC files with warcio: `warcio_check.py FILE...`.

Prints `ok NAME` or `not ok NAME` per file. First the check itself is tried: a small WARC that warcio wrote must pass,
the same with one byte of its payload changed must not.
"""

import gzip
import io
import sys
import tempfile
from pathlib import Path

from warcio.checker import Checker
from warcio.warcwriter import WARCWriter


class Arguments:
    """What `warcio check` would be called with."""

    verbose = True

    def __init__(self, files):
        self.inputs = files


def passes(path, quiet=False):
    """Whether warcio finds every digest of the file right, and finds any at all."""
    out, sys.stdout = sys.stdout, io.StringIO()
    try:
        code = Checker(Arguments([str(path)])).process_all()
        said = sys.stdout.getvalue()
    finally:
        sys.stdout = out
    good = not code and "digest pass" in said and "digest not present" not in said
    if not good and not quiet:
        print(said)
    return good


def small_warc(path):
    with open(path, "wb") as file:
        writer = WARCWriter(file, gzip=True)
        body = io.BytesIO(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>City</h1>")
        writer.write_record(writer.create_warc_record("http://city.example/", "response", payload=body))


def report(name, good):
    print(f"{'ok' if good else 'not ok'} {name}")
    return good


def main():
    with tempfile.TemporaryDirectory() as folder:
        sound, damaged = Path(folder, "sound.warc.gz"), Path(folder, "damaged.warc.gz")
        small_warc(sound)
        damaged.write_bytes(gzip.compress(gzip.decompress(sound.read_bytes()).replace(b"<h1>City", b"<h1>Town")))
        good = report("warcio passes a sound file", passes(sound))
        good &= report("warcio finds a changed byte", not passes(damaged, quiet=True))
    for path in sys.argv[1:]:
        good &= report(f"warcio check {Path(path).name}", passes(path))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
