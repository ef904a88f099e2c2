//! HTTP messages as strangers store them: heads of any make, bodies with or without their transfer coding.

use model::Headers;

/// Fields that identify or admit a person, of requests and responses. The last is how a browser extension keeps cookies.
const OF_PERSONS: [&str; 6] =
    ["authorization", "proxy-authorization", "cookie", "set-cookie", "set-cookie2", "x-wabac-preset-cookie"];

/// The head of a message, and where its body starts.
pub(super) struct Message {
    /// Words of the first line.
    first: Vec<String>,
    /// Names in lower case, without the fields that identify or admit a person.
    pub(super) headers: Headers,
    /// The names of those.
    pub(super) dropped: Vec<&'static str>,
    pub(super) body: usize,
}

impl Message {
    /// Reads the head of a message.
    pub(super) fn of(block: &[u8]) -> Option<Self> {
        let crlf = block.windows(4).position(|four| four == b"\r\n\r\n").map(|at| (at, at + 4));
        let bare = || block.windows(2).position(|two| two == b"\n\n").map(|at| (at, at + 2));
        let (end, body) = crlf.or_else(bare).unwrap_or((block.len(), block.len()));
        let mut lines = block[..end].split(|byte| *byte == b'\n').map(text);
        let first: Vec<String> = lines.next()?.split_ascii_whitespace().map(str::to_owned).collect();
        let mut message = Self { first, headers: Headers::default(), dropped: Vec::new(), body };
        for line in lines {
            // What has no colon is no field; what goes on in a further line is too rare to be put together.
            let Some((name, value)) = line.split_once(':') else { continue };
            let name = name.to_ascii_lowercase();
            match OF_PERSONS.iter().find(|of| **of == name) {
                Some(of) if message.dropped.contains(of) => {}
                Some(of) => message.dropped.push(of),
                None => message.headers.0.push((name, value.trim().to_owned())),
            }
        }
        Some(message)
    }

    /// HTTP version and status code, if it is a response.
    pub(super) fn status(&self) -> Option<(&'static str, u16)> {
        let version = match self.first.first()?.as_str() {
            "HTTP/1.0" => "HTTP/1.0",
            "HTTP/2" | "HTTP/2.0" => "HTTP/2",
            "HTTP/3" | "HTTP/3.0" => "HTTP/3",
            other if other.starts_with("HTTP/") => "HTTP/1.1",
            _ => return None,
        };
        let status = self.first.get(1).filter(|status| status.len() == 3)?.parse().ok()?;
        (100..=999).contains(&status).then_some((version, status))
    }

    /// The method, if it is a request.
    pub(super) fn method(&self) -> &str {
        self.first.first().map_or("", String::as_str)
    }

    /// Whether the head says that the body is in chunks.
    pub(super) fn is_chunked(&self) -> bool {
        self.headers.all("transfer-encoding").any(|coding| coding.to_ascii_lowercase().contains("chunked"))
    }
}

/// A body without its chunks (RFC 9112 §7.1); `None` if it is not in chunks, whatever its head says: programs that store
/// what a browser shows keep the head as it came. The error is where chunks break off.
pub(super) fn unchunk(body: &[u8]) -> Result<Option<Vec<u8>>, usize> {
    let (mut plain, mut at) = (Vec::new(), 0);
    loop {
        let Some((size, line)) = chunk(&body[at..]) else { return if at == 0 { Ok(None) } else { Err(at) } };
        if size == 0 {
            return Ok(Some(plain));
        }
        let start = at + line;
        let Some(bytes) = start.checked_add(size).and_then(|end| body.get(start..end)) else { return Err(at) };
        let end = start + size;
        match (body[end..].starts_with(b"\r\n"), at) {
            (true, _) => plain.extend_from_slice(bytes),
            // A text that happens to begin with a number.
            (false, 0) => return Ok(None),
            (false, _) => return Err(end),
        }
        at = end + 2;
    }
}

/// The size of a chunk, and the length of the line that says it.
fn chunk(bytes: &[u8]) -> Option<(usize, usize)> {
    let line = bytes.iter().take(1024).position(|byte| *byte == b'\n')? + 1;
    let said = std::str::from_utf8(bytes[..line].strip_suffix(b"\r\n")?).ok()?;
    let size = said.split(';').next()?.trim();
    let digits = !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_hexdigit());
    usize::from_str_radix(size, 16).ok().filter(|_| digits).map(|size| (size, line))
}

/// A line of a head: UTF-8, or each byte a letter (ISO 8859-1), as HTTP had it once.
fn text(line: &[u8]) -> String {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    std::str::from_utf8(line).map_or_else(|_| line.iter().map(|byte| char::from(*byte)).collect(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_of_any_make_is_read_and_what_is_of_persons_is_left_out() {
        let head = b"HTTP/2 200\nContent-Type:text/html\r\nSet-Cookie: a\r\nset-cookie: b\nX: \xe9\nnonsense\n\nbody";
        let message = Message::of(head).unwrap();
        assert_eq!(message.status(), Some(("HTTP/2", 200)));
        assert_eq!(message.dropped, ["set-cookie"]);
        assert_eq!(message.headers.0, [("content-type".into(), "text/html".into()), ("x".into(), "é".into())]);
        assert_eq!(&head[message.body..], b"body");
        for none in ["", "GET / HTTP/1.1", "HTTP/1.1", "HTTP/1.1 20", "HTTP/1.1 099", "HTTP/1.1 2000"] {
            assert_eq!(Message::of(none.as_bytes()).and_then(|message| message.status()), None, "{none}");
        }
    }

    #[test]
    fn chunks_are_put_together_and_what_is_none_is_left_alone() {
        assert_eq!(unchunk(b"4\r\nWiki\r\n5;x=y\r\npedia\r\n0\r\nTrailer: x\r\n\r\n"), Ok(Some(b"Wikipedia".to_vec())));
        assert_eq!(unchunk(b"0\r\n\r\n"), Ok(Some(Vec::new())));
        for whole in ["", "<!doctype html>\r\n", "4\r\nis a number\r\n", "4", "-4\r\nWiki\r\n", "+4\r\nWiki\r\n0\r\n\r\n"] {
            assert_eq!(unchunk(whole.as_bytes()), Ok(None), "{whole}");
        }
        assert_eq!(unchunk(b"4\r\nWiki\r\n"), Err(9));
        assert_eq!(unchunk(b"4\r\nWiki\r\n5\r\npedi"), Err(9));
        assert_eq!(unchunk(b"4\r\nWiki\r\n2\r\npedia\r\n"), Err(14));
        assert_eq!(unchunk(b"ffffffffffffffff\r\nWiki\r\n"), Err(0));
    }
}
