//! `verify --score`: one score walked back to bytes, as a page that a lawyer can follow.

use std::fmt::Display;
use std::net::IpAddr;

use archive::{Audit, Entry, Fact, Named, Package, Proven, Served};
use model::{Adjudication, Choice, Decision, Pointed, Release, Released, SignOff};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::exit::Fault;
use crate::say;

/// What the words of the page mean.
const WORDS: &str = "
Words
   release     answers about cities, published together under a number
   sign-off    a person's word that all answers of a city are final
   decision    one person's answer to one question, with what was pointed at or looked at
   record      one message of a server, or one document of ours, as it is kept in the archive
   checkpoint  the root of the whole log, with date and signature
   digest      a fingerprint of bytes (SHA-256): other bytes have another one";

/// Prints the way from a score, named as CITY/CODE, to the bytes it rests on.
pub(crate) fn print(audit: &Audit, score: &str) -> anyhow::Result<()> {
    let hint = "name a score as CITY/CODE; ids of cities and codes of indicators are in manifest.json";
    let wrong = |what: String| Fault::usage(what, hint);
    let (portal, code) = score.rsplit_once('/').ok_or_else(|| wrong(format!("`{score}` is no score")))?;
    let proven = &audit.proven;
    let (released, release): (&Entry, Release) =
        rows(proven, "release").next_back().ok_or_else(|| wrong("the pack holds no release".to_owned()))?;
    let city = release.cities.iter().find(|city| city.portal == portal);
    let city = city.ok_or_else(|| wrong(format!("the release has no city `{portal}`")))?;
    let (signing, signed): (&Entry, SignOff) = rows::<SignOff>(proven, "sign_off")
        .find(|(_, signed)| signed.id == city.sign_off)
        .ok_or_else(|| wrong(format!("the sign-off of `{portal}` is not in the pack")))?;
    let answer = signed.finals.iter().find(|one| one.code.as_str() == code);
    let answer = answer.ok_or_else(|| wrong(format!("`{portal}` has no answer to `{code}`")))?;

    let faults = audit.report.findings.iter().filter(|finding| finding.fault).count();
    if faults > 0 {
        say::out(format_args!("THIS PACK FAILED THE CHECK: {faults} fault(s), listed at the end. Do not rely on this page.\n"));
    }
    let title = audit.manifest["indicators"][code].as_str().unwrap_or_default();
    say::out("ONE SCORE, WALKED BACK TO ITS BYTES (all times are UTC)\n");
    say::out(format_args!("City        {} ({portal})\nIndicator   {code} {title}", city.city));
    say::out(format_args!("Answer      {}", answer.answer.as_str().to_uppercase()));
    say::out(format_args!(
        "\n1. Where it was published\n   Release {} of the campaign `{}`, {}, by {} ({}): entry {} of the log.",
        release.number,
        release.campaign,
        second(release.at),
        release.publisher,
        release.reason,
        released.no
    ));
    say::out(format_args!("   Questions as in {}.", release.instrument));
    say::out(format_args!(
        "\n2. Who approved the city\n   {} signed it off, {}: entry {}.",
        signed.reviewer,
        second(signed.at),
        signing.no
    ));
    say::out(format_args!("   Rule: {}.", release.policy["final"].as_str().unwrap_or("see policy.json")));
    machine(audit, portal, code);
    let pointed = people(proven, &answer.rests_on);
    say::out("\n5. What was pointed at");
    if pointed.is_empty() {
        searched(audit, portal);
    }
    for (passage, by) in &pointed {
        evidence(audit, city, &by.join(" and "), passage);
    }
    if faults == 0 {
        signature(audit);
    }
    say::out(WORDS);
    Ok(())
}

/// An instant to the second.
fn second(at: impl Display) -> String {
    let at = at.to_string();
    at.split(['.', 'Z']).next().unwrap_or_default().replace('T', " ")
}

/// The rows of a table that people made, with their entries.
fn rows<'a, T: DeserializeOwned>(proven: &'a Proven, of: &'a str) -> impl DoubleEndedIterator<Item = (&'a Entry, T)> {
    proven.rows(of).filter_map(|(entry, row)| Some((entry, serde_json::from_value(row.clone()).ok()?)))
}

