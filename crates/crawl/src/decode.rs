//! Undoes content codings under limits, so that a small body cannot become a huge one.
//!
//! Pure and synchronous. The bytes as they came stay what the archive keeps; charsets are `page`'s business.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use async_compression::tokio::bufread::{BrotliDecoder, DeflateDecoder, GzipDecoder, ZlibDecoder};
use model::Headers;
use tokio::io::{AsyncRead, ReadBuf};

/// How far a body may grow.
#[derive(Debug, Clone, Copy)]
pub struct DecodeLimits {
    /// Most bytes after decoding.
    pub max: usize,
    /// Most bytes out per byte in, once `free` bytes are out.
    pub ratio: usize,
    /// Bytes that may come out at any ratio.
    pub free: usize,
    /// Most codings one upon the other.
    pub codings: usize,
}

impl DecodeLimits {
    /// 64 MiB, 200:1 after 1 MiB, two codings.
    pub const DEFAULT: Self = Self { max: 64 << 20, ratio: 200, free: 1 << 20, codings: 2 };
}

/// Why a body could not be decoded.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The header names a coding that was not asked for.
    #[error("unknown content coding `{0}`")]
    Unknown(String),
    /// More codings one upon the other than allowed.
    #[error("{0} content codings one upon the other")]
    Stacked(usize),
    /// More bytes than `max`.
    #[error("expands to more than {0} bytes")]
    TooLarge(usize),
    /// Grows faster than `ratio`.
    #[error("expands more than {0}:1")]
    Bomb(usize),
    /// The bytes break the coding.
    #[error("broken {coding} data")]
    Broken {
        /// The coding.
        coding: &'static str,
        /// What the decoder said.
        #[source]
        source: std::io::Error,
    },
}

/// The body without its content codings (RFC 9110 §8.4).
///
/// Kind where servers commonly err: text that is not coded although the header says so comes back as it is, and so does
/// text under an unknown coding such as `utf-8`; a gzip stream sold as plain `text/*` is decoded all the same; a stream
/// that ends early yields what it held.
pub fn decode(headers: &Headers, body: &[u8], limits: &DecodeLimits) -> Result<Vec<u8>, DecodeError> {
    let names: Vec<String> = headers
        .all("content-encoding")
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty() && name != "identity")
        .collect();
    if names.len() > limits.codings {
        return Err(DecodeError::Stacked(names.len()));
    }
    if names.is_empty() && is_gzip(body) && is_textual(headers) {
        return gunzip(body, limits);
    }
    let mut plain = body.to_vec();
    for name in names.iter().rev() {
        let undone = match name.as_str() {
            "gzip" | "x-gzip" => gunzip(&plain, limits),
            "br" => drain(BrotliDecoder::new(plain.as_slice()), "br", plain.len(), limits, Vec::new()),
            "deflate" => inflate(&plain, limits),
            other => Err(DecodeError::Unknown(other.to_owned())),
        };
        plain = match undone {
            Ok(bytes) => bytes,
            Err(DecodeError::Broken { .. } | DecodeError::Unknown(_)) if looks_like_text(&plain) => plain,
            Err(error) => return Err(error),
        };
    }
    Ok(plain)
}

/// All members of a gzip file; whatever follows the last one is ignored, as browsers do.
pub fn gunzip(bytes: &[u8], limits: &DecodeLimits) -> Result<Vec<u8>, DecodeError> {
    let (mut out, mut rest) = (Vec::new(), bytes);
    loop {
        let mut member = GzipDecoder::new(rest);
        out = drain(&mut member, "gzip", bytes.len(), limits, out)?;
        rest = member.into_inner();
        if !is_gzip(rest) {
            return Ok(out);
        }
    }
}

/// Whether the bytes begin like a gzip file (RFC 1952 §2.3.1).
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b, 8])
}

/// `deflate` means zlib (RFC 9110 §8.4.1.2); some servers send the bare stream.
fn inflate(bytes: &[u8], limits: &DecodeLimits) -> Result<Vec<u8>, DecodeError> {
    match bytes {
        [a, b, ..] if a & 0x0f == 8 && u16::from_be_bytes([*a, *b]) % 31 == 0 => {
            drain(ZlibDecoder::new(bytes), "deflate", bytes.len(), limits, Vec::new())
        }
        _ => drain(DeflateDecoder::new(bytes), "deflate", bytes.len(), limits, Vec::new()),
    }
}

/// Reads to the end, going on from what is in `out`. Over a slice the decoder never waits: one poll after the other is enough.
fn drain(
    mut decoder: impl AsyncRead + Unpin,
    coding: &'static str,
    size: usize,
    limits: &DecodeLimits,
    mut out: Vec<u8>,
) -> Result<Vec<u8>, DecodeError> {
    let mut context = Context::from_waker(Waker::noop());
    let mut chunk = vec![0; (4 * size).clamp(1 << 10, 64 << 10)];
    loop {
        let mut buffer = ReadBuf::new(&mut chunk);
        match Pin::new(&mut decoder).poll_read(&mut context, &mut buffer) {
            Poll::Ready(Ok(())) if buffer.filled().is_empty() => return Ok(out),
            Poll::Ready(Ok(())) => out.extend_from_slice(buffer.filled()),
            Poll::Ready(Err(cut)) if cut.kind() == std::io::ErrorKind::UnexpectedEof && !out.is_empty() => return Ok(out),
            Poll::Ready(Err(source)) => return Err(DecodeError::Broken { coding, source }),
            Poll::Pending => return Err(DecodeError::Broken { coding, source: std::io::ErrorKind::WouldBlock.into() }),
        }
        if out.len() > limits.max {
            return Err(DecodeError::TooLarge(limits.max));
        }
        if out.len() > limits.free && out.len() / limits.ratio > size {
            return Err(DecodeError::Bomb(limits.ratio));
        }
    }
}

