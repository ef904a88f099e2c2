//! Builds the DOM under a meter: gives up, instead of hanging, on markup that makes the tree builder quadratic.
//!
//! The tree builder is the only one who knows how deep markup really nests (scripts, foreign content, misnested formatting), so it
//! is fed in pieces and its own work is counted: looks at open elements, made nodes, and the list of active formatting elements,
//! which no callback shows but whose length the depth bounds. Reading the tree is left to `walk`.

use std::borrow::Cow;
use std::cell::Cell;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};
use scraper::{Html, HtmlTreeSink};

use crate::Limits;
use crate::attributes;

/// How much markup is handed over between two looks at the meter, in bytes.
const PIECE: u32 = 8 * 1024;

/// What comparing a tag with one active formatting element costs, in looks at an open element.
const FORMATTING_COST: u64 = 16;

/// The names of elements and attributes stand in a table of this fixed size, longer and longer chains of them if they differ ...
const NAME_CHAINS: u64 = 4096;
/// ... and a step in a chain costs this many looks at an open element.
const CHAIN_COST: u64 = 4;

type NodeId = <HtmlTreeSink as TreeSink>::Handle;

/// The tree of a document, or `None` where building it would cost too much.
pub(crate) fn build(html: &str, limits: &Limits) -> Option<Html> {
    if attributes::most(html) > limits.max_attributes {
        return None;
    }
    let sink = Metered {
        inner: HtmlTreeSink::new(Html::new_document()),
        work: Cell::default(),
        nodes: Cell::default(),
        names: Cell::default(),
    };
    let mut parser = parse_document(sink, ParseOpts::default());
    let whole = StrTendril::from_slice(html);
    let end = whole.len32();
    let mut at = 0;
    while at < end {
        let mut next = end.min(at + PIECE);
        while !html.is_char_boundary(next as usize) {
            next += 1;
        }
        parser.process(whole.subtendril(at, next - at));
        let meter = &parser.tokenizer.sink.sink;
        if meter.work.get() > limits.max_work || meter.nodes.get() > limits.max_nodes {
            return None;
        }
        at = next;
    }
    Some(parser.finish())
}

struct Metered {
    inner: HtmlTreeSink,
    work: Cell<u64>,
    nodes: Cell<u32>,
    /// Names of elements and attributes so far.
    names: Cell<u64>,
}

impl Metered {
    fn worked(&self, units: u64) {
        self.work.set(self.work.get() + units);
    }

    fn made(&self) {
        self.nodes.set(self.nodes.get().saturating_add(1));
    }

    /// As if all names differed: nobody tells which do.
    fn named(&self, names: u64) {
        let all = self.names.get() + names;
        self.names.set(all);
        self.worked(names * (all / NAME_CHAINS) * CHAIN_COST);
    }

    /// A start tag of a formatting element is compared with all active ones, which all are open at that moment.
    fn formatted(&self, parent: NodeId, child: &NodeOrText<NodeId>) {
        let NodeOrText::AppendNode(child) = child else { return self.made() };
        let html = self.inner.0.borrow();
        let Some(element) = html.tree.get(*child).and_then(|node| node.value().as_element()) else { return };
        if is_formatting(element.name()) {
            let mut up = html.tree.get(parent);
            while let Some(node) = up {
                self.worked(FORMATTING_COST);
                up = node.parent();
            }
        }
    }
}

/// The formatting elements of WHATWG HTML 13.2.4.3, and `a`.
fn is_formatting(name: &str) -> bool {
    matches!(name, "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u")
}

impl TreeSink for Metered {
    type Handle = NodeId;
    type Output = Html;
    type ElemName<'a> = <HtmlTreeSink as TreeSink>::ElemName<'a>;

    fn finish(self) -> Html {
        self.inner.finish()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.inner.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.worked(1);
        self.inner.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.made();
        self.named(1 + attrs.len() as u64);
        self.inner.create_element(name, attrs, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.made();
        self.inner.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.made();
        self.inner.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.formatted(*parent, &child);
        self.inner.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        self.formatted(*previous, &child);
        self.inner.append_based_on_parent_node(element, previous, child);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.formatted(*sibling, &child);
        self.inner.append_before_sibling(sibling, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.inner.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.inner.get_template_contents(target)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        self.worked(1);
        self.inner.same_node(one, other)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    /// A second `<body>` gives its attributes to the first, each by an insertion into a sorted list.
    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        let html = self.inner.0.borrow();
        let there = html.tree.get(*target).and_then(|node| node.value().as_element()).map_or(0, |element| element.attrs.len());
        drop(html);
        self.named(attrs.len() as u64);
        self.worked((attrs.len() * (1 + there / 32)) as u64);
        self.inner.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.worked(1);
        self.inner.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let children = self.inner.0.borrow().tree.get(*node).map_or(0, |node| node.children().count());
        self.worked(children as u64);
        self.inner.reparent_children(node, new_parent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builds(html: &str) -> bool {
        build(html, &Limits::DEFAULT).is_some()
    }

    #[test]
    fn ordinary_markup_is_built_as_a_browser_would() {
        let tree = build("<title>x</title><p>a<b>b<p>c", &Limits::DEFAULT).unwrap();
        assert_eq!(tree.html(), "<html><head><title>x</title></head><body><p>a<b>b</b></p><p><b>c</b></p></body></html>");
    }

    #[test]
    fn a_letter_split_between_two_pieces_survives() {
        let text = "é".repeat(PIECE as usize);
        let tree = build(&format!("x{text}"), &Limits::DEFAULT).unwrap();
        assert_eq!(tree.root_element().text().collect::<String>(), format!("x{text}"));
    }

    #[test]
    fn a_deep_but_bearable_document_keeps_its_tree() {
        assert!(builds(&"<div>".repeat(900)));
        assert!(builds(&"<ul><li>".repeat(400)));
    }

    #[test]
    fn quadratic_markup_is_given_up() {
        assert!(!builds(&"<div>".repeat(50_000)));
        assert!(!builds(&(0..5000).map(|n| format!("<font x={n}>")).collect::<String>()));
        assert!(!builds(&(0..500).map(|n| format!("<p><font x={n}>")).collect::<String>().repeat(4)));
        assert!(!builds(&format!("<a {}>", (0..50_000).map(|n| format!("x{n} ")).collect::<String>())));
    }

    #[test]
    fn depth_hidden_in_foreign_content_is_seen() {
        assert!(!builds(&format!("<svg><style><desc>{}", "<div>".repeat(50_000))));
    }

    #[test]
    fn many_flat_nodes_are_given_up() {
        assert!(!builds(&"<p>x".repeat(Limits::DEFAULT.max_nodes as usize)));
    }
}
