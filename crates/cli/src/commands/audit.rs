//! The audit pack of a release: a folder with which a score can be walked back to bytes, by anyone, without us.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use archive::{Entry, Fact, Log, Note, Signer, canonical, digest, proof, read_text};
use model::{Choice, Release, SignOff};
use serde_json::{Value, json};
use store::RunId;
use survey::Ground;

use crate::config::{Raw, TOOL, now};
use crate::exit::Fault;
use crate::say;

/// What the pack tells whoever opens it.
const README: &str = include_str!("audit-readme.txt");

/// The description of the format, and the other verifier: who has the pack has all that is needed to check it.
const FORMAT: &str = include_str!("../../../archive/FORMAT.md");
const VERIFIER: &str = include_str!("../../../../tests/verifier/verify.py");

/// Packs a release, named as CAMPAIGN/NUMBER.
pub(crate) async fn pack(ground: &Ground, raw: &Raw, what: &str, out: &Path, signer: Option<&Signer>) -> anyhow::Result<()> {
    let unknown =
        || Fault::usage(format!("`{what}` is neither the number of a run nor a release"), "name a release as CAMPAIGN/NUMBER");
    let signer = signer
        .ok_or_else(|| Fault::usage("an audit pack must be signed, and there is no key", "make one with `portolan key init`"))?;
    let (campaign, number) = what.rsplit_once('/').ok_or_else(unknown)?;
    let releases = ground.store.made("release", campaign).await?;
    let number: u32 = number.parse().map_err(|_| unknown())?;
    let found = releases.into_iter().find(|(_, row)| row["number"] == number).ok_or_else(unknown)?;
    let (entry, release): (u64, Release) = (found.0, serde_json::from_value(found.1)?);
    if std::fs::read_dir(out)?.next().is_some() {
        let hint = "name a new folder with --out";
        return Err(Fault::usage(format!("`{}` is not empty", out.display()), hint).into());
    }

    let log = Log::of(&ground.archive)?;
    let portals: BTreeSet<&str> = release.cities.iter().map(|city| city.portal.as_str()).collect();
    let needed = |one: &Entry| match &one.fact {
        Fact::Archive { .. } | Fact::Key { .. } => true,
        Fact::Row { table, row } => {
            one.no == entry
                || one.no < entry
                    && table != "release"
                    && row["campaign"] == campaign
                    && row["portal"].as_str().is_some_and(|portal| portals.contains(portal))
        }
        _ => false,
    };
    let mut files: BTreeMap<String, Vec<u8>> = proof::entries(&ground.archive, log.entries(), needed)?.into_iter().collect();
    for (name, text) in [("README.txt", README), ("FORMAT.md", FORMAT), ("verify.py", VERIFIER)] {
        files.insert(name.to_owned(), text.as_bytes().to_vec());
    }
    files.insert("keys.txt".to_owned(), log.keys().map(|key| format!("{key}\n")).collect::<String>().into_bytes());
    files.insert("policy.json".to_owned(), canonical(&release.policy).into_bytes());
    files.insert("scores.json".to_owned(), canonical(&scores(ground, &release).await?).into_bytes());
    for (name, text) in rulebooks(ground, &log, &release).await? {
        files.insert(name, text.into_bytes());
    }
    let mut listed = Vec::new();
    for (name, bytes) in &files {
        write(&out.join(name), bytes)?;
        listed.push(json!({ "path": name, "bytes": bytes.len(), "digest": digest(bytes) }));
    }
    let folder = out.join("wacz");
    std::fs::create_dir_all(&folder)?;
    for city in &release.cities {
        super::pack::one(ground, raw, RunId(city.run), Some(city.judging), &folder, Some(signer)).await?;
        let name = format!("wacz/{}.wacz", city.portal);
        let (digest, bytes) = archive::digest_of_file(&out.join(&name))?;
        listed.push(json!({ "path": name, "bytes": bytes, "digest": digest }));
    }
    let cities: Vec<Value> = release
        .cities
        .iter()
        .map(|city| json!({ "portal": city.portal, "city": city.city, "wacz": format!("wacz/{}.wacz", city.portal) }))
        .collect();
    let titles: BTreeMap<&str, &str> =
        ground.book.instrument.indicators.iter().map(|indicator| (indicator.code.as_str(), &*indicator.title)).collect();
    let manifest = canonical(&json!({
        "release": entry, "campaign": campaign, "number": release.number, "instrument": release.instrument,
        "created": now(), "software": TOOL, "indicators": titles, "cities": cities, "files": listed,
    }));
    write(&out.join("manifest.json"), manifest.as_bytes())?;
    let note = Note::sign(format!("portolan pack\n{}\n", digest(manifest.as_bytes())), signer);
    write(&out.join("manifest.txt"), note.to_string().as_bytes())?;
    say::out(format_args!(
        "audit pack of {what} in {}: {} cities; `portolan verify {0}` checks it",
        out.display(),
        release.cities.len()
    ));
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, bytes).map_err(|error| {
        Fault::usage(format!("`{}` cannot be written: {error}", path.display()), "look at the space that is left").into()
    })
}

/// The score card: yes answers over the instrument's denominator.
async fn scores(ground: &Ground, release: &Release) -> anyhow::Result<Value> {
    let denominator = ground.book.instrument.denominator;
    let mut cities = Vec::new();
    for city in &release.cities {
        let signed =
            ground.store.made("sign_off", &release.campaign).await?.into_iter().find(|(_, row)| row["id"] == city.sign_off);
        let Some((_, row)) = signed else { continue };
        let signed: SignOff = serde_json::from_value(row)?;
        let yes = signed.finals.iter().filter(|one| one.answer == Choice::Yes).count();
        let asked = signed.finals.len();
        cities.push(json!({ "portal": city.portal, "city": city.city, "yes": yes, "asked": asked, "of": denominator }));
    }
    Ok(json!({ "instrument": release.instrument, "cities": cities }))
}

/// The rule files that judged, as they were kept.
pub(super) async fn rulebooks(ground: &Ground, log: &Log, release: &Release) -> anyhow::Result<Vec<(String, String)>> {
    let mut wanted = BTreeSet::new();
    for city in &release.cities {
        let judgings = ground.store.judgings(RunId(city.run)).await?;
        wanted.extend(judgings.into_iter().filter(|judging| judging.id == city.judging).map(|judging| judging.rulebook));
    }
    let mut texts = Vec::new();
    for entry in log.entries() {
        if let Fact::Rulebook { digest, record } = &entry.fact
            && wanted.contains(digest)
        {
            let text = read_text(&ground.archive, &archive::find(&ground.archive, log, record)?)?;
            texts.push((format!("rulebook/{}.txt", digest.to_string().replace("sha256:", "")), text));
        }
    }
    Ok(texts)
}
