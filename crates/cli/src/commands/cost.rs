//! `rules cost`: what parsing and matching take of the processor, on the pages of a saved site.

use std::path::{Path, PathBuf};
use std::time::Duration;

use indicator::Rulebook;
use rustix::time::{ClockId, clock_gettime};
use survey::SavedPage;

use crate::exit::{Exit, Fault};
use crate::say;

/// Parses and matches every HTML file, in rounds, and tells the fastest of each.
pub(crate) fn run(book: &Rulebook, dir: &Path, rounds: u32) -> anyhow::Result<Exit> {
    let mut files = Vec::new();
    html_files(dir, &mut files)?;
    let pages = files.iter().map(|file| Ok(SavedPage::new(&file.display().to_string(), std::fs::read(file)?)));
    let pages = pages.collect::<std::io::Result<Vec<SavedPage>>>()?;
    if pages.is_empty() {
        return Err(
            Fault::usage(format!("there is no HTML file below `{}`", dir.display()), "give the folder of a saved site").into()
        );
    }
    let bytes: usize = pages.iter().map(SavedPage::bytes).sum();
    let (mut parsing, mut matching, mut hits) = (Duration::MAX, Duration::MAX, 0);
    for _ in 0..rounds.max(1) {
        let mut took = [Duration::ZERO; 2];
        hits = 0;
        for page in &pages {
            let began = processor_time();
            let parsed = page.parse();
            let between = processor_time();
            hits += page.detect(book, &parsed).len();
            took[0] += between.saturating_sub(began);
            took[1] += processor_time().saturating_sub(between);
        }
        (parsing, matching) = (parsing.min(took[0]), matching.min(took[1]));
    }
    let per_page = |time: Duration| time.as_secs_f64() * 1e6 / pages.len() as f64;
    say::out(format_args!("{} pages of {} KB on average, {hits} hits", pages.len(), bytes / pages.len() / 1000));
    say::out(format_args!("parsing   {:>8.0} us of the processor a page", per_page(parsing)));
    say::out(format_args!(
        "matching  {:>8.0} us, {:.1} % of parsing",
        per_page(matching),
        100.0 * matching.as_secs_f64() / parsing.as_secs_f64()
    ));
    let (made, memory) = book.tries();
    say::out(format_args!(
        "tries     {made} of {} languages made, {:.1} MB; all of them {:.1} MB",
        book.languages().count(),
        memory as f64 / 1e6,
        book.all_tries() as f64 / 1e6
    ));
    Ok(Exit::Done)
}

/// Time that this thread had a processor.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

fn html_files(dir: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            html_files(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "html" || extension == "htm") {
            files.push(path);
        }
    }
    Ok(())
}
