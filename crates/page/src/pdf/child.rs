//! What the child does: reads a PDF, writes its title, a form feed, and its pages with form feeds between them.

use std::io::{self, BufWriter, Read, Write};

use lopdf::{Document, LoadOptions, Object, decode_text_string};

/// Pages beyond this are not read.
const MAX_PAGES: usize = 200;

/// The largest stream or page content after decompression, in bytes.
const MAX_STREAM: usize = 32 * 1024 * 1024;

/// Reads a PDF from `stdin` and writes its text to `stdout`.
///
/// # Errors
/// If reading or writing fails, or if the bytes are no PDF that can be read without a password (`InvalidData`). A page that can't
/// be read is left out.
pub fn child(mut stdin: impl Read, stdout: impl Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    stdin.read_to_end(&mut bytes)?;
    let options = LoadOptions { max_decompressed_size: Some(MAX_STREAM), ..LoadOptions::default() };
    let document =
        Document::load_mem_with_options(&bytes, options).map_err(|why| io::Error::new(io::ErrorKind::InvalidData, why))?;
    let mut out = BufWriter::new(stdout);
    out.write_all(title(&document).unwrap_or_default().replace(['\n', '\r', '\u{c}'], " ").as_bytes())?;
    for page in document.get_pages().into_keys().take(MAX_PAGES) {
        out.write_all(b"\x0c")?;
        for piece in document.extract_text_chunks_with_limit(&[page], MAX_STREAM).into_iter().flatten() {
            out.write_all(piece.as_bytes())?;
        }
    }
    out.flush()
}

/// The title of the document information dictionary (ISO 32000-1, 14.3.3).
fn title(document: &Document) -> Option<String> {
    let info = document.trailer.get(b"Info").ok()?;
    let info = match info {
        Object::Reference(id) => document.get_dictionary(*id).ok()?,
        Object::Dictionary(info) => info,
        _ => return None,
    };
    let (_, title) = document.dereference(info.get(b"Title").ok()?).ok()?;
    decode_text_string(title).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PDF with these pages; the table of its objects is left for the reader to find out.
    fn pdf(title: &str, pages: &[&str]) -> Vec<u8> {
        let kids: String = (0..pages.len()).map(|n| format!("{} 0 R ", 10 + 2 * n)).collect();
        let mut file = format!(
            "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Count {}/Kids[{kids}]>> endobj\n\
             3 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj\n4 0 obj <</Title({title})>> endobj\n",
            pages.len()
        );
        for (n, words) in pages.iter().enumerate() {
            let content = format!("BT /F1 12 Tf 72 700 Td ({words}) Tj ET");
            file += &format!(
                "{} 0 obj <</Type/Page/Parent 2 0 R/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>>>>> endobj\n\
                 {} 0 obj <</Length {}>> stream\n{content}\nendstream endobj\n",
                10 + 2 * n,
                11 + 2 * n,
                11 + 2 * n,
                content.len()
            );
        }
        (file + "trailer <</Root 1 0 R/Info 4 0 R/Size 99>>\nstartxref\n0\n%%EOF").into_bytes()
    }

    fn read(pdf: &[u8]) -> io::Result<String> {
        let mut out = Vec::new();
        child(pdf, &mut out)?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    #[test]
    fn the_title_and_the_pages_come_out_with_form_feeds_between_them() {
        let text = read(&pdf("City budget", &["Income", "Expenses"])).unwrap();
        let parts: Vec<&str> = text.split('\u{c}').map(str::trim).collect();
        assert_eq!(parts, ["City budget", "Income", "Expenses"]);
    }

    #[test]
    fn at_most_200_pages_are_read() {
        let words: Vec<String> = (0..250).map(|n| format!("p{n}")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(read(&pdf("", &words)).unwrap().matches('\u{c}').count(), MAX_PAGES);
    }

    #[test]
    fn what_is_no_pdf_is_an_error_and_a_torn_one_is_read_as_far_as_it_goes() {
        assert_eq!(read(b"hello").unwrap_err().kind(), io::ErrorKind::InvalidData);
        assert_eq!(read(b"").unwrap_err().kind(), io::ErrorKind::InvalidData);
        let whole = pdf("x", &["Income", "Expenses"]);
        for end in (0..whole.len()).step_by(37) {
            let _ = read(&whole[..end]);
        }
    }
}
