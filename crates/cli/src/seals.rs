//! The key that signs: where it is, and signing what was sealed.

use std::path::{Path, PathBuf};

use archive::{Log, Signer};
use crawl::fetch::post::{self, Post, PostLimits};
use crawl::route::ConnectTo;

use crate::config::{Authority, TOOL, now};
use crate::exit::Fault;
use crate::{ground, say};

/// The environment variable that may hold the secret key itself.
const SECRET: &str = "PORTOLAN_KEY";

/// Where the secret key is looked for if nothing is said.
pub(crate) fn usual_place() -> Option<PathBuf> {
    let config = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let config = config.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config")));
    config.map(|config| config.join("portolan/key"))
}

/// The key that signs: from the environment, else the file named, else the usual place; none if there is none.
pub(crate) fn signer(file: Option<&Path>) -> anyhow::Result<Option<Signer>> {
    if let Ok(secret) = std::env::var(SECRET) {
        let parsed = secret.trim().parse();
        return parsed.map(Some).map_err(|what: String| {
            Fault::configuration(format!("{SECRET} holds no key: {what}"), "put into it what `portolan key init` wrote").into()
        });
    }
    match file {
        Some(file) => load(file).map(Some),
        None => usual_place().filter(|place| place.exists()).map(|place| load(&place)).transpose(),
    }
}

/// A key from a file.
pub(crate) fn load(file: &Path) -> anyhow::Result<Signer> {
    let hint = "make a key with `portolan key init`, or name another file with --key";
    let fault = |error: archive::Error| Fault::configuration(format!("{:#}", anyhow::Error::from(error)), hint);
    Ok(Signer::load(file).map_err(fault)?)
}

/// Signs what the archive of a data directory has sealed, if there is a key, and has it stamped by those configured.
pub(crate) async fn sign(
    data: &Path,
    file: Option<&Path>,
    authorities: &[Authority],
    routes: &[ConnectTo],
) -> anyhow::Result<()> {
    let Some(signer) = signer(file)? else {
        say::note("sealed, not signed: there is no key. `portolan key init` makes one, `portolan seal` signs then");
        return Ok(());
    };
    let Some(size) = sign_by(data, &signer)? else { return Ok(()) };
    for authority in authorities {
        // Who does not answer today stamps the next checkpoint, which covers this one.
        match stamp(data, &signer, size, authority, routes).await {
            Ok(()) => say::note(format_args!("checkpoint {size} is stamped by {}", authority.name)),
            Err(error) => say::note(format_args!("checkpoint {size} is not stamped by {}: {error:#}", authority.name)),
        }
    }
    Ok(())
}

/// Signs what the archive of a data directory has sealed; returns how many entries were signed, if there was anything new.
pub(crate) fn sign_by(data: &Path, signer: &Signer) -> anyhow::Result<Option<u64>> {
    let mut log = Log::of(&data.join(ground::ARCHIVE))?;
    let Some((checkpoint, path)) = log.sign(signer)? else { return Ok(None) };
    say::note(format_args!("sealed and signed: checkpoint {} in {}", checkpoint.size, path.display()));
    Ok(Some(checkpoint.size))
}

async fn stamp(data: &Path, signer: &Signer, size: u64, authority: &Authority, routes: &[ConnectTo]) -> anyhow::Result<()> {
    let roots = archive::stamp::roots(&std::fs::read(&authority.trust)?).map_err(anyhow::Error::msg)?;
    let mut log = Log::of(&data.join(ground::ARCHIVE))?;
    let nonce = now().micros().cast_unsigned();
    let post = Post {
        url: &authority.url,
        body: &archive::stamp::request(&log.checkpoint_file(size)?, nonce),
        kind: "application/timestamp-query",
        answer: "application/timestamp-reply",
        agent: TOOL,
    };
    let answer = post::post(post, routes.to_vec(), &[], PostLimits::DEFAULT).await?;
    Ok(log.keep_stamp(signer, size, &authority.name, &answer, &roots)?)
}
