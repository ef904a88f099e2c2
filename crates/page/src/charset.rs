//! Bytes to text: byte order mark, then header, then the first 1,024 bytes, then a detector; never fails.
//!
//! The order and the aliases are those of browsers (WHATWG Encoding, WHATWG HTML 13.2.3).

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};
use model::{Charset, CharsetFrom};

/// How far into a document a `meta` may declare the charset, in bytes.
const PRESCAN: usize = 1024;

/// How much of a document the detector reads, in bytes.
const DETECT: usize = 256 * 1024;

/// The text of a document, and which charset it was read with for which reason. `host` hints at the region's usual charset.
pub(crate) fn decode<'b>(body: &'b [u8], content_type: Option<&str>, host: Option<&str>) -> (Cow<'b, str>, Charset) {
    let (encoding, from) = decide(body, content_type, host);
    let (text, encoding, _) = encoding.decode(body);
    (text, Charset { name: encoding.name().to_owned(), from })
}

fn decide(body: &[u8], content_type: Option<&str>, host: Option<&str>) -> (&'static Encoding, CharsetFrom) {
    if let Some((encoding, _)) = Encoding::for_bom(body) {
        return (encoding, CharsetFrom::Mark);
    }
    let believable = |encoding: &&'static Encoding| !is_contradicted(encoding, &body[..body.len().min(DETECT)]);
    if let Some(encoding) = content_type.and_then(in_content_type).filter(believable) {
        return (encoding, CharsetFrom::Header);
    }
    if let Some(encoding) = in_markup(&body[..body.len().min(PRESCAN)]).filter(believable) {
        return (encoding, CharsetFrom::Meta);
    }
    (detect(body, host), CharsetFrom::Detector)
}

/// Whether the bytes plainly are not what the label says. Wrong labels are common, and nothing looks like UTF-8 by chance.
fn is_contradicted(label: &'static Encoding, body: &[u8]) -> bool {
    if label == UTF_16LE || label == UTF_16BE {
        // Markup in 16 bits is every other byte zero.
        return !body.contains(&0);
    }
    let (mut bad, mut good) = (0_usize, 0_usize);
    for chunk in body.utf8_chunks() {
        bad += usize::from(!chunk.invalid().is_empty());
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
    }
    if label == UTF_8 { bad > 3 && bad > good } else { good > 2 && bad * 50 < good }
}

/// The charset that a `Content-Type` names.
fn in_content_type(value: &str) -> Option<&'static Encoding> {
    let rest = value.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })?;
    Encoding::for_label(rest.trim().trim_matches(['"', '\'']).as_bytes())
}

/// The charset that the beginning of a document declares: `<meta charset>`, `<meta content="...charset=...">`, `<?xml encoding>`,
/// or the shape of UTF-16 without a mark.
fn in_markup(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [b'<', 0, _, 0, ..] => return Some(UTF_16LE),
        [0, b'<', 0, _, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let lower = start.to_ascii_lowercase();
    let label = xml_encoding(&lower).or_else(|| meta_charset(&lower))?;
    let encoding = Encoding::for_label(label)?;
    // A document that could be read so far is in no 16-bit charset, whatever it says (WHATWG HTML 13.2.3.2).
    Some(match encoding {
        e if e == UTF_16LE || e == UTF_16BE => UTF_8,
        e if e == X_USER_DEFINED => WINDOWS_1252,
        e => e,
    })
}

fn xml_encoding(lower: &[u8]) -> Option<&[u8]> {
    let declaration = lower.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..find(declaration, b">")?];
    value_after(&declaration[find(declaration, b"encoding")? + 8..])
}

fn meta_charset(lower: &[u8]) -> Option<&[u8]> {
    let mut rest = lower;
    loop {
        let meta = find(rest, b"<meta").map(|at| at + 5)?;
        let comment = find(rest, b"<!--").filter(|at| *at < meta);
        if let Some(comment) = comment {
            rest = &rest[comment + 4..];
            rest = &rest[find(rest, b"-->")?..];
            continue;
        }
        rest = &rest[meta..];
        let tag = &rest[..find(rest, b">").unwrap_or(rest.len())];
        if let Some(label) = find(tag, b"charset").and_then(|at| value_after(&tag[at + 7..])) {
            return Some(label);
        }
    }
}

