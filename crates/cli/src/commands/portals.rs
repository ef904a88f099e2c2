//! `portals check`: every wrong row at once and, online, what each home page answers.

use std::path::Path;
use std::sync::Arc;

use crawl::fetch::Fetcher;
use crawl::pace::MemoryBook;
use model::Portal;

use crate::args::ReachArgs;
use crate::config::Config;
use crate::exit::Exit;
use crate::{portals, reach, say};

/// Checks a list.
pub(crate) async fn run(config: &Config, file: &Path, online: bool, args: &ReachArgs) -> anyhow::Result<Exit> {
    let list = portals::read(file, !args.connect_to.is_empty())?;
    for (line, what) in &list.wrong {
        say::out(format_args!("{}:{line}: {what}", file.display()));
    }
    let mut unreached = 0;
    if online {
        let reached = reach::reach(&config.raw, args)?;
        let fetcher =
            Fetcher::new(reached.fetch, reached.routes, &reached.trust, Arc::new(MemoryBook::default()), Vec::new(), Vec::new())?;
        for portal in &list.portals {
            unreached += usize::from(!ask(&fetcher, portal).await);
        }
    }
    say::note(format_args!(
        "{} good row(s), {} mistake(s), {unreached} home page(s) not reached",
        list.portals.len(),
        list.wrong.len()
    ));
    Ok(match (list.wrong.is_empty(), unreached) {
        (false, _) => Exit::Configuration,
        (true, 0) => Exit::Done,
        (true, _) => Exit::PartlyReached,
    })
}

/// Tells what a home page answers; whether it was reached.
async fn ask(fetcher: &Fetcher, portal: &Portal) -> bool {
    match fetcher.get(&portal.home, None, &|_| true).await {
        Ok(capture) => {
            let answer = capture.answer();
            let moved = if answer.url == portal.home { String::new() } else { format!(", redirects to {}", answer.url) };
            say::out(format_args!("{}: {} answers {}{moved}", portal.id, portal.home, answer.status));
            true
        }
        Err(missed) => {
            say::out(format_args!("{}: {} brings nothing ({}): {}", portal.id, portal.home, missed.miss, missed.detail));
            false
        }
    }
}
