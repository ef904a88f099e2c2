//! Small inputs that grow: content codings, markup and robots files made to exhaust a reader.

use std::io::Write as _;

use mirror::Response;

/// A gzip member that unpacks to so many bytes, about a thousandth of that packed.
///
/// # Panics
/// Never: writing to memory does not fail.
pub fn gzip(unpacked: usize) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    zeros(unpacked, |piece| encoder.write_all(piece));
    encoder.finish().expect("memory takes all writes")
}

/// A brotli stream that unpacks to so many bytes, about a hundred-thousandth of that packed.
pub fn brotli(unpacked: usize) -> Vec<u8> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 64 << 10, 5, 24);
    zeros(unpacked, |piece| encoder.write_all(piece));
    encoder.into_inner()
}

/// A page whose body is coded as `gzip` or `br`.
pub fn coded(coding: &str, packed: Vec<u8>) -> Response {
    Response::html(200, packed).with("content-encoding", coding)
}

/// A page of unclosed `font` elements, each to be reopened in every paragraph: 106 KiB with 4,300 of them.
pub fn fonts(count: usize) -> String {
    let mut html = String::from("<!doctype html><title>Fonts</title><body>");
    for n in 0..count {
        html.push_str(&format!("<p><font size={}>text {n:05}", n % 7));
    }
    html
}

/// A page of nested `div` elements, never closed, with a link at the bottom.
pub fn divs(depth: usize) -> String {
    format!("<!doctype html><title>Deep</title><body>{}<a href=\"/below\">below</a>", "<div>".repeat(depth))
}

/// A page of about so many bytes, with a link at its start and one at its end.
pub fn large_page(bytes: usize) -> String {
    let line = "<p>The council met on Tuesday and spoke of the bridge, the budget and the bins.</p>\n";
    let body = line.repeat(bytes / line.len());
    format!("<!doctype html><title>Large</title><body><a href=\"/first\">first</a>\n{body}<a href=\"/last\">last</a>")
}

/// A robots.txt of about so many bytes: rules that match nothing, `/open` allowed first, `/shut` forbidden last.
pub fn large_robots(bytes: usize) -> String {
    let mut text = String::from("User-agent: *\nAllow: /open\n");
    let mut n = 0;
    while text.len() < bytes {
        text.push_str(&format!("Disallow: /none/{n}/*/x*y$\n"));
        n += 1;
    }
    text + "Disallow: /shut\n"
}

fn zeros(mut count: usize, mut write: impl FnMut(&[u8]) -> std::io::Result<()>) {
    let piece = [b' '; 64 << 10];
    while count > 0 {
        let now = count.min(piece.len());
        write(&piece[..now]).expect("memory takes all writes");
        count -= now;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn bombs_are_small_and_unpack_to_what_was_asked() {
        let size = 8 << 20;
        let (gz, br) = (gzip(size), brotli(size));
        assert!(gz.len() < size / 900 && br.len() < 200, "{} {}", gz.len(), br.len());
        let mut out = Vec::new();
        flate2::read::GzDecoder::new(gz.as_slice()).read_to_end(&mut out).unwrap();
        assert_eq!(out.len(), size);
        out.clear();
        brotli::Decompressor::new(br.as_slice(), 4096).read_to_end(&mut out).unwrap();
        assert_eq!(out.len(), size);
    }

    #[test]
    fn the_font_bomb_is_as_small_as_the_known_one() {
        let size = fonts(4300).len();
        assert!((100 << 10..125 << 10).contains(&size), "{size}");
    }
}