/// The word after an equals sign, without quotes.
fn value_after(bytes: &[u8]) -> Option<&[u8]> {
    let value = bytes.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|byte| matches!(byte, b'"' | b'\'' | b';' | b'/' | b'>') || byte.is_ascii_whitespace());
    Some(&value[..end.unwrap_or(value.len())]).filter(|value| !value.is_empty())
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn detect(body: &[u8], host: Option<&str>) -> &'static Encoding {
    let start = &body[..body.len().min(DETECT)];
    if start.is_ascii() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(start, true);
    let label = host.and_then(|host| host.rsplit('.').next());
    let label = label.filter(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_lowercase()));
    detector.guess(label.map(str::as_bytes), Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &[u8], content_type: Option<&str>, name: &str, from: CharsetFrom) -> String {
        let (text, charset) = decode(body, content_type, Some("city.example"));
        assert_eq!((charset.name.as_str(), charset.from), (name, from), "{text}");
        text.into_owned()
    }

    /// A page in a charset, as bytes.
    fn encoded(label: &str, text: &str) -> Vec<u8> {
        let (bytes, encoding, lossy) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
        assert!(!lossy && encoding != UTF_8, "{label} cannot say this");
        bytes.into_owned()
    }

    const LEGACY: [(&str, &str); 8] = [
        ("windows-1251", "Администрация города сообщает жителям о работе общественного транспорта в праздничные дни."),
        ("windows-1256", "تعلن البلدية عن مواعيد العمل في المكاتب خلال شهر رمضان المبارك وعن الخدمات الالكترونية المتاحة."),
        ("Shift_JIS", "市役所の窓口は平日の午前九時から午後五時まで開いています。手続きはインターネットでもできます。"),
        ("GBK", "市政府办公室在工作日上午九点至下午五点开放，居民可以在网上办理各种证明和缴纳费用。"),
        ("EUC-KR", "시청 민원실은 평일 오전 아홉 시부터 오후 여섯 시까지 운영하며 인터넷으로도 신청할 수 있습니다."),
        ("ISO-8859-7", "Ο δήμος ενημερώνει τους πολίτες ότι τα γραφεία θα παραμείνουν κλειστά λόγω της τοπικής αργίας."),
        (
            "windows-1252",
            "La mairie est fermée le lundi de Pâques ; les démarches à effectuer restent possibles à l'hôtel de région.",
        ),
        ("windows-1250", "Městský úřad oznamuje, že příští pondělí bude zavřeno. Žádosti o průkaz můžete podat přes internet."),
    ];

    #[test]
    fn a_right_label_is_believed_in_eight_charsets() {
        for (label, text) in LEGACY {
            let name = Encoding::for_label(label.as_bytes()).unwrap().name();
            let body = encoded(label, text);
            assert_eq!(check(&body, Some(&format!("text/html; charset=\"{label}\"")), name, CharsetFrom::Header), text);
            let body = encoded(label, &format!("<meta charset={label}>{text}"));
            assert!(check(&body, Some("text/html"), name, CharsetFrom::Meta).ends_with(text));
        }
    }

    #[test]
    fn a_missing_label_is_made_up_for_in_eight_charsets() {
        for (label, text) in LEGACY {
            let body = encoded(label, text);
            let (read, charset) = decode(&body, None, None);
            assert_eq!((read.as_ref(), charset.from), (text, CharsetFrom::Detector), "{label} read as {}", charset.name);
        }
    }

    #[test]
    fn a_wrong_label_of_utf_8_is_found_out_in_eight_charsets() {
        for (label, text) in LEGACY {
            let body = encoded(label, &format!("<meta charset=utf-8>{text}"));
            let (read, charset) = decode(&body, Some("text/html; charset=utf-8"), None);
            assert!(read.ends_with(text), "{label} read as {}", charset.name);
            assert_eq!(charset.from, CharsetFrom::Detector);
        }
    }

    #[test]
    fn a_legacy_label_on_utf_8_is_found_out() {
        let text = "<meta charset=iso-8859-1>Câmara Municipal: informações à população";
        assert_eq!(check(text.as_bytes(), Some("text/html; charset=ISO-8859-1"), "UTF-8", CharsetFrom::Detector), text);
    }

    #[test]
    fn a_slip_in_utf_8_does_not_overrule_the_label() {
        let mut body = "Câmara Municipal: informações à população e aos cidadãos".as_bytes().to_vec();
        body.push(0xe3);
        check(&body, Some("text/html; charset=utf-8"), "UTF-8", CharsetFrom::Header);
    }

    #[test]
    fn a_byte_order_mark_outranks_all() {
        assert_eq!(check(b"\xef\xbb\xbfa", Some("text/html; charset=windows-1252"), "UTF-8", CharsetFrom::Mark), "a");
        assert_eq!(check(b"\xff\xfea\0", Some("text/html; charset=utf-8"), "UTF-16LE", CharsetFrom::Mark), "a");
        assert_eq!(check(b"\xfe\xff\0a", None, "UTF-16BE", CharsetFrom::Mark), "a");
    }

    #[test]
    fn utf_16_is_seen_without_a_mark_and_not_believed_on_bytes() {
        let wide: Vec<u8> = "<p>\u{43f}</p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(check(&wide, None, "UTF-16LE", CharsetFrom::Meta), "<p>\u{43f}</p>");
        assert_eq!(check(b"<p>plain", Some("text/html; charset=utf-16"), "UTF-8", CharsetFrom::Detector), "<p>plain");
        assert_eq!(check(b"<meta charset=utf-16><p>", None, "UTF-8", CharsetFrom::Meta), "<meta charset=utf-16><p>");
    }

    #[test]
    fn a_meta_counts_in_the_first_1024_bytes_and_outside_comments() {
        let at = |gap: usize| format!("{}<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", " ".repeat(gap));
        check(at(0).as_bytes(), None, "KOI8-R", CharsetFrom::Meta);
        check(at(1024).as_bytes(), None, "UTF-8", CharsetFrom::Detector);
        check(b"<!-- <meta charset=koi8-r> --><p>", None, "UTF-8", CharsetFrom::Detector);
        check(b"<?xml version='1.0' encoding='big5'?><html>", None, "Big5", CharsetFrom::Meta);
        check(b"<meta charset=klingon><p>", Some("text/html; charset="), "UTF-8", CharsetFrom::Detector);
    }
}
