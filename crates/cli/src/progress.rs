//! Progress of a survey: a bar per portal on a terminal, plain lines otherwise.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::sync::{Arc, Mutex, PoisonError};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use survey::Event;

use crate::say;

/// Plain lines tell every so many pages.
const EVERY: u32 = 50;

/// Shows events as they come.
pub(crate) fn shower() -> Arc<dyn Fn(Event) + Send + Sync> {
    if std::io::stderr().is_terminal() { bars() } else { Arc::new(plain) }
}

fn plain(event: Event) {
    match event {
        Event::Started { portal, pages } => say::note(format_args!("{portal}: started, up to {pages} pages")),
        Event::Page { portal, pages, proven, .. } if pages % EVERY == 0 => {
            say::note(format_args!("{portal}: {pages} pages, {proven} indicators with evidence"));
        }
        Event::Ended { portal, pages, failure } => {
            let failure = failure.map(|failure| format!("; {failure}")).unwrap_or_default();
            say::note(format_args!("{portal}: done, {pages} pages{failure}"));
        }
        Event::Page { .. } | Event::Missed { .. } => {}
    }
}

fn bars() -> Arc<dyn Fn(Event) + Send + Sync> {
    let all = MultiProgress::new();
    let bars: Mutex<HashMap<String, ProgressBar>> = Mutex::new(HashMap::new());
    let style = ProgressStyle::with_template("{prefix:20!} {bar:30} {pos:>5}/{len} {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    Arc::new(move |event| {
        let mut bars = bars.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Started { portal, pages } => {
                let bar = all.add(ProgressBar::new(u64::from(pages)).with_style(style.clone()).with_prefix(portal.clone()));
                bars.insert(portal, bar);
            }
            Event::Page { portal, pages, proven, url } => {
                if let Some(bar) = bars.get(&portal) {
                    bar.set_position(u64::from(pages));
                    bar.set_message(format!("{proven} with evidence  {}", say::cut(url.path(), 50)));
                }
            }
            Event::Missed { portal, url, miss, .. } => {
                if let Some(bar) = bars.get(&portal) {
                    bar.set_message(format!("{miss}: {}", say::cut(url.as_str(), 50)));
                }
            }
            Event::Ended { portal, failure, .. } => {
                if let Some(bar) = bars.remove(&portal) {
                    bar.finish_with_message(failure.unwrap_or_else(|| "done".to_owned()));
                }
            }
        }
    })
}
