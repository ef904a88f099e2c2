//! Walks the tree once, without recursion, and tells the builder what begins and ends.

use scraper::{Html, Node};

use crate::build::Builder;
use crate::element::Element;
use crate::tag::Tag;

/// Reads a whole tree.
pub(crate) fn walk(html: &Html, builder: &mut Builder) {
    let root = html.tree.root();
    let mut attrs: Vec<(&str, &str)> = Vec::new();
    let mut node = root;
    loop {
        let mut skip = false;
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                let tag = Tag::of(name);
                attrs.clear();
                attrs.extend(element.attrs());
                builder.open(&Element { tag, attrs: &attrs });
                skip = tag == Tag::Unseen;
            }
            Node::Text(text) => builder.text(text),
            _ => {}
        }
        if let Some(child) = node.first_child().filter(|_| !skip) {
            node = child;
            continue;
        }
        loop {
            if node.value().is_element() {
                builder.close();
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) if parent != root => node = parent,
                _ => return,
            }
        }
    }
}
