//! An HTML document to a page: charset, tree or tokens, then what follows from the whole.

use model::{DateMention, Exchange, Page, PageKind, Region, Spoken};

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
    let main = || blocks.iter().filter(|block| block.region == Region::Main).map(|b| &text[b.start as usize..b.end as usize]);
    let language = Spoken {
        declared: builder.head.language.take().or_else(|| answer.headers.get("content-language").map(str::to_owned)),
        detected: language::detect(main()).or_else(|| language::detect([text.as_str()].into_iter())),
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
    const NAMES: [&str; 14] = [
        "article:published_time",
        "article:modified_time",
        "og:updated_time",
        "date",
        "dc.date",
        "dc.date.created",
        "dc.date.issued",
        "dc.date.modified",
        "dcterms.date",
        "dcterms.created",
        "dcterms.issued",
        "dcterms.modified",
        "datepublished",
        "last-modified",
    ];
    meta.iter().filter(|(name, _)| NAMES.contains(&name.as_str())).filter_map(|(_, content)| dates::marked(content))
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
