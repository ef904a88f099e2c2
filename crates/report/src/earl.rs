//! Answers as EARL in JSON-LD: an assertion for each decision, ruling, final answer and proposal, pointing at captures as Web
//! Annotation does, and at what it rests on by PROV. For archives and other programs, not for every day.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::book::{Book, Indicator};
use crate::tidy::Answer;

/// Writes every answer of the book as one document. Nothing in it has to be fetched to read it: the context stands inside.
///
/// `base` is the address under which the campaign is known; identifiers are made below it.
///
/// # Errors
/// If writing fails.
pub fn write(book: &Book, base: &str, mut out: impl Write) -> io::Result<()> {
    let base = base.trim_end_matches('/');
    // Answer by answer, so that a campaign does not stand in memory twice.
    write!(out, "{{\n\"@context\": {},\n\"@graph\": [\n", context())?;
    let tool = json!({
        "@id": format!("{base}/tool"), "@type": ["earl:Software", "prov:SoftwareAgent"], "dct:title": book.campaign.made_by,
    });
    let people = json!({ "@id": base, "@type": ["earl:Assertor", "foaf:Group"], "dct:title": book.campaign.name });
    write!(out, "{tool},\n{people}")?;
    for one in &book.indicators {
        write!(out, ",\n{}", criterion(base, &book.campaign.edition, one))?;
    }
    for one in &book.cities {
        let subject = json!({
            "@id": city(base, &one.portal), "@type": "earl:TestSubject", "dct:title": one.city, "foaf:homepage": link(&one.home),
        });
        write!(out, ",\n{subject}")?;
    }
    let shown: HashMap<&str, &str> = book.answers.iter().map(|one| (one.id.as_str(), one.assist.as_str())).collect();
    for one in &book.answers {
        write!(out, ",\n{}", assertion(base, one, &shown))?;
    }
    out.write_all(b"\n]\n}\n")
}

fn context() -> Value {
    json!({
        "earl": "http://www.w3.org/ns/earl#",
        "oa": "http://www.w3.org/ns/oa#",
        "prov": "http://www.w3.org/ns/prov#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "earl:assertedBy": { "@type": "@id" },
        "earl:subject": { "@type": "@id" },
        "earl:test": { "@type": "@id" },
        "earl:mode": { "@type": "@id" },
        "earl:outcome": { "@type": "@id" },
        "oa:hasSource": { "@type": "@id" },
        "prov:wasDerivedFrom": { "@type": "@id" },
        "prov:wasAttributedTo": { "@type": "@id" },
        "foaf:homepage": { "@type": "@id" },
        "dct:isPartOf": { "@type": "@id" },
        "dct:date": { "@type": "xsd:dateTime" },
        "prov:generatedAtTime": { "@type": "xsd:dateTime" },
        "oa:start": { "@type": "xsd:nonNegativeInteger" },
        "oa:end": { "@type": "xsd:nonNegativeInteger" },
    })
}

fn criterion(base: &str, edition: &str, one: &Indicator) -> Value {
    json!({
        "@id": test(base, edition, &one.code),
        "@type": "earl:TestCriterion",
        "dct:identifier": one.code,
        "dct:title": one.title,
        "dct:description": one.question,
        "dct:subject": one.criterion,
    })
}

/// `shown` tells what was shown of the machine for the decision of an identifier.
fn assertion(base: &str, one: &Answer, shown: &HashMap<&str, &str>) -> Value {
    let by = match one.source.as_str() {
        "proposal" => format!("{base}/tool"),
        // What follows from several people's decisions is said by all of them.
        "final" => base.to_owned(),
        _ => format!("{base}/people/{}", step(&one.by)),
    };
    let mut result = json!({
        "@type": "earl:TestResult",
        "earl:outcome": format!("earl:{}", outcome(one)),
    });
    if !one.at.is_empty() {
        result["dct:date"] = one.at.as_str().into();
    }
    if !one.note.is_empty() {
        result["earl:info"] = one.note.as_str().into();
    }
    if let Some(pointer) = pointer(one) {
        result["earl:pointer"] = pointer;
    }
    let mut assertion = json!({
        "@id": id(base, one),
        "@type": ["earl:Assertion", "prov:Entity"],
        "earl:assertedBy": by,
        "prov:wasAttributedTo": by,
        "earl:subject": city(base, &one.portal),
        "earl:test": test(base, &one.edition, &one.code),
        "earl:mode": format!("earl:{}", mode(one, shown)),
        "earl:result": result,
        "dct:type": one.source,
        "dct:isPartOf": base,
    });
    let rests: Vec<String> = one.rests_on.split_whitespace().map(named).collect();
    if !rests.is_empty() {
        assertion["prov:wasDerivedFrom"] = rests.into();
    }
    if !one.at.is_empty() {
        assertion["prov:generatedAtTime"] = one.at.as_str().into();
    }
    assertion
}

