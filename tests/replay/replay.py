"""Shows that programs of others replay our packages: `replay.py --modules DIR --work DIR [--pages N] WACZ...`.

Prints `ok` or `not ok` lines and a table, and ends with 1 if anything failed. README.md tells what is held against what.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import package
import players
from judge import LEAST, finds_faults, judge


def report(name, good, said=""):
    print(f"{'ok' if good else 'not ok'} {name}", flush=True)
    if not good and said:
        print(said)
    return good


def sound(path):
    """py-wacz and warcio have nothing against the package."""
    done = subprocess.run([players.BIN / "wacz", "validate", "-f", path], capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    good = report(f"wacz validate {path.name}", done.returncode == 0 and "Validation succeeded" in said, said)
    with tempfile.TemporaryDirectory() as folder:
        name, block = package.warc(path)
        warc = Path(folder, Path(name).name)
        warc.write_bytes(block)
        command = [players.BIN / "warcio", "check", "-v", warc]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    right = done.returncode == 0 and "digest pass" in said and "digest not present" not in said
    return report(f"warcio check {warc.name}", right, said) and good


def table(verdicts):
    print(f"\n{'player':<15} {'pages':>5} {f'>= {LEAST}':>8} {'least':>7} {'quotes':>7} {'found':>6}")
    for player in dict.fromkeys(verdict.player for verdict in verdicts):
        its = [verdict for verdict in verdicts if verdict.player == player]
        quotes = sum(verdict.quotes for verdict in its)
        alike = sum(verdict.similarity >= LEAST for verdict in its)
        least = min(verdict.similarity for verdict in its)
        found = quotes - sum(len(verdict.lacking) for verdict in its)
        print(f"{player:<15} {len(its):>5} {alike:>8} {least:>7.4f} {quotes:>7} {found:>6}")
    for verdict in verdicts:
        if not verdict.good:
            print(f"\nnot ok {verdict.player} {verdict.page.url} {verdict.similarity:.4f} {verdict.error}")
            for row in verdict.lacking:
                print(f"  not found: {row['place']} {row['start']} {row['exact']!r}")
    return all(verdict.good for verdict in verdicts)


def whole(name):
    return Path(name).resolve()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--modules", type=whole, required=True)
    parser.add_argument("--work", type=whole, required=True)
    parser.add_argument("--pages", type=int, default=50)
    parser.add_argument("packages", nargs="+", type=whole)
    arguments = parser.parse_args()
    good = report("a page that differs is told from one that does not", finds_faults())
    good &= all([sound(path) for path in arguments.packages])
    if not good:
        return 1
    groups = [package.evidence_pages(number, path) for number, path in enumerate(arguments.packages)]
    pages = package.spread(groups, arguments.pages)
    for group, path in zip(groups, arguments.packages):
        print(f"{path.name}: {len(group)} pages with evidence, {sum(page in group for page in pages)} of them replayed")
    if not pages:
        return 0 if report("there are pages with evidence", False) else 1
    shutil.rmtree(arguments.work, ignore_errors=True)
    for name in ("pywb", "screenshots"):
        (arguments.work / name).mkdir(parents=True)
    verdicts = [
        judge("pywb", page, shown) for page, shown in players.pywb(arguments.work / "pywb", arguments.packages, pages)
    ]
    browser = players.replayweb(arguments.work / "screenshots", arguments.modules, arguments.packages, pages)
    verdicts += [judge("replayweb.page", page, shown) for page, shown in browser]
    return 0 if table(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
