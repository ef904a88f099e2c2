//! Links as they are met: anchors, image maps, frames, and the `link` elements a reader could follow.

use model::{Link, Region};
use url::Url;

use crate::element::Element;
use crate::layer::{Mark, collapse};

/// A menu has at least so many links ...
const MENU_LINKS: usize = 6;
/// ... of at most so many bytes each on average.
const MENU_LINK_BYTES: usize = 40;

/// The links of a page while it is read.
pub(crate) struct Links {
    base: Url,
    base_set: bool,
    list: Vec<Link>,
    max: usize,
    cut: bool,
    open: Option<Open>,
}

/// The anchor that is being read.
struct Open {
    mark: Mark,
    index: usize,
    /// Its `aria-label`, else nothing.
    label: String,
    title: String,
    alt: String,
}

impl Links {
    pub(crate) fn new(base: Url, max: usize) -> Self {
        Self { base, base_set: false, list: Vec::new(), max, cut: false, open: None }
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// What references are resolved against.
    pub(crate) fn base(&self) -> &Url {
        &self.base
    }

    /// The first `base` counts.
    pub(crate) fn set_base(&mut self, element: &Element<'_>) {
        let url = element.word("href").and_then(|href| resolve(&self.base, href));
        if let Some(url) = url.filter(|url| !self.base_set && matches!(url.scheme(), "http" | "https")) {
            self.base = url;
            self.base_set = true;
        }
    }

    /// An anchor begins.
    pub(crate) fn open(&mut self, element: &Element<'_>, region: Region, mark: Mark) {
        let href = element.word("href").or_else(|| element.word("xlink:href"));
        let Some(href) = href else { return };
        if self.add(element, href, region, false) {
            let text = |name| collapse(element.attr(name).unwrap_or_default());
            self.open = Some(Open {
                mark,
                index: self.list.len() - 1,
                label: text("aria-label"),
                title: text("title"),
                alt: String::new(),
            });
        }
    }

    /// An image within the open anchor says what it shows.
    pub(crate) fn alt(&mut self, alt: &str) {
        if let Some(open) = &mut self.open
            && !alt.is_empty()
        {
            if !open.alt.is_empty() {
                open.alt.push(' ');
            }
            open.alt.push_str(alt);
        }
    }

    /// The anchor that began at the mark ends.
    pub(crate) fn close(&mut self, mark: Mark, text: String, span: Option<(u32, u32)>) {
        let Some(open) = self.open.take_if(|open| open.mark == mark) else { return };
        let name = [open.label, open.alt, open.title].into_iter().find(|name| !name.is_empty() && *name != text);
        let link = &mut self.list[open.index];
        link.name = name.unwrap_or_default();
        link.text = text;
        link.span = span;
    }

    /// An element that names another document without being an anchor; `name` is the attribute that says what it is.
    pub(crate) fn embedded(&mut self, element: &Element<'_>, href: &str, name: &str, region: Region) {
        if let Some(href) = element.word(href)
            && self.add(element, href, region, true)
            && let Some(link) = self.list.last_mut()
        {
            link.name = collapse(element.attr(name).or_else(|| element.attr("aria-label")).unwrap_or_default());
        }
    }

    /// A `link` element that leads to something to read: a feed, the search description, a site map, help, terms.
    pub(crate) fn related(&mut self, element: &Element<'_>) {
        let rel = element.attr("rel").unwrap_or_default();
        let feed = element.attr("type").is_some_and(|kind| kind.contains("rss") || kind.contains("atom"));
        let readable = rel.split_ascii_whitespace().any(|rel| {
            let is = |known: &str| rel.eq_ignore_ascii_case(known);
            (is("alternate") && feed)
                || ["search", "sitemap", "help", "license", "copyright", "privacy-policy", "terms-of-service", "contact"]
                    .into_iter()
                    .any(is)
        });
        if readable {
            self.embedded(element, "href", "title", Region::Header);
        }
    }

    /// Whether the links from number `from` on, among `text` bytes, make a menu.
    pub(crate) fn are_menu(&self, from: usize, text: usize) -> bool {
        let links = &self.list[from.min(self.list.len())..];
        let linked: usize = links.iter().map(|link| link.text.len()).sum();
        links.len() >= MENU_LINKS && linked <= links.len() * MENU_LINK_BYTES && text <= linked + linked / 5 + links.len()
    }

    /// Says of the links from number `from` on that they stand in another region.
    pub(crate) fn move_to(&mut self, from: usize, region: Region) {
        for link in self.list.iter_mut().skip(from) {
            link.region = region;
        }
    }

    /// The links, and whether some were left out.
    pub(crate) fn finish(self) -> (Vec<Link>, bool) {
        (self.list, self.cut)
    }

    fn add(&mut self, element: &Element<'_>, href: &str, region: Region, embedded: bool) -> bool {
        if matches!(href, "#" | "#!" | "/#") {
            return false;
        }
        if self.list.len() >= self.max {
            self.cut = true;
            return false;
        }
        let Some(url) = resolve(&self.base, href) else { return false };
        self.list.push(Link {
            href: href.to_owned(),
            url,
            text: String::new(),
            name: String::new(),
            span: None,
            region,
            rel: element.attr("rel").unwrap_or_default().split_ascii_whitespace().map(str::to_ascii_lowercase).collect(),
            hreflang: element.word("hreflang").map(str::to_owned),
            embedded,
        });
        true
    }
}

/// A reference as a URL one could follow or use; scripts and data in it are none.
pub(crate) fn resolve(base: &Url, href: &str) -> Option<Url> {
    if href.len() > 8192 {
        return None;
    }
    let url = base.join(href).ok()?;
    let followable = matches!(
        url.scheme(),
        "http" | "https" | "mailto" | "tel" | "sms" | "whatsapp" | "ftp" | "geo" | "skype" | "webcal" | "tg" | "viber"
    );
    followable.then_some(url)
}

#[cfg(test)]
mod tests {
    use crate::fixture::page;

