//! One file per command.

mod audit;
mod bench;
mod cost;
mod demo;
mod doctor;
mod evaluate;
mod explain;
mod findings;
mod fit;
mod ingest;
mod judge;
mod key;
mod mirror;
mod pack;
pub(crate) mod pdf_text;
mod portals;
mod receipt;
mod record;
mod rules;
mod seal;
mod serve;
mod show;
pub(crate) mod survey;
mod trace;
mod verify;

use crate::args::{Cli, Command, PortalsCommand};
use crate::config::{self, Chosen};
use crate::exit::Exit;
use crate::seals;

/// Does what was asked.
pub(crate) async fn run(cli: Cli) -> anyhow::Result<Exit> {
    let chosen = Chosen { dir: cli.config.as_deref(), instrument: cli.instrument.as_deref() };
    let config = || config::load(chosen);
    let key = cli.key.as_deref();
    match cli.command {
        Command::Survey(args) => {
            let config = config()?;
            let authorities = config.raw.authority.clone();
            let exit = survey::run(&cli.data, config, args).await?;
            seals::sign(&cli.data, key, &authorities, &[]).await?;
            Ok(exit)
        }
        Command::Findings(args) => findings::run(&cli.data, config()?, &args).await,
        Command::Show { finding } => show::run(&cli.data, config()?, finding).await,
        Command::Judge { survey } => {
            let config = config()?;
            let authorities = config.raw.authority.clone();
            let exit = judge::run(&cli.data, config, survey).await?;
            seals::sign(&cli.data, key, &authorities, &[]).await?;
            Ok(exit)
        }
        Command::Ingest(args) => {
            let config = config()?;
            let authorities = config.raw.authority.clone();
            let exit = ingest::run(&cli.data, config, &args).await?;
            seals::sign(&cli.data, key, &authorities, &[]).await?;
            Ok(exit)
        }
        Command::Record(args) => record::run(&cli.data, config()?, &args).await,
        Command::SignOff(args) => record::sign_off(&cli.data, config()?, &args).await,
        Command::Release(args) => {
            let config = config()?;
            let authorities = config.raw.authority.clone();
            let exit = record::release(&cli.data, config, &args).await?;
            seals::sign(&cli.data, key, &authorities, &[]).await?;
            Ok(exit)
        }
        Command::Serve(args) => serve::run(&cli.data, config()?, key, &args).await,
        Command::Key(command) => key::run(&cli.data, key, &command),
        Command::Seal { connect_to } => seal::run(&cli.data, &config()?, key, &connect_to).await,
        Command::Pack(args) => pack::run(&cli.data, config()?, key, &args).await,
        Command::Verify(args) => verify::run(&args).await,
        Command::Receipt(args) => receipt::run(&cli.data, config()?, &args).await,
        Command::Portals(PortalsCommand::Check { file, online, reach }) => portals::run(&config()?, &file, online, &reach).await,
        Command::Explain { code, page, languages } => explain::run(&cli.data, config()?, &code, &page, &languages).await,
        Command::Mirror(args) => mirror::run(&args).await,
        Command::Evaluate(args) => evaluate::run(&cli.data, chosen, &args).await,
        Command::Fit(args) => fit::run(&config()?, &args),
        Command::Demo(args) => Box::pin(demo::run(chosen, &args)).await,
        Command::Rules(command) => rules::run(chosen, &command),
        Command::Doctor => doctor::run(&cli.data, chosen).await,
        Command::Bench(args) => bench::run(config()?, &args).await,
        Command::PdfText => Ok(Exit::Usage),
    }
}
