//! `export`: a campaign or a release as files. The same files as in the application; it writes over nothing.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use review::{Extract, Format, book, file, names};

use crate::args::{ExportArgs, ExportFormat};
use crate::config::{Config, TOOL, now};
use crate::exit::{Exit, Fault};
use crate::{ground, say};

/// Writes the files of a format.
pub(crate) async fn run(data: &Path, config: Config, args: &ExportArgs) -> anyhow::Result<Exit> {
    let ground = ground::existing(data, config).await?;
    // The name of a campaign may hold a slash too: what is no number behind it belongs to the name.
    let release = args.what.rsplit_once('/').and_then(|(campaign, number)| Some((campaign, number.parse::<u32>().ok()?)));
    let (campaign, release) = release.map_or((args.what.as_str(), None), |(campaign, number)| (campaign, Some(number)));
    let of = Extract { campaign, release, origin: args.origin.as_ref(), made: now(), by: TOOL };
    let book = book(&ground.store, &ground.archive, &ground.book.instrument, &of).await?;
    let book = book.ok_or_else(|| unknown(&args.what))?;
    let wanted = wanted(args.format);
    let there = |name: &&&str| args.out.join(name).exists();
    if let Some(name) = wanted.iter().find(there) {
        return Err(taken(&args.out.join(name)).into());
    }
    std::fs::create_dir_all(&args.out).map_err(|error| {
        Fault::usage(format!("`{}` cannot be made: {error}", args.out.display()), "name another folder with --out")
    })?;
    for name in wanted {
        let Some(file) = file(&book, name, &of.base(), of.made).map_err(anyhow::Error::msg)? else { continue };
        write(&args.out.join(file.name), &file.bytes)?;
    }
    say::note(format_args!("{} cities, {} final answers", book.cities.len(), book.finals.len()));
    if release.is_none() {
        say::note("this is no release: not for publishing");
    }
    Ok(Exit::Done)
}

/// The names of the files of a format, each once.
fn wanted(format: ExportFormat) -> Vec<&'static str> {
    let formats: &[Format] = match format {
        ExportFormat::Xlsx => &[Format::Xlsx],
        ExportFormat::Csv => &[Format::Csv],
        ExportFormat::CsvSafe => &[Format::CsvSafe],
        ExportFormat::Json => &[Format::Json],
        ExportFormat::Jsonl => &[Format::Jsonl],
        ExportFormat::Earl => &[Format::Earl],
        ExportFormat::Table => &[Format::Table],
        ExportFormat::All => &Format::ALL,
    };
    let mut wanted: Vec<&str> = Vec::new();
    for name in formats.iter().flat_map(|format| names(*format)) {
        if !wanted.contains(name) {
            wanted.push(name);
        }
    }
    wanted
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = made.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => taken(path),
        _ => Fault::usage(format!("`{}` cannot be written: {error}", path.display()), "name another folder with --out"),
    })?;
    file.write_all(bytes)?;
    say::out(format_args!("{}  {} bytes", path.display(), bytes.len()));
    Ok(())
}

fn taken(path: &Path) -> Fault {
    Fault::usage(format!("`{}` is there already", path.display()), "name a new folder with --out; nothing is written over")
}

fn unknown(what: &str) -> Fault {
    let hint = "name a campaign as `portolan survey --campaign` did or the application shows it, or a release as CAMPAIGN/NUMBER";
    Fault::usage(format!("there is no campaign or release `{what}`"), hint)
}
