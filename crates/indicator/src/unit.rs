//! A page cut into units of text, each with its place and the concepts seen in it. Done once per page for all rules.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use model::{BlockKind, Page, Place, Quote, Region};

use crate::concept::ConceptNo;
use crate::expr::{Expr, Match};
use crate::fold::{Folded, fold};
use crate::quote::Counted;
use crate::scan::{Active, LanguageNo, Scanner};
use crate::signal::REACH;

/// A stretch of text that expressions look at.
#[derive(Debug)]
pub(crate) struct Unit<'p> {
    pub(crate) place: Place,
    pub(crate) region: Region,
    /// Index of the link it is the text of.
    pub(crate) link: Option<u32>,
    pub(crate) words: Words<'p>,
    /// Concepts in it; offsets are into the folded text of `words`.
    pub(crate) matches: Vec<Match>,
    /// Folded length, for telling how much of it a term fills.
    pub(crate) length: usize,
    /// Factor on the weight: a folder name in a path says less than the last segment.
    pub(crate) factor: f32,
}

/// Where the words of a unit stand.
#[derive(Debug)]
pub(crate) enum Words<'p> {
    /// In the text layer: byte range there, and where it starts in the folded layer.
    Layer { start: usize, end: usize },
    /// Elsewhere: an attribute, the title, the URL.
    Own { text: std::borrow::Cow<'p, str>, folded: Folded },
}

impl Unit<'_> {
    /// Whether a byte range of the text layer stands in it.
    pub(crate) fn is_around(&self, from: usize, to: usize) -> bool {
        matches!(self.words, Words::Layer { start, end } if start <= from && to <= end)
    }
}

/// All units of a page that hold at least one concept, with the folded text layer.
pub(crate) struct Units<'p> {
    pub(crate) page: &'p Page,
    pub(crate) layer: Folded,
    /// Counts of characters in the text layer.
    pub(crate) counted: Counted,
    /// Quotes of the text layer that were made, by byte range.
    pub(crate) quotes: RefCell<HashMap<(usize, usize), Arc<Quote>>>,
    pub(crate) all: Vec<Unit<'p>>,
    /// For each concept, the units that hold it, by index: most expressions ask for what few units say.
    by_concept: Vec<Vec<usize>>,
}

/// Cuts a page into units and scans them. `english` also counts in URLs, whatever the language of the page.
pub(crate) fn units<'p>(page: &'p Page, scanner: &Scanner, active: &Active, english: Option<LanguageNo>) -> Units<'p> {
    let layer = fold(&page.text);
    let matches = scanner.scan(&layer, &page.text, active);
    let mut units = Units {
        page,
        layer,
        counted: Counted::of(&page.text),
        quotes: RefCell::default(),
        all: Vec::new(),
        by_concept: Vec::new(),
    };
    units.take_blocks(&matches, scanner);
    units.take_links(&matches, scanner, active);
    let urls = english.map_or_else(|| active.clone(), |english| active.with(english));
    for (place, region, link, text, factor) in own_texts(page) {
        let active = if matches!(place, Place::Url | Place::File) { &urls } else { active };
        units.take_own(place, region, link, text, factor, scanner, active);
    }
    units.index();
    units
}

