//! What an answer amounts to: a page, a redirect, a refusal or another miss. Pure.
//!
//! Challenge pages are recognised to be recorded as blocks, never to be solved.

use model::{Exchange, Miss, Purpose, Time, Truncation};
use url::Url;

use super::Cause;
use crate::decode::{self, DecodeLimits};
use crate::pace::{self, Ended, Mood};

/// What an answer amounts to.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Worth reading: a page, or "not modified".
    Page,
    /// Look there instead.
    Redirect(Url),
    /// Nothing, for this reason.
    Missed(Cause),
}

/// Judges an answer; `challenge` is what [`challenge()`] found in it.
pub(super) fn verdict(exchange: &Exchange, challenge: Option<&str>, was_conditional: bool) -> Verdict {
    let missed = |miss, detail: String| Verdict::Missed(Cause::new(miss, detail));
    if let Some(who) = challenge {
        return missed(Miss::Blocked, format!("a challenge page of {who} with status {}", exchange.status));
    }
    let status = exchange.status;
    match status {
        200..=300 => cut(exchange).map_or(Verdict::Page, Verdict::Missed),
        301 | 302 | 303 | 307 | 308 => redirect(exchange),
        304 if was_conditional => Verdict::Page,
        401 | 403 | 407 | 429 | 451 | 511 => missed(Miss::Blocked, format!("status {status}")),
        404 | 410 => missed(Miss::NotFound, format!("status {status}")),
        408 => missed(Miss::Timeout, "the server gave up waiting with status 408".to_owned()),
        500..=599 => missed(Miss::Server, format!("status {status}")),
        _ => missed(Miss::Malformed, format!("unexpected status {status}")),
    }
}

/// How the host took the request, for its pace.
pub(super) fn ended(exchange: &Exchange, challenge: Option<&str>) -> Ended {
    let refused = challenge.is_some() || matches!(exchange.status, 401 | 403);
    let mood = match exchange.status {
        429 => Mood::BusyAndRefused,
        _ if refused && exchange.purpose == Purpose::Robots => Mood::RefusedRobots,
        _ if refused => Mood::Refused,
        503 => Mood::Busy,
        300..=399 | 500..=599 => Mood::Neutral,
        _ => Mood::Fine,
    };
    let retry_after = exchange.headers.get("retry-after").and_then(|value| pace::retry_after(value, exchange.done));
    Ended { sent: exchange.sent, done: exchange.done, mood, retry_after }
}

/// A request without an answer, for the pace.
pub(super) fn silence(sent: Time, done: Time) -> Ended {
    Ended { sent, done, mood: Mood::Neutral, retry_after: None }
}

fn redirect(exchange: &Exchange) -> Verdict {
    let Some(location) = exchange.headers.get("location") else {
        return Verdict::Missed(Cause::new(Miss::Redirect, format!("status {} without a target", exchange.status)));
    };
    match exchange.url.join(location.trim()) {
        Ok(mut target) => {
            target.set_fragment(None);
            Verdict::Redirect(target)
        }
        Err(error) => Verdict::Missed(Cause::new(Miss::Redirect, format!("redirects to `{location}`: {error}"))),
    }
}

/// Why a cut body is useless, if it is. Half a page may lack just what is looked for, half a PDF cannot be opened.
fn cut(exchange: &Exchange) -> Option<Cause> {
    let got = exchange.body.len();
    match exchange.truncated? {
        Truncation::Length if is_readable_in_part(exchange) => None,
        Truncation::Length => Some(Cause::new(Miss::TooLarge, format!("cut at {got} bytes, and useless in part"))),
        Truncation::Time | Truncation::Disconnect if has_end_tag(exchange) => None,
        Truncation::Time => Some(Cause::new(Miss::Timeout, format!("too slow: {got} bytes came in the time allowed"))),
        Truncation::Disconnect => Some(Cause::new(Miss::Connect, format!("the connection ended early, after {got} bytes"))),
    }
}

/// Whether the beginning of such a body can be read without its end.
pub(super) fn is_readable_in_part(exchange: &Exchange) -> bool {
    let kind = exchange.headers.get("content-type").unwrap_or("").to_ascii_lowercase();
    !exchange.body.starts_with(b"%PDF-") && (kind.is_empty() || ["text/", "html", "xml"].iter().any(|word| kind.contains(word)))
}

