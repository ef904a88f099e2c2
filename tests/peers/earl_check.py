"""Checks EARL documents as JSON-LD with PyLD and rdflib: `earl_check.py FILE...`.

Prints `ok NAME` or `not ok NAME` per file. First the check itself is tried: a small sound document must pass, the same without
an outcome and the same with a final answer that leads nowhere must not.
"""

import json
import sys
from pathlib import Path

from pyld import jsonld
from rdflib import RDF, Graph, Namespace, URIRef

from warcio_check import report

EARL = Namespace("http://www.w3.org/ns/earl#")
OA = Namespace("http://www.w3.org/ns/oa#")
PROV = Namespace("http://www.w3.org/ns/prov#")
DCT = Namespace("http://purl.org/dc/terms/")

OUTCOMES = {EARL[word] for word in ("passed", "failed", "cantTell", "inapplicable", "untested")}
MODES = {EARL[word] for word in ("automatic", "manual", "semiAuto", "undisclosed")}


def never(url, _options=None):
    """A document has to be readable without the network."""
    raise OSError(f"the document asks for {url}")


def complaints(text):
    """What is wrong with a document."""
    document = json.loads(text)
    triples = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": never})
    graph = Graph().parse(data=triples, format="nquads")
    other = Graph().parse(data=text, format="json-ld")
    found = []
    if len(graph) != len(other):
        found.append(f"two readers find {len(graph)} and {len(other)} statements")
    assertions = set(graph.subjects(RDF.type, EARL.Assertion))
    if not assertions:
        found.append("no assertion")
    for one in assertions:
        result = graph.value(one, EARL.result)
        if not isinstance(one, URIRef):
            found.append("an assertion without a name")
        if graph.value(result, EARL.outcome) not in OUTCOMES:
            found.append(f"{one}: no outcome")
        if graph.value(one, EARL.mode) not in MODES:
            found.append(f"{one}: no mode")
        for needed, kind in ((EARL.subject, EARL.TestSubject), (EARL.test, EARL.TestCriterion)):
            if (graph.value(one, needed), RDF.type, kind) not in graph:
                found.append(f"{one}: {needed} is not described")
        if graph.value(one, EARL.assertedBy) is None:
            found.append(f"{one}: nobody says so")
        for pointer in graph.objects(result, EARL.pointer):
            if graph.value(pointer, OA.hasSource) is None:
                found.append(f"{one}: a pointer without a source")
            for selector in graph.objects(pointer, OA.hasSelector):
                kind = graph.value(selector, RDF.type)
                if kind not in (OA.TextQuoteSelector, OA.TextPositionSelector):
                    found.append(f"{one}: selector {kind}")
        rests = set(graph.objects(one, PROV.wasDerivedFrom))
        if not rests <= assertions:
            found.append(f"{one}: rests on what is not there")
        if str(graph.value(one, DCT.type)) == "final" and not rests:
            found.append(f"{one}: a final answer that rests on nothing")
    return found


def passes(path):
    """Whether the document of a file is sound."""
    found = complaints(Path(path).read_text(encoding="utf-8"))
    if found:
        print("\n".join(found[:20]))
    return not found


def sound():
    """A small document that is sound."""
    names = {"earl": str(EARL), "prov": str(PROV), "dct": str(DCT)}
    link = {"@type": "@id"}
    context = names | {"prov:wasDerivedFrom": link}
    result = {"@type": "earl:TestResult", "earl:outcome": {"@id": "earl:passed"}}
    shared = {
        "@type": "earl:Assertion",
        "earl:subject": {"@id": "http://a.example/city", "@type": "earl:TestSubject"},
        "earl:test": {"@id": "http://a.example/test", "@type": "earl:TestCriterion"},
        "earl:assertedBy": {"@id": "http://a.example/people"},
        "earl:mode": {"@id": "earl:manual"},
        "earl:result": result,
    }
    one = shared | {"@id": "http://a.example/1"}
    final = shared | {"@id": "http://a.example/2", "dct:type": "final", "prov:wasDerivedFrom": "http://a.example/1"}
    return {"@context": context, "@graph": [one, final]}


def main():
    """Checks the check, then the files."""
    small = json.dumps(sound())
    without = small.replace("earl:passed", "earl:perhaps")
    astray = small.replace('"prov:wasDerivedFrom": "http://a.example/1"', '"prov:wasDerivedFrom": "http://a.example/9"')
    good = report("the EARL check passes a sound document", not complaints(small))
    good &= report("the EARL check finds an outcome that is none", bool(complaints(without)))
    good &= report("the EARL check finds a final answer that leads nowhere", bool(complaints(astray)))
    for path in sys.argv[1:]:
        good &= report(f"PyLD and rdflib read {Path(path).name}", passes(path))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
