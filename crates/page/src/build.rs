//! Builds a page from elements and text in document order. Where they come from (`walk`, `tokens`) makes no difference.
//!
//! Here: who stands in whom, what is visible, which block and region a text belongs to. The collectors keep the rest.

use model::{BlockKind, DateMention, Image, Region};
use url::Url;

use crate::Limits;
use crate::element::Element;
use crate::embeds::Embeds;
use crate::forms::Forms;
use crate::head::Head;
use crate::hooks::Hooks;
use crate::layer::{Layer, Mark};
use crate::links::Links;
use crate::region::{self, Part};
use crate::tables::Tables;
use crate::tag::Tag;

/// A page while it is read.
pub(crate) struct Builder {
    pub(crate) layer: Layer,
    pub(crate) links: Links,
    pub(crate) forms: Forms,
    pub(crate) tables: Tables,
    pub(crate) head: Head,
    pub(crate) hooks: Hooks,
    pub(crate) embeds: Embeds,
    pub(crate) images: Vec<Image>,
    pub(crate) dates: Vec<DateMention>,
    /// Contents of JSON-LD scripts.
    pub(crate) json: Vec<String>,
    /// What the page says to browsers without scripts.
    pub(crate) without_script: String,
    /// Whether an element that a script is to fill stayed empty.
    pub(crate) empty_root: bool,
    stack: Vec<Frame>,
    /// Places of elements with an id, for `aria-labelledby`: hash of the id, place of the text.
    pub(crate) named: Vec<(u64, Option<(u32, u32)>)>,
}

/// An open element.
#[derive(Debug, Clone, Copy)]
struct Frame {
    tag: Tag,
    part: Part,
    hidden: bool,
    kind: BlockKind,
    mark: Mark,
    /// Hash of the id, 0 for none.
    id: u64,
    /// Blocks and links there were when it opened.
    before: (u32, u32),
    purpose: Purpose,
}

/// What an element is for beyond its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Plain,
    /// A script is to fill it.
    Root,
    /// A script that holds JSON-LD.
    Json,
    /// A search landmark.
    Search,
    /// A time that says its day.
    Dated,
}

impl Builder {
    /// An empty page at this URL.
    pub(crate) fn new(url: &Url, limits: &Limits) -> Self {
        Self {
            layer: Layer::new(limits.max_text),
            links: Links::new(url.clone(), limits.max_links),
            forms: Forms::new(limits.max_forms),
            tables: Tables::new(limits.max_tables),
            head: Head::default(),
            hooks: Hooks::new(limits.max_hooks),
            embeds: Embeds::new(limits.max_embeds),
            images: Vec::new(),
            dates: Vec::new(),
            json: Vec::new(),
            without_script: String::new(),
            empty_root: false,
            stack: Vec::new(),
            named: Vec::new(),
        }
    }

    /// An element begins.
    pub(crate) fn open(&mut self, element: &Element<'_>) {
        let outer = self.stack.last().copied();
        let (outer_part, outer_kind) = outer.map_or((Part::START, BlockKind::Paragraph), |frame| (frame.part, frame.kind));
        let unseen = outer.is_some_and(|frame| frame.tag == Tag::Unseen);
        let part = region::enter(element, outer_part);
        if element.tag.is_block() {
            self.layer.end_block();
        }
        let frame = Frame {
            tag: if unseen { Tag::Unseen } else { element.tag },
            part,
            hidden: outer.is_some_and(|frame| frame.hidden) || element.is_hidden(),
            kind: self.kind(element, outer_kind),
            mark: self.layer.mark(),
            id: element.word("id").map_or(0, hash),
            before: (self.layer.blocks() as u32, self.links.len() as u32),
            purpose: purpose(element),
        };
        if !unseen {
            self.enter(element, &frame);
        }
        self.stack.push(frame);
    }