/// A decision or ruling is known by its UUID, so that finals can lead to it; the rest by its row key.
fn id(base: &str, one: &Answer) -> String {
    match one.source.as_str() {
        "slot_a" | "slot_b" | "slot_c" | "ruling" if !one.id.is_empty() => named(&one.id),
        _ => format!("{base}/answers/{}", one.key.split('/').map(step).collect::<Vec<_>>().join("/")),
    }
}

/// A UUID as a name; what is entered from the command line is one already.
fn named(id: &str) -> String {
    let bare = id.strip_prefix("urn:uuid:").unwrap_or(id);
    format!("urn:uuid:{}", step(bare))
}

/// What was found: unclear and blocked cannot be told, no answer is untested.
fn outcome(one: &Answer) -> &'static str {
    match one.answer.as_str() {
        "yes" => "passed",
        "no" => "failed",
        "unclear" | "blocked" => "cantTell",
        _ if one.status == "inapplicable" => "inapplicable",
        _ => "untested",
    }
}

/// Who found it: a program, people alone, or people of whom one saw something of the program's.
fn mode(one: &Answer, shown: &HashMap<&str, &str>) -> &'static str {
    let alone = |assist: &str| assist.is_empty() || assist == "clean";
    let by_people = match one.source.as_str() {
        "proposal" => return "automatic",
        "final" => one.rests_on.split_whitespace().all(|id| shown.get(id).is_none_or(|assist| alone(assist))),
        "ruling" => alone(&one.assist),
        // Of whom it is not said what was shown, it is not said that nothing was.
        _ => one.assist == "clean",
    };
    if by_people { "manual" } else { "semiAuto" }
}

/// The words in the capture that the answer points at.
fn pointer(one: &Answer) -> Option<Value> {
    let source = if one.url.is_empty() { return None } else { link(&one.url) };
    let mut selectors = Vec::new();
    if !one.quote.is_empty() {
        selectors.push(json!({
            "@type": "oa:TextQuoteSelector", "oa:exact": one.quote, "oa:prefix": one.prefix, "oa:suffix": one.suffix,
        }));
    }
    if let (Some(start), Some(end)) = (one.start, one.end) {
        selectors.push(json!({ "@type": "oa:TextPositionSelector", "oa:start": start, "oa:end": end }));
    }
    let mut pointer = json!({ "@type": "oa:SpecificResource", "oa:hasSource": source });
    if !selectors.is_empty() {
        pointer["oa:hasSelector"] = selectors.into();
    }
    if !one.captured.is_empty() {
        pointer["oa:hasState"] = json!({ "@type": "oa:TimeState", "oa:sourceDate": {
            "@type": "xsd:dateTime", "@value": one.captured,
        }});
    }
    if !one.record.is_empty() {
        pointer["dct:source"] = json!({ "@id": one.record, "dct:identifier": one.digest });
    }
    Some(pointer)
}

fn city(base: &str, portal: &str) -> String {
    format!("{base}/cities/{}", step(portal))
}

fn test(base: &str, edition: &str, code: &str) -> String {
    format!("{base}/instruments/{}/{}", step(edition), step(code))
}

/// A step of an address: what may not stand there is escaped (RFC 3986, 2.1).
fn step(text: &str) -> String {
    escaped(text, b"-._~")
}

/// An address that somebody else wrote: what no address holds is escaped.
fn link(text: &str) -> String {
    escaped(text, b"-._~:/?#[]@!$&'()*+,;=%")
}

fn escaped(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
