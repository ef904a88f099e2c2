//! XML: items of RSS and Atom as blocks and links, other XML as its text. No entities beyond the five, no DTD, one pass.

use model::{BlockKind, DateMention, Exchange, Link, Page, PageKind, Region};

use crate::layer::{Layer, collapse};
use crate::links::resolve;
use crate::{Limits, charset, contacts, dates, fingerprint, language, plain};

/// The page of an XML document.
pub(crate) fn page(answer: &Exchange, body: &[u8], limits: &Limits) -> Page {
    let (text, charset) = charset::decode(body, answer.headers.get("content-type"), answer.url.host_str());
    let markup = &text[..text.floor_char_boundary(limits.max_markup)];
    let mut reader = Reader {
        layer: Layer::new(limits.max_text),
        links: Vec::new(),
        dates: Vec::new(),
        title: String::new(),
        language: None,
        max_links: limits.max_links,
        item: None,
        words: String::new(),
        answer,
    };
    read(markup, &mut reader);
    let (text, blocks, cut) = reader.layer.finish();
    let blank = plain::blank(answer, PageKind::Xml);
    let spoken = model::Spoken {
        declared: reader.language.or(blank.language.declared.clone()),
        detected: language::detect([text.as_str()].into_iter()),
    };
    Page {
        title: reader.title,
        dates: plain::days(answer, &text, &spoken, reader.dates),
        contacts: contacts::find(&text, &reader.links),
        fingerprint: fingerprint::of(&text, &blocks),
        charset: Some(charset),
        cut: cut || blank.cut || markup.len() < body.len() && markup.len() == limits.max_markup,
        language: spoken,
        links: reader.links,
        blocks,
        text,
        ..blank
    }
}

struct Reader<'a> {
    layer: Layer,
    links: Vec<Link>,
    dates: Vec<DateMention>,
    title: String,
    language: Option<String>,
    max_links: usize,
    /// The item being read: its title with its place, and its link.
    item: Option<Item>,
    /// Text since the last tag.
    words: String,
    answer: &'a Exchange,
}

#[derive(Default)]
struct Item {
    title: String,
    span: Option<(u32, u32)>,
    href: String,
}

/// Tells the reader of tags and text, as far as they can be told apart.
fn read(markup: &str, reader: &mut Reader<'_>) {
    let mut rest = markup;
    while let Some(at) = rest.find('<') {
        reader.text(&rest[..at]);
        let tag = &rest[at..];
        let (inside, end) = if let Some(data) = tag.strip_prefix("<![CDATA[") {
            let end = data.find("]]>").unwrap_or(data.len());
            reader.words.push_str(&without_tags(&data[..end]));
            (None, 9 + end + 3)
        } else if tag.starts_with("<!--") {
            (None, tag.find("-->").map_or(tag.len(), |end| end + 3))
        } else {
            let end = tag.find('>').unwrap_or(tag.len());
            (tag.get(1..end), end + 1)
        };
        match inside {
            Some(name) if name.starts_with('/') => reader.end(local(&name[1..])),
            Some(name) if name.starts_with(|c: char| c.is_alphabetic()) => {
                reader.start(name);
                if name.ends_with('/') {
                    reader.end(local(name));
                }
            }
            _ => {}
        }
        rest = tag.get(end..).unwrap_or_default();
    }
    reader.text(rest);
    reader.end("");
}

/// The name of a tag without its prefix.
fn local(inside: &str) -> &str {
    let name = inside.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

fn attribute<'t>(inside: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = inside;
    while let Some(at) = rest.find(name) {
        let value = rest[at + name.len()..].trim_start();
        let starts = rest[..at].ends_with(|c: char| c.is_whitespace());
        rest = &rest[at + name.len()..];
        let Some(value) = value.strip_prefix('=').map(str::trim_start).filter(|_| starts) else { continue };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        return value[1..].split(quote).next();
    }
    None
}

