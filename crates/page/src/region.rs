//! Which part of a page an element opens: by landmark elements, by roles, and by the names that templates give to their parts.

use model::Region;

use crate::element::Element;
use crate::tag::Tag;

/// Where in the page we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    /// The region.
    pub(crate) region: Region,
    /// Within `main`, `article` or the like: a header here heads the content, not the site.
    pub(crate) content: bool,
}

impl Part {
    /// Where a page begins.
    pub(crate) const START: Self = Self { region: Region::Main, content: false };
}

/// The part that an element opens, given the part it stands in.
pub(crate) fn enter(element: &Element<'_>, outer: Part) -> Part {
    by_role(element, outer).or_else(|| by_tag(element.tag, outer)).or_else(|| by_name(element, outer)).unwrap_or(outer)
}

fn by_role(element: &Element<'_>, outer: Part) -> Option<Part> {
    let role = element.attr("role")?.split_ascii_whitespace().next()?;
    match role.to_ascii_lowercase().as_str() {
        "main" => Some(Part { region: Region::Main, content: true }),
        "article" => by_tag(Tag::Article, outer),
        "navigation" | "menubar" | "menu" => by_tag(Tag::Nav, outer),
        "banner" => within(Region::Header, outer),
        "contentinfo" => within(Region::Footer, outer),
        "complementary" => by_tag(Tag::Aside, outer),
        _ => None,
    }
}

fn by_tag(tag: Tag, outer: Part) -> Option<Part> {
    match tag {
        Tag::Main => Some(Part { region: Region::Main, content: true }),
        Tag::Article => Some(Part { content: true, ..outer }),
        Tag::Nav if outer.region == Region::Footer => Some(outer),
        Tag::Nav => Some(Part { region: Region::Nav, ..outer }),
        Tag::Header => within(Region::Header, outer),
        Tag::Footer => within(Region::Footer, outer),
        Tag::Aside if outer.region == Region::Main => Some(Part { region: Region::Aside, content: true }),
        _ => None,
    }
}

/// A header or footer of the site, unless it belongs to a piece of content or to another part.
fn within(region: Region, outer: Part) -> Option<Part> {
    if outer.content || outer.region != Region::Main { Some(outer) } else { Some(Part { region, ..outer }) }
}

fn by_name(element: &Element<'_>, outer: Part) -> Option<Part> {
    if !matches!(element.tag, Tag::Block | Tag::List | Tag::Section | Tag::Table | Tag::Cell | Tag::Row | Tag::Paragraph) {
        return None;
    }
    let names = [element.attr("id"), element.attr("class")];
    let region = names.into_iter().flatten().flat_map(str::split_ascii_whitespace).find_map(named)?;
    match region {
        Region::Nav => by_tag(Tag::Nav, outer),
        Region::Aside => by_tag(Tag::Aside, outer),
        region => within(region, outer),
    }
}

/// The region a class or id names, if it names nothing besides: `site-header` does, `has-sticky-header` doesn't.
fn named(name: &str) -> Option<Region> {
    if name.len() > 40 || !name.is_ascii() {
        return None;
    }
    let mut found = None;
    for part in name.split(|c: char| !c.is_ascii_alphabetic()) {
        for word in humps(part) {
            match meaning(word)? {
                Some(region) if found.is_none_or(|known| known == region || region == Region::Nav) => found = Some(region),
                _ => {}
            }
        }
    }
    found
}

/// The words of `mainMenu`.
fn humps(part: &str) -> impl Iterator<Item = &str> {
    let mut rest = part;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.as_bytes();
        let end = (1..bytes.len()).find(|&i| bytes[i].is_ascii_uppercase() && bytes[i - 1].is_ascii_lowercase());
        let (word, tail) = rest.split_at(end.unwrap_or(rest.len()));
        rest = tail;
        Some(word)
    })
}

/// What a word of a class name means: a region, nothing in particular, or (`None`) something else altogether.
fn meaning(word: &str) -> Option<Option<Region>> {
    let mut lower = [0; 16];
    let lower = lower.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"nav" | b"navi" | b"navbar" | b"navigation" | b"menu" | b"menubar" | b"mainmenu" | b"topmenu" | b"submenu"
        | b"topnav" | b"mainnav" | b"subnav" | b"sidenav" | b"megamenu" | b"breadcrumb" | b"breadcrumbs" | b"pagination"
        | b"pager" | b"navegacion" | b"navegacao" | b"navigazione" | b"migas" | b"migalhas" | b"briciole" | b"ariane"
        | b"menus" | b"pankuzu" | b"topicpath" | b"gnav" | b"gnavi" | b"lnavi" | b"hnavi" | b"snavi" | b"globalnav"
        | b"localnav" => Some(Some(Region::Nav)),
        b"header" | b"masthead" | b"topbar" | b"cabecera" | b"cabecalho" | b"encabezado" | b"testata" | b"kopf"
        | b"kopfzeile" | b"kopfbereich" | b"entete" | b"hd" => Some(Some(Region::Header)),
        b"footer" | b"colophon" | b"rodape" | b"fusszeile" | b"fussbereich" | b"piepagina" | b"pie" | b"ft" | b"piedepagina"
        | b"subfooter" | b"prefooter" | b"bottombar" => Some(Some(Region::Footer)),
        b"sidebar" | b"seitenleiste" | b"lateral" | b"cookie" | b"cookies" | b"consent" | b"gdpr" | b"colonnadx" => {
            Some(Some(Region::Aside))
        }
        b"" | b"site" | b"main" | b"global" | b"top" | b"bottom" | b"primary" | b"secondary" | b"wrapper" | b"wrap"
        | b"container" | b"inner" | b"outer" | b"region" | b"block" | b"area" | b"section" | b"bar" | b"left" | b"right"
        | b"mobile" | b"desktop" | b"ui" | b"js" | b"id" | b"the" | b"list" | b"links" | b"widget" | b"widgets" | b"banner"
        | b"side" | b"box" | b"fil" | b"de" | b"barra" | b"principal" | b"web" | b"row" | b"fluid" | b"div" | b"l" | b"c"
        | b"o" | b"m" | b"upper" | b"lower" | b"horizontal" | b"vertical" | b"zone" | b"layout" | b"panel" | b"notice"
        | b"trail" | b"tmp" => Some(None),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, region: Option<Region>) {
        assert_eq!(named(name), region, "{name}");
    }

    #[test]
    fn template_names_tell_the_region() {
        check("navbar", Some(Region::Nav));
        check("mainMenu", Some(Region::Nav));
        check("site-header", Some(Region::Header));
        check("footer_links", Some(Region::Footer));
        check("fil-ariane", Some(Region::Nav));
        check("rodape", Some(Region::Footer));
        check("footer-menu", Some(Region::Nav));
    }

    #[test]
    fn names_that_say_more_tell_nothing() {
        check("has-sticky-header", None);
        check("menu-item-object-page", None);
        check("page-header", None);
        check("container", None);
        check("payment", None);
        check("kopföffnung", None);
    }
}
