//! `score`: the scorecards of a release, from the ledger or from its audit pack alone, to the byte the same.

use std::path::Path;

use archive::{Log, canonical, is_audit_pack, verify_audit};
use indicator::Source;
use model::{Code, Instrument, Release, SignOff};
use score::{Card, Sheet, SheetError, Standing};
use serde::Serialize;
use serde_json::Value;

use super::audit::rulebooks;
use crate::args::ScoreArgs;
use crate::config::Config;
use crate::exit::{Exit, Fault};
use crate::{ground, say};

/// The scorecards of a release. No float is in it.
#[derive(Serialize)]
struct Scores {
    campaign: String,
    release: u32,
    /// Edition of the instrument.
    edition: String,
    denominator: u16,
    /// In the order of their keys.
    cities: Vec<Standing>,
}

/// Writes the scorecards as canonical JSON (RFC 8785).
pub(crate) async fn run(data: &Path, config: impl FnOnce() -> anyhow::Result<Config>, args: &ScoreArgs) -> anyhow::Result<Exit> {
    let folder = Path::new(&args.what);
    let (release, signed, rules) =
        if is_audit_pack(folder) { of_pack(folder)? } else { of_ledger(data, config()?, &args.what).await? };
    let instrument = instrument(&rules, &release.instrument)?;
    say::out(canonical(&scores(&release, &signed, &instrument, args.denominator)?));
    Ok(Exit::Done)
}

type Read = (Release, Vec<SignOff>, Vec<String>);

/// Release, sign-offs and rulebooks of a pack, after all of it was checked.
fn of_pack(folder: &Path) -> anyhow::Result<Read> {
    let audit = verify_audit(folder, &[]);
    if let Some(fault) = audit.report.findings.iter().find(|finding| finding.fault) {
        let hint = "`portolan verify` lists all that is wrong with it; nothing is scored that is not as it was sealed";
        return Err(
            Fault { exit: Exit::Unproven, message: format!("the pack is damaged: {fault}"), hint: Some(hint.into()) }.into()
        );
    }
    let release = audit.proven.rows("release").next_back().map(|(_, row)| serde_json::from_value::<Release>(row.clone()));
    let release = release.ok_or_else(|| Fault::usage("the pack holds no release", "name the audit pack of a release"))??;
    let mut signed = Vec::new();
    for (_, row) in audit.proven.rows("sign_off") {
        signed.push(serde_json::from_value(row.clone())?);
    }
    let mut names: Vec<_> = match std::fs::read_dir(folder.join("rulebook")) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(_) => Vec::new(),
    };
    names.sort();
    let rules = names.iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?;
    Ok((release, signed, rules))
}

/// The same from the ledger.
async fn of_ledger(data: &Path, config: Config, what: &str) -> anyhow::Result<Read> {
    let unknown = || {
        let hint = "name a release as CAMPAIGN/NUMBER, or the folder of an audit pack";
        Fault::usage(format!("`{what}` is neither a release nor an audit pack"), hint)
    };
    let (campaign, number) = what.rsplit_once('/').ok_or_else(unknown)?;
    let number: u32 = number.parse().map_err(|_| unknown())?;
    let ground = ground::existing(data, config).await?;
    let releases = ground.store.made("release", campaign).await?;
    let (_, row) = releases.into_iter().find(|(_, row)| row["number"] == number).ok_or_else(unknown)?;
    let release: Release = serde_json::from_value(row)?;
    let signed = ground.store.made("sign_off", campaign).await?;
    let signed = signed.into_iter().map(|(_, row): (u64, Value)| serde_json::from_value(row)).collect::<Result<_, _>>()?;
    let mut rules = rulebooks(&ground, &Log::of(&ground.archive)?, &release).await?;
    rules.sort();
    Ok((release, signed, rules.into_iter().map(|(_, text)| text).collect()))
}

/// The instrument as it was when the cities were judged: the release names only its edition, and its files may have changed.
fn instrument(rules: &[String], edition: &str) -> anyhow::Result<Instrument> {
    let whole = rules.iter().map(|text| files(text));
    let found = whole.into_iter().find_map(|sources| indicator::instrument(&sources, edition).ok());
    Ok(found.ok_or_else(|| {
        let hint = "rule files are kept with each judging: `portolan judge`, a new release and a new pack bring them";
        Fault::usage(format!("the rule files of `{edition}` were not kept with this release"), hint)
    })?)
}

/// The files of a rulebook as it was kept: the edition, then of each file its name, its length in bytes and its text.
fn files(rules: &str) -> Vec<Source> {
    let mut files = Vec::new();
    let mut rest = rules.split_once('\n').map_or("", |(_, rest)| rest);
    while let Some((path, after)) = rest.split_once('\n')
        && let Some((length, after)) = after.split_once('\n')
        && let Some((text, after)) = length.parse().ok().and_then(|length| after.split_at_checked(length))
    {
        files.push(Source { path: path.to_owned(), text: text.to_owned() });
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    files
}

fn scores(release: &Release, signed: &[SignOff], instrument: &Instrument, of: Option<u16>) -> anyhow::Result<Scores> {
    let denominator = of.unwrap_or(instrument.denominator);
    let mut cities = Vec::new();
    for city in &release.cities {
        let own = signed.iter().find(|one| one.id == city.sign_off);
        let own =
            own.ok_or_else(|| Fault::usage(format!("the sign-off of `{}` is missing", city.portal), "`portolan verify` it"))?;
        let answers = own.finals.iter().map(|one| (one.code.clone(), one.answer));
        cities.push(match Sheet::decided(instrument, &city.portal, answers) {
            Ok(sheet) => {
                let card = Card::new(instrument, &sheet, denominator);
                Standing::Scored(card.map_err(|error| Fault::usage(error.to_string(), "choose another with --denominator"))?)
            }
            Err(SheetError::Missing { portal, .. }) => {
                let known = |code: &Code| own.finals.iter().any(|one| one.code == *code);
                let waiting = instrument.indicators.iter().filter(|indicator| !known(&indicator.code)).count();
                Standing::Unruled { portal, edition: instrument.edition.clone(), waiting: u32::try_from(waiting)? }
            }
            Err(other) => return Err(other.into()),
        });
    }
    cities.sort_by(|a, b| a.portal().cmp(b.portal()));
    let (campaign, release) = (release.campaign.clone(), release.number);
    Ok(Scores { campaign, release, edition: instrument.edition.clone(), denominator, cities })
}
