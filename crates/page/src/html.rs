//! An HTML document to a page: charset, tree or tokens, then what follows from the whole.

use model::{Block, BlockKind, DateMention, Exchange, Page, PageKind, Region, Spoken};

use crate::build::Builder;
use crate::dates::{self, Order};
use crate::{Limits, charset, contacts, fingerprint, head, language, plain, shell, structured, tokens, tree, walk};

/// The page of an HTML document.
pub(crate) fn page(answer: &Exchange, body: &[u8], limits: &Limits) -> Page {
    let (text, charset) = charset::decode(body, answer.headers.get("content-type"), answer.url.host_str());
    let markup = &text[..text.floor_char_boundary(limits.max_markup)];
    let mut builder = Builder::new(&answer.url, limits);
    let dom_skipped = match tree::build(markup, limits) {
        Some(tree) => {
            walk::walk(&tree, &mut builder);
            false
        }
        None => {
            tracing::debug!(url = %answer.url, size_bytes = markup.len(), "markup too costly for a tree, read from tokens");
            tokens::read(markup, &mut builder);
            true
        }
    };
    let mut page = assemble(builder, answer);
    page.charset = Some(charset);
    page.dom_skipped = dom_skipped;
    page.cut |= markup.len() < text.len() || answer.truncated.is_some();
    page
}

fn assemble(mut builder: Builder, answer: &Exchange) -> Page {
    let (text, blocks, text_cut) = builder.layer.finish();
    let (links, links_cut) = builder.links.finish();
    let named = builder.named;
    let forms = builder.forms.finish(|id| {
        let (_, place) = named.iter().find(|(known, _)| *known == id)?;
        place.map(|(start, end)| text[start as usize..end as usize].replace('\n', " "))
    });
    let mut marked = builder.dates;
    marked.extend(meta_dates(&builder.head.meta));
    for json in &builder.json {
        structured::read(json, &mut builder.hooks, &mut marked);
    }
    let language = Spoken {
        declared: builder.head.language.take().or_else(|| answer.headers.get("content-language").map(str::to_owned)),
        detected: language::detect(content(&text, &blocks)).or_else(|| language::detect([text.as_str()].into_iter())),
    };
    let nofollow = builder.head.nofollow() || answer.headers.all("x-robots-tag").any(head::asks_nofollow);
    let signs = shell::Signs {
        text: &text,
        scripts: builder.embeds.scripts,
        empty_root: builder.empty_root,
        without_script: &builder.without_script,
    };
    Page {
        title: builder.head.take_title(),
        shell: shell::is_shell(&signs),
        dates: plain::days(answer, &text, &language, marked),
        contacts: contacts::find(&text, &links),
        fingerprint: fingerprint::of(&text, &blocks),
        forms,
        images: builder.images,
        tables: builder.tables.finish(),
        meta: builder.head.meta,
        alternates: builder.head.alternates,
        canonical: builder.head.canonical,
        refresh: builder.head.refresh,
        types: builder.hooks.types,
        hooks: builder.hooks.list,
        embeds: builder.embeds.list,
        cut: text_cut || links_cut,
        nofollow,
        language,
        links,
        blocks,
        text,
        ..plain::blank(answer, PageKind::Html)
    }
}

/// Days that metadata names.
fn meta_dates(meta: &[(String, String)]) -> impl Iterator<Item = DateMention> {
    const WORDS: [&str; 6] = ["date", "publish", "modif", "created", "issued", "update"];
    let dated = meta.iter().filter(|(name, _)| WORDS.iter().any(|word| name.contains(word)));
    dated.filter_map(|(_, content)| dates::marked(content))
}

/// A sample of the content, from its heading on: what stands before is often a notice in another language.
fn content<'p>(text: &'p str, blocks: &'p [Block]) -> impl Iterator<Item = &'p str> {
    let main = || blocks.iter().filter(|block| block.region == Region::Main);
    let headed = main().any(|block| block.kind == BlockKind::Heading(1));
    let content = main().skip_while(move |block| headed && block.kind != BlockKind::Heading(1));
    content.map(|block| &text[block.start as usize..block.end as usize])
}

/// How `03/04/2024` is meant on this page.
pub(crate) fn order(language: &Spoken, host: &str) -> Order {
    let tag = language.declared.as_deref().or(language.detected.as_deref()).unwrap_or_default().to_ascii_lowercase();
    let top = host.rsplit('.').next().unwrap_or_default();
    let american = match tag.split_once(['-', '_']) {
        Some(("en", region)) => matches!(region, "us" | "ph") || (region.len() != 2 && is_american(top)),
        Some(_) => false,
        None => tag == "en" && is_american(top),
    };
    if american { Order::MonthFirst } else { Order::DayFirst }
}

