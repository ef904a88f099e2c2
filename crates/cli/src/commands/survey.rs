//! `survey`: from a portal list to findings.

use std::path::Path;
use std::sync::Arc;

use model::{Digest, Portal};
use serde_json::{Value, json};
use store::{NewSurvey, SurveyId};
use survey::{Ground, Outcome, Settings, Stop, Survey};

use crate::args::{Order, SurveyArgs};
use crate::config::{self, Config, Raw, TOOL, now};
use crate::exit::{Exit, Fault};
use crate::{ground, portals, progress, reach, say};

/// Runs or resumes a survey.
pub(crate) async fn run(data: &Path, mut config: Config, args: SurveyArgs) -> anyhow::Result<Exit> {
    let reached = reach::reach(&config.raw, &args.reach)?;
    if args.resume {
        let ground = ground::existing(data, config).await?;
        let (survey, raw, portals, seed) = unfinished(&ground).await?;
        let (begun, now) = (&raw.survey.instrument, &ground.book.instrument.edition);
        if begun != now {
            let what = format!("survey {} was begun for the instrument `{begun}`, and `{now}` is chosen now", survey.0);
            return Err(Fault::usage(what, format!("resume it with --instrument {begun}")).into());
        }
        return walk(ground, survey, raw.survey(seed), portals, reached).await;
    }
    override_with(&mut config.raw, &args);
    let file = args.portals.as_deref().expect("clap asks for it");
    let portals = chosen(file, !args.reach.connect_to.is_empty(), &args.only)?;
    let seed = args.seed.unwrap_or(1);
    let campaign =
        args.campaign.unwrap_or_else(|| file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default());
    let (raw, digest) = (config.raw.clone(), config.digest);
    let ground = ground::open(data, config).await?;
    let survey = ground.store.begin_survey(&new_survey(campaign, digest, &raw, &portals, seed)).await?;
    say::note(format_args!("survey {} of {} portal(s) into {}", survey.0, portals.len(), data.display()));
    walk(ground, survey, raw.survey(seed), portals, reached).await
}

/// The row of a survey: everything that is needed to resume it as it was.
pub(crate) fn new_survey(campaign: String, rulebook: Digest, raw: &Raw, portals: &[Portal], seed: u64) -> NewSurvey {
    let settings = json!({ "configuration": raw, "portals": portals });
    NewSurvey { campaign, started: now(), tool: TOOL.to_owned(), rulebook, settings, seed }
}

fn override_with(raw: &mut config::Raw, args: &SurveyArgs) {
    raw.survey.pages = args.pages.unwrap_or(raw.survey.pages);
    raw.survey.order = match args.order {
        Some(Order::BestFirst) => config::Order::BestFirst,
        Some(Order::BreadthFirst) => config::Order::BreadthFirst,
        None => raw.survey.order,
    };
}

/// The good portals of a list; wrong rows are told, and stop the survey before it starts.
fn chosen(file: &Path, routed: bool, only: &[String]) -> anyhow::Result<Vec<Portal>> {
    let list = portals::read(file, routed)?;
    for (line, what) in &list.wrong {
        say::note(format_args!("{}:{line}: {what}", file.display()));
    }
    if !list.wrong.is_empty() {
        return Err(Fault::configuration(
            format!("{} mistake(s) in `{}`", list.wrong.len(), file.display()),
            "correct the lines above; `portals check` tells them again",
        )
        .into());
    }
    let portals: Vec<Portal> = list.portals.into_iter().filter(|portal| only.is_empty() || only.contains(&portal.id)).collect();
    if portals.is_empty() {
        return Err(Fault::configuration(
            format!("`{}` names no portal to survey", file.display()),
            "look at --only and at the rows of the list",
        )
        .into());
    }
    Ok(portals)
}