impl Reader<'_> {
    fn text(&mut self, words: &str) {
        if !words.is_empty() && self.words.len() < 64 * 1024 {
            self.words.push_str(&unescape(words));
        }
    }

    fn start(&mut self, inside: &str) {
        match local(inside) {
            "item" | "entry" => self.item = Some(Item::default()),
            "rss" | "feed" => self.language = attribute(inside, "xml:lang").map(str::to_owned),
            "link" => {
                let alternate = attribute(inside, "rel").is_none_or(|rel| rel == "alternate");
                if let (Some(item), Some(href)) = (&mut self.item, attribute(inside, "href").filter(|_| alternate)) {
                    item.href = unescape(href);
                }
            }
            _ => {}
        }
        self.flush();
    }

    /// An element ends; what was said since the last tag is its own.
    fn end(&mut self, name: &str) {
        let words = collapse(&without_tags(&self.words));
        match (name, &mut self.item) {
            ("title", Some(item)) => {
                let mark = self.layer.mark();
                self.layer.push(&words, BlockKind::Heading(2), Region::Main);
                (item.title, item.span) = self.layer.since(mark);
                self.layer.end_block();
                self.words.clear();
            }
            ("title", None) if self.title.is_empty() => {
                self.title.clone_from(&words);
                self.flush();
            }
            ("link", Some(item)) if item.href.is_empty() => {
                item.href = words;
                self.words.clear();
            }
            ("pubDate" | "updated" | "published" | "date", _) => {
                self.dates.extend(dates::marked(&words));
                self.flush();
            }
            ("language", None) => {
                self.language = Some(words);
                self.words.clear();
            }
            ("item" | "entry", Some(_)) => self.end_item(),
            _ => self.flush(),
        }
    }

    fn end_item(&mut self) {
        self.flush();
        let Some(item) = self.item.take() else { return };
        if self.links.len() < self.max_links
            && let Some(url) = resolve(&self.answer.url, &item.href)
            && !item.href.is_empty()
        {
            self.links.push(Link {
                href: item.href,
                url,
                text: item.title,
                name: String::new(),
                span: item.span,
                region: Region::Main,
                rel: Vec::new(),
                hreflang: None,
                embedded: false,
            });
        }
    }

    /// Says what was not said otherwise as a paragraph.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        self.layer.push(&without_tags(&words), BlockKind::Paragraph, Region::Main);
        self.layer.end_block();
    }
}

/// Text of markup that was written as text: descriptions of items hold HTML.
fn without_tags(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        out.push(' ');
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
    }
    out.push_str(rest);
    out
}

/// The five entities of XML, numbers and the space of HTML; others stay as they are.
fn unescape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let found = tail.find(';').filter(|end| *end <= 10).and_then(|end| Some((entity(&tail[..end])?, end)));
        match found {
            Some((c, end)) => {
                out.push(c);
                rest = &tail[end + 1..];
            }
            None => {
                out.push('&');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use model::PageKind;

    use crate::fixture::{outline, page_of};

    #[test]
    fn items_of_rss_are_headings_and_links() {
        let rss = "<?xml version='1.0'?><rss><channel><title>City news</title><link>https://city.example/</link><language>en</language>\
                   <item><title><![CDATA[Budget & plans]]></title><link>/news/1?a=1&amp;b=2</link><pubDate>2026-11-20</pubDate>\
                   <description>&lt;p&gt;The council met.&lt;/p&gt;</description></item></channel></rss>";
        let page = page_of(rss.as_bytes(), "application/rss+xml");
        assert_eq!((page.kind, page.title.as_str(), page.language.declared.as_deref()), (PageKind::Xml, "City news", Some("en")));
        assert!(
            outline(&page)
                .contains("Main Heading(2): Budget & plans\nMain Paragraph: 2026-11-20\nMain Paragraph: The council met.")
        );
        assert_eq!((page.links.len(), page.links[0].url.as_str()), (1, "https://city.example/news/1?a=1&b=2"));
        assert_eq!((page.links[0].text.as_str(), page.dates[0].marked), ("Budget & plans", true));
    }

    #[test]
    fn entries_of_atom_are_headings_and_links() {
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fr'><title>Actualités</title><entry><title>Budget</title>\
                    <link rel='edit' href='/edit'/><link href='/1'/><updated>2026-11-20T10:00:00Z</updated></entry></feed>";
        let page = page_of(atom.as_bytes(), "text/html");
        assert_eq!((page.title.as_str(), page.links[0].url.path()), ("Actualités", "/1"));
        assert_eq!(page.language.declared.as_deref(), Some("fr"));
    }

    #[test]
    fn other_xml_is_its_text_and_broken_xml_what_there_is() {
        assert_eq!(page_of(b"<?xml version='1.0'?><a><b>one</b><b x='>'>two</b></a>", "text/xml").text, "one\n'>two");
        assert_eq!(page_of(b"<?xml version='1.0'?><a>one<![CDATA[two", "text/xml").text, "onetwo");
        assert_eq!(page_of(b"<?xml version='1.0'?><a>&bogus; &#x110000; &#65;<", "text/xml").text, "&bogus; &#x110000; A");
    }
}
