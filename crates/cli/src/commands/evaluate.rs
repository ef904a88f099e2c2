//! `evaluate`: findings against labelled answers, per indicator and in all.

use std::path::Path;

use mirror::{Mirror, Ports, Site, serve};
use model::{Country, Date, Finding, Language, Portal};
use store::RunState;
use survey::Reach;
use url::Url;

use super::survey::{new_survey, quietly};
use crate::args::{EvaluateArgs, Order};
use crate::config::{self, Chosen, Config};
use crate::decisions::{self, Decision};
use crate::exit::{Exit, Fault};
use crate::labels::{Compared, Labels, Mark};
use crate::{ground, labels, say};

/// Visits at once when politeness is off. One at a time, so that the order is that of a polite survey.
const WIDTH: usize = 1;

/// Measures a stored survey, or surveys of a saved site at several budgets and orders.
/// Each survey loads the rules anew.
pub(crate) async fn run(data: &Path, rules: Chosen<'_>, args: &EvaluateArgs) -> anyhow::Result<Exit> {
    let labels = labels::read(&args.labels)?;
    let book = config::load(rules)?.book;
    let mut decided = Vec::new();
    let Some(site) = &args.site else {
        let (findings, day) = stored(data, config::load(rules)?, args).await?;
        tell("stored survey", &labels.compare(&findings), args.brief);
        decided.extend(labels.decisions(&findings, day, &book));
        return keep(&decided, args);
    };
    let host = args.host.as_deref().expect("clap asks for it");
    let mirror = serve(vec![Site::saved(site, &[host])], Ports::free()).await?;
    for order in &args.orders {
        for pages in &args.budgets {
            let config = config::load(rules)?;
            let (findings, fetched) = survey_site(config, &mirror, host, &labels, *pages, *order).await?;
            let compared = labels.compare(&findings);
            decided.extend(labels.decisions(&findings, config::now().date(), &book));
            tell(
                &format!(
                    "{} {pages} pages ({fetched} fetched)",
                    if *order == Order::BestFirst { "best-first" } else { "breadth-first" }
                ),
                &compared,
                args.brief,
            );
        }
    }
    mirror.shutdown().await;
    keep(&decided, args)
}

/// Writes decisions, if they were asked for.
fn keep(decided: &[Decision], args: &EvaluateArgs) -> anyhow::Result<Exit> {
    if let Some(file) = &args.decisions {
        decisions::write(file, decided)?;
        let accepted = decided.iter().filter(|decision| decision.accepted).count();
        say::note(format_args!("{} decisions, {accepted} accepted, in {}", decided.len(), file.display()));
    }
    Ok(Exit::Done)
}

/// The findings of a stored survey, and the day on which it began.
async fn stored(data: &Path, config: Config, args: &EvaluateArgs) -> anyhow::Result<(Vec<Finding>, Date)> {
    let ground = ground::existing(data, config).await?;
    let survey = ground::survey(&ground, args.survey).await?;
    let mut runs = ground.store.runs(survey).await?;
    runs.retain(|run| run.state == RunState::Finished && args.portal.as_ref().is_none_or(|portal| *portal == run.portal.id));
    let [run] = runs.as_slice() else {
        let hint = "name one with --portal, or finish the survey with `portolan survey --resume`";
        return Err(Fault::usage(format!("survey {} has {} finished run(s) to choose from", survey.0, runs.len()), hint).into());
    };
    let found = super::findings::latest(&ground.store, run).await?;
    let day = ground.store.survey(survey).await?.begun.started.date();
    Ok((found.into_iter().map(|found| found.finding).collect(), day))
}

