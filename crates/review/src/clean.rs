//! Captured markup made harmless: what is on an allow-list stays, and none of it runs, loads or leads anywhere.

use std::collections::{HashMap, HashSet};

use ammonia::Builder;

/// Elements that stay. Of what is not among them the text stays.
const TAGS: [&str; 68] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
];

/// Elements that go with all that is in them.
const GONE: [&str; 13] = [
    "script", "style", "svg", "math", "iframe", "object", "embed", "template", "noscript", "title", "frameset", "canvas",
    "select",
];

/// Bytes of markup that are taken; what stands behind is not shown.
const MOST: usize = 2 << 20;

/// Formatting elements that a parser may have to open again, in all (HTML, 13.2.4.3: the list has no end of its own).
const REOPENED: u64 = 300_000;

/// Steps up the stack of open elements, in all.
const CLIMBED: u64 = 30_000_000;

/// Elements that a parser opens again in each block that follows.
const FORMATTING: [&str; 14] = ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that are closed by others of their kind, or have no end at all.
const SHORT: [&str; 27] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "optgroup", "option", "p",
    "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
];

/// Markup without scripts, styles, forms, frames, pictures and addresses; none if it was made to keep a parser busy.
///
/// In the place of pictures stands their alternative text.
pub(crate) fn clean(markup: &str) -> Option<String> {
    let mut end = markup.len().min(MOST);
    while !markup.is_char_boundary(end) {
        end -= 1;
    }
    let markup = &markup[..end];
    if !affordable(markup) {
        return None;
    }
    let attributes: HashMap<&str, HashSet<&str>> = [
        ("img", ["alt"].into()),
        ("td", ["colspan", "rowspan"].into()),
        ("th", ["colspan", "rowspan", "scope"].into()),
        ("ol", ["start"].into()),
    ]
    .into();
    let mut builder = Builder::new();
    builder
        .tags(TAGS.into())
        .clean_content_tags(GONE.into())
        .tag_attributes(attributes)
        .tag_attribute_values(HashMap::new())
        .set_tag_attribute_values(HashMap::new())
        .generic_attributes(["dir", "lang"].into())
        .generic_attribute_prefixes(HashSet::new())
        .allowed_classes(HashMap::new())
        .url_schemes(HashSet::new())
        .link_rel(None)
        .strip_comments(true);
    Some(told(&builder.clean(markup).to_string()))
}

/// Cleaned markup with the alternative text of each picture in its place. It was written by the cleaner: in text there is no
/// `<` of its own, and in attributes no quotation mark.
fn told(clean: &str) -> String {
    let mut pieces = clean.split("<img");
    let mut all = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let quoted = |at: usize| piece[..at].matches('"').count() % 2 == 1;
        let end = piece.match_indices('>').map(|(at, _)| at).find(|at| !quoted(*at)).unwrap_or(piece.len());
        let (tag, rest) = piece.split_at(end);
        let alt = tag.split_once(" alt=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default();
        if !alt.trim().is_empty() {
            all.push_str(&format!("<em>[{}]</em>", alt.replace('<', "&lt;").replace('>', "&gt;")));
        }
        all.push_str(rest.strip_prefix('>').unwrap_or_default());
    }
    all
}

/// Whether markup can be parsed in a short while. Its tags are counted as they stand, which is close enough: a page of people
/// is far below.
fn affordable(markup: &str) -> bool {
    let mut open: HashMap<String, u64> = HashMap::new();
    let (mut formatting, mut depth, mut reopened, mut climbed) = (0_u64, 0_u64, 0_u64, 0_u64);
    for piece in markup.split('<').skip(1) {
        let (closes, piece) = piece.strip_prefix('/').map_or((false, piece), |rest| (true, rest));
        let name: String = piece.chars().take(12).take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if name.is_empty() {
            continue;
        }
        climbed += depth;
        if !FORMATTING.contains(&name.as_str()) {
            reopened += formatting;
        }
        if reopened > REOPENED || climbed > CLIMBED {
            return false;
        }
        if SHORT.contains(&name.as_str()) {
            continue;
        }
        let counted = FORMATTING.contains(&name.as_str());
        let of = open.entry(name).or_default();
        if !closes {
            (*of, depth, formatting) = (*of + 1, depth + 1, formatting + u64::from(counted));
        } else if *of > 0 {
            (*of, depth, formatting) = (*of - 1, depth - 1, formatting - u64::from(counted));
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_that_runs_loads_or_leads_anywhere() {
        let markup = "<title>x</title><meta http-equiv=refresh content=0;url=//evil.example><base href=//evil.example>\
                      <body onload=alert(1) style=background:url(//evil.example)><h1 class=a id=main>Fees</h1>\
                      <script>alert(1)</script><a href=javascript:alert(1) onclick=alert(1) target=_top>Pay</a>\
                      <a href=https://evil.example/>out</a><form action=//evil.example><button formaction=//e>Send</button></form>\
                      <svg><script>alert(1)</script><a xlink:href=javascript:1>s</a></svg><iframe src=//evil.example></iframe>\
                      <img src=//evil.example/x onerror=alert(1) alt='Town hall'><p style=color:red dir=rtl lang=ar>نص</p>\
                      <math><mtext><style><img src=x onerror=alert(1)></style></mtext></math><link rel=prefetch href=//evil.example>";
        let clean = clean(markup).unwrap();
        assert_eq!(clean, "<h1>Fees</h1><a>Pay</a><a>out</a>Send<em>[Town hall]</em><p dir=\"rtl\" lang=\"ar\">نص</p>");
    }

    #[test]
    fn texts_of_pictures_are_text() {
        let markup = "a<img src=x><img lang=en alt='<script>alert(1)</script> \" > x' dir=ltr>b<img alt=>c &lt;img alt=\"d\">";
        assert_eq!(
            clean(markup).unwrap(),
            "a<em>[&lt;script&gt;alert(1)&lt;/script&gt; &quot; &gt; x]</em>bc &lt;img alt=\"d\"&gt;"
        );
    }

    #[test]
    fn what_would_keep_a_parser_busy_is_not_parsed() {
        let fonts: String = (0..4000).map(|n| format!("<font a={n}>")).collect();
        assert_eq!(clean(&(fonts + &"<p>x".repeat(4000))), None);
        assert_eq!(clean(&"<div>".repeat(200_000)), None);
        let list = "<ul>".to_owned() + &"<li><a href=/x><b>one</b></a>".repeat(20_000) + "</ul>";
        assert!(clean(&list).is_some());
        assert!(clean(&"<td><p>one".repeat(50_000)).is_some());
    }
}
