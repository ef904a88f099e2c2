"""What a replayed page is held against: likeness to the captured text, and the quotes of its evidence."""

import io
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree import ElementTree

import html5lib
from pdfminer.high_level import extract_text
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text
from rapidfuzz.distance import Indel

from package import Page

LEAST = 0.99
# Neither shown as text by a browser nor part of a text layer; browser.mjs leaves out the same.
UNSEEN = set(
    "script style noscript template noframes noembed iframe textarea option svg math object audio video".split()
)
CODE = {"script", "style"}
HTML = "{http://www.w3.org/1999/xhtml}"


@dataclass
class Replayed:
    """What a player showed: the text of the body, and what else is there: title, hidden text, values of attributes."""

    text: str = ""
    others: tuple = ()
    error: str = ""


def of_bytes(body, media_type, charset):
    """What a server gave, as programs of others read it."""
    if media_type == "application/pdf":
        return of_pdf(body)
    if media_type.endswith("xml") and "html" not in media_type:
        return of_feed(body)
    if media_type.startswith("text/") and media_type != "text/html":
        return Replayed(body.decode(charset or "utf-8", "replace"))
    return of_html(body, charset)


def of_html(body, charset):
    """What a server gave, as html5lib reads it."""
    tree = html5lib.parse(body, treebuilder="etree", transport_encoding=charset)
    text, others = [], [f"{meta.get('name')}: {meta.get('content')}" for meta in tree.iter(f"{HTML}meta")]
    for element in tree.iter():
        if element.tag in (f"{HTML}body", f"{HTML}frameset"):
            walk(element, text, unseen)
        others.extend(element.attrib.values())
    whole = []
    walk(tree, whole, lambda tag, _: tag in CODE)
    return Replayed("".join(text), (*others, "".join(whole)))


def walk(element, text, without):
    """The text of an element in document order, less that of some elements."""
    if not isinstance(element.tag, str) or without(local(element), element.attrib):
        return
    text.append(element.text or "")
    for child in element:
        walk(child, text, without)
        text.append(child.tail or "")


def unseen(tag, attributes):
    """Whether an element is not shown by what it is or says itself."""
    if tag in UNSEEN or (tag == "dialog" and "open" not in attributes):
        return True
    if attributes.get("hidden", "until-found").strip().lower() != "until-found":
        return True
    style = "".join(attributes.get("style", "").lower().split())
    return any(rule.startswith(("display:none", "visibility:hidden")) for rule in style.split(";"))


def local(element):
    return element.tag.rpartition("}")[2]


def of_feed(body):
    """The text of XML without the links of its items: a text layer keeps them as links."""
    root = ElementTree.fromstring(body)
    for item in [element for element in root.iter() if local(element) in ("item", "entry")]:
        for link in [child for child in item if local(child) == "link"]:
            item.remove(link)
    return Replayed("\n".join(root.itertext()))


def of_pdf(body):
    """What pdfminer reads: glyphs as they stand, left to right, also those beyond the edge of the sheet."""
    info = PDFDocument(PDFParser(io.BytesIO(body))).info
    titles = [decode_text(entry["Title"]) for entry in info if isinstance(entry.get("Title"), bytes)]
    return Replayed(extract_text(io.BytesIO(body)), tuple(titles))


def plain(text):
    """Without white space and invisible marks, in compatibility form."""
    kept = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in ("Cf", "Cc"))
    return "".join(c for c in kept if not c.isspace())


@dataclass
class Verdict:
    """How a page fared with one player."""

    player: str
    page: object
    similarity: float
    quotes: int
    lacking: list
    error: str

    @property
    def good(self):
        return self.similarity >= LEAST and not self.lacking and not self.error


def judge(player, page, replayed):
    """Holds what a player showed against what was captured."""
    if page.layer is None:
        return Verdict(player, page, 0.0, len(page.quotes), [], replayed.error or "no text layer in the package")
    text = plain(replayed.text)
    similarity = Indel.normalized_similarity(plain(page.layer), text)
    elsewhere = [text, *(plain(unquote(value)) for value in replayed.others)]
    lacking = []
    for row in page.quotes:
        if row["start"] is not None:
            found = page.layer[row["start"] : row["end"]] == row["exact"] and plain(row["exact"]) in text
        else:
            parts = [plain(part) for part in row["exact"].split(" · ")]
            found = all(any(part in value for value in elsewhere) for part in parts)
        if not found:
            lacking.append(row)
    return Verdict(player, page, similarity, len(page.quotes), lacking, replayed.error)


def finds_faults():
    """Whether a text that lacks two words of a hundred, and one that lacks a quote, are told from the right one."""
    words = [f"word{number}" for number in range(100, 200)]
    layer = " ".join(words)
    quotes = [{"start": 0, "end": 7, "exact": "word100"}, {"start": None, "exact": "Form · Your name"}]
    page = Page(0, "https://city.example/", "2026-11-23T05:30:00Z", "text/html", layer, quotes)
    body = f"<title>Form</title><p>{layer}<label hidden>Your name</label><style>p</style>".encode()
    right = judge("", page, of_html(body, None))
    short = judge("", page, of_html(body.replace(b" word150 word151 ", b" "), None))
    other = judge("", page, of_html(body.replace(b"word100", b"word1OO").replace(b"Your", b"My"), None))
    return right.good and not short.good and not short.lacking and len(other.lacking) == 2
