//! `rules`: what keepers of instruments, lexicons and vendors need, without network and ledger.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use indicator::{Remark, Rulebook, Source};
use model::Code;
use survey::{Fixture, Judged};

use crate::args::{FixtureArgs, RulesCommand};
use crate::config::{self, Chosen};
use crate::exit::{Exit, Fault};
use crate::{advice, crosswalks, national, say};

/// Where saved pages are in the repository.
const FIXTURES: &str = "fixtures/indicators";

/// Pages that an indicator should have of either sort, and a language in all.
const OF_EACH: usize = 3;
const OF_LANGUAGE: usize = 20;

pub(crate) fn run(chosen: Chosen<'_>, command: &RulesCommand) -> anyhow::Result<Exit> {
    match command {
        RulesCommand::Check { languages, fixtures } => check(chosen, languages, fixtures),
        RulesCommand::Test { codes, languages, fixtures } => test(&config::load(chosen)?.book, codes, languages, fixtures),
        RulesCommand::Coverage { fixtures } => coverage(&config::load(chosen)?.book, fixtures),
        RulesCommand::States => Ok(states(&config::load(chosen)?.book)),
        RulesCommand::Cost { dir: site, rounds } => super::cost::run(&config::load(chosen)?.book, site, *rounds),
    }
}

fn check(chosen: Chosen<'_>, only: &[String], args: &FixtureArgs) -> anyhow::Result<Exit> {
    let sources = config::sources(chosen.dir)?;
    let book = config::compile(&sources, chosen)?.book;
    let mut remarks = indicator::check(&sources, &book);
    if args.fixtures.is_some() || Path::new(FIXTURES).exists() {
        remarks.extend(missing(&book, &read(args)?));
    } else {
        say::note(format_args!("there is no folder {FIXTURES} here: saved pages are not counted (--fixtures DIR)"));
    }
    if !only.is_empty() {
        let of_language = |remark: &Remark, tag: &String| {
            remark.path == format!("lexicons/{tag}.toml") || remark.path == format!("fixtures in {tag}")
        };
        remarks.retain(|remark| only.iter().any(|tag| of_language(remark, tag)));
    }
    remarks.sort();
    for remark in &remarks {
        say::out(remark);
    }
    let wrong = beside(&sources);
    let (languages, indicators) = (book.languages().count(), book.instrument.indicators.len());
    say::out(format_args!("{} remark(s) on {indicators} indicators and {languages} languages", remarks.len()));
    Ok(if remarks.is_empty() && wrong == 0 { Exit::Done } else { Exit::Configuration })
}

/// Tells what is wrong with the other editions, the crosswalks between them and the advice to cities, and counts it.
fn beside(sources: &[Source]) -> usize {
    let mut wrong = 0;
    for edition in indicator::editions(sources) {
        if let Err(error) = indicator::instrument(sources, edition) {
            say::out(format_args!("instrument {edition}: {error}"));
            wrong += 1;
        }
    }
    let (crosswalks, mut mistakes) = crosswalks::read(sources);
    mistakes.extend(advice::mistakes(sources));
    let (nationals, of_nationals) = national::read(sources);
    mistakes.extend(of_nationals);
    for mistake in &mistakes {
        say::out(mistake);
    }
    for crosswalk in &crosswalks {
        let (from, to, pairs) = (&crosswalk.from, &crosswalk.to, crosswalk.pairs().count());
        say::out(format_args!("crosswalk from {from} to {to}: {pairs} indicators can be compared over time"));
    }
    for one in &nationals {
        say::out(format_args!("{} beside {}: {} national features", one.from, one.to, one.feature.len()));
    }
    wrong + mistakes.len()
}

/// Indicators and languages with too few saved pages.
fn missing(book: &Rulebook, fixtures: &[Fixture]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for indicator in &book.instrument.indicators {
        for (present, word) in [(true, "present"), (false, "absent")] {
            let count = fixtures.iter().filter(|fixture| fixture.code == indicator.code && fixture.present == present).count();
            if count < OF_EACH {
                let what = format!("{count} of {OF_EACH} pages {word}: write {}-<slug>/{word}-<language>.html", indicator.code);
                remarks.push(Remark { path: format!("fixtures of {}", indicator.code), what });
            }
        }
    }
    for language in book.languages() {
        let count = fixtures.iter().filter(|fixture| fixture.language.primary() == language).count();
        if count < OF_LANGUAGE {
            remarks.push(Remark { path: format!("fixtures in {language}"), what: format!("{count} of {OF_LANGUAGE} pages") });
        }
    }
    remarks
}