    /// Text begins and ends.
    pub(crate) fn text(&mut self, words: &str) {
        let Some(frame) = self.stack.last() else {
            return self.layer.push(words, BlockKind::Paragraph, Region::Main);
        };
        match frame.tag {
            Tag::Unseen | Tag::TextArea | Tag::Option => {}
            Tag::Title if self.stack.iter().all(|frame| frame.tag != Tag::Svg) => self.head.title(words),
            Tag::Script => {
                if let Some(json) = self.json.last_mut().filter(|_| frame.purpose == Purpose::Json) {
                    json.push_str(words);
                }
            }
            Tag::NoScript if self.without_script.len() < 4096 => self.without_script.push_str(words),
            Tag::NoScript => {}
            _ if frame.hidden => self.layer.push_unseen(words),
            _ => self.layer.push(words, frame.kind, frame.part.region),
        }
    }

    /// The element that began last ends.
    pub(crate) fn close(&mut self) {
        let Some(frame) = self.stack.pop() else { return };
        self.leave(&frame);
        if frame.id != 0 && self.named.len() < 4096 {
            self.named.push((frame.id, self.layer.place_since(frame.mark)));
        }
        if frame.purpose == Purpose::Root && self.layer.len_since(frame.mark) == 0 {
            self.empty_root = true;
        }
        if frame.tag.is_block() {
            self.layer.end_block();
        }
        if self.stack.iter().all(|frame| matches!(frame.tag, Tag::Html | Tag::Body)) {
            self.layer.forget_unseen();
        }
    }

    fn kind(&self, element: &Element<'_>, outer: BlockKind) -> BlockKind {
        match element.tag {
            Tag::Heading(level) => BlockKind::Heading(level),
            Tag::Block if element.is("role", "heading") => {
                let level =
                    element.word("aria-level").and_then(|level| level.parse().ok()).filter(|level| (1..=6).contains(level));
                BlockKind::Heading(level.unwrap_or(2))
            }
            Tag::Item => BlockKind::Item,
            Tag::HeaderCell | Tag::Caption => BlockKind::TableHeader,
            Tag::Cell if self.tables.in_head() => BlockKind::TableHeader,
            Tag::Cell => BlockKind::Cell,
            Tag::Label | Tag::Legend | Tag::Button => BlockKind::Label,
            Tag::Paragraph if outer == BlockKind::Cell => BlockKind::Paragraph,
            Tag::Section | Tag::Article | Tag::Main => BlockKind::Paragraph,
            _ => outer,
        }
    }

    fn enter(&mut self, element: &Element<'_>, frame: &Frame) {
        self.hooks.note(element);
        let region = frame.part.region;
        match element.tag {
            Tag::A => self.links.open(element, region, frame.mark),
            Tag::Area => self.links.embedded(element, "href", "alt", region),
            Tag::Frame => {
                self.embeds.frame(element, self.links.base());
                self.links.embedded(element, "src", "title", region);
            }
            Tag::Image => self.image(element, frame),
            Tag::Br if !frame.hidden => self.layer.line_break(),
            Tag::Script => {
                if frame.purpose == Purpose::Json {
                    self.json.push(String::new());
                }
                self.embeds.script(element, self.links.base());
            }
            Tag::Link => {
                self.head.link(element, self.links.base());
                self.embeds.style(element, self.links.base());
                self.links.related(element);
            }
            Tag::Object | Tag::Embed | Tag::Sound => self.embeds.media(element, self.links.base()),
            Tag::Meta => self.head.meta(element, self.links.base()),
            Tag::Base => self.links.set_base(element),
            Tag::Html => self.head.html(element),
            Tag::Table => self.tables.open(),
            Tag::TableHead => self.tables.head(true),
            Tag::Row => self.tables.row(),
            Tag::Cell => self.tables.cell(false),
            Tag::HeaderCell => self.tables.cell(true),
            Tag::Form => self.forms.open(element, self.links.base(), region),
            Tag::Input | Tag::Select | Tag::TextArea => self.forms.field(element),
            Tag::Option => self.forms.option(element),
            Tag::Label => self.forms.label(element),
            Tag::Button => self.forms.button(element),
            _ => {}
        }
        match frame.purpose {
            Purpose::Search => self.forms.search(),
            Purpose::Dated => self.dates.extend(crate::dates::marked(element.attr("datetime").unwrap_or_default())),
            _ => {}
        }
    }

