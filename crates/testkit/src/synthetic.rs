//! Large made-up sites: one of many heavy pages for the benchmark, and many small portals with latency.

use std::fmt::Write as _;
use std::time::Duration;

use mirror::{Bytes, Response};

use crate::city::City;

/// What a made-up site looks like.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Pages, all reachable from the home page.
    pub pages: usize,
    /// Links on each page.
    pub links: usize,
    /// Bytes of each page, about.
    pub bytes: usize,
}

impl Shape {
    /// The benchmark's site: 5,000 pages of about 30 KB with 40 links each.
    pub const BENCHMARK: Self = Self { pages: 5_000, links: 40, bytes: 30_000 };
    /// A small portal: 500 pages of about 4 KB with 15 links each.
    pub const SMALL: Self = Self { pages: 500, links: 15, bytes: 4_000 };
}

/// Path of page `n`; page 0 is the home page.
pub fn path(n: usize) -> String {
    if n == 0 { "/".to_owned() } else { format!("/{}/{n}.html", SECTIONS[n % SECTIONS.len()].0) }
}

/// Page `n` of a site: head, menu, headings, paragraphs, list, table, on every seventh page a form, footer. The same
/// `n` and shape give the same bytes.
pub fn page(n: usize, shape: Shape) -> String {
    let mut dice = Dice(n as u64 + 1);
    let (section, topic) = SECTIONS[n % SECTIONS.len()];
    let mut html = String::with_capacity(shape.bytes + 2_000);
    let links = targets(n, shape, &mut dice);
    let (menu, inline) = links.split_at(links.len().min(10));
    let _ = write!(
        html,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{topic}: page {n} | City of Benchford</title><link rel=\"stylesheet\" href=\"data:text/css,\"></head>\n<body>\
         <header><p class=\"logo\">City of Benchford</p></header>\n<nav aria-label=\"Main\"><ul>\n"
    );
    for target in menu {
        let _ = writeln!(html, "<li><a href=\"{}\">{}</a></li>", path(*target), SECTIONS[target % SECTIONS.len()].1);
    }
    let _ = write!(html, "</ul></nav>\n<main id=\"{section}\"><h1>{topic}: page {n}</h1>\n");
    if n.is_multiple_of(7) {
        html.push_str(FORM);
    }
    html.push_str(TABLE);
    let mut inline = inline.iter();
    let mut left = inline.len();
    while html.len() < shape.bytes || left > 0 {
        let _ = writeln!(html, "<h2>{}</h2>", dice.pick(&HEADINGS));
        html.push_str("<p>");
        for _ in 0..6 {
            html.push_str(dice.pick(&SENTENCES));
            html.push(' ');
        }
        html.push_str("</p>\n<ul class=\"related\">");
        for target in inline.by_ref().take(3) {
            left -= 1;
            let _ = write!(html, "<li><a class=\"more\" href=\"{}\">{}</a></li>", path(*target), dice.pick(&HEADINGS));
        }
        html.push_str("</ul>\n");
    }
    html.push_str("</main>\n<footer><p>© City of Benchford, 1 Long Street. Telephone 05550 000</p></footer></body></html>\n");
    html
}

/// A site held in memory, made before the first request so that serving costs next to nothing.
pub fn site(host: &str, shape: Shape) -> City {
    let pages: std::collections::HashMap<String, Bytes> =
        (0..shape.pages).map(|n| (path(n), Bytes::from(page(n, shape)))).collect();
    City::new(host).making(move |request| pages.get(&request.path).map(|body| Response::html(200, body.clone())))
}

/// So many small portals named `city-001.example` and on, each of the shape and with the latency that `made` gives its
/// number. Pages are made when asked for, so that memory stays small.
pub fn portals(count: usize, made: impl Fn(usize) -> (Shape, Duration)) -> Vec<City> {
    let portal = |number: usize| {
        let (shape, latency) = made(number);
        City::new(&format!("city-{number:03}.example")).latency(latency).making(move |request| {
            let n = if request.path == "/" {
                0
            } else {
                let name = request.path.rsplit('/').next()?.strip_suffix(".html")?;
                name.parse().ok().filter(|n| *n < shape.pages && path(*n) == request.path)?
            };
            Some(Response::html(200, page(n, shape)))
        })
    };
    (1..=count).map(portal).collect()
}