fn test(book: &Rulebook, codes: &[String], languages: &[String], args: &FixtureArgs) -> anyhow::Result<Exit> {
    let unknown: Vec<&str> = codes.iter().map(String::as_str).filter(|code| !knows(book, code)).collect();
    if !unknown.is_empty() {
        let message = format!("{} has no indicator {}", book.instrument.edition, unknown.join(", "));
        return Err(
            Fault::usage(message, "`portolan rules coverage` lists the codes; --instrument chooses another edition").into()
        );
    }
    let wanted = |fixture: &&Fixture| {
        book.decide(&fixture.code).is_some()
            && (codes.is_empty() || codes.iter().any(|code| code == fixture.code.as_str()))
            && (languages.is_empty() || languages.iter().any(|language| language == fixture.language.primary()))
    };
    let fixtures = read(args)?;
    let (mut judged, mut otherwise) = (0, 0);
    for fixture in fixtures.iter().filter(wanted) {
        let result = fixture.judge(book)?;
        judged += 1;
        if !result.as_named {
            otherwise += 1;
            tell(fixture, &result, book);
        }
    }
    if judged == 0 {
        return Err(Fault::usage("no saved page is of these codes and languages", "`portolan rules coverage` counts them").into());
    }
    say::out(format_args!("{judged} pages judged, {otherwise} otherwise than named"));
    Ok(if otherwise == 0 { Exit::Done } else { Exit::Configuration })
}

/// Whether the instrument asks for a code.
fn knows(book: &Rulebook, code: &str) -> bool {
    Code::new(code).is_ok_and(|code| book.decide(&code).is_some())
}

/// A page that was judged otherwise than its name says, with what fired.
fn tell(fixture: &Fixture, judged: &Judged, book: &Rulebook) {
    let need = book.need(&fixture.code).unwrap_or_default();
    let finding = &judged.finding;
    let worth: f32 = judged.hits.iter().filter(|hit| hit.link.is_none()).map(|hit| hit.weight).sum();
    say::out(format_args!("{}: {}, worth {worth:.1}, needs {need}", fixture.path.display(), finding.answer));
    if judged.hits.is_empty() {
        say::out("    nothing fired");
    }
    for hit in &judged.hits {
        let lead = if hit.link.is_some() { " (lead)" } else { "" };
        say::out(format_args!("    {:+.1} {}{lead} “{}”", hit.weight, hit.signal, say::cut(&hit.quote.exact, 90)));
    }
}

fn coverage(book: &Rulebook, args: &FixtureArgs) -> anyhow::Result<Exit> {
    let fixtures = read(args)?;
    let count = |fits: &dyn Fn(&Fixture) -> bool, present: bool| {
        fixtures.iter().filter(|fixture| fixture.present == present && fits(fixture)).count().to_string()
    };
    let mut rows = vec![["language", "terms", "present", "absent"].map(str::to_owned).to_vec()];
    let terms: BTreeMap<&str, usize> = book.terms().collect();
    for (language, terms) in terms {
        let of = |fixture: &Fixture| fixture.language.primary() == language;
        rows.push(vec![language.to_owned(), terms.to_string(), count(&of, true), count(&of, false)]);
    }
    say::table(&rows);
    let mut rows = vec![["code", "present", "absent", "title"].map(str::to_owned).to_vec()];
    for indicator in &book.instrument.indicators {
        let of = |fixture: &Fixture| fixture.code == indicator.code;
        rows.push(vec![indicator.code.to_string(), count(&of, true), count(&of, false), indicator.title.clone()]);
    }
    say::out("");
    say::table(&rows);
    Ok(Exit::Done)
}

/// The states of the world with the lexicons that serve their largest city, as Markdown.
fn states(book: &Rulebook) -> Exit {
    let states = book.states();
    let serves = |language: &String| book.lexicon_of(language).is_some();
    let main = states.iter().filter(|state| state.languages.first().is_some_and(serves)).count();
    let any = states.iter().filter(|state| state.languages.iter().any(serves)).count();
    say::out("# Lexicons and the largest cities of the world\n");
    say::out(
        "Made by `portolan rules states` from `config/states.toml` and the lexicons beside this file; a test compares it.\n",
    );
    say::out(format_args!(
        "{} states, {} lexicons. The main working language of the largest city has a lexicon in {main} states, some working language in {any}.\n",
        states.len(),
        book.languages().count()
    ));
    say::out("| state | largest city | working languages | lexicons |\n|---|---|---|---|");
    for state in states {
        let served: Vec<&str> = state.languages.iter().filter_map(|language| book.lexicon_of(language)).collect();
        let lexicons = if served.is_empty() { "none".to_owned() } else { served.join(", ") };
        say::out(format_args!("| {} | {} | {} | {lexicons} |", state.name, state.city, state.languages.join(", ")));
    }
    Exit::Done
}

fn read(args: &FixtureArgs) -> anyhow::Result<Vec<Fixture>> {
    let folder = args.fixtures.as_deref().unwrap_or(Path::new(FIXTURES));
    if !folder.exists() {
        let message = format!("there is no folder `{}` of saved pages", folder.display());
        return Err(Fault::usage(message, "give one by --fixtures, with pages such as 219-budget/present-en.html").into());
    }
    Fixture::all(folder).context("rename it, as in 219-budget/present-en.html or 219-budget/absent-pt-BR.html")
}
