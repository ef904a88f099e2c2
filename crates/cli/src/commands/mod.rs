//! One file per command.

mod audit;
mod bench;
mod city_page;
mod cost;
mod demo;
mod doctor;
mod evaluate;
mod explain;
mod export;
mod findings;
mod fit;
mod ingest;
mod judge;
mod key;
mod mirror;
mod pack;
pub(crate) mod pdf_text;
mod portals;
pub(crate) mod read_sheet;
mod receipt;
mod record;
mod rules;
mod score;
mod seal;
mod serve;
mod show;
mod site;
pub(crate) mod survey;
mod trace;
mod verify;

use std::path::Path;

use crate::args::{Cli, Command, PortalsCommand};
use crate::config::{self, Chosen, Config};
use crate::exit::Exit;
use crate::seals;

/// Does what was asked.
pub(crate) async fn run(cli: Cli) -> anyhow::Result<Exit> {
    let chosen = Chosen { dir: cli.config.as_deref(), instrument: cli.instrument.as_deref() };
    let config = || config::load(chosen);
    let (data, key) = (cli.data.as_path(), cli.key.as_deref());
    match cli.command {
        Command::Survey(args) => sealing(data, key, config()?, async |config| survey::run(data, config, args).await).await,
        Command::Findings(args) => findings::run(data, config()?, &args).await,
        Command::Show { finding } => show::run(data, config()?, finding).await,
        Command::Judge { survey } => sealing(data, key, config()?, async |config| judge::run(data, config, survey).await).await,
        Command::Ingest(args) => sealing(data, key, config()?, async |config| ingest::run(data, config, &args).await).await,
        Command::Record(args) => record::run(data, config()?, &args).await,
        Command::SignOff(args) => record::sign_off(data, config()?, &args).await,
        Command::Release(args) => sealing(data, key, config()?, async |config| record::release(data, config, &args).await).await,
        Command::Serve(args) => serve::run(data, config()?, key, &args).await,
        Command::Site(args) => site::run(data, config()?, &args).await,
        Command::Key(command) => key::run(data, key, &command),
        Command::Seal { connect_to } => seal::run(data, &config()?, key, &connect_to).await,
        Command::Score(args) => score::run(data, config, &args).await,
        Command::CityPage(args) => Box::pin(city_page::run(data, config()?, &args)).await,
        Command::Pack(args) => pack::run(data, config()?, key, &args).await,
        Command::Export(args) => export::run(data, config()?, &args).await,
        Command::Verify(args) => verify::run(&args).await,
        Command::Receipt(args) => receipt::run(data, config()?, &args).await,
        Command::Portals(PortalsCommand::Check { file, online, reach }) => portals::run(&config()?, &file, online, &reach).await,
        Command::Explain { code, page, languages } => explain::run(data, config()?, &code, &page, &languages).await,
        Command::Mirror(args) => mirror::run(&args).await,
        Command::Evaluate(args) => evaluate::run(data, chosen, &args).await,
        Command::Fit(args) => fit::run(&config()?, &args),
        Command::Demo(args) => Box::pin(demo::run(chosen, &args)).await,
        Command::Rules(command) => rules::run(chosen, &command),
        Command::Doctor => doctor::run(data, chosen).await,
        Command::Bench(args) => bench::run(config()?, &args).await,
        Command::PdfText | Command::ReadSheet => Ok(Exit::Usage),
    }
}

/// Does what adds to the archive, and signs what it sealed.
async fn sealing(
    data: &Path,
    key: Option<&Path>,
    config: Config,
    work: impl AsyncFnOnce(Config) -> anyhow::Result<Exit>,
) -> anyhow::Result<Exit> {
    let authorities = config.raw.authority.clone();
    let exit = work(config).await?;
    seals::sign(data, key, &authorities, &[]).await?;
    Ok(exit)
}