/// Surveys a mirrored site into a directory of its own that is removed afterwards.
async fn survey_site(
    mut config: Config,
    mirror: &Mirror,
    host: &str,
    labels: &Labels,
    pages: u32,
    order: Order,
) -> anyhow::Result<(Vec<Finding>, usize)> {
    config.raw.survey.pages = pages;
    config.raw.survey.order = if order == Order::BestFirst { config::Order::BestFirst } else { config::Order::BreadthFirst };
    let portal = Portal {
        id: host.to_owned(),
        city: host.to_owned(),
        country: Country::new("US").expect("it is assigned"),
        home: Url::parse(&format!("https://{host}/"))
            .map_err(|error| Fault::usage(format!("--host {host}: {error}"), "give a host name"))?,
        hosts: Vec::new(),
        languages: Language::new(&labels.language).into_iter().collect(),
        notes: String::new(),
    };
    let data = scratch("evaluate")?;
    let raw = config.raw.clone();
    let digest = config.digest;
    let ground = ground::open(&data, config).await?;
    let store = ground.store.clone();
    let survey = store.begin_survey(&new_survey("evaluate".to_owned(), digest, &raw, std::slice::from_ref(&portal), 1)).await?;
    let mut settings = raw.survey(1);
    settings.width = WIDTH;
    let reach = unhurried(&raw, mirror, &[host])?;
    let outcomes = quietly(ground, survey, settings, vec![portal], reach).await?;
    let fetched = store.tallies(survey).await?.values().map(|tally| tally.captured as usize).sum();
    std::fs::remove_dir_all(&data)?;
    let findings = outcomes.into_iter().flat_map(|outcome| outcome.findings).collect();
    Ok((findings, fetched))
}

/// A fresh directory for what need not be kept.
pub(crate) fn scratch(name: &str) -> anyhow::Result<std::path::PathBuf> {
    let dir = std::env::temp_dir().join(format!("portolan-{name}-{}-{}", std::process::id(), config::now().micros()));
    std::fs::create_dir_all(&dir)?;
    Ok(dir)
}

/// Without politeness, which only sites of our own on loopback allow.
pub(crate) fn unhurried(raw: &config::Raw, mirror: &Mirror, hosts: &[&str]) -> anyhow::Result<Reach> {
    let mut routes = Vec::new();
    for host in hosts {
        routes.push(format!("{host}:80:{}", mirror.http).parse()?);
        routes.push(format!("{host}:443:{}", mirror.https).parse()?);
    }
    let fetch = crawl::fetch::Settings { polite: false, ..raw.fetch(None, None) };
    Ok(Reach { fetch, routes, trust: vec![mirror.ca_pem.clone().into_bytes()] })
}

fn tell(what: &str, compared: &[Compared], brief: bool) {
    let count = |mark: Mark| compared.iter().filter(|c| c.mark == mark).count();
    let of = |verdict: &str| compared.iter().filter(|c| c.verdict == verdict).count();
    if !brief {
        let rows = compared.iter().map(|c| {
            let pages = c.pages.iter().map(|page| say::cut(page, 60)).collect::<Vec<_>>().join("  ");
            vec![c.code.to_string(), c.verdict.to_owned(), c.answer.clone(), c.mark.word().to_owned(), pages]
        });
        say::table(&rows.collect::<Vec<_>>());
    }
    let share = |part: usize, whole: usize| {
        if whole == 0 {
            "no such labels".to_owned()
        } else {
            format!("{part}/{whole} = {:.1} %", 100.0 * part as f64 / whole as f64)
        }
    };
    let (strict, lenient) = (count(Mark::Hit), count(Mark::Hit) + count(Mark::HitUnlabelled));
    let proposed = compared.iter().filter(|c| c.verdict != "live" && c.answer == "present").count();
    say::out(format_args!(
        "{what}: recall@3 {} (with unlabelled pages where many are valid {}); false finds {}; leads called absent {}, called present {}; precision {}",
        share(strict, of("present")),
        share(lenient, of("present")),
        share(count(Mark::FalseFind), of("absent")),
        share(count(Mark::LostLead), of("lead")),
        share(count(Mark::LeadAsPresent), of("lead")),
        share(lenient, proposed),
    ));
}