/// What the machine had proposed.
fn machine(audit: &Audit, portal: &str, code: &str) {
    let findings = audit.packages.get(portal).map_or(&[][..], |package| package.sealed.rows("finding"));
    let found = findings.iter().find(|row| row["code"] == code);
    let word = |column: &str| found.and_then(|row| row[column].as_str()).unwrap_or("not in this pack");
    say::out("\n3. What the machine had proposed (people decide, it does not)");
    say::out(format_args!("   {}: {}", word("answer"), word("because")));
}

/// What people answered; returns each passage that they pointed at, with who did.
fn people(proven: &Proven, rests_on: &[String]) -> Vec<(Pointed, Vec<String>)> {
    say::out("\n4. Who answered, and how (each under a pseudonym)");
    let (mut found, mut pointed) = (Vec::new(), Vec::new());
    for (entry, made) in rows::<Decision>(proven, "decision").filter(|(_, made)| rests_on.contains(&made.id)) {
        say::out(format_args!(
            "   Assessor {} (independent slot {:?}), {}: {} (entry {}).",
            made.assessor,
            made.slot,
            second(made.at),
            made.answer.as_str(),
            entry.no
        ));
        in_words(made.reason.as_deref(), &made.note);
        match made.trail.join("; ") {
            trail if !trail.is_empty() => say::out(format_args!("      looked at: {trail}")),
            _ if made.answer == Choice::No => say::out("      looked at: not told"),
            _ => {}
        }
        point(&mut pointed, made.evidence, &made.assessor);
        found.push(made.id);
    }
    for (entry, made) in rows::<Adjudication>(proven, "adjudication").filter(|(_, made)| rests_on.contains(&made.id)) {
        let (answer, no) = (made.answer.as_str(), entry.no);
        say::out(format_args!("   Reviewer {} ruled, {}: {answer} (entry {no}).", made.reviewer, second(made.at)));
        in_words(Some(&made.reason), &made.note);
        point(&mut pointed, made.evidence, &made.reviewer);
        found.push(made.id);
    }
    for id in rests_on.iter().filter(|id| !found.contains(id)) {
        say::out(format_args!("   MISSING OR DAMAGED: {id}, on which the answer rests."));
    }
    pointed
}

fn in_words(reason: Option<&str>, note: &str) {
    if let Some(reason) = reason {
        say::out(format_args!("      reason: {}", reason.replace('_', " ")));
    }
    if !note.is_empty() {
        say::out(format_args!("      note: {note}"));
    }
}

fn point(pointed: &mut Vec<(Pointed, Vec<String>)>, passages: Vec<Pointed>, by: &str) {
    for passage in passages {
        match pointed.iter_mut().find(|(known, _)| *known == passage) {
            Some((_, who)) => who.push(by.to_owned()),
            None => pointed.push((passage, vec![by.to_owned()])),
        }
    }
}

/// One passage: what was pointed at, how one gets there, what the server sent, where it is kept.
fn evidence(audit: &Audit, city: &Released, by: &str, passage: &Pointed) {
    say::out(format_args!("   {}   (by {by})", passage.url));
    let [before, exact, after] =
        [(&passage.prefix, 60), (&passage.exact, 400), (&passage.suffix, 60)].map(|(text, most)| say::cut(text, most));
    say::out(format_args!("   “{before}[{exact}]{after}”   (in [ ] what was pointed at)"));
    let Some(package) = audit.packages.get(&city.portal) else {
        return say::out("   The package of the city is not in the pack: this cannot be followed further.");
    };
    if let Some((start, end)) = passage.start.zip(passage.end) {
        let stands =
            layer(package, &passage.record).and_then(|text| words(text, start, end)).is_some_and(|words| words == passage.exact);
        let verdict = if stands { "they stand there" } else { "THEY DO NOT STAND THERE" };
        say::out(format_args!("   Letters {start} to {end} of the text that the program took from the page: {verdict}."));
    }
    click_path(package, &passage.record);
    let Some((fields, place)) = package.records.get(&passage.record) else {
        let damaged = package.damaged.contains(&passage.record);
        let what = if damaged { "DAMAGED: its bytes are not those that were sealed" } else { "NOT in the package" };
        return say::out(format_args!("   The captured page itself, record {}, is {what}.", passage.record));
    };
    let field =
        |name: &str| fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map_or("not known", |(_, value)| value);
    let address = field("WARC-IP-Address");
    let own = address.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let whose = if own { " (the capturing computer itself: a demonstration, no city's server)" } else { "" };
    say::out(format_args!("   What the server sent: asked {}, answered from {address}{whose}.", second(field("WARC-Date"))));
    if let Some(served) = package.served.get(&passage.record) {
        server(served);
    }
    say::out(format_args!("   Digest of the page's bytes: {}", field("WARC-Payload-Digest")));
    say::out(format_args!("   Kept in wacz/{}.wacz as record {}:\n   {place}.", city.portal, passage.record));
    let segment = package.proven.entries.iter().find_map(|entry| match &entry.fact {
        Fact::Segment(segment) if place.contains(&segment.name) => Some((entry.no, segment.root)),
        _ => None,
    });
    if let Some((no, root)) = segment {
        say::out(format_args!(
            "   The digests of all records of that segment lead to its root\n   {root}: entry {no} of the log, in the package."
        ));
    }
}

