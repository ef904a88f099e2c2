//! HTTP message heads as they stand in request and response records, written from model headers and read back.
//!
//! The client hands over fields, not wire bytes, so a head is written anew in HTTP/1.1 form: names in lower case,
//! no reason phrase, no transfer coding (the body is stored decoded from it). Values are kept to the letter. Fields that
//! identify or admit a person are never stored.

use model::Headers;
use url::Url;

/// Request fields that identify or admit a person (RFC 9110 §11, RFC 6265 §4.2).
const OF_PERSONS_ASKED: [&str; 3] = ["authorization", "proxy-authorization", "cookie"];
/// Response fields that do (RFC 6265 §4.1).
const OF_PERSONS_ANSWERED: [&str; 1] = ["set-cookie"];

/// The head of a request for `url`.
pub(crate) fn request_head(url: &Url, headers: &Headers) -> Vec<u8> {
    let query = url.query().map_or_else(String::new, |query| format!("?{query}"));
    head(&format!("GET {}{query} HTTP/1.1", url.path()), headers, &OF_PERSONS_ASKED)
}

/// The head of a response. HTTP/2 and later have no textual form: they are written as HTTP/1.1, and the true
/// version stands in `WARC-Protocol` and in the metadata record.
pub(crate) fn response_head(version: &str, status: u16, headers: &Headers) -> Vec<u8> {
    let version = if version == "HTTP/1.0" { version } else { "HTTP/1.1" };
    head(&format!("{version} {status:03} "), headers, &OF_PERSONS_ANSWERED)
}

/// A message as head (with its empty line) and body; all head if there is no empty line.
pub(crate) fn split(message: &[u8]) -> (&[u8], &[u8]) {
    let end = message.windows(4).position(|four| four == b"\r\n\r\n").map_or(message.len(), |at| at + 4);
    message.split_at(end)
}

/// Status and header fields of a response head.
pub(crate) fn parse_response(head: &[u8]) -> Option<(u16, Headers)> {
    let (first, headers) = parse(head)?;
    Some((first.split(' ').nth(1)?.parse().ok()?, headers))
}

/// Header fields of a request head.
pub(crate) fn parse_request(head: &[u8]) -> Option<Headers> {
    parse(head).map(|(_, headers)| headers)
}

fn head(first: &str, headers: &Headers, of_persons: &[&str]) -> Vec<u8> {
    let mut text = String::with_capacity(1024);
    text.push_str(first);
    text.push_str("\r\n");
    for (name, value) in headers.0.iter().filter(|(name, _)| may_stand(name, of_persons)) {
        text.push_str(name);
        text.push_str(": ");
        // A line break inside a value would forge a field or end the head.
        text.extend(value.chars().map(|c| if matches!(c, '\r' | '\n' | '\0') { ' ' } else { c }));
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    text.into_bytes()
}

/// Whether a field goes into the head: its name is a token (RFC 9110 §5.6.2) and it does not speak of a transfer
/// coding that the stored body no longer has, nor of a person.
fn may_stand(name: &str, of_persons: &[&str]) -> bool {
    let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    let left_out = |field: &&str| name.eq_ignore_ascii_case(field);
    !name.is_empty() && name.bytes().all(token) && !left_out(&"transfer-encoding") && !of_persons.iter().any(left_out)
}

fn parse(head: &[u8]) -> Option<(&str, Headers)> {
    let mut lines = std::str::from_utf8(head).ok()?.strip_suffix("\r\n\r\n")?.split("\r\n");
    let first = lines.next()?;
    let fields = lines.map(|line| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned())));
    Some((first, Headers(fields.collect::<Option<_>>()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> Headers {
        Headers(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn a_response_head_reads_back_to_the_letter() {
        let fields = headers(&[("server", " twice  spaced "), ("via", "1.1 a"), ("via", ""), ("x-city", "São Paulo")]);
        let head = response_head("HTTP/2", 200, &fields);
        assert!(head.starts_with(b"HTTP/1.1 200 \r\nserver:  twice"));
        assert_eq!(parse_response(&head), Some((200, fields)));
    }

    #[test]
    fn a_value_cannot_forge_a_field_and_a_transfer_coding_is_left_out() {
        let hostile =
            headers(&[("x", "1\r\nset-cookie: a\r\n\r\n<html>"), ("transfer-encoding", "chunked"), ("bad name", "1"), ("", "2")]);
        let head = response_head("HTTP/1.0", 404, &hostile);
        assert_eq!(String::from_utf8(head).unwrap(), "HTTP/1.0 404 \r\nx: 1  set-cookie: a    <html>\r\n\r\n");
    }

    #[test]
    fn what_identifies_or_admits_a_person_is_not_stored() {
        let url = Url::parse("http://city.example/").unwrap();
        let asked = headers(&[("Cookie", "id=1"), ("authorization", "Basic x"), ("proxy-authorization", "y"), ("accept", "*/*")]);
        assert_eq!(String::from_utf8(request_head(&url, &asked)).unwrap(), "GET / HTTP/1.1\r\naccept: */*\r\n\r\n");
        let answered = headers(&[("set-cookie", "id=1; Secure"), ("Set-Cookie", "b"), ("age", "1")]);
        let head = response_head("HTTP/2", 200, &answered);
        assert_eq!(String::from_utf8(head).unwrap(), "HTTP/1.1 200 \r\nage: 1\r\n\r\n");
    }

    #[test]
    fn a_request_head_carries_path_and_query_and_no_fragment() {
        let url = Url::parse("https://example.org/a%20b?q=1&r=#!top").unwrap();
        let head = request_head(&url, &headers(&[("host", "example.org")]));
        assert_eq!(String::from_utf8(head).unwrap(), "GET /a%20b?q=1&r= HTTP/1.1\r\nhost: example.org\r\n\r\n");
    }
}