    fn leave(&mut self, frame: &Frame) {
        match frame.tag {
            Tag::A => {
                let (text, span) = self.layer.since(frame.mark);
                self.links.close(frame.mark, text, span);
            }
            Tag::Heading(_) => self.forms.heading(self.layer.since(frame.mark).0, frame.part.region),
            Tag::Label => self.forms.end_label(self.layer.since(frame.mark).0),
            Tag::Legend => self.forms.legend(self.layer.since(frame.mark).0),
            Tag::Button => self.forms.end_button(self.layer.since(frame.mark).0),
            Tag::Form => self.forms.close(),
            Tag::Caption | Tag::HeaderCell => self.tables.header(self.layer.since(frame.mark).0),
            Tag::Cell if self.tables.in_head() => self.tables.header(self.layer.since(frame.mark).0),
            Tag::Row => self.tables.end_row(),
            Tag::TableHead => self.tables.head(false),
            Tag::Table => {
                self.tables.close();
                self.menu(frame);
            }
            Tag::List => self.menu(frame),
            _ => {}
        }
        match frame.purpose {
            Purpose::Search => self.forms.end_search(),
            Purpose::Dated => {
                if let Some(date) = self.dates.last_mut().filter(|date| date.span.is_none()) {
                    date.span = self.layer.place_since(frame.mark);
                }
            }
            _ => {}
        }
    }

    /// A list outside the content proper that holds many short links and little else is a menu.
    fn menu(&mut self, frame: &Frame) {
        if frame.hidden || frame.part != Part::START {
            return;
        }
        let (blocks, links) = frame.before;
        let text = self.layer.len_since(frame.mark);
        if self.links.are_menu(links as usize, text) {
            self.links.move_to(links as usize, Region::Nav);
            self.layer.end_block();
            self.layer.move_blocks(blocks as usize, Region::Nav);
        }
    }

    fn image(&mut self, element: &Element<'_>, frame: &Frame) {
        let alt = crate::layer::collapse(element.attr("alt").unwrap_or_default());
        self.links.alt(&alt);
        let sources = ["src", "data-src", "data-lazy-src"];
        let src =
            sources.into_iter().filter_map(|name| element.word(name)).find(|src| !src.starts_with("data:")).unwrap_or_default();
        if self.images.len() < 500 && (!alt.is_empty() || is_telling(src)) {
            let src = src.chars().take(500).collect();
            self.images.push(Image { alt: alt.chars().take(500).collect(), src, region: frame.part.region });
        }
    }
}

/// A hash of an id, never 0.
pub(crate) fn hash(id: &str) -> u64 {
    crate::fingerprint::hash(id.as_bytes()).max(1)
}

/// Whether a file name says what the picture shows: a word of five letters that isn't a common technical one.
fn is_telling(src: &str) -> bool {
    let path = src.split(['?', '#']).next().unwrap_or_default();
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    stem.split(|c: char| !c.is_alphabetic()).any(|word| {
        word.chars().count() >= 5
            && !matches!(
                word.to_ascii_lowercase().as_str(),
                "image"
                    | "images"
                    | "imagen"
                    | "spacer"
                    | "pixel"
                    | "blank"
                    | "transparent"
                    | "arrow"
                    | "photo"
                    | "picture"
                    | "thumb"
                    | "thumbnail"
                    | "default"
                    | "screenshot"
                    | "whatsapp"
                    | "background"
                    | "header"
                    | "banner"
                    | "loading"
                    | "spinner"
            )
    })
}

fn purpose(element: &Element<'_>) -> Purpose {
    match element.tag {
        Tag::Script if element.is("type", "application/ld+json") => Purpose::Json,
        Tag::Time if element.attr("datetime").is_some() => Purpose::Dated,
        Tag::Search => Purpose::Search,
        // A form with the role says so itself.
        tag if tag != Tag::Form && element.is("role", "search") => Purpose::Search,
        Tag::Block if is_root(element) => Purpose::Root,
        _ => Purpose::Plain,
    }
}

/// Elements that script frameworks fill: `<div id=root>` and its like.
fn is_root(element: &Element<'_>) -> bool {
    matches!(element.attr("id"), Some("root" | "app" | "__next" | "__nuxt" | "___gatsby" | "svelte" | "q-app"))
        || element.attrs.iter().any(|(name, _)| matches!(*name, "ng-app" | "data-reactroot"))
}
