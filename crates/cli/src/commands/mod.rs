//! One file per command.

mod bench;
mod cost;
mod demo;
mod doctor;
mod evaluate;
mod explain;
mod findings;
mod fit;
mod judge;
mod mirror;
pub(crate) mod pdf_text;
mod portals;
mod receipt;
mod rules;
mod show;
mod survey;

use crate::args::{Cli, Command, PortalsCommand};
use crate::config::{self, Chosen};
use crate::exit::Exit;

/// Does what was asked.
pub(crate) async fn run(cli: Cli) -> anyhow::Result<Exit> {
    let chosen = Chosen { dir: cli.config.as_deref(), instrument: cli.instrument.as_deref() };
    let config = || config::load(chosen);
    match cli.command {
        Command::Survey(args) => survey::run(&cli.data, config()?, args).await,
        Command::Findings(args) => findings::run(&cli.data, config()?, &args).await,
        Command::Show { finding } => show::run(&cli.data, config()?, finding).await,
        Command::Receipt(args) => receipt::run(&cli.data, config()?, &args).await,
        Command::Judge { survey } => judge::run(&cli.data, config()?, survey).await,
        Command::Portals(PortalsCommand::Check { file, online, reach }) => portals::run(&config()?, &file, online, &reach).await,
        Command::Explain { code, page, languages } => explain::run(&cli.data, config()?, &code, &page, &languages).await,
        Command::Mirror(args) => mirror::run(&args).await,
        Command::Evaluate(args) => evaluate::run(&cli.data, chosen, &args).await,
        Command::Fit(args) => fit::run(&config()?, &args),
        Command::Demo(args) => demo::run(chosen, &args).await,
        Command::Rules(command) => rules::run(chosen, &command),
        Command::Doctor => doctor::run(&cli.data, chosen).await,
        Command::Bench(args) => bench::run(config()?, &args).await,
        Command::PdfText => Ok(Exit::Usage),
    }
}
