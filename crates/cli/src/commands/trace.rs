//! `verify --score`: one score walked back to bytes, as a page that a lawyer can follow.

use archive::{Audit, Entry, Fact, Package};
use model::{Adjudication, Choice, Decision, Pointed, Release, Released, SignOff};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::exit::Fault;
use crate::say;

/// Prints the way from a score, named as CITY/CODE, to the bytes it rests on.
pub(crate) fn print(audit: &Audit, score: &str) -> anyhow::Result<()> {
    let hint = "name a score as CITY/CODE, with the id of the city as in manifest.json and the code of an indicator";
    let wrong = |what: String| Fault::usage(what, hint);
    let (portal, code) = score.rsplit_once('/').ok_or_else(|| wrong(format!("`{score}` is no score")))?;
    let entries = &audit.proven.entries;
    let (released, release): (&Entry, Release) =
        rows(entries, "release").next_back().ok_or_else(|| wrong("the pack holds no release".to_owned()))?;
    let city = release.cities.iter().find(|city| city.portal == portal);
    let city = city.ok_or_else(|| wrong(format!("the release has no city `{portal}`")))?;
    let (signing, signed): (&Entry, SignOff) = rows::<SignOff>(entries, "sign_off")
        .find(|(_, signed)| signed.id == city.sign_off)
        .ok_or_else(|| wrong(format!("the sign-off of `{portal}` is not in the pack")))?;
    let answer = signed.finals.iter().find(|one| one.code.as_str() == code);
    let answer = answer.ok_or_else(|| wrong(format!("`{portal}` has no answer to `{code}`")))?;

    let title = audit.manifest["indicators"][code].as_str().unwrap_or_default();
    say::out(format_args!("ONE SCORE, WALKED BACK TO ITS BYTES\n"));
    say::out(format_args!(
        "City        {} ({portal})\nIndicator   {code} {title}\nAnswer      {}",
        city.city,
        answer.answer.as_str().to_uppercase()
    ));
    say::out(format_args!(
        "\n1. Where it was published\n   Release {} of the campaign `{}`, {}, by {} ({}).",
        release.number, release.campaign, release.at, release.publisher, release.reason
    ));
    say::out(format_args!("   Instrument {}. This is entry {} of the log.", release.instrument, released.no));
    say::out(format_args!(
        "\n2. Who approved the city\n   {} signed it off on {}: entry {}.",
        signed.reviewer, signed.at, signing.no
    ));
    say::out("\n3. Who answered, and how");
    let mut pointed: Vec<Pointed> = Vec::new();
    for (entry, decision) in rows::<Decision>(entries, "decision").filter(|(_, one)| answer.rests_on.contains(&one.id)) {
        say::out(format_args!(
            "   Assessor {} in slot {:?}, {}: {} (entry {}).",
            decision.assessor,
            decision.slot,
            decision.at,
            decision.answer.as_str(),
            entry.no
        ));
        in_words(decision.reason.as_deref(), &decision.note);
        if !decision.trail.is_empty() {
            say::out(format_args!("      looked at: {}", decision.trail.join("; ")));
        }
        pointed.extend(decision.evidence);
    }
    for (entry, ruling) in rows::<Adjudication>(entries, "adjudication").filter(|(_, one)| answer.rests_on.contains(&one.id)) {
        say::out(format_args!(
            "   Reviewer {} ruled on {}: {} (entry {}).",
            ruling.reviewer,
            ruling.at,
            ruling.answer.as_str(),
            entry.no
        ));
        in_words(Some(&ruling.reason), &ruling.note);
        pointed.extend(ruling.evidence);
    }
    pointed.dedup_by(|a, b| a == b);
    if pointed.is_empty() && answer.answer == Choice::No {
        say::out(
            "   A no rests on the search above and on what the survey looked at: see the rows `visit` and `judging` in the package.",
        );
    }
    for (n, passage) in pointed.iter().enumerate() {
        evidence(audit, city, n + 1, passage);
    }
    signature(audit);
    Ok(())
}

fn in_words(reason: Option<&str>, note: &str) {
    if let Some(reason) = reason {
        say::out(format_args!("      reason: {reason}"));
    }
    if !note.is_empty() {
        say::out(format_args!("      note: {note}"));
    }
}

/// The rows of a table that people made, with their entries.
fn rows<'a, T: DeserializeOwned>(entries: &'a [Entry], of: &'a str) -> impl DoubleEndedIterator<Item = (&'a Entry, T)> {
    entries.iter().filter_map(move |entry| match &entry.fact {
        Fact::Row { table, row } if table == of => Some((entry, serde_json::from_value(row.clone()).ok()?)),
        _ => None,
    })
}