fn is_american(top: &str) -> bool {
    matches!(top, "us" | "gov" | "com" | "org" | "net" | "ph")
}

#[cfg(test)]
mod tests {
    use model::{CharsetFrom, Region};

    use super::*;
    use crate::fixture::{answer, outline, page as read, page_of};

    fn check(html: &str, blocks: &str) {
        assert_eq!(outline(&read(html)), blocks, "{html}");
    }

    #[test]
    fn text_is_visible_text_in_document_order_one_block_per_line() {
        let page =
            read("<title> A  title </title><h1>Pay<br>taxes</h1><p>In <b>one</b>\n step</p><div>or <!-- x -->two<p>three</div>");
        assert_eq!(page.title, "A title");
        assert_eq!(page.text, "Pay taxes\nIn one step\nor two\nthree");
    }

    #[test]
    fn what_is_not_shown_is_not_in_the_text() {
        let page = read(
            "<p>seen<script>a</script><style>b</style><noscript>c</noscript><template><p>d</p></template><p hidden>e</p>\
             <div style='display: none'>f<p>g</p></div><textarea>h</textarea><svg><title>i</title></svg>",
        );
        assert_eq!(page.text, "seen");
    }

    #[test]
    fn a_link_in_a_hidden_menu_keeps_its_words() {
        let page = read("<nav hidden><a href=/pay>Pay  a bill</a></nav><p>seen</p>");
        assert_eq!((page.links[0].text.as_str(), page.links[0].span), ("Pay a bill", None));
    }

    #[test]
    fn blocks_know_what_they_are() {
        check(
            "<main><h2>H</h2><ul><li>I<p>J</ul><table><caption>C<tr><th>T<td>D<p>E</table><form><label>L<input></label><button>B</button></form></main>",
            "Main Heading(2): H\nMain Item: I\nMain Item: J\nMain TableHeader: C\nMain TableHeader: T\nMain Cell: D\n\
             Main Paragraph: E\nMain Label: L\nMain Label: B\n",
        );
    }

    #[test]
    fn landmarks_and_roles_tell_the_region() {
        check(
            "<header>a<nav>b</nav></header><main>c<header>d</header><nav>e</nav><aside>f</aside></main><footer>g<nav>h</nav></footer>\
             <div role=navigation>i</div><div role=banner>j</div>",
            "Header Paragraph: a\nNav Paragraph: b\nMain Paragraph: c\nMain Paragraph: d\nNav Paragraph: e\nAside Paragraph: f\n\
             Footer Paragraph: g\nFooter Paragraph: h\nNav Paragraph: i\nHeader Paragraph: j\n",
        );
    }

    #[test]
    fn names_of_template_parts_tell_the_region_where_nothing_better_does() {
        check(
            "<div id=header>a</div><ul class='nav-menu'><li>b</ul><div class='has-sticky-header'>c</div><div class=sidebar>d</div>\
             <article><div class=header>e</div></article><div id=rodape>f</div>",
            "Header Paragraph: a\nNav Item: b\nMain Paragraph: c\nAside Paragraph: d\nMain Paragraph: e\nFooter Paragraph: f\n",
        );
    }

    #[test]
    fn a_list_of_many_short_links_outside_the_content_is_a_menu() {
        let list: String = (0..8).map(|n| format!("<li><a href=/{n}>Topic {n}</a>")).collect();
        assert!(read(&format!("<ul>{list}</ul>")).links.iter().all(|link| link.region == Region::Nav));
        assert!(read(&format!("<main><ul>{list}</ul></main>")).links.iter().all(|link| link.region == Region::Main));
        let told: String = (0..8).map(|n| format!("<li><a href=/{n}>Topic {n}</a> which is told here at some length")).collect();
        assert!(read(&format!("<ul>{told}</ul>")).links.iter().all(|link| link.region == Region::Main));
    }

    #[test]
    fn language_is_declared_and_detected() {
        let page = read(
            "<html lang='fr-CA'><p>The office is open from nine to five, and you can also apply for the permit online or by mail.",
        );
        assert_eq!(page.language, Spoken { declared: Some("fr-CA".into()), detected: Some("en".into()) });
    }

