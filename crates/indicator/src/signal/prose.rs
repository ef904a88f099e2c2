//! `prose`: running text of the content that is more than names and links.

use model::{BlockKind, Place};

use super::{Facts, Fired, of_layer};

#[derive(Debug, Clone)]
pub(crate) struct Prose {
    /// Bytes of text at least.
    pub(crate) at_least: usize,
}

/// A block shorter than this is a name or a caption.
const SENTENCE: usize = 40;

impl Prose {
    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        let told = facts.page.blocks.iter().filter(|block| {
            let running = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Cell);
            running && !block.region.is_chrome() && (block.end - block.start) as usize >= SENTENCE
        });
        let first = told.clone().next()?;
        let blocks: usize = told.map(|block| (block.end - block.start) as usize).sum();
        let links = facts.page.links.iter().filter(|link| !link.region.is_chrome()).filter_map(|link| link.span);
        let linked: usize = links.map(|(start, end)| (end - start) as usize).filter(|length| *length >= SENTENCE).sum();
        let quote = || of_layer(facts.units, first.start as usize, first.end as usize);
        (blocks.saturating_sub(linked) >= self.at_least).then(|| Fired { place: Place::Body, quote: quote() })
    }
}
