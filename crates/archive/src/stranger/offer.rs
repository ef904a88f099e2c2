//! A stranger's response as an exchange of ours, if nothing is wrong with it.

use std::borrow::Cow;

use model::{Exchange, Purpose, Time, Truncation};
use url::Url;

use super::brought::Asked;
use super::digests::{Proved, check};
use super::fault::shown;
use super::flaw::Flaw;
use super::message::{Message, unchunk};
use super::record::Found;
use crate::fields::RawRecord;

/// A response of a stranger's file that can be taken over.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The response with its request, without what identifies or admits a person. Its body is without transfer coding.
    pub exchange: Exchange,
    /// Its `WARC-Record-ID` in the stranger's file, safe to show; empty if there is none.
    pub id: String,
    /// Whether its request is in the file; else the request is what it must have been, a GET without fields.
    pub asked: bool,
    /// Names of the fields that were left out because they identify or admit a person.
    pub dropped: Vec<&'static str>,
    /// Whether a digest that cannot be imitated spoke for its bytes.
    pub proven: bool,
}

/// Fields that may be there once only.
const ONCE: [&str; 6] =
    ["WARC-Type", "WARC-Target-URI", "WARC-Date", "WARC-Record-ID", "WARC-Block-Digest", "WARC-Payload-Digest"];

/// Makes an offer of a response. `asked` is the request that belongs to it.
pub(super) fn offer(found: Found, asked: Option<&Asked>, now: Time, limit: u64) -> Result<Offer, Flaw> {
    let Found { size, record, .. } = found;
    for field in ONCE {
        if record.fields.iter().filter(|(name, _)| name.eq_ignore_ascii_case(field)).count() > 1 {
            return Err(Flaw::Twice(field));
        }
    }
    let url = address(target(&record))?;
    if size > limit {
        return Err(Flaw::TooLarge { size, limit });
    }
    if asked.is_some_and(|asked| asked.authorized) {
        return Err(Flaw::LoggedIn);
    }
    if let Some(method) = asked.map(|asked| &asked.method).filter(|method| *method != "GET") {
        return Err(Flaw::Method(shown(method.as_bytes())));
    }
    let message = Message::of(&record.block).ok_or(Flaw::NotHttp)?;
    let (version, status) = message.status().ok_or(Flaw::NotHttp)?;
    let sent = instant(&record, now)?;
    let stored = &record.block[message.body..];
    let plain = if message.is_chunked() { unchunk(stored).map_err(Flaw::Chunks)? } else { None };
    let body: Cow<'_, [u8]> = plain.map_or(Cow::Borrowed(stored), Cow::Owned);

    let block = check("WARC-Block-Digest", record.field("WARC-Block-Digest"), &[&record.block])?;
    // WARC 1.1 means the body without its transfer coding; most programs take it as stored.
    let payload = check("WARC-Payload-Digest", record.field("WARC-Payload-Digest"), &[stored, &body])?;
    let mut dropped = message.dropped.clone();
    dropped.extend(asked.into_iter().flat_map(|asked| &asked.dropped));
    let exchange = Exchange {
        purpose: Purpose::Answer,
        url,
        request: asked.map(|asked| asked.headers.clone()).unwrap_or_default(),
        sent,
        done: sent,
        version: version.to_owned(),
        status,
        headers: message.headers.clone(),
        body: body.into_owned(),
        address: record.field("WARC-IP-Address").and_then(|address| address.parse().ok()),
        resolved: Vec::new(),
        tls: None,
        truncated: record.field("WARC-Truncated").map(truncation),
    };
    let id = shown(record.id().as_bytes());
    let proven = block == Proved::Right || payload == Proved::Right;
    Ok(Offer { exchange, id, asked: asked.is_some(), dropped, proven })
}

/// `WARC-Target-URI` as it stands, without the brackets that some programs put around it; empty if there is none.
pub(super) fn target(record: &RawRecord) -> &str {
    let target = record.field("WARC-Target-URI").unwrap_or_default();
    target.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(target)
}

fn address(target: &str) -> Result<Url, Flaw> {
    let other = || Flaw::Address(shown(target.as_bytes()));
    let mut url = Url::parse(target).map_err(|_| other())?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(other());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Flaw::Credentials);
    }
    url.set_fragment(None);
    Ok(url)
}

fn instant(record: &RawRecord, now: Time) -> Result<Time, Flaw> {
    let date = record.date();
    let date = date.ok_or_else(|| Flaw::Date(shown(record.field("WARC-Date").unwrap_or_default().as_bytes())))?;
    // Clocks may differ by a few minutes.
    let latest = now.plus(std::time::Duration::from_secs(600));
    if date > latest { Err(Flaw::Future(date.to_string())) } else { Ok(date) }
}

fn truncation(word: &str) -> Truncation {
    match word {
        "length" => Truncation::Length,
        "time" => Truncation::Time,
        // `unspecified` among them: that something is missing is what matters.
        _ => Truncation::Disconnect,
    }
}