    #[test]
    fn a_notice_before_the_heading_does_not_decide_the_language() {
        let notice =
            "<p>This site is translated by a machine, and the translation may hold errors that we cannot answer for.</p>"
                .repeat(6);
        let page = read(&format!(
            "{notice}<h1>収容犬猫情報</h1><p>動物管理センターに収容した犬猫の情報を公開しています。来所前にご連絡ください。"
        ));
        assert_eq!(page.language.detected.as_deref(), Some("ja"));
    }

    #[test]
    fn metadata_is_kept() {
        let page = read(
            "<link rel=canonical href=/c><link rel=alternate hreflang=es href=/es/><meta name=Description content=' a  b '>\
             <meta property=og:title content=T><meta name=robots content='noindex,nofollow'><meta http-equiv=refresh content='3;url=/next'>",
        );
        assert_eq!(page.canonical.unwrap().as_str(), "https://city.example/c");
        assert_eq!((page.alternates[0].language.as_str(), page.alternates[0].url.path()), ("es", "/es/"));
        assert_eq!(page.meta[0], ("description".to_owned(), "a b".to_owned()));
        assert_eq!(page.refresh.unwrap().path(), "/next");
        assert!(page.nofollow);
    }

    #[test]
    fn a_header_can_ask_not_to_follow_and_say_the_language() {
        let answer = answer("https://city.example/", &[("x-robots-tag", "nofollow"), ("content-language", "it")]);
        let page = page(&answer, b"<p>x", &Limits::DEFAULT);
        assert!(page.nofollow);
        assert_eq!(page.language.declared.as_deref(), Some("it"));
    }

    #[test]
    fn types_hooks_embeds_and_marked_days_are_kept() {
        let page = read(
            "<script type=application/ld+json>{\"@type\":\"Event\",\"startDate\":\"2026-12-01\"}</script><div itemscope \
             itemtype=https://schema.org/Place typeof='schema:City' data-element=search data-element=search></div><i data-element=search></i>\
             <iframe src=//maps.example/x></iframe><script src=/s.js></script><link rel=stylesheet href=/s.css><video src=/v.mp4></video>\
             <p><time datetime=2026-11-20T10:00>last Friday</time>",
        );
        assert_eq!(page.types, ["Place", "City", "Event"]);
        assert_eq!(page.hooks, [("data-element".to_owned(), "search".to_owned())]);
        let embeds: Vec<String> = page.embeds.iter().map(|embed| format!("{:?} {}", embed.kind, embed.url)).collect();
        assert_eq!(
            embeds,
            [
                "Frame https://maps.example/x",
                "Script https://city.example/s.js",
                "Style https://city.example/s.css",
                "Media https://city.example/v.mp4"
            ]
        );
        let days: Vec<_> = page.dates.iter().map(|day| (day.date.to_string(), day.marked, day.span)).collect();
        assert_eq!(days, [("2026-12-01".to_owned(), true, None), ("2026-11-20".to_owned(), true, Some((0, 11)))]);
    }

    #[test]
    fn a_day_that_is_marked_and_written_counts_once() {
        let page = read("<time datetime=2026-11-20>20 November 2026</time>");
        assert_eq!(page.dates.len(), 1);
        assert!(page.dates[0].marked);
    }

    #[test]
    fn slashes_are_american_only_where_america_is_plain() {
        let order = |declared: &str, host: &str| order(&Spoken { declared: Some(declared.into()), detected: None }, host);
        assert_eq!(order("en-US", "city.example"), Order::MonthFirst);
        assert_eq!(order("en", "city.gov"), Order::MonthFirst);
        assert_eq!(order("en", "city.gov.uk"), Order::DayFirst);
        assert_eq!(order("en-GB", "city.org"), Order::DayFirst);
        assert_eq!(order("es", "city.us"), Order::DayFirst);
    }

    #[test]
    fn an_empty_shell_is_told_from_a_page() {
        assert!(read("<div id=root></div><script src=/app.js></script>").shell);
        assert!(!read("<h1>Closed</h1>").shell);
        assert!(!read(&format!("<script></script><div id=root>{}</div>", "<p>Words that were there.</p>".repeat(40))).shell);
    }

    #[test]
    fn a_cut_body_makes_a_cut_page() {
        let mut answer = answer("https://city.example/", &[]);
        answer.truncated = Some(model::Truncation::Length);
        assert!(page(&answer, b"<p>x", &Limits::DEFAULT).cut);
    }

    #[test]
    fn the_charset_and_who_decided_it_are_kept() {
        let charset = page_of(b"<meta charset=windows-1251><p>\xcf\xf0\xe8\xe2\xe5\xf2", "text/html").charset.unwrap();
        assert_eq!((charset.name.as_str(), charset.from), ("windows-1251", CharsetFrom::Meta));
    }
}