fn is_textual(headers: &Headers) -> bool {
    let kind = headers.get("content-type").unwrap_or("").trim_start().to_ascii_lowercase();
    kind.starts_with("text/") || kind.starts_with("application/xhtml")
}

/// No control characters in the first bytes but those of plain text.
fn looks_like_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(512)];
    head.iter().all(|&byte| byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_compression::tokio::bufread::{BrotliEncoder, DeflateEncoder, GzipEncoder, ZlibEncoder};
    use proptest::prelude::*;

    fn read(encoder: impl AsyncRead + Unpin) -> Vec<u8> {
        let roomy = DecodeLimits { max: usize::MAX, ratio: usize::MAX, ..DecodeLimits::DEFAULT };
        drain(encoder, "test", 1 << 14, &roomy, Vec::new()).unwrap()
    }

    fn gzip(plain: &[u8]) -> Vec<u8> {
        read(GzipEncoder::new(plain))
    }

    fn under(coding: &str, body: &[u8]) -> Result<Vec<u8>, DecodeError> {
        let headers = Headers(vec![("content-encoding".into(), coding.into())]);
        decode(&headers, body, &DecodeLimits::DEFAULT)
    }

    fn check(coding: &str, body: &[u8], expect: &str) {
        assert_eq!(String::from_utf8_lossy(&under(coding, body).unwrap()), expect, "{coding}");
    }

    #[test]
    fn every_coding_that_we_ask_for_is_undone() {
        check("gzip", &gzip(b"town hall"), "town hall");
        check("X-GZIP", &gzip(b"town hall"), "town hall");
        check("br", &read(BrotliEncoder::new(&b"town hall"[..])), "town hall");
        check("deflate", &read(ZlibEncoder::new(&b"town hall"[..])), "town hall");
        check("deflate", &read(DeflateEncoder::new(&b"town hall"[..])), "town hall");
        check("gzip, br", &read(BrotliEncoder::new(gzip(b"town hall").as_slice())), "town hall");
        check("identity", b"town hall", "town hall");
    }

    #[test]
    fn a_header_that_lies_about_text_is_not_believed() {
        check("gzip", b"<html>plain", "<html>plain");
        check("br", b"<!doctype html><title>plain</title>", "<!doctype html><title>plain</title>");
        check("utf-8", b"<html>plain", "<html>plain");
        assert!(matches!(under("gzip", b"\x1f\x8b\x08\xff\xff\xff"), Err(DecodeError::Broken { coding: "gzip", .. })));
        assert!(matches!(under("zstd", b"\x28\xb5\x2f\xfd\x00"), Err(DecodeError::Unknown(name)) if name == "zstd"));
    }

    #[test]
    fn a_gzip_stream_sold_as_html_is_decoded() {
        let headers = Headers(vec![("content-type".into(), "text/html; charset=utf-8".into())]);
        assert_eq!(decode(&headers, &gzip(b"<html>"), &DecodeLimits::DEFAULT).unwrap(), b"<html>");
        let file = Headers(vec![("content-type".into(), "application/gzip".into())]);
        assert_eq!(decode(&file, &gzip(b"<html>"), &DecodeLimits::DEFAULT).unwrap(), gzip(b"<html>"));
    }

    #[test]
    fn gzip_members_are_joined_and_padding_is_ignored() {
        let file = [gzip(b"one "), gzip(b"two"), vec![0; 9]].concat();
        check("gzip", &file, "one two");
    }

    #[test]
    fn a_stream_that_ends_early_yields_what_it_held() {
        let plain: Vec<u8> = (0..20_000_u32).flat_map(u32::to_le_bytes).collect();
        let whole = gzip(&plain);
        let part = under("gzip", &whole[..whole.len() / 2]).unwrap();
        assert!(!part.is_empty() && plain.starts_with(&part));
    }

    #[test]
    fn bombs_are_stopped_early() {
        let zeros = vec![0; 8 << 20];
        assert!(matches!(under("gzip", &gzip(&zeros)), Err(DecodeError::Bomb(200))));
        assert!(matches!(under("br", &read(BrotliEncoder::new(zeros.as_slice()))), Err(DecodeError::Bomb(200))));
        let nested = gzip(&gzip(&zeros));
        assert!(matches!(under("gzip, gzip", &nested), Err(DecodeError::Bomb(200))));
        let headers = Headers(vec![("content-encoding".into(), "gzip".into())]);
        let small = DecodeLimits { max: 1000, ..DecodeLimits::DEFAULT };
        assert!(matches!(decode(&headers, &gzip(&zeros[..2000]), &small), Err(DecodeError::TooLarge(1000))));
        assert!(matches!(under("gzip, gzip, gzip", b""), Err(DecodeError::Stacked(3))));
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>, coding in "gzip|br|deflate|gzip, br") {
            let _ = under(&coding, &bytes);
        }
    }
}
