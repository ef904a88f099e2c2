//! `explain`: which signals of an indicator fire on a page, where, and what each is worth.

use std::path::Path;
use std::sync::Arc;

use indicator::{Alone, Rulebook};
use model::{Code, Hit, Language};
use survey::{Explained, explain_file, explain_url};

use crate::config::Config;
use crate::exit::{Exit, Fault};
use crate::{ground, say};

/// Explains a file or a captured URL.
pub(crate) async fn run(data: &Path, config: Config, code: &str, page: &str, languages: &[String]) -> anyhow::Result<Exit> {
    let hint = "codes are those of the instrument, as in 219 or 270a";
    let code = Code::new(code).map_err(|error| Fault::usage(error.to_string(), hint))?;
    if config.book.decide(&code).is_none() {
        return Err(Fault::usage(
            format!("the instrument has no indicator {code}"),
            "codes are those of the instrument, as in 219 or 270a; rules of your own need --config",
        )
        .into());
    }
    let settings = config.raw.survey(1);
    if Path::new(page).exists() {
        let hint = "write BCP 47 tags, as in pt-BR";
        let languages = languages.iter().map(|tag| Language::new(tag).map_err(|error| Fault::usage(error.to_string(), hint)));
        let (bytes, languages) = (std::fs::read(page)?, languages.collect::<Result<Vec<_>, _>>()?);
        let explained = explain_file(&config.book, page, bytes, &languages, crate::config::now(), &settings);
        tell(&config.book, &code, &explained);
        return Ok(Exit::Done);
    }
    if !page.contains("://") {
        let hint = "give the path of a saved page, or a URL with https://";
        return Err(Fault::usage(format!("there is no file `{page}`"), hint).into());
    }
    let ground = Arc::new(ground::existing(data, config).await?);
    let survey = ground::survey(&ground, None).await?;
    let explained = explain_url(&ground, survey, page, &settings).await?.ok_or_else(|| {
        let message = format!("`{page}` is no file, and survey {} captured no such URL", survey.0);
        Fault::usage(message, "copy the URL from `portolan show`")
    })?;
    tell(&ground.book, &code, &explained);
    Ok(Exit::Done)
}

fn tell(book: &Rulebook, code: &Code, explained: &Explained) {
    let hits: Vec<&Hit> = explained.hits.iter().filter(|hit| hit.code == *code).collect();
    let row = |hit: &&Hit| {
        vec![format!("{:+.1}", hit.weight), hit.signal.to_string(), hit.place.as_str().to_owned(), say::cut(&hit.quote.exact, 90)]
    };
    let (own, leads): (Vec<&Hit>, Vec<&Hit>) = hits.into_iter().partition(|hit| hit.link.is_none());
    let Some(alone) = book.alone(code, &explained.hits, explained.home) else { return };
    say::out(format_args!("{code} on {}: worth {:.1} of its own, {} needed", explained.url, alone.worth, alone.need));
    say::table(&own.iter().map(row).collect::<Vec<_>>());
    if !leads.is_empty() {
        say::out("links that speak for the page they lead to:");
        say::table(&leads.iter().map(row).collect::<Vec<_>>());
    }
    verdict(&alone);
}

/// What the page would give if it were all that was seen, and what is lacking.
fn verdict(alone: &Alone) {
    let Alone { worth, need, lacks, band } = alone;
    say::out("");
    match band {
        Some(band) => say::out(format_args!(
            "judged alone: present, band {}: it is worth {:.2} times what it needs",
            band.as_str(),
            worth / need
        )),
        None => say::out("judged alone: not enough for `present`"),
    }
    if worth < need {
        say::out(format_args!(
            "    worth {:.1} is lacking; a link that leads to the page and names it would add to it",
            need - worth
        ));
    }
    for lack in lacks {
        say::out(format_args!("    {lack}"));
    }
}
