//! `bench`: the whole pipeline on a loopback site, politeness off, with what it cost.

use std::time::Instant;

use model::{Country, Language, Portal};
use rustix::process::{Resource, getrlimit};
use survey::Reach;

use super::evaluate::scratch;
use super::survey::{new_survey, quietly};
use crate::args::BenchArgs;
use crate::config::Config;
use crate::exit::Exit;
use crate::{ground, reach, say, stages};

/// Surveys one site and tells pages, seconds and the processor time of each stage. Memory is told by whoever runs this.
pub(crate) async fn run(mut config: Config, args: &BenchArgs) -> anyhow::Result<Exit> {
    config.raw.survey.pages = args.pages;
    config.raw.survey.per_shape = u32::MAX;
    config.raw.survey.dull = u32::MAX;
    config.raw.survey.searches = 0;
    let portal = Portal {
        id: "bench".to_owned(),
        city: "Bench".to_owned(),
        country: Country::new("GB").expect("it is assigned"),
        home: args.home.clone(),
        hosts: Vec::new(),
        languages: Language::new("en").into_iter().collect(),
        notes: String::new(),
    };
    let (raw, data, digest) = (config.raw.clone(), scratch("bench")?, config.digest);
    let ground = ground::open(&data, config).await?;
    let store = ground.store.clone();
    let survey = store.begin_survey(&new_survey("bench".to_owned(), digest, &raw, std::slice::from_ref(&portal), 1)).await?;
    let Reach { fetch, routes, trust } = reach::reach(&raw, &args.reach)?;
    let reached = Reach { fetch: crawl::fetch::Settings { polite: false, ..fetch }, routes, trust };
    let mut settings = raw.survey(1);
    (settings.width, settings.per_host) = (args.width, args.width);
    let began = Instant::now();
    quietly(ground, survey, settings, vec![portal], reached).await?;
    let seconds = began.elapsed().as_secs_f64();
    let pages: u32 = store.tallies(survey).await?.values().map(|tally| tally.captured).sum();
    say::out(format_args!(
        "{pages} pages in {seconds:.2} s: {:.0} pages/s (open files limit {:?})",
        f64::from(pages) / seconds,
        getrlimit(Resource::Nofile).current
    ));
    let profile = stages::profile();
    let total: f64 = profile.iter().map(|(_, time)| time.as_secs_f64()).sum();
    for (stage, time) in profile {
        let seconds = time.as_secs_f64();
        say::out(format_args!(
            "{stage:<20} {:>8.3} CPU s/1000 {:>6.1} %",
            seconds * 1000.0 / f64::from(pages.max(1)),
            100.0 * seconds / total
        ));
    }
    std::fs::remove_dir_all(&data)?;
    Ok(Exit::Done)
}