/// The latest survey with what it was begun with, if it has not come to its end.
async fn unfinished(ground: &Ground) -> anyhow::Result<(SurveyId, Raw, Vec<Portal>, u64)> {
    let number = ground::survey(ground, None).await?;
    let survey = ground.store.survey(number).await?;
    if survey.finished.is_some() {
        return Err(Fault::usage(
            format!("survey {} came to its end: there is nothing to resume", number.0),
            "begin a new survey",
        )
        .into());
    }
    let part = |name: &str| survey.begun.settings.get(name).cloned().unwrap_or(Value::Null);
    let unreadable = |error: serde_json::Error| {
        Fault::configuration(
            format!("survey {} was begun by a version with other settings: {error}", number.0),
            "resume it with that version",
        )
    };
    let raw: Raw = serde_json::from_value(part("configuration")).map_err(unreadable)?;
    let portals: Vec<Portal> = serde_json::from_value(part("portals")).map_err(unreadable)?;
    say::note(format_args!("survey {} is taken up again", number.0));
    Ok((number, raw, portals, survey.begun.seed))
}

async fn walk(
    ground: Ground,
    survey: SurveyId,
    settings: Settings,
    portals: Vec<Portal>,
    reached: survey::Reach,
) -> anyhow::Result<Exit> {
    let stop = Stop::default();
    let asked = stop.clone();
    tokio::spawn(async move { interrupted(&asked).await });
    let walking = Survey::open(ground, survey, settings, reached).await?;
    let outcomes = Box::pin(walking.walk(portals, &stop, progress::shower())).await.inspect_err(|_| {
        say::note(format_args!(
            "survey {} is not finished: mend the cause below, then `portolan survey --resume` goes on",
            survey.0
        ));
    })?;
    Ok(summary(survey, &outcomes))
}

/// Ctrl-C stops after the visits under way; a second one does not wait for them. Either way nothing kept is lost.
#[expect(clippy::exit, reason = "the second Ctrl-C means now")]
async fn interrupted(stop: &Stop) {
    if tokio::signal::ctrl_c().await.is_err() {
        return;
    }
    say::note("stopping after the visits under way; what was seen so far is kept. Ctrl-C again stops at once");
    stop.ask();
    if tokio::signal::ctrl_c().await.is_ok() {
        say::note("stopped; `portolan survey --resume` goes on");
        std::process::exit(Exit::Stopped as i32);
    }
}

/// Tells per portal what came of it, and at the end what failed.
pub(crate) fn summary(survey: SurveyId, outcomes: &[Outcome]) -> Exit {
    let mut rows = vec![["run", "portal", "present", "absent", "undetermined", ""].map(str::to_owned).to_vec()];
    for outcome in outcomes {
        let run = outcome.run.map_or_else(String::new, |run| run.0.to_string());
        let count = |word: &str| outcome.findings.iter().filter(|finding| finding.answer.word() == word).count().to_string();
        let end = match (&outcome.failure, outcome.finished) {
            (Some(failure), _) => format!("failed: {failure}"),
            (None, true) => String::new(),
            (None, false) => "stopped, not judged yet".to_owned(),
        };
        rows.push(vec![run, outcome.portal.id.clone(), count("present"), count("absent"), count("undetermined"), end]);
    }
    say::table(&rows);
    let failed = outcomes.iter().filter(|outcome| outcome.failure.is_some()).count();
    if outcomes.iter().any(|outcome| !outcome.finished) {
        say::note(format_args!("survey {} is not finished: `portolan survey --resume` goes on", survey.0));
    }
    if outcomes.iter().any(|outcome| !outcome.finished && outcome.failure.is_none()) {
        return Exit::Stopped;
    }
    say::note(format_args!(
        "survey {}: {} portal(s), {failed} not reached; `portolan findings` lists what was found",
        survey.0,
        outcomes.len()
    ));
    if failed > 0 { Exit::PartlyReached } else { Exit::Done }
}

/// For commands that survey on their own account: no progress, no interrupt.
pub(crate) async fn quietly(
    ground: Ground,
    survey: SurveyId,
    settings: Settings,
    portals: Vec<Portal>,
    reached: survey::Reach,
) -> anyhow::Result<Vec<Outcome>> {
    let walking = Survey::open(ground, survey, settings, reached).await?;
    Ok(Box::pin(walking.walk(portals, &Stop::default(), Arc::new(|_| {}))).await?)
}
