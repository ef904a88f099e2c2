"""Checks workbooks with openpyxl and LibreOffice: `workbook_check.py FILE...`.

Prints `ok NAME` or `not ok NAME` per file and program. openpyxl has to find no formula, a frozen header and a filter on every
sheet with rows, and on the sheets that come back hidden keys and a list of answers. LibreOffice opens and saves the file; our own
reader then has to find in both the same keys and cells.
"""

import json
import math
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

from warcio_check import report

TOP = Path(__file__).resolve().parents[2]
HIDDEN = {"A and B": {"key", "base_a", "base_b"}, "Discrepancies": {"key", "base"}, "Assessment": {"key", "base", "campaign", "portal"}}


def complaints(path):
    """What openpyxl finds wrong."""
    found = []
    for sheet in openpyxl.load_workbook(path):
        cells = [cell for row in sheet.iter_rows() for cell in row]
        found += [f"{sheet.title}!{cell.coordinate} is a formula" for cell in cells if cell.data_type == "f"]
        if sheet.title == "Read me":
            continue
        if not sheet.freeze_panes or not sheet.auto_filter.ref:
            found.append(f"{sheet.title}: no frozen header or no filter")
        spans = [span for span in sheet.column_dimensions.values() if span.hidden]
        hidden = {cell.value for cell in sheet[1] if any(span.min <= cell.column <= span.max for span in spans)}
        if hidden != HIDDEN.get(sheet.title, set()):
            found.append(f"{sheet.title}: hidden are {sorted(hidden)}")
        lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]
        if sheet.title in HIDDEN and sheet.max_row > 1 and '"yes,no,unclear,blocked"' not in lists:
            found.append(f"{sheet.title}: no list of answers")
    return found


def passes(path):
    """Whether openpyxl finds the workbook as it should be."""
    found = complaints(path)
    if found:
        print("\n".join(found[:20]))
    return not found


def cells(path):
    """What our own reader finds: sheets with their cells by place."""
    program = ["cargo", "run", "--quiet", "--package", "report", "--example", "cells"]
    with open(path, "rb") as file:
        done = subprocess.run(program, stdin=file, capture_output=True, cwd=TOP, check=True)
    answer = json.loads(done.stdout)
    if "Ok" not in answer:
        raise ValueError(answer)
    sheets = {}
    for sheet in answer["Ok"]["sheets"]:
        places = {(row["number"], cell["column"]): cell for row in sheet["rows"] for cell in row["cells"]}
        sheets[sheet["name"]] = places
    return sheets


def same(one, other):
    """Whether two cells hold the same. LibreOffice keeps 15 digits of a number."""
    number, saved = one["value"].get("number"), other["value"].get("number")
    if number is not None and saved is not None:
        return math.isclose(number, saved, rel_tol=1e-14)
    return one == other


def saved(path, folder):
    """The workbook as LibreOffice saves it."""
    profile = Path(folder, "profile").as_uri()
    kept = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder, path]
    program = ["soffice", "--headless", f"-env:UserInstallation={profile}", *kept]
    subprocess.run(program, capture_output=True, check=True, timeout=300)
    return Path(folder, path.name)


def survives(path):
    """Whether nothing is lost when LibreOffice opens and saves the workbook."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = cells(path), cells(saved(path, folder))
    lost = []
    for name, places in before.items():
        own = after.get(name, {})
        lost += [f"{name} {place}: {cell} became {own.get(place)}" for place, cell in places.items()
                 if place not in own or not same(cell, own[place])]
        lost += [f"{name} {place}: {cell} came from nowhere" for place, cell in own.items() if place not in places]
    if lost:
        print("\n".join(lost[:20]))
    return not lost


def small(path, formula):
    """A workbook of another program, with or without a formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Evidence"
    sheet["A1"], sheet["A2"] = "note", "=1+1" if formula else "plain"
    sheet.freeze_panes, sheet.auto_filter.ref = "A2", "A1:A2"
    book.save(path)


def main():
    with tempfile.TemporaryDirectory() as folder:
        plain, formula = Path(folder, "plain.xlsx"), Path(folder, "formula.xlsx")
        small(plain, False)
        small(formula, True)
        good = report("openpyxl passes a sound workbook", not complaints(plain))
        good &= report("openpyxl finds a formula", bool(complaints(formula)))
    for path in map(Path, sys.argv[1:]):
        good &= report(f"openpyxl reads {path.name}", passes(path))
        found = bool(shutil.which("soffice"))
        good &= report(f"LibreOffice saves {path.name} and nothing is lost", found and survives(path))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
