//! `key`: the key that signs, and who is known by it.

use std::path::{Path, PathBuf};

use archive::{Log, Signer};

use crate::args::KeyCommand;
use crate::exit::{Exit, Fault};
use crate::{ground, say, seals};

/// Makes, replaces or shows keys.
pub(crate) fn run(data: &Path, key: Option<&Path>, command: &KeyCommand) -> anyhow::Result<Exit> {
    match command {
        KeyCommand::Init { name } => init(&place(key)?, name),
        KeyCommand::Rotate { to, reason } => rotate(data, key, to, reason),
        KeyCommand::Show => show(data, key),
    }
}

fn place(key: Option<&Path>) -> anyhow::Result<PathBuf> {
    let place = key.map(Path::to_owned).or_else(seals::usual_place);
    Ok(place.ok_or_else(|| Fault::usage("there is no home directory to keep a key in", "name a file with --key"))?)
}

fn init(file: &Path, name: &str) -> anyhow::Result<Exit> {
    let signer = new(name)?;
    if file.exists() {
        let hint = "keep it; `portolan key rotate` puts another in its place, --key names another file";
        return Err(Fault::usage(format!("there is a key in `{}` already", file.display()), hint).into());
    }
    signer.save(file)?;
    say::out(signer.verifier());
    say::note(format_args!(
        "The line above is the public key: publish it where your partners will look for it.\nThe secret key is in {}: back it up, show it to nobody.",
        file.display()
    ));
    Ok(Exit::Done)
}

fn rotate(data: &Path, key: Option<&Path>, to: &Path, reason: &str) -> anyhow::Result<Exit> {
    let missing = || Fault::usage("there is no key to be replaced", "name its file with --key");
    let old = seals::signer(key)?.ok_or_else(missing)?;
    let archive = ground::archive(data)?;
    let new = if to.exists() { seals::load(to)? } else { new(old.verifier().name())? };
    if !to.exists() {
        new.save(to)?;
    }
    Log::of(&archive)?.rotate(&old, &new, reason)?;
    say::out(new.verifier());
    say::note(format_args!(
        "The key above is in force for {} from now on; its secret is in {}. Publish it beside the old one, which stays valid for what it signed.",
        archive.display(),
        to.display()
    ));
    Ok(Exit::Done)
}

fn show(data: &Path, key: Option<&Path>) -> anyhow::Result<Exit> {
    match seals::signer(key)? {
        Some(signer) => say::out(format_args!("signs now     {}", signer.verifier())),
        None => say::out("signs now     nobody: `portolan key init` makes a key"),
    }
    let archive = data.join(ground::ARCHIVE);
    if archive.exists() {
        let log = Log::of(&archive)?;
        for verifier in log.keys() {
            say::out(format_args!("in the log    {verifier}"));
        }
    }
    Ok(Exit::Done)
}

fn new(name: &str) -> anyhow::Result<Signer> {
    Ok(Signer::new(name).map_err(|what| Fault::usage(what, "choose another with --name"))?)
}
