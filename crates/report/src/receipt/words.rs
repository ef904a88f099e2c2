//! Figures of a receipt as people read them.

use model::Time;

/// A text that stands for itself in HTML, in quoted attributes too.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// `1,234,567`.
pub(super) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `3 requests`, `1 request`.
pub(super) fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// `1.2 MB`, in powers of ten, rounded up: never less than what was sent.
pub(super) fn size(bytes: u64) -> String {
    for (unit, name) in [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")] {
        if bytes >= unit {
            let tenths = bytes.div_ceil(unit / 10);
            return format!("{}.{} {name}", number(tenths / 10), tenths % 10);
        }
    }
    count(bytes, "byte", "bytes")
}

/// `2.01 seconds`, rounded down: never longer than it was.
pub(super) fn span(micros: Option<u64>) -> String {
    let Some(micros) = micros else { return "–".to_owned() };
    let (whole, hundredths) = (micros / 1_000_000, micros % 1_000_000 / 10_000);
    match whole {
        0 if micros == 0 => "0 seconds".to_owned(),
        0 if hundredths == 0 => "under 0.01 seconds".to_owned(),
        0..60 => format!("{whole}.{hundredths:02} seconds"),
        _ => format!("{} min {} s", number(whole / 60), whole % 60),
    }
}

/// `2026-11-23 05:30:00 UTC`, cut to seconds.
pub(super) fn instant(time: Option<Time>) -> String {
    let Some(time) = time else { return "–".to_owned() };
    let text = time.to_string();
    text.get(..19).map_or_else(|| text.clone(), |text| format!("{} UTC", text.replace('T', " ")))
}

/// What a status code says, in a few words.
pub(super) fn status(code: u16) -> &'static str {
    match code {
        200..=299 => "answered",
        304 => "not changed",
        300..=399 => "sent on to another address",
        401 => "asks for a password",
        403 => "refused",
        404 | 410 => "no such page",
        429 => "too many requests: slow down",
        451 => "refused for legal reasons",
        503 => "not available now: come later",
        400..=499 => "request not accepted",
        500..=599 => "the server failed",
        _ => "another answer",
    }
}

/// Why a visit brought no page, in a few words.
pub(super) fn reason(word: &str) -> &str {
    match word {
        "blocked" => "the site refused us",
        "robots" => "robots.txt asks us not to: never requested",
        "timeout" => "no answer in time",
        "dns" => "the name of the host is not known",
        "connect" => "no connection",
        "tls" => "no secure connection: certificate or handshake",
        "server" => "the server failed",
        "not-found" => "there is no such page",
        "redirect" => "sent on in a circle, or nowhere",
        "forbidden" => "an address that we do not ask: never requested",
        "too-large" => "larger than we take",
        "malformed" => "the answer could not be read",
        "stopped" => "we had stopped asking this host after refusals: never requested",
        "budget" => "our limit of pages or time was reached: never requested",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!([0, 999, 1000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([1, 999, 1_000, 1_200_001, 3_000_000_000].map(size), ["1 byte", "999 bytes", "1.0 kB", "1.3 MB", "3.0 GB"]);
        let spans = [None, Some(0), Some(9), Some(2_019_999), Some(61_000_000)].map(span);
        assert_eq!(spans, ["–", "0 seconds", "under 0.01 seconds", "2.01 seconds", "1 min 1 s"]);
        assert_eq!(instant("2026-11-23T05:30:00.999Z".parse().ok()), "2026-11-23 05:30:00 UTC");
        assert_eq!(escape("<a href='x'>&\"\u{7}"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;\u{fffd}");
    }
}