impl<'p> Units<'p> {
    /// Units in which an expression holds, in their order, each with the shortest stretch that does.
    pub(crate) fn holding<'u>(&'u self, expr: &'u Expr) -> impl Iterator<Item = (&'u Unit<'p>, (usize, usize))> {
        let near = self.near(std::slice::from_ref(expr)).into_iter();
        near.filter_map(|unit| Some((unit, expr.find(&unit.matches, REACH)?)))
    }

    /// Units in which one of the expressions may hold, in their order: those that name what it asks for and the page
    /// says least often.
    pub(crate) fn near(&self, expressions: &[Expr]) -> Vec<&Unit<'p>> {
        let mut numbers: Vec<usize> = Vec::new();
        for expr in expressions {
            let times = |group: &Vec<ConceptNo>| group.iter().map(|concept| self.naming(*concept).len()).sum::<usize>();
            let rarest = if let [only] = &expr.all[..] { Some(only) } else { expr.all.iter().min_by_key(|group| times(group)) };
            if let Some(rarest) = rarest {
                numbers.extend(rarest.iter().flat_map(|concept| self.naming(*concept)));
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| &self.all[number]).collect()
    }

    /// Whether all units of a place together say what an expression asks for, as the headers of a table do.
    pub(crate) fn together(&self, expr: &Expr, place: Place) -> bool {
        let says = |concept: &ConceptNo| self.naming(*concept).iter().any(|number| self.all[*number].place == place);
        expr.all.iter().all(|group| group.iter().any(says)) && !expr.none.iter().any(says)
    }

    /// The units that name a concept, by index.
    fn naming(&self, concept: ConceptNo) -> &[usize] {
        self.by_concept.get(usize::from(concept)).map_or(&[], Vec::as_slice)
    }

    fn index(&mut self) {
        for (number, unit) in self.all.iter().enumerate() {
            for m in &unit.matches {
                let concept = usize::from(m.concept);
                if self.by_concept.len() <= concept {
                    self.by_concept.resize_with(concept + 1, Vec::new);
                }
                if self.by_concept[concept].last() != Some(&number) {
                    self.by_concept[concept].push(number);
                }
            }
        }
    }

    /// Blocks of the text layer. Running text of the chrome is left to its links.
    fn take_blocks(&mut self, matches: &[Match], scanner: &Scanner) {
        let mut next = 0;
        for block in &self.page.blocks {
            let place = match block.kind {
                _ if block.region.is_chrome() => Place::Chrome,
                BlockKind::Heading(1) => Place::Headline,
                BlockKind::Heading(_) => Place::Heading,
                BlockKind::TableHeader => Place::TableHeader,
                BlockKind::Label => Place::Label,
                BlockKind::Paragraph | BlockKind::Item | BlockKind::Cell => Place::Body,
            };
            let range = block.start as usize..block.end as usize;
            let inside = self.inside(matches, &mut next, &range, place, scanner);
            if !inside.is_empty() {
                let words = Words::Layer { start: range.start, end: range.end };
                let length = range.len();
                self.all.push(Unit { place, region: block.region, link: None, words, matches: inside, length, factor: 1.0 });
            }
        }
    }

    fn take_links(&mut self, matches: &[Match], scanner: &Scanner, active: &Active) {
        let mut next = 0;
        for (number, link) in self.page.links.iter().enumerate() {
            let number = u32::try_from(number).ok();
            let place = if link.region.is_chrome() { Place::Chrome } else { Place::Link };
            match link.span {
                Some((start, end)) => {
                    let range = start as usize..end as usize;
                    let inside = self.inside(matches, &mut next, &range, place, scanner);
                    if !inside.is_empty() {
                        let words = Words::Layer { start: range.start, end: range.end };
                        let length = range.len();
                        self.all.push(Unit {
                            place,
                            region: link.region,
                            link: number,
                            words,
                            matches: inside,
                            length,
                            factor: 1.0,
                        });
                    }
                }
                None if !link.text.is_empty() => {
                    self.take_own(place, link.region, number, link.text.as_str().into(), 1.0, scanner, active)
                }
                None => {}
            }
            if !link.name.is_empty() {
                self.take_own(place, link.region, number, link.name.as_str().into(), 0.9, scanner, active);
            }
        }
    }

    /// Matches whose original range lies in `range`; `next` remembers where the last call stopped, going back if needed.
    fn inside(
        &self,
        matches: &[Match],
        next: &mut usize,
        range: &std::ops::Range<usize>,
        place: Place,
        scanner: &Scanner,
    ) -> Vec<Match> {
        let start_of = |m: &Match| self.layer.original(m.start, m.end).0;
        if *next > 0 && matches.get(*next - 1).is_some_and(|m| start_of(m) >= range.start) {
            *next = matches.partition_point(|m| start_of(m) < range.start);
        }
        while matches.get(*next).is_some_and(|m| start_of(m) < range.start) {
            *next += 1;
        }
        let mut inside = Vec::new();
        for m in &matches[*next..] {
            let (start, end) = self.layer.original(m.start, m.end);
            if start >= range.end {
                break;
            }
            if end <= range.end && (m.guard.is_none() || scanner.counts(*m, place, self.layer.between(range))) {
                inside.push(*m);
            }
        }
        inside
    }

    #[expect(clippy::too_many_arguments, reason = "the fields of a unit, in their order")]
    fn take_own(
        &mut self,
        place: Place,
        region: Region,
        link: Option<u32>,
        text: std::borrow::Cow<'p, str>,
        factor: f32,
        scanner: &Scanner,
        active: &Active,
    ) {
        let folded = fold(&text);
        let mut matches = scanner.scan(&folded, &text, active);
        matches.retain(|m| scanner.counts(*m, place, &folded.text));
        if !matches.is_empty() {
            let length = folded.text.len();
            self.all.push(Unit { place, region, link, words: Words::Own { text, folded }, matches, length, factor });
        }
    }
}

