//! `pack`: a run or a release as files that prove themselves without us.

use std::path::Path;

use store::RunId;
use survey::Ground;

use crate::args::PackArgs;
use crate::config::{Config, Raw};
use crate::exit::{Exit, Fault};
use crate::{ground, say, seals};

/// Packs a run (its number) or a release (CAMPAIGN/NUMBER).
pub(crate) async fn run(data: &Path, config: Config, key: Option<&Path>, args: &PackArgs) -> anyhow::Result<Exit> {
    let raw = config.raw.clone();
    let ground = ground::existing(data, config).await?;
    std::fs::create_dir_all(&args.out).map_err(|error| {
        Fault::usage(format!("`{}` cannot be made: {error}", args.out.display()), "name another folder with --out")
    })?;
    let signer = seals::signer(key)?;
    if let Some(signer) = &signer {
        seals::sign_by(data, signer)?;
    }
    match args.what.parse::<i64>() {
        Ok(number) => one(&ground, &raw, RunId(number), None, &args.out, signer.as_ref()).await?,
        Err(_) => super::audit::pack(&ground, &raw, &args.what, &args.out, signer.as_ref()).await?,
    }
    Ok(Exit::Done)
}

/// Packs a run.
pub(crate) async fn one(
    ground: &Ground,
    raw: &Raw,
    run: RunId,
    judging: Option<i64>,
    out: &Path,
    signer: Option<&archive::Signer>,
) -> anyhow::Result<()> {
    let portal = ground.store.run(run).await?.portal;
    let written = survey::pack(ground, run, judging, out, signer, &raw.survey(1)).await?;
    let path = out.join(format!("{}.wacz", portal.id));
    say::out(format_args!(
        "{}  {} bytes, {} pages and records indexed, {}",
        path.display(),
        written.bytes,
        written.indexed,
        written.package
    ));
    if signer.is_none() {
        say::note("not signed: there is no key. `portolan key init` makes one");
    }
    Ok(())
}