/// Pages that page `n` links to: its four children in a tree, so that all are reachable, and others by chance.
fn targets(n: usize, shape: Shape, dice: &mut Dice) -> Vec<usize> {
    let children = (4 * n + 1..=4 * n + 4).filter(|child| *child < shape.pages);
    let mut all: Vec<usize> = children.collect();
    while all.len() < shape.links {
        all.push(dice.below(shape.pages));
    }
    all
}

/// A small generator (Lehmer 64): repeatable, no dependency.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const SECTIONS: [(&str, &str); 12] = [
    ("council", "Council meetings and minutes"),
    ("services", "Services and permits"),
    ("waste", "Waste and recycling"),
    ("transport", "Public transport and roads"),
    ("health", "Health and clinics"),
    ("schools", "Schools and enrolment"),
    ("budget", "Budget and spending"),
    ("tenders", "Tenders and contracts"),
    ("news", "News"),
    ("events", "Events"),
    ("contact", "Contact us"),
    ("privacy", "Privacy notice"),
];

const HEADINGS: [&str; 12] = [
    "How to apply for a building permit",
    "Collection calendar and recycling centre",
    "Minutes of the last council meeting",
    "Bus lines, fares and timetables",
    "Adopted budget and quarterly report",
    "Pay a parking fine online",
    "Open calls for tender",
    "Vaccination and clinics",
    "Enrolment of pupils",
    "Report a pothole or street lamp",
    "Have your say on the plan",
    "Help for older people",
];

const SENTENCES: [&str; 16] = [
    "Bring proof of identity and the completed form to the office on the ground floor.",
    "The council agreed the budget for the coming year after a long debate on Tuesday.",
    "Paper, glass and tins are collected every second week from the blue bin.",
    "You may challenge the decision within twenty-eight days by writing to the tribunal.",
    "The line runs every ten minutes from the station to the harbour on weekdays.",
    "Flu vaccination is free for people over sixty at all four health centres.",
    "Children start school in the September after their fourth birthday.",
    "The contract was awarded to the bidder with the lowest price and the best plan.",
    "A map of the works and closures can be seen at the library until the end of May.",
    "We answer letters within ten working days and keep them for two years.",
    "The swimming pool is closed on Mondays for cleaning, and opens at seven otherwise.",
    "Residents asked for more trees along the canal and slower traffic near the school.",
    "The fee is due when the permit is granted; it can be paid by card.",
    "Volunteers plant bulbs in the park on the first Sunday of the month.",
    "Please do not send cash by post, and write your reference number on the cheque.",
    "The museum tells the story of the town from the first jetty to the new bridge.",
];

const FORM: &str = "<form action=\"/services/\" method=\"post\"><fieldset><legend>Send us your request</legend>\
    <p><label>Name <input name=\"name\" required></label></p><p><label>E-mail <input name=\"email\" type=\"email\"></label></p>\
    <p><label>Message <textarea name=\"message\"></textarea></label></p><button>Send</button></fieldset></form>\n";

const TABLE: &str = "<table><caption>Opening hours</caption><thead><tr><th>Office</th><th>Days</th><th>Hours</th></tr></thead><tbody>\
    <tr><td>City Hall</td><td>Monday to Friday</td><td>8.30 to 17.00</td></tr>\
    <tr><td>Library</td><td>Tuesday to Saturday</td><td>10.00 to 19.00</td></tr></tbody></table>\n";

#[cfg(test)]
mod tests {
    use super::*;

    fn hrefs(html: &str) -> Vec<&str> {
        html.split("<a ")
            .skip(1)
            .filter_map(|piece| piece.split_once("href=\"")?.1.split_once('"'))
            .map(|(href, _)| href)
            .collect()
    }

    #[test]
    fn pages_have_the_promised_size_and_links() {
        for n in [0, 1, 7, 4999] {
            let html = page(n, Shape::BENCHMARK);
            assert!((29_000..33_000).contains(&html.len()), "{}", html.len());
            assert_eq!(hrefs(&html).len(), 40);
            assert_eq!(html, page(n, Shape::BENCHMARK));
        }
    }

    #[test]
    fn every_page_is_reachable_from_the_home_page() {
        let shape = Shape { pages: 700, links: 6, bytes: 500 };
        let by_path: std::collections::HashMap<String, usize> = (0..shape.pages).map(|n| (path(n), n)).collect();
        let mut reached = std::collections::HashSet::from([0]);
        let mut open = vec![0];
        while let Some(n) = open.pop() {
            let html = page(n, shape);
            open.extend(hrefs(&html).into_iter().map(|href| by_path[href]).filter(|target| reached.insert(*target)));
        }
        assert_eq!(reached.len(), shape.pages);
    }
}
