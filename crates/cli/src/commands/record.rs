//! `record`, `sign-off`, `release`: what people decided elsewhere enters ledger and log.

use std::path::Path;

use archive::{Log, new_id};
use model::{Made, Release, SignOff};
use serde_json::{Value, json};
use store::{FindingId, Store};
use survey::Ground;

use crate::args::{RecordArgs, ReleaseArgs, SignOffArgs};
use crate::config::{Config, now};
use crate::exit::{Exit, Fault};
use crate::{ground, say};

/// Keeps the decisions and rulings of a file, a JSON object a line. What breaks a rule is told; the rest is kept.
pub(crate) async fn run(data: &Path, config: Config, args: &RecordArgs) -> anyhow::Result<Exit> {
    let ground = ground::existing(data, config).await?;
    let mut log = Log::of(&ground.archive)?;
    let text = std::fs::read_to_string(&args.file).map_err(|error| {
        Fault::configuration(format!("`{}` cannot be read: {error}", args.file.display()), "name a file of JSON lines")
    })?;
    let campaign = campaign(&ground, args.campaign.as_deref()).await?;
    let (mut kept, mut wrong) = (0, 0);
    for (no, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let done = match made(&ground, &campaign, line).await {
            Ok(made) => review::record(&ground.archive, &mut log, &ground.store, &made).await.map_err(anyhow::Error::from),
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => kept += 1,
            Err(error) => {
                wrong += 1;
                say::note(format_args!("{}:{}: {error:#}", args.file.display(), no + 1));
            }
        }
    }
    say::out(format_args!("{kept} kept, {wrong} refused"));
    Ok(if wrong > 0 { Exit::Configuration } else { Exit::Done })
}

/// A line as what it says, with all filled in that follows by itself.
async fn made(ground: &Ground, campaign: &str, line: &str) -> anyhow::Result<Made> {
    let mut value: Value = serde_json::from_str(line)?;
    let Some(object) = value.as_object_mut() else { anyhow::bail!("it is no JSON object") };
    let usual = [
        ("id", json!(new_id())),
        ("campaign", json!(campaign)),
        ("round", json!(1)),
        ("note", json!("")),
        ("evidence", json!([])),
        ("at", json!(now())),
    ];
    for (name, value) in usual {
        object.entry(name).or_insert(value);
    }
    if object.get("kind").is_some_and(|kind| kind == "decision") {
        object.entry("trail").or_insert(json!([]));
    }
    if let Some(evidence) = object.get_mut("evidence").and_then(Value::as_array_mut) {
        for one in evidence.iter_mut().filter(|one| one.get("finding").is_some()) {
            *one = proposed(&ground.store, one).await?;
        }
    }
    let made: Made = serde_json::from_value(value)?;
    let Some(code) = made.code() else { anyhow::bail!("sign-offs and releases have commands of their own") };
    let known = ground.book.instrument.indicators.iter().any(|indicator| indicator.code == *code);
    if known { Ok(made) } else { anyhow::bail!("the instrument has no indicator {code}") }
}

/// A piece of evidence that the machine proposed, by its finding and rank.
async fn proposed(store: &Store, one: &Value) -> anyhow::Result<Value> {
    let finding = one["finding"].as_i64().unwrap_or_default();
    let rank = one["rank"].as_u64().unwrap_or(1);
    let proofs = store.proofs(FindingId(finding)).await?;
    let proof = proofs.into_iter().find(|proof| u64::from(proof.rank) == rank);
    let Some((proof, (_, captured))) = proof.and_then(|mut proof| proof.captured.take().map(|captured| (proof, captured))) else {
        anyhow::bail!("finding {finding} has no captured evidence of rank {rank}")
    };
    let quote = proof.evidence.quote;
    Ok(json!({
        "record": captured.record.id, "url": captured.url, "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix,
        "start": quote.position.map(|(start, _)| start), "end": quote.position.map(|(_, end)| end),
    }))
}

/// Signs a city off.
pub(crate) async fn sign_off(data: &Path, config: Config, args: &SignOffArgs) -> anyhow::Result<Exit> {
    let ground = ground::existing(data, config).await?;
    let mut log = Log::of(&ground.archive)?;
    let codes: Vec<_> = ground.book.instrument.indicators.iter().map(|indicator| indicator.code.clone()).collect();
    let made = SignOff {
        id: new_id(),
        campaign: campaign(&ground, args.campaign.as_deref()).await?,
        portal: args.portal.clone(),
        round: args.round,
        reviewer: args.by.clone(),
        finals: Vec::new(),
        at: now(),
    };
    let made = review::sign_off(&ground.archive, &mut log, &ground.store, &codes, made).await.map_err(refused)?;
    let yes = made.finals.iter().filter(|one| one.answer == model::Choice::Yes).count();
    say::out(format_args!("{} is signed off: {yes} yes of {}", made.portal, made.finals.len()));
    Ok(Exit::Done)
}

/// Publishes the signed-off cities of a campaign.
pub(crate) async fn release(data: &Path, config: Config, args: &ReleaseArgs) -> anyhow::Result<Exit> {
    let ground = ground::existing(data, config).await?;
    let mut log = Log::of(&ground.archive)?;
    let campaign = campaign(&ground, args.campaign.as_deref()).await?;
    let made = Release {
        id: new_id(),
        number: 0,
        instrument: ground.book.instrument.edition.clone(),
        policy: json!({ "slots": 2, "final": "two decisions that agree, or a ruling" }),
        cities: review::signed_off(&ground.store, &campaign).await.map_err(refused)?,
        reason: args.reason.clone(),
        publisher: args.by.clone(),
        at: now(),
        supersedes: None,
        campaign,
    };
    let made = review::release(&ground.archive, &mut log, &ground.store, made).await.map_err(refused)?;
    say::out(format_args!(
        "release {}/{} of {} cities; `portolan pack {}/{}` makes its audit pack",
        made.campaign,
        made.number,
        made.cities.len(),
        made.campaign,
        made.number
    ));
    Ok(Exit::Done)
}

/// The campaign of that name, or that of the latest survey.
async fn campaign(ground: &Ground, named: Option<&str>) -> anyhow::Result<String> {
    match named {
        Some(name) => Ok(name.to_owned()),
        None => Ok(ground.store.survey(ground::survey(ground, None).await?).await?.begun.campaign),
    }
}

fn refused(error: review::Error) -> anyhow::Error {
    match error {
        review::Error::Rule(what) => Fault::usage(what, "see `portolan record --help`").into(),
        other => other.into(),
    }
}
