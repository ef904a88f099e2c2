//! `ingest`: takes in what a person's browser brought where the crawler could not.

use std::path::Path;

use archive::stranger::Fault as Refusal;
use store::RunId;
use survey::{Error, Gift, Ground, Ingested, TakenIn};

use crate::args::IngestArgs;
use crate::config::Config;
use crate::exit::{Exit, Fault};
use crate::{ground, say};

/// Letters of a name of a person, and of a note, at most.
const MAX_NAME: usize = 100;
const MAX_NOTE: usize = 10_000;

/// Refused records of a file that are told one by one.
const TOLD: usize = 20;

/// Takes the files in, one after the other; one that is refused stops no other.
pub(crate) async fn run(data: &Path, config: Config, args: &IngestArgs) -> anyhow::Result<Exit> {
    let by = args.by.trim();
    if by.is_empty() || by.chars().any(char::is_control) || by.chars().count() > MAX_NAME {
        return Err(Fault::usage("--by is no name", "give the pseudonym of who made the capture, up to 100 letters").into());
    }
    if args.note.chars().count() > MAX_NOTE {
        return Err(Fault::usage("--note is too long", "say it in up to 10,000 letters").into());
    }
    let settings = config.raw.survey(1);
    let ground = ground::existing(data, config).await?;
    let run = latest(&ground, &args.portal, args.campaign.as_deref()).await?;
    let mut refused = 0;
    for file in &args.files {
        let gift = Gift { file: file.clone(), by: by.to_owned(), note: args.note.clone() };
        match survey::ingest(&ground, run, gift, &settings).await {
            Ok(Ingested::Now(taken_in)) => tell(file, &taken_in),
            Ok(Ingested::Before(entry)) => {
                say::note(format_args!("{}: was taken in before, as entry {entry} of the log", file.display()));
            }
            Err(Error::Brought(fault)) => {
                refused += 1;
                say::note(format_args!("{}: refused: {}", file.display(), words(&fault)));
            }
            Err(error) => return Err(error.into()),
        }
    }
    if refused > 0 {
        say::note(format_args!("{refused} of {} files refused; nothing of them is kept", args.files.len()));
    }
    Ok(if refused > 0 { Exit::Configuration } else { Exit::Done })
}

/// The latest run of a portal, of a campaign or of all.
async fn latest(ground: &Ground, portal: &str, campaign: Option<&str>) -> anyhow::Result<RunId> {
    for survey in ground.store.surveys().await? {
        if campaign.is_some_and(|campaign| survey.begun.campaign != campaign) {
            continue;
        }
        if let Some(run) = ground.store.runs(survey.id).await?.into_iter().find(|run| run.portal.id == portal) {
            return Ok(run.id);
        }
    }
    let of = campaign.map(|campaign| format!(" in the campaign `{campaign}`")).unwrap_or_default();
    let hint = "ids are those of the portal list that was surveyed; `portolan findings` shows them in brackets";
    Err(Fault::usage(format!("no survey{of} has a portal `{portal}`"), hint).into())
}

/// A refusal with its causes, in one line.
fn words(fault: &Refusal) -> String {
    let mut told = fault.to_string();
    let mut cause = std::error::Error::source(fault);
    while let Some(error) = cause {
        told = format!("{told}: {error}");
        cause = error.source();
    }
    told
}

fn tell(file: &Path, taken_in: &TakenIn) {
    for (captured, text) in &taken_in.captures {
        let layer = if *text { "text" } else { "-" };
        let kind = if captured.media_type.is_empty() { "-" } else { &captured.media_type };
        say::out(format_args!(
            "{}  {}  {layer}  {}  {}",
            captured.record.id,
            captured.status,
            say::cut(kind, 40),
            say::cut(captured.url.as_str(), 500)
        ));
    }
    let name = file.display();
    for refused in taken_in.taken.refused.iter().take(TOLD) {
        say::note(format_args!("{name}: {refused}"));
    }
    if taken_in.taken.refused.len() > TOLD {
        say::note(format_args!("{name}: {} further records are refused", taken_in.taken.refused.len() - TOLD));
    }
    let passed: Vec<String> = taken_in.taken.passed.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    if !passed.is_empty() {
        say::note(format_args!("{name}: records that are no responses: {}", passed.join(", ")));
    }
    if !taken_in.of_persons.is_empty() {
        let fields: Vec<&str> = taken_in.of_persons.iter().copied().collect();
        say::note(format_args!(
            "{name}: the file itself is not kept, only its digest: it holds what may identify a person ({}), which is left out",
            fields.join(", ")
        ));
    }
    if taken_in.with_cookies > 0 {
        say::note(format_args!(
            "{name}: {} captures were asked for with cookies: look whether they show somebody's log-in before you rely on them",
            taken_in.with_cookies
        ));
    }
    if taken_in.unproven > 0 {
        say::note(format_args!(
            "{name}: for {} captures the file has no SHA-256 digest: that they are as they were captured rests on who brought them",
            taken_in.unproven
        ));
    }
    say::note(format_args!(
        "{name}: {} captures taken in, {} records refused, as entry {} of the log, {}",
        taken_in.captures.len(),
        taken_in.taken.refused.len(),
        taken_in.entry,
        taken_in.digest
    ));
}