fn has_end_tag(exchange: &Exchange) -> bool {
    let tail = &exchange.body[exchange.body.len().saturating_sub(1024)..];
    exchange.headers.get("content-encoding").is_none() && tail.windows(6).any(|window| window.eq_ignore_ascii_case(b"</html"))
}

/// Header that marks a challenge, and whose it is.
const CHALLENGE_HEADERS: [(&str, &str, &str); 4] = [
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-amzn-waf-action", "challenge", "AWS"),
    ("x-amzn-waf-action", "captcha", "AWS"),
    ("x-sucuri-block", "", "Sucuri"),
];

/// Text that only a challenge page holds, and whose it is. Scripts that the same firms put on ordinary pages do not count.
const CHALLENGE_TEXTS: [(&str, &str); 6] = [
    ("_cf_chl_opt", "Cloudflare"),
    ("Incapsula incident ID", "Imperva"),
    ("gokuProps", "AWS"),
    ("captcha-delivery.com/captcha", "DataDome"),
    ("sec-if-cpt-container", "Akamai"),
    ("<title>DDoS-Guard</title>", "DDoS-Guard"),
];

/// Challenge pages are small; larger bodies are not searched.
const CHALLENGE_SIZE: usize = 16 << 10;

/// Whose challenge page this is, if it is one.
pub(super) fn challenge(exchange: &Exchange) -> Option<&'static str> {
    let by_header = CHALLENGE_HEADERS
        .iter()
        .find(|(name, value, _)| exchange.headers.get(name).is_some_and(|found| found.to_ascii_lowercase().contains(value)));
    if let Some((_, _, who)) = by_header {
        return Some(who);
    }
    let is_html = exchange.headers.get("content-type").is_some_and(|kind| kind.contains("html"));
    if !is_html || exchange.body.len() > CHALLENGE_SIZE {
        return None;
    }
    let plain =
        decode::decode(&exchange.headers, &exchange.body, &DecodeLimits { max: 8 * CHALLENGE_SIZE, ..DecodeLimits::DEFAULT });
    let text = String::from_utf8_lossy(plain.as_deref().unwrap_or(&exchange.body)).into_owned();
    CHALLENGE_TEXTS.iter().find(|(mark, _)| text.contains(mark)).map(|&(_, who)| who)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::tests::answer;

    fn check_challenge(headers: &[(&str, &str)], body: &str, expect: Option<&str>) {
        assert_eq!(challenge(&answer(403, headers, body.as_bytes())), expect, "{headers:?} {body}");
    }

    #[test]
    fn challenges_are_told_by_header_or_by_the_text_of_a_small_page() {
        check_challenge(&[("cf-mitigated", "challenge")], "", Some("Cloudflare"));
        check_challenge(&[("x-amzn-waf-action", "captcha")], "", Some("AWS"));
        let html = [("content-type", "text/html; charset=UTF-8")];
        check_challenge(&html, "Request unsuccessful. Incapsula incident ID: 1", Some("Imperva"));
        check_challenge(&html, &format!("_cf_chl_opt{}", "x".repeat(20_000)), None);
        check_challenge(&[("content-type", "text/plain")], "about _cf_chl_opt", None);
    }

    #[test]
    fn scripts_of_the_same_firms_on_ordinary_pages_are_no_challenge() {
        let html = [("content-type", "text/html"), ("server", "cloudflare")];
        check_challenge(&html, "<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js>", None);
        check_challenge(&html, "<script src=/_Incapsula_Resource?x>", None);
        check_challenge(&html, "<script src=https://js.datadome.co/tags.js>", None);
    }

    #[test]
    fn a_redirect_neither_thanks_nor_refuses() {
        for (status, mood) in
            [(302, Mood::Neutral), (200, Mood::Fine), (404, Mood::Fine), (500, Mood::Neutral), (503, Mood::Busy)]
        {
            assert_eq!(ended(&answer(status, &[], b""), None).mood, mood, "{status}");
        }
        assert_eq!(ended(&answer(429, &[], b""), None).mood, Mood::BusyAndRefused);
        assert_eq!(ended(&answer(200, &[], b""), Some("Cloudflare")).mood, Mood::Refused);
        let robots = Exchange { purpose: Purpose::Robots, ..answer(403, &[], b"") };
        assert_eq!(ended(&robots, None).mood, Mood::RefusedRobots);
    }
}
