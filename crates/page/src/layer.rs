//! The text layer: visible text with white space collapsed, one block per line, and where each stretch came from.
//!
//! What a block is, and what is visible, `build` decides.

use model::{Block, BlockKind, Region};

/// A place in the layer to look back to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    text: usize,
    unseen: usize,
}

/// The layer while it grows.
pub(crate) struct Layer {
    text: String,
    blocks: Vec<Block>,
    /// Text of hidden elements, kept because a hidden menu's links and a hidden form's labels still have names.
    unseen: String,
    /// Start, kind and region of the block that is being written.
    open: Option<(usize, BlockKind, Region)>,
    space: bool,
    /// Where the text ended at the last line break.
    broken: Option<usize>,
    max: usize,
    cut: bool,
}

impl Layer {
    /// An empty layer that takes at most so many bytes.
    pub(crate) fn new(max: usize) -> Self {
        // Offsets are kept in 32 bits.
        let max = max.min(u32::MAX as usize - 8);
        Self {
            text: String::new(),
            blocks: Vec::new(),
            unseen: String::new(),
            open: None,
            space: false,
            broken: None,
            max,
            cut: false,
        }
    }

    /// Adds visible text to the open block, or opens one.
    pub(crate) fn push(&mut self, words: &str, kind: BlockKind, region: Region) {
        if self.open.is_some_and(|(_, open_kind, open_region)| (open_kind, open_region) != (kind, region)) {
            self.end_block();
        }
        if self.text.len() + words.len() > self.max {
            self.cut = true;
            return self.push_unseen(words);
        }
        let mut rest = words;
        while !rest.is_empty() {
            let plain = plain_start(rest);
            if plain > 0 {
                let start = self.text.len();
                let (from, ..) = *self.open.get_or_insert((start, kind, region));
                if self.space && start > from {
                    self.text.push(' ');
                }
                self.text.push_str(&rest[..plain]);
                self.space = false;
            }
            let mut after = rest[plain..].chars();
            if let Some(c) = after.next() {
                self.space |= c.is_whitespace();
            }
            rest = after.as_str();
        }
    }

    /// Keeps text that is not visible for those who look back to a mark.
    pub(crate) fn push_unseen(&mut self, words: &str) {
        if self.unseen.len() + words.len() <= self.max {
            self.unseen.push_str(words);
        }
    }

    fn space(&mut self) {
        self.space = true;
        self.push_unseen(" ");
    }

    /// Ends the open block, if any.
    pub(crate) fn end_block(&mut self) {
        self.space = false;
        if let Some((start, kind, region)) = self.open.take() {
            self.blocks.push(Block { start: start as u32, end: self.text.len() as u32, kind, region });
            self.text.push('\n');
        }
    }

    /// A line break: a space, or the end of the block where two follow each other.
    pub(crate) fn line_break(&mut self) {
        let end = self.text.len();
        if self.broken == Some(end) {
            self.end_block();
        } else {
            self.broken = Some(end);
            self.space();
        }
    }

    /// Here.
    pub(crate) fn mark(&self) -> Mark {
        Mark { text: self.text.len(), unseen: self.unseen.len() }
    }

    /// How many blocks were ended so far.
    pub(crate) fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// How many bytes of visible text came since the mark.
    pub(crate) fn len_since(&self, mark: Mark) -> usize {
        self.text.len() - mark.text
    }

    /// The visible text since the mark and its place, or else the hidden text since the mark.
    pub(crate) fn since(&self, mark: Mark) -> (String, Option<(u32, u32)>) {
        match self.place_since(mark) {
            Some((start, end)) => (self.text[start as usize..end as usize].replace('\n', " "), Some((start, end))),
            None => (collapse(&self.unseen[mark.unseen..]), None),
        }
    }

    /// The place of the visible text since the mark.
    pub(crate) fn place_since(&self, mark: Mark) -> Option<(u32, u32)> {
        let seen = &self.text[mark.text..];
        let start = mark.text + (seen.len() - seen.trim_start().len());
        let seen = seen.trim();
        (!seen.is_empty()).then_some((start as u32, (start + seen.len()) as u32))
    }

    /// Forgets hidden text; no mark taken before may be looked back to.
    pub(crate) fn forget_unseen(&mut self) {
        self.unseen.clear();
    }

    /// Says of the blocks from number `from` on that they stand in another region.
    pub(crate) fn move_blocks(&mut self, from: usize, region: Region) {
        for block in &mut self.blocks[from..] {
            block.region = region;
        }
    }

    /// The layer, its blocks, and whether text was cut at the limit.
    pub(crate) fn finish(mut self) -> (String, Vec<Block>, bool) {
        self.end_block();
        self.text.truncate(self.text.trim_end_matches('\n').len());
        (self.text, self.blocks, self.cut)
    }
}

/// How many bytes at the start of a text are neither white space nor invisible.
fn plain_start(text: &str) -> usize {
    let ascii = text.bytes().take_while(u8::is_ascii_graphic).count();
    match text.as_bytes().get(ascii) {
        Some(byte) if !byte.is_ascii() => {
            let after = &text[ascii..];
            ascii + after.find(|c: char| c.is_whitespace() || is_invisible(c)).unwrap_or(after.len())
        }
        _ => ascii,
    }
}

/// Soft hyphens, zero-width spaces, marks of direction and order: not seen, and in the way of matching.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || (c.is_control() && !c.is_whitespace())
}

/// Text with its white space collapsed.
pub(crate) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|&c| !is_invisible(c)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(layer: &mut Layer, words: &str) {
        layer.push(words, BlockKind::Paragraph, Region::Main);
    }

    #[test]
    fn white_space_collapses_across_pieces() {
        let mut layer = Layer::new(1000);
        paragraph(&mut layer, "  Pay \n");
        paragraph(&mut layer, "\u{a0} your");
        paragraph(&mut layer, " tax\u{ad}es ");
        layer.end_block();
        paragraph(&mut layer, "online");
        let (text, blocks, cut) = layer.finish();
        assert_eq!(text, "Pay your taxes\nonline");
        assert_eq!(blocks.iter().map(|b| (b.start, b.end)).collect::<Vec<_>>(), [(0, 14), (15, 21)]);
        assert!(!cut);
    }

    #[test]
    fn a_mark_finds_the_words_and_not_the_space_before_them() {
        let mut layer = Layer::new(1000);
        paragraph(&mut layer, "see ");
        let mark = layer.mark();
        paragraph(&mut layer, "the map");
        assert_eq!(layer.since(mark), ("the map".to_owned(), Some((4, 11))));
    }

    #[test]
    fn hidden_text_is_found_by_a_mark_only() {
        let mut layer = Layer::new(1000);
        let mark = layer.mark();
        layer.push_unseen(" Open \n menu");
        assert_eq!(layer.since(mark), ("Open menu".to_owned(), None));
        assert_eq!(layer.finish().0, "");
    }

    #[test]
    fn text_beyond_the_limit_is_cut() {
        let mut layer = Layer::new(10);
        paragraph(&mut layer, "12345");
        paragraph(&mut layer, "1234567890");
        let (text, _, cut) = layer.finish();
        assert_eq!((text.as_str(), cut), ("12345", true));
    }
}
