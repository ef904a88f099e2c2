"""Checks WACZ files with py-wacz: `wacz_check.py FILE...`.

Prints `ok NAME` or `not ok NAME` per file. First the check itself is tried: a small package that py-wacz made must pass,
the same with one byte of its WARC file changed must not.
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from warcio_check import report, small_warc

WACZ = Path(sys.executable).with_name("wacz")


def passes(path, quiet=False):
    """Whether `wacz validate` finds every file of the package as its list says."""
    done = subprocess.run([WACZ, "validate", "-f", path], capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    good = done.returncode == 0 and "Validation succeeded" in said
    if not good and not quiet:
        print(said)
    return good


def small_wacz(folder):
    """A package by py-wacz, and the same with another byte in its WARC file."""
    warc, sound, damaged = Path(folder, "small.warc.gz"), Path(folder, "sound.wacz"), Path(folder, "damaged.wacz")
    small_warc(warc)
    subprocess.run([WACZ, "create", "-o", sound, warc], capture_output=True, check=True)
    with zipfile.ZipFile(sound) as before, zipfile.ZipFile(damaged, "w") as after:
        for entry in before.infolist():
            block = bytearray(before.read(entry))
            if entry.filename.startswith("archive/"):
                block[len(block) // 2] ^= 1
            # The container itself is sound: its own checksum is over the changed bytes.
            after.writestr(entry, bytes(block))
    return sound, damaged


def main():
    with tempfile.TemporaryDirectory() as folder:
        sound, damaged = small_wacz(folder)
        good = report("py-wacz passes a sound package", passes(sound))
        good &= report("py-wacz finds a changed byte", not passes(damaged, quiet=True))
    for path in sys.argv[1:]:
        good &= report(f"wacz validate {Path(path).name}", passes(path))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
