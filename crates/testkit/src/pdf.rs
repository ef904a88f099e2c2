//! Tiny PDF files: one that any extractor reads, in any script, and one that breaks parsers.

/// A valid PDF of one page with the lines of `text`. Any script of the basic plane can be extracted: glyph numbers are
/// UTF-16 code units, mapped back by a `ToUnicode` table (ISO 32000-1 section 9.10.3).
pub fn pdf(text: &str) -> Vec<u8> {
    let shown: String = text.lines().map(|line| format!("<{}> Tj T*\n", hex(line))).collect();
    let content = format!("BT /F1 12 Tf 16 TL 60 780 Td\n{shown}ET");
    let cmap = to_unicode(text);
    write_objects(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>"
            .to_owned(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Helvetica /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Helvetica /DW 600 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{cmap}\nendstream", cmap.len()),
    ])
}

/// A PDF whose page object holds so deeply nested arrays that a recursive parser overflows its stack.
pub fn crashing_pdf() -> Vec<u8> {
    let depth = 2_000_000;
    let nest = format!("<< /Type /Page /Parent 2 0 R /Kids {}{} >>", "[".repeat(depth), "]".repeat(depth));
    write_objects(&["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(), nest])
}

/// Objects numbered from 1, the first being the catalog, with header, cross-reference table and trailer.
fn write_objects(objects: &[String]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.4\n");
    let mut offsets = String::new();
    for (n, object) in objects.iter().enumerate() {
        offsets.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n{offsets}"));
    file.push_str(&format!("trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}

/// A `ToUnicode` table that maps each block of 256 code units to itself; a range may not cross blocks.
fn to_unicode(text: &str) -> String {
    let blocks: std::collections::BTreeSet<u16> = text.encode_utf16().map(|unit| unit >> 8).collect();
    let ranges: String = blocks.iter().map(|block| format!("<{block:02X}00> <{block:02X}FF> <{block:02X}00>\n")).collect();
    format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /U def /CMapType 2 def\n\
         1 begincodespacerange <0000> <FFFF> endcodespacerange\n{} beginbfrange\n{ranges}endbfrange\nendcmap\n\
         CMapName currentdict /CMap defineresource pop\nend\nend\n",
        blocks.len()
    )
}

fn hex(line: &str) -> String {
    line.encode_utf16().map(|unit| format!("{unit:04X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_comes_out_as_it_went_in_whatever_the_script() {
        let text = "Budget 2026/27\nموازنة البلدية\n市役所 Größe";
        let read = lopdf::Document::load_mem(&pdf(text)).unwrap().extract_text(&[1]).unwrap();
        let lines: Vec<&str> = read.lines().filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(lines, text.lines().collect::<Vec<_>>());
    }

    #[test]
    fn the_crashing_file_is_a_pdf_by_its_first_bytes() {
        let file = crashing_pdf();
        assert!(file.starts_with(b"%PDF-1.4") && file.ends_with(b"%%EOF\n"));
        assert!(file.windows(1000).any(|run| run.iter().all(|byte| *byte == b'[')));
    }
}
