//! What an answer for robots.txt means (RFC 9309 §2.3.1). Pure; reading the rules themselves is [`crate::robots`]'s.

use model::{Exchange, RobotsOutcome, Truncation};

use crate::decode::{self, DecodeError, DecodeLimits};

/// Sorts an answer that is no redirect.
pub(super) fn outcome(exchange: &Exchange, challenge: Option<&str>, most: usize) -> RobotsOutcome {
    if let Some(who) = challenge {
        return RobotsOutcome::Unavailable(format!("challenge page of {who}"));
    }
    match exchange.status {
        200..=299 => rules(exchange, most),
        429 => RobotsOutcome::Unreachable("429: it asks us to wait".to_owned()),
        status @ (100..=199 | 500..) => RobotsOutcome::Unreachable(status.to_string()),
        status => RobotsOutcome::Unavailable(status.to_string()),
    }
}

/// Whether robots.txt was refused rather than missing: a sign of a firewall, so that we go at the slowest pace.
pub(super) fn is_refused(outcome: &RobotsOutcome) -> bool {
    let refusals = ["401", "403", "challenge"];
    matches!(outcome, RobotsOutcome::Unavailable(why) if refusals.iter().any(|word| why.starts_with(word)))
}

fn rules(exchange: &Exchange, most: usize) -> RobotsOutcome {
    if matches!(exchange.truncated, Some(Truncation::Time | Truncation::Disconnect)) {
        return RobotsOutcome::Unreachable("it did not come whole".to_owned());
    }
    let limits = DecodeLimits { max: 16 * most, ..DecodeLimits::DEFAULT };
    let plain = match decode::decode(&exchange.headers, &exchange.body, &limits) {
        Ok(plain) => plain,
        Err(error @ (DecodeError::TooLarge(_) | DecodeError::Bomb(_))) => return RobotsOutcome::Unreachable(error.to_string()),
        Err(error) => return RobotsOutcome::Unavailable(error.to_string()),
    };
    let cut = plain.len() > most || exchange.truncated.is_some();
    let text = if cut { whole_lines(text(&plain[..plain.len().min(most)])) } else { text(&plain) };
    if is_html(exchange, &text) {
        return RobotsOutcome::Unavailable("HTML instead of rules".to_owned());
    }
    RobotsOutcome::Rules(text)
}

/// A text without the line that a limit cut: half a path would forbid or allow what its author did not write.
fn whole_lines(mut text: String) -> String {
    text.truncate(text.rfind(['\n', '\r']).map_or(0, |at| at + 1));
    text
}

/// UTF-8 as the RFC wants it, or UTF-16 as Windows editors save it; without byte order mark.
fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [first, 0, ..] if *first != 0 => utf16(bytes, u16::from_le_bytes),
        [0, second, ..] if *second != 0 => utf16(bytes, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)).into_owned(),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

fn is_html(exchange: &Exchange, text: &str) -> bool {
    let says_html = exchange.headers.get("content-type").is_some_and(|kind| kind.contains("html"));
    text.trim_start().starts_with('<') || says_html && !text.to_ascii_lowercase().contains("user-agent")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::tests::answer;

    fn check(status: u16, kind: &str, body: &[u8], expect: &str) {
        let exchange = answer(status, &[("content-type", kind)], body);
        assert_eq!(format!("{:?}", outcome(&exchange, None, 64)), expect);
    }

    #[test]
    fn statuses_are_sorted_as_the_rfc_says() {
        check(200, "text/plain", b"Disallow: /", r#"Rules("Disallow: /")"#);
        check(404, "text/html", b"<html>", r#"Unavailable("404")"#);
        check(403, "text/html", b"<html>", r#"Unavailable("403")"#);
        check(503, "text/html", b"<html>", r#"Unreachable("503")"#);
        check(429, "text/html", b"", r#"Unreachable("429: it asks us to wait")"#);
    }

    #[test]
    fn html_holds_no_rules_whatever_it_is_called() {
        check(200, "text/plain", b"\r\n <!doctype html>", r#"Unavailable("HTML instead of rules")"#);
        check(200, "text/html", b"Not here", r#"Unavailable("HTML instead of rules")"#);
        check(200, "text/html", b"User-Agent: *", r#"Rules("User-Agent: *")"#);
    }

    #[test]
    fn byte_order_marks_and_utf_16_are_understood() {
        check(200, "text/plain", b"\xef\xbb\xbfAllow: /", r#"Rules("Allow: /")"#);
        check(200, "text/plain", b"\xff\xfeA\0:\0", r#"Rules("A:")"#);
        check(200, "text/plain", b"\xfe\xff\0A\0:", r#"Rules("A:")"#);
        check(200, "text/plain", b"A\0:\0", r#"Rules("A:")"#);
    }

    #[test]
    fn only_the_first_bytes_count() {
        let first = "User-agent: *\nDisallow: /a\n";
        let exchange = answer(200, &[], format!("{first}Disallow: /archive/of/all/council/meetings\n").as_bytes());
        assert_eq!(outcome(&exchange, None, 64), RobotsOutcome::Rules(first.to_owned()));
    }

    #[test]
    fn a_line_that_the_limit_cut_does_not_count() {
        fn check(body: &str, truncated: Option<Truncation>, expect: &str) {
            let exchange = Exchange { truncated, ..answer(200, &[], body.as_bytes()) };
            assert_eq!(outcome(&exchange, None, 12), RobotsOutcome::Rules(expect.to_owned()), "{body:?}");
        }
        check("Allow: /a\nDisallow: /b", None, "Allow: /a\n");
        check("Allow: /a\rDisallow: /b", None, "Allow: /a\r");
        check("Allow: /abcdefgh", None, "");
        check("Allow: /a\nDi", Some(Truncation::Length), "Allow: /a\n");
        check("Allow: /a\nDi", None, "Allow: /a\nDi");
        check("Allow: /abc\nDisallow: /", None, "Allow: /abc\n");
    }

    #[test]
    fn a_file_that_came_in_part_forbids_all() {
        let exchange = Exchange { truncated: Some(Truncation::Disconnect), ..answer(200, &[], b"Allow: /") };
        assert_eq!(outcome(&exchange, None, 64), RobotsOutcome::Unreachable("it did not come whole".to_owned()));
    }
}