/// What the server said of itself.
fn server(served: &Served) {
    let status = served.status.map_or_else(|| "not known".to_owned(), |status| status.to_string());
    let clock = served.date.as_ref().map_or_else(
        || "it sent no time of its own".to_owned(),
        |date| format!("the time by its own clock: {}", say::cut(date, 60)),
    );
    say::out(format_args!("   HTTP status {status}; {clock}."));
    match served.certificate() {
        Some(Named { subject, issuer, from, until }) => {
            let [subject, issuer] = [subject, issuer].map(|name| say::cut(&name, 200));
            say::out(format_args!("   It showed a certificate for {subject}, given by {issuer},"));
            say::out(format_args!("   valid {} to {}.", second(from), second(until)));
        }
        None if served.is_encrypted() => say::out("   It showed a certificate that cannot be read."),
        None => say::out("   It showed no certificate: the connection was not encrypted."),
    }
}

/// What a no rests on besides the people who looked.
fn searched(audit: &Audit, portal: &str) {
    say::out("   Nothing: a no points at no page. It rests on where people looked, as told above, and on what the program saw:");
    let visits = audit.packages.get(portal).map_or(&[][..], |package| package.sealed.rows("visit"));
    let came: Vec<&Value> = visits.iter().filter(|visit| !visit["capture"].is_null()).collect();
    let found = came.iter().filter(|visit| visit["errand"] == "search").count();
    say::out(format_args!(
        "   {} pages of the site, {found} of them answers of its own search, kept in wacz/{portal}.wacz; {} more addresses\n   were asked for and brought no page.",
        came.len(),
        visits.len() - came.len()
    ));
}

fn layer<'a>(package: &'a Package, record: &str) -> Option<&'a str> {
    match capture(package, record) {
        Some(capture) => package.sealed.layer(&capture["id"]).map(|(_, text)| text),
        None => package.sealed.manual_layer(record),
    }
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
    if path.is_empty() {
        say::out("   How one gets there: a person asked for this page, or brought it; no way from the home page is recorded.");
    }
    for (step, line) in path.iter().rev().enumerate() {
        say::out(format_args!("   {} {line}", if step == 0 { "How one gets there:" } else { "                  " }));
    }
}

fn signature(audit: &Audit) {
    say::out("\n6. Why a change would be seen");
    let Some(checkpoint) = &audit.proven.checkpoint else { return };
    say::out("   Each entry named above, and each segment, leads by SHA-256 digests (RFC 6962) to one root,");
    say::out(format_args!("   {} over {} entries of the log", checkpoint.root, checkpoint.size));
    say::out(format_args!("   of archive {}, signed {} with the key", checkpoint.archive, second(checkpoint.at)));
    for entry in &audit.proven.entries {
        if let Fact::Key { verifier, .. } = &entry.fact {
            say::out(format_args!("   {verifier}"));
        }
    }
    say::out("   Compare this key, and the root if you hold an older print of it, with what its owner published: whoever");
    say::out("   has the secret key could have made another log. Only a stamp by others, or an older checkpoint that");
    say::out("   somebody else holds, excludes that.");
    if audit.stamps.is_empty() {
        say::out("   No outside authority stamped this checkpoint: the dates rest on the owner's clock alone.");
    }
    for stamp in &audit.stamps {
        say::out(format_args!("   Stamped: {stamp}."));
    }
}
