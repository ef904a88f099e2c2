//! `site`: a release as a folder of pages and data.

#[cfg(test)]
mod large;

use std::fs;
use std::path::{Component, Path, PathBuf};

use review::SiteFile;

use crate::args::SiteArgs;
use crate::config::Config;
use crate::exit::{Exit, Fault};
use crate::say;

/// The file by which a folder is known as ours: the paths of all files that were written, a line each.
const MARKER: &str = ".portolan-site";

/// Writes the folder.
pub(crate) async fn run(data: &Path, config: Config, args: &SiteArgs) -> anyhow::Result<Exit> {
    let unknown = || Fault::usage(format!("`{}` names no release", args.release), "name it as CAMPAIGN/NUMBER");
    let (campaign, number) = args.release.rsplit_once('/').ok_or_else(unknown)?;
    let number: u32 = number.parse().map_err(|_| unknown())?;
    let before = written(&args.out)?;
    let app = super::serve::quiet(data, config).await?;
    let files = review::site(&app, campaign, number).await?;
    write(&args.out, &before, &files)?;
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    let pages = files.iter().filter(|file| file.path.ends_with(".html"));
    let largest = pages.clone().map(|file| file.bytes.len()).max().unwrap_or(0);
    say::out(format_args!(
        "{} files in {}: {} pages, the largest of {} kB, {} MB in all; open index.html",
        files.len(),
        args.out.display(),
        pages.count(),
        largest.div_ceil(1000),
        bytes.div_ceil(1_000_000),
    ));
    Ok(Exit::Done)
}

/// What `site` wrote into a folder before; an error if the folder is somebody else's.
fn written(out: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !out.exists() || fs::read_dir(out)?.next().is_none() {
        return Ok(Vec::new());
    }
    let told = fs::read_to_string(out.join(MARKER)).map_err(|_| {
        let hint = "name a new folder with --out; nothing was changed";
        Fault::usage(format!("`{}` is not empty and was not written by `portolan site`", out.display()), hint)
    })?;
    // Whoever changed the marker gets nothing outside the folder removed.
    let within = |path: &Path| path.components().all(|part| matches!(part, Component::Normal(_)));
    Ok(told.lines().map(PathBuf::from).filter(|path| within(path)).collect())
}

fn write(out: &Path, before: &[PathBuf], files: &[SiteFile]) -> anyhow::Result<()> {
    let failed = |path: &Path, error: &std::io::Error| {
        Fault::usage(format!("`{}` cannot be written: {error}", path.display()), "look at the space that is left")
    };
    fs::create_dir_all(out).map_err(|error| failed(out, &error))?;
    let old = before.iter().map(|path| path.to_string_lossy().into_owned());
    let mut paths: Vec<String> = files.iter().map(|file| file.path.clone()).chain(old).collect();
    paths.sort();
    paths.dedup();
    // The marker comes first, so that what was stopped halfway can be written again.
    let marker = out.join(MARKER);
    fs::write(&marker, format!("{}\n", paths.join("\n"))).map_err(|error| failed(&marker, &error))?;
    for path in before.iter().filter(|path| files.iter().all(|file| Path::new(&file.path) != path.as_path())) {
        fs::remove_file(out.join(path)).ok();
    }
    for file in files {
        let path = out.join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        }
        fs::write(&path, &file.bytes).map_err(|error| failed(&path, &error))?;
    }
    let mut own: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    own.sort_unstable();
    fs::write(&marker, format!("{}\n", own.join("\n"))).map_err(|error| failed(&marker, &error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> SiteFile {
        SiteFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn a_folder_of_somebody_else_is_not_touched() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("index.html"), "theirs").unwrap();
        assert!(written(dir.path()).unwrap_err().to_string().contains("was not written by"));
        assert_eq!(fs::read_to_string(dir.path().join("index.html")).unwrap(), "theirs");
    }

    #[test]
    fn a_folder_of_ours_is_written_again_and_what_is_gone_goes() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("site");
        write(&out, &written(&out).unwrap(), &[file("index.html", "1"), file("en/old.html", "1")]).unwrap();
        fs::write(out.join("theirs.txt"), "kept").unwrap();
        write(&out, &written(&out).unwrap(), &[file("index.html", "2")]).unwrap();
        assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "2");
        assert!(!out.join("en/old.html").exists() && out.join("theirs.txt").exists());
        assert_eq!(written(&out).unwrap(), [PathBuf::from("index.html")]);
    }

    #[test]
    fn a_marker_that_was_changed_removes_nothing_outside() {
        let dir = tempfile::tempdir().unwrap();
        let (out, other) = (dir.path().join("site"), dir.path().join("other.txt"));
        fs::write(&other, "mine").unwrap();
        write(&out, &[], &[file("index.html", "1")]).unwrap();
        fs::write(out.join(MARKER), format!("../other.txt\n{}\n", other.display())).unwrap();
        write(&out, &written(&out).unwrap(), &[file("index.html", "2")]).unwrap();
        assert!(other.exists());
    }
}