    /// Links as `URL [text] (name)`.
    fn check(html: &str, links: &[&str]) {
        let found = page(html).links;
        let found: Vec<String> = found.iter().map(|link| format!("{} [{}] ({})", link.url, link.text, link.name)).collect();
        assert_eq!(found, links, "{html}");
    }

    #[test]
    fn references_are_resolved_against_the_page_or_its_base() {
        check("<a href=c>x</a><a href=//h.example/?q>y</a>", &["https://city.example/a/c [x] ()", "https://h.example/?q [y] ()"]);
        check("<base href=/z/><a href=c>x</a>", &["https://city.example/z/c [x] ()"]);
        check("<a href='mailto:a@city.example'>x</a><a href=tel:156>y</a>", &["mailto:a@city.example [x] ()", "tel:156 [y] ()"]);
    }

    #[test]
    fn what_leads_nowhere_is_no_link() {
        check(
            "<a>x</a><a href=''>x</a><a href=#>x</a><a href='javascript:go()'>x</a><a href='http://['>x</a><a href=data:,x>x</a>",
            &[],
        );
    }

    #[test]
    fn the_name_is_what_the_text_does_not_say() {
        check("<a href=/x aria-label='Read about taxes'>More</a>", &["https://city.example/x [More] (Read about taxes)"]);
        check("<a href=/x title=More>More</a>", &["https://city.example/x [More] ()"]);
        check("<a href=/x><img src=i.png alt='City map'></a>", &["https://city.example/x [] (City map)"]);
        check("<a href=/x><svg><title>Search</title></svg></a>", &["https://city.example/x [Search] ()"]);
    }

    #[test]
    fn image_maps_frames_and_feeds_are_embedded_links() {
        let html = "<link rel=alternate type=application/rss+xml title=News href=/feed><map><area href=/north alt=North></map><iframe src=/f title=Form></iframe>";
        check(
            html,
            &["https://city.example/feed [] (News)", "https://city.example/north [] (North)", "https://city.example/f [] (Form)"],
        );
        assert!(page(html).links.iter().all(|link| link.embedded));
    }

    #[test]
    fn a_link_knows_its_place_relation_and_language() {
        let page = page("<p>see <a href=/es rel='NoFollow alternate' hreflang=es> en  español </a></p>");
        let link = &page.links[0];
        let (start, end) = link.span.unwrap();
        assert_eq!(&page.text[start as usize..end as usize], "en español");
        assert_eq!(link.rel, ["nofollow", "alternate"]);
        assert_eq!(link.hreflang.as_deref(), Some("es"));
    }

    #[test]
    fn a_link_around_blocks_says_them_all() {
        check("<a href=/x><h3>Permits</h3><p>How to apply</p></a>", &["https://city.example/x [Permits How to apply] ()"]);
    }
}
