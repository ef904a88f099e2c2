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