type OwnText<'p> = (Place, Region, Option<u32>, std::borrow::Cow<'p, str>, f32);

/// Texts that do not stand in the text layer.
fn own_texts(page: &Page) -> Vec<OwnText<'_>> {
    let mut texts: Vec<OwnText<'_>> = Vec::new();
    for part in page.title.split(" | ").flat_map(|t| t.split(" – ")).flat_map(|t| t.split(" — ")).flat_map(|t| t.split(" - "))
    {
        texts.push((Place::Title, Region::Main, None, part.trim().into(), 1.0));
    }
    let segments: Vec<String> = path_words(&page.url);
    let last = segments.len().saturating_sub(1);
    for (i, segment) in segments.into_iter().enumerate() {
        texts.push((Place::Url, Region::Main, None, segment.into(), if i == last { 1.0 } else { 0.4 }));
    }
    for (name, content) in &page.meta {
        if matches!(name.as_str(), "description" | "og:title" | "keywords") {
            texts.push((Place::Meta, Region::Main, None, content.as_str().into(), 1.0));
        }
    }
    for image in page.images.iter().filter(|image| !image.region.is_chrome()) {
        texts.push((Place::Alt, image.region, None, image.alt.as_str().into(), 1.0));
    }
    for form in &page.forms {
        let of_fields = form.fields.iter().map(|field| &field.label);
        for text in of_fields.chain(&form.buttons).chain(std::iter::once(&form.name)).filter(|text| !text.is_empty()) {
            texts.push((Place::Label, form.region, None, text.as_str().into(), 1.0));
        }
    }
    for (number, link) in page.links.iter().enumerate() {
        if let Some(name) = file_name(&link.url) {
            texts.push((Place::File, link.region, u32::try_from(number).ok(), name.into(), 1.0));
        }
    }
    texts
}

/// The readable words of a path, segment by segment, without file extension and percent escapes.
pub(crate) fn path_words(url: &url::Url) -> Vec<String> {
    let path = percent_decoded(url.path());
    path.split('/')
        .filter(|segment| !segment.is_empty() && !segment.starts_with("index."))
        .map(|segment| {
            let stem = segment.rsplit_once('.').map_or(segment, |(stem, ext)| if ext.len() <= 5 { stem } else { segment });
            stem.replace(['.', '+'], " ")
        })
        .collect()
}

fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = (first == b'%').then(|| tail.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The longest extension of a document: `geojson`, `parquet`.
const LONGEST_EXTENSION: usize = 7;

/// The extension of the file a URL names, lower case, if it looks like a document.
pub(crate) fn file_type(url: &url::Url) -> Option<&'static str> {
    let path = url.path();
    let extension = &path[path.len().checked_sub(LONGEST_EXTENSION + 1).map_or(0, |at| path.ceil_char_boundary(at))..];
    let (_, extension) = extension.rsplit_once('.')?;
    const DOCUMENTS: [&str; 24] = [
        "pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "tsv", "json", "geojson", "xml", "rdf", "ttl", "kml",
        "kmz", "shp", "zip", "ppt", "pptx", "txt", "ics", "parquet",
    ];
    DOCUMENTS.into_iter().find(|known| known.eq_ignore_ascii_case(extension))
}

fn file_name(url: &url::Url) -> Option<String> {
    file_type(url)?;
    path_words(url).pop()
}
