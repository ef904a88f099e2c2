//! The `portolan` program: flags, configuration, logs, progress and exit codes. The work is done by the crates below.

mod advice;
mod args;
mod commands;
mod config;
mod crosswalks;
mod decisions;
mod exit;
mod ground;
mod labels;
mod maps;
mod outside;
mod portals;
mod progress;
mod reach;
mod say;
mod seals;
mod stages;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use exit::{Exit, Fault};
use stages::Stages;
use tracing::Level;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Stack of the worker threads: parsers of hostile markup run on it.
const STACK: usize = 8 << 20;

fn main() -> ExitCode {
    let cli = Cli::parse();
    start_logs(cli.verbose, matches!(cli.command, Command::Bench(_)));
    if matches!(cli.command, Command::PdfText) {
        return commands::pdf_text::run();
    }
    if matches!(cli.command, Command::ReadSheet) {
        return commands::read_sheet::run();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build();
    let ended = runtime.map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(Box::pin(commands::run(cli))));
    let exit = ended.unwrap_or_else(|error| {
        say::error(&error);
        error.downcast_ref::<Fault>().map_or(Exit::Unexpected, |fault| fault.exit)
    });
    ExitCode::from(exit as u8)
}

/// Logs go to standard error; standard output carries data.
fn start_logs(verbose: u8, measured: bool) {
    let level = ["warn", "info", "debug"][usize::from(verbose.min(2))];
    let filter =
        tracing_subscriber::EnvFilter::try_from_env("PORTOLAN_LOG").unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(level));
    let logs = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false).with_filter(filter);
    let stages = measured.then(|| Stages.with_filter(Targets::new().with_target(survey::STAGES, Level::TRACE)));
    tracing_subscriber::registry().with(logs).with(stages).init();
}
