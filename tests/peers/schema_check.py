"""Checks JSON exports against their schemas with jsonschema: `schema_check.py SCHEMA...`.

Prints `ok NAME` or `not ok NAME` per schema. `NAME.schema.json` is held against `NAME.json`, or each line of `NAMEs.jsonl`,
beside it; it has to refuse the same with a member that is not known, and with an answer that is none.
"""

import copy
import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator

from warcio_check import report


def documents(schema):
    """What lies beside a schema and has to follow it."""
    name = schema.name.removesuffix(".schema.json")
    whole, lines = schema.with_name(f"{name}.json"), schema.with_name(f"{name}s.jsonl")
    if whole.exists():
        return [json.loads(whole.read_text(encoding="utf-8"))]
    return [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]


def spoilt(document):
    """The document with a member that is not known, and with an answer that is none."""
    further = copy.deepcopy(document)
    further["further"] = 1
    other = copy.deepcopy(document)
    (other["answers"][0] if "answers" in other else other)["answer"] = "perhaps"
    return [further, other]


def passes(path):
    """Whether the schema is one, takes what follows it and refuses what does not."""
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    found = documents(path)
    for one in found:
        for error in list(validator.iter_errors(one))[:5]:
            print(f"{error.json_path}: {error.message[:200]}")
    refused = all(not validator.is_valid(bad) for bad in spoilt(found[0]))
    return bool(found) and refused and all(validator.is_valid(one) for one in found)


def main():
    good = True
    for path in map(Path, sys.argv[1:]):
        good &= report(f"jsonschema holds what lies beside {path.name} against it", passes(path))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
