//! What fires on one page: a saved file, or a capture of a survey.

use std::sync::Arc;

use indicator::{Rulebook, Setting};
use model::{Errand, Exchange, Headers, Hit, Language, Page, Purpose, Time};
use store::{Outcome, SurveyId};
use url::Url;

use crate::fixture::Served;
use crate::reading::{read, setting};
use crate::survey::Ground;
use crate::{Error, Settings};

/// All hits of a page.
pub struct Explained {
    /// The page.
    pub url: String,
    /// Whether it is the home page.
    pub home: bool,
    /// Its hits, of all indicators.
    pub hits: Vec<Hit>,
}

/// Explains a saved file as if it had been served as HTML from its path.
pub fn explain_file(
    book: &Rulebook,
    path: &str,
    bytes: Vec<u8>,
    languages: &[Language],
    now: Time,
    settings: &Settings,
) -> Explained {
    let served = Served::of(&bytes);
    let home = served.as_ref().is_some_and(Served::is_home);
    let url = served.map_or_else(|| of_path(path), |served| served.url);
    let exchange = as_served(url, bytes, now);
    let hits = read(book, &Setting { languages, country: None, day: now.date() }, &exchange, None, settings)
        .map(|reading| reading.hits)
        .unwrap_or_default();
    Explained { url: path.to_owned(), home, hits }
}

/// A page saved as a file.
pub struct SavedPage(Exchange);

impl SavedPage {
    /// The page as if it had been served as HTML from its path.
    pub fn new(path: &str, bytes: Vec<u8>) -> Self {
        let url = of_path(path);
        let now = Time::from_system(std::time::SystemTime::now()).expect("the system clock stands between 1970 and 9999");
        Self(as_served(url, bytes, now))
    }

    /// Its size.
    pub fn bytes(&self) -> usize {
        self.0.body.len()
    }

    /// The page as read.
    pub fn parse(&self) -> Page {
        page::parse(&self.0, &self.0.body, &page::Limits::DEFAULT)
    }

    /// What fires on it, with the languages that it shows.
    pub fn detect(&self, book: &Rulebook, page: &Page) -> Vec<Hit> {
        book.detect(page, &Setting { languages: &[], country: None, day: self.0.sent.date() })
    }
}

/// The URL of a file of which no more is known than its path.
fn of_path(path: &str) -> Url {
    let home = Url::parse("https://file.invalid/").expect("it is a URL");
    home.join(path.trim_start_matches(['.', '/'])).unwrap_or_else(|_| home.clone())
}

/// A page as if it had been served as HTML.
pub(crate) fn as_served(url: Url, body: Vec<u8>, now: Time) -> Exchange {
    Exchange {
        purpose: Purpose::Answer,
        url,
        request: Headers::default(),
        sent: now,
        done: now,
        version: "HTTP/1.1".to_owned(),
        status: 200,
        headers: Headers(vec![("content-type".to_owned(), "text/html".to_owned())]),
        body,
        address: None,
        resolved: Vec::new(),
        tls: None,
        truncated: None,
    }
}

/// Explains a URL that a survey captured; none if it captured no such URL.
pub async fn explain_url(
    ground: &Arc<Ground>,
    survey: SurveyId,
    url: &str,
    settings: &Settings,
) -> Result<Option<Explained>, Error> {
    let day = ground.store.survey(survey).await?.begun.started.date();
    for run in ground.store.runs(survey).await? {
        for past in ground.store.outcomes(run.id).await? {
            let (Outcome::Captured(captured) | Outcome::Shared(_, captured)) = past.outcome else { continue };
            if captured.url.as_str() == url || past.visit.url.as_str() == url {
                let exchange = archive::read(&ground.archive, &captured.record)?;
                let text = captured.text.as_ref().map(|text| archive::read_text(&ground.archive, text)).transpose()?;
                let hits = read(&ground.book, &setting(&run.portal, day), &exchange, text, settings)
                    .map(|reading| reading.hits)
                    .unwrap_or_default();
                let home = past.visit.errand == Errand::Home;
                return Ok(Some(Explained { url: url.to_owned(), home, hits }));
            }
        }
    }
    Ok(None)
}