/// One passage: what was pointed at, how one gets there, what the server sent, where it is kept.
fn evidence(audit: &Audit, city: &Released, n: usize, passage: &Pointed) {
    say::out(format_args!("\n4.{n} What was pointed at\n   {}", passage.url));
    say::out(format_args!(
        "   “{}[{}]{}”",
        say::cut(&passage.prefix, 60),
        say::cut(&passage.exact, 400),
        say::cut(&passage.suffix, 60)
    ));
    let Some(package) = audit.packages.get(&city.portal) else {
        return say::out("   The package of the city is not in the pack: this cannot be followed further.");
    };
    if let Some((start, end)) = passage.start.zip(passage.end) {
        let stands =
            layer(package, &passage.record).and_then(|text| words(text, start, end)).is_some_and(|words| words == passage.exact);
        let verdict = if stands { "they stand there" } else { "THEY DO NOT STAND THERE" };
        say::out(format_args!("   Characters {start} to {end} of the captured text: {verdict}."));
    }
    click_path(package, &passage.record);
    let Some((fields, place)) = package.records.get(&passage.record) else {
        return say::out(format_args!("   The record {} is NOT in the package.", passage.record));
    };
    let field =
        |name: &str| fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map_or("not known", |(_, value)| value);
    say::out(format_args!(
        "   What the city's server sent: asked on {}, answered from {}.",
        field("WARC-Date"),
        field("WARC-IP-Address")
    ));
    say::out(format_args!("   Digest of the bytes: {}", field("WARC-Payload-Digest")));
    say::out(format_args!("   Kept as record {}\n   in wacz/{}.wacz; sealed as {place}.", passage.record, city.portal));
    let segment = package.proven.entries.iter().find_map(|entry| match &entry.fact {
        Fact::Segment(segment) if place.contains(&segment.name) => Some((entry.no, segment.root)),
        _ => None,
    });
    if let Some((no, root)) = segment {
        say::out(format_args!("   The digests of all records of that segment lead to {root}: entry {no} of the log."));
    }
}

fn layer<'a>(package: &'a Package, record: &str) -> Option<&'a str> {
    let capture = capture(package, record)?;
    package.sealed.layer(&capture["id"]).map(|(_, text)| text)
}

/// The row of the capture whose response is this record.
fn capture<'a>(package: &'a Package, record: &str) -> Option<&'a Value> {
    let place = package.sealed.rows("record").iter().find(|row| row["name"] == record)?;
    package.sealed.rows("capture").iter().find(|row| row["record"] == place["id"])
}

fn words(text: &str, start: u32, end: u32) -> Option<String> {
    Some(text.chars().skip(start as usize).take((end as usize).checked_sub(start as usize)?).collect())
}

fn click_path(package: &Package, record: &str) {
    let visits = package.sealed.rows("visit");
    let of_capture = capture(package, record).and_then(|capture| visits.iter().find(|visit| visit["capture"] == capture["id"]));
    let mut path = Vec::new();
    let mut next = of_capture;
    while let Some(visit) = next.filter(|_| path.len() < 50) {
        let link = visit["link"].as_str().map(|link| format!("“{}” → ", say::cut(link, 60))).unwrap_or_default();
        path.push(format!("{link}{}", visit["url"].as_str().unwrap_or_default()));
        next = visits.iter().find(|before| before["no"] == visit["via"] && before["run"] == visit["run"]);
    }
    for (step, line) in path.iter().rev().enumerate() {
        say::out(format_args!("   {} {line}", if step == 0 { "How one gets there:" } else { "                  " }));
    }
}

fn signature(audit: &Audit) {
    say::out("\n5. Why it cannot have been changed since");
    let Some(checkpoint) = &audit.proven.checkpoint else {
        return say::out("   There is NO valid signature: nothing above is proven.");
    };
    say::out("   Each entry named above, and each segment, leads by SHA-256 digests (RFC 6962) to one root,");
    say::out(format_args!(
        "   {} over {} entries of the log of archive {},",
        checkpoint.root, checkpoint.size, checkpoint.archive
    ));
    say::out(format_args!("   signed on {} with the key", checkpoint.at));
    for entry in &audit.proven.entries {
        if let Fact::Key { verifier, .. } = &entry.fact {
            say::out(format_args!("   {verifier}"));
        }
    }
    say::out("   Compare this key, and the root if you hold an older print of it, with what its owner published.");
    for stamp in &audit.stamps {
        say::out(format_args!("   An independent authority says so too: {stamp}."));
    }
}
