//! Reads markup that is too costly for a tree: tokens in one linear pass, with a short stack of open elements.
//!
//! Less exact than a tree (no formatting, no foster parents), but title, headings, links, forms and text come out.

use html5gum::{DefaultEmitter, HtmlString, Token, Tokenizer};

use crate::build::Builder;
use crate::element::Element;
use crate::tag::Tag;

/// Containers deeper than this are read as if they stood at this depth; other elements need room for a few more.
const MAX_DEPTH: usize = 256;

/// Attributes of one tag beyond this are left out.
const MAX_ATTRIBUTES: usize = 200;

/// Reads all tokens.
pub(crate) fn read(html: &str, builder: &mut Builder) {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut open: Vec<Tag> = Vec::new();
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                let attrs = tag.attributes.iter().take(MAX_ATTRIBUTES);
                let attrs: Vec<(&str, &str)> = attrs.map(|(name, value)| (text(name), text(&value.value))).collect();
                start(text(&tag.name), &attrs, &mut open, builder);
            }
            Token::EndTag(tag) => end(Tag::of(text(&tag.name)), &mut open, builder),
            Token::String(words) => builder.text(text(&words.value)),
            _ => {}
        }
    }
    open.iter().for_each(|_| builder.close());
}

/// The tokenizer works on bytes, but was given UTF-8 and cuts nowhere else.
fn text(bytes: &HtmlString) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

fn start(name: &str, attrs: &[(&str, &str)], open: &mut Vec<Tag>, builder: &mut Builder) {
    let tag = Tag::of(name);
    if tag == Tag::Other {
        return;
    }
    if closes_its_like(tag)
        && let Some(at) = open.iter().rposition(|outer| shuts(tag, *outer))
    {
        // Only what stands near can be meant: beyond a container begins another context.
        if open[at + 1..].iter().all(|inner| !is_container(*inner)) {
            close_to(at, open, builder);
        }
    }
    builder.open(&Element { tag, attrs });
    let room = if holds_others(tag) { MAX_DEPTH } else { 2 * MAX_DEPTH };
    if tag.is_void(name) || open.len() >= room {
        builder.close();
    } else {
        open.push(tag);
    }
}

fn end(tag: Tag, open: &mut Vec<Tag>, builder: &mut Builder) {
    if let Some(at) = open.iter().rposition(|outer| *outer == tag) {
        close_to(at, open, builder);
    }
}

fn close_to(at: usize, open: &mut Vec<Tag>, builder: &mut Builder) {
    open.drain(at..).for_each(|_| builder.close());
}

/// Elements whose end tag may be left out, or that can't stand in themselves.
fn closes_its_like(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::A
            | Tag::Paragraph
            | Tag::Item
            | Tag::Cell
            | Tag::HeaderCell
            | Tag::Row
            | Tag::Option
            | Tag::Heading(_)
            | Tag::Button
    )
}

fn shuts(tag: Tag, outer: Tag) -> bool {
    match tag {
        Tag::Cell | Tag::HeaderCell => matches!(outer, Tag::Cell | Tag::HeaderCell),
        Tag::Heading(_) => matches!(outer, Tag::Heading(_)),
        _ => tag == outer,
    }
}

/// Elements that are there to hold others, rather than to say something themselves.
fn holds_others(tag: Tag) -> bool {
    is_container(tag)
        || matches!(
            tag,
            Tag::Block
                | Tag::Header
                | Tag::Footer
                | Tag::Aside
                | Tag::Fieldset
                | Tag::Search
                | Tag::Svg
                | Tag::Object
                | Tag::Dialog
        )
}

/// Elements within which another paragraph or item can begin without ending the one outside.
fn is_container(tag: Tag) -> bool {
    matches!(tag, Tag::Table | Tag::List | Tag::Form | Tag::Article | Tag::Section | Tag::Main | Tag::Nav)
}

#[cfg(test)]
mod tests {
    use crate::build::Builder;
    use crate::{Limits, fixture};

    fn builder(html: &str) -> Builder {
        let mut builder = Builder::new(&fixture::answer("https://city.example/", &[]).url, &Limits::DEFAULT);
        super::read(html, &mut builder);
        builder
    }

    #[test]
    fn left_out_end_tags_are_made_up_for() {
        let (text, ..) = builder("<p>a<p>b<ul><li>c<li>d<ul><li>e</ul></ul><table><tr><td>f<td>g</table>h").layer.finish();
        assert_eq!(text, "a\nb\nc\nd\ne\nf\ng\nh");
    }

    #[test]
    fn links_and_headings_come_out_at_any_depth() {
        let html = format!("{}<h2>Pay</h2><a href=/x>here</a>", "<div>".repeat(5000));
        let builder = builder(&html);
        assert_eq!(builder.layer.finish().0, "Pay\nhere");
    }

    #[test]
    fn markup_within_scripts_is_none() {
        let (links, _) = builder("<script>'<a href=/no>'</script><a href=/yes>y</a>").links.finish();
        assert_eq!(links.len(), 1);
    }
}
