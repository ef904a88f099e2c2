//! XML of workbooks, piece by piece and in one pass: no entities but the five, no document type, bounded depth.

use std::borrow::Cow;

use super::Why;

/// A piece of a part.
#[derive(Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// A tag that opens, with what stands in it, and whether it closes at once.
    Open(Tag<'a>, bool),
    /// The local name of a tag that closes.
    Close(&'a str),
    /// Text as written.
    Text(&'a str),
}

/// A tag that opens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tag<'a> {
    /// Its local name.
    pub(super) name: &'a str,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of the attribute with this local name.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut rest = self.attributes;
        loop {
            let equals = rest.find('=')?;
            let key = local(rest[..equals].trim());
            let value = rest[equals + 1..].trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let end = value[1..].find(quote)? + 1;
            if key == name {
                return Some(plain(&value[1..end]));
            }
            rest = &value[end + 1..];
        }
    }
}

/// The pieces of a part.
pub(super) struct Pieces<'a> {
    rest: &'a str,
    depth: usize,
    deepest: usize,
}

impl<'a> Pieces<'a> {
    /// The part has to be UTF-8, with or without a byte order mark.
    pub(super) fn of(bytes: &'a [u8], deepest: usize) -> Result<Self, Why> {
        let text = std::str::from_utf8(bytes).map_err(|_| Why::Form("it is not UTF-8".to_owned()))?;
        if text.contains('\0') {
            return Err(Why::Form("it is not UTF-8".to_owned()));
        }
        let rest = text.trim_start_matches('\u{feff}');
        let head = rest.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or("", |(head, _)| head);
        let named = Tag { name: "", attributes: head }.get("encoding");
        if named.is_some_and(|name| !name.eq_ignore_ascii_case("utf-8") && !name.eq_ignore_ascii_case("us-ascii")) {
            return Err(Why::Form("it is not UTF-8".to_owned()));
        }
        Ok(Self { rest, depth: 0, deepest })
    }

    /// The next piece; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'a>>, Why> {
        loop {
            if self.rest.is_empty() {
                return if self.depth == 0 { Ok(None) } else { Err(torn()) };
            }
            let Some(inner) = self.rest.strip_prefix('<') else {
                let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
                self.rest = rest;
                return Ok(Some(Piece::Text(text)));
            };
            if let Some(comment) = inner.strip_prefix("!--") {
                self.rest = comment.split_once("-->").ok_or_else(torn)?.1;
            } else if let Some(verbatim) = inner.strip_prefix("![CDATA[") {
                let (text, rest) = verbatim.split_once("]]>").ok_or_else(torn)?;
                self.rest = rest;
                return Ok(Some(Piece::Text(text)));
            } else if inner.starts_with('!') {
                return Err(Why::Doctype);
            } else if let Some(instruction) = inner.strip_prefix('?') {
                self.rest = instruction.split_once("?>").ok_or_else(torn)?.1;
            } else if let Some(closing) = inner.strip_prefix('/') {
                let (name, rest) = closing.split_once('>').ok_or_else(torn)?;
                self.rest = rest;
                self.depth = self.depth.checked_sub(1).ok_or_else(torn)?;
                return Ok(Some(Piece::Close(local(name.trim()))));
            } else {
                return self.open(inner).map(Some);
            }
        }
    }

    fn open(&mut self, inner: &'a str) -> Result<Piece<'a>, Why> {
        let mut quote = None;
        let end = inner.bytes().position(|byte| match quote {
            Some(open) => {
                if byte == open {
                    quote = None;
                }
                false
            }
            None if matches!(byte, b'"' | b'\'') => {
                quote = Some(byte);
                false
            }
            None => byte == b'>',
        });
        let end = end.ok_or_else(torn)?;
        let (tag, empty) = inner[..end].strip_suffix('/').map_or((&inner[..end], false), |tag| (tag, true));
        let (name, attributes) = tag.split_at(tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len()));
        self.rest = &inner[end + 1..];
        if !empty {
            self.depth += 1;
            if self.depth > self.deepest {
                return Err(Why::Deep(self.deepest));
            }
        }
        Ok(Piece::Open(Tag { name: local(name), attributes }, empty))
    }
}

fn torn() -> Why {
    Why::Form("it is not well-formed".to_owned())
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Text with its character references resolved; what is none stays as it is.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let known = after.split_once(';').and_then(|(name, behind)| Some((character(name)?, behind)));
        rest = match known {
            Some((c, behind)) => {
                out.push(c);
                behind
            }
            None => {
                out.push('&');
                after
            }
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Result<Vec<String>, Why> {
        let mut pieces = Pieces::of(text.as_bytes(), 3)?;
        let mut all = Vec::new();
        while let Some(piece) = pieces.next()? {
            all.push(match piece {
                Piece::Open(tag, empty) => format!("{}{} {:?}", tag.name, if empty { "/" } else { "" }, tag.get("r")),
                Piece::Close(name) => format!("/{name}"),
                Piece::Text(text) => plain(text).into_owned(),
            });
        }
        Ok(all)
    }

    #[test]
    fn tags_attributes_and_text_come_out() {
        let text =
            "<?xml version='1.0'?><x:a r=\"1 &gt; 0>\"><b s='=' x:r = '2'/><!-- <c> -->t &amp; &#x41;&no;<![CDATA[<d>]]></x:a>";
        assert_eq!(pieces(text).unwrap(), ["a Some(\"1 > 0>\")", "b/ Some(\"2\")", "t & A&no;", "<d>", "/a"]);
    }

    #[test]
    fn what_no_spreadsheet_program_writes_is_refused() {
        assert_eq!(pieces("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), Err(Why::Doctype));
        assert_eq!(pieces("<a><a><a><a/></a></a></a>").unwrap().len(), 7);
        assert_eq!(pieces("<a><a><a><a></a></a></a></a>"), Err(Why::Deep(3)));
        for torn in ["<a", "<a>", "</a>", "<a><!--", "<a r='></a>", "<?xml"] {
            assert!(matches!(pieces(torn), Err(Why::Form(_))), "{torn}");
        }
        assert!(matches!(pieces("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>"), Err(Why::Form(_))));
    }
}
