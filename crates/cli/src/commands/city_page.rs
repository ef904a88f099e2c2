//! `city-page`: a released city on one page, as HTML or, by a browser of this machine, as PDF.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use review::Wanted;
use tokio::process::Command;
use url::Url;

use super::serve;
use crate::args::CityPageArgs;
use crate::config::Config;
use crate::exit::{Exit, Fault};
use crate::say;

/// Names under which a browser of the Chromium family is looked for.
const BROWSERS: [&str; 6] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome"];

/// How long a browser may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Writes the page.
pub(crate) async fn run(data: &Path, config: Config, args: &CityPageArgs) -> anyhow::Result<Exit> {
    let wrong = |what: String| Fault::usage(what, "name a release as CAMPAIGN/NUMBER, then the key of a city in it");
    let (campaign, number) = args.release.rsplit_once('/').ok_or_else(|| wrong(format!("`{}` is no release", args.release)))?;
    let number = number.parse().map_err(|_| wrong(format!("`{}` is no release", args.release)))?;
    let as_pdf = match args.out.extension().and_then(OsStr::to_str) {
        Some("html" | "htm") => false,
        Some("pdf") => true,
        _ => {
            let what = format!("`{}` is neither .html nor .pdf", args.out.display());
            return Err(Fault::usage(what, "name a file that ends so with --out").into());
        }
    };
    // Before anything is made: whether it can be finished.
    let browser = if as_pdf { Some(browser(args.browser.as_deref())?) } else { None };
    let app = serve::quiet(data, config).await?;
    let wanted = Wanted {
        campaign,
        number,
        portal: &args.portal,
        language: &args.lang,
        home: args.origin.as_ref(),
        paper: args.paper.as_css(),
    };
    let html = review::city_page(&app, &wanted).await.map_err(wrong)?;
    match browser {
        None => write(&args.out, &html)?,
        Some(browser) => print(&browser, &html, &args.out).await?,
    }
    say::out(format_args!("{} of release {} in {}", args.portal, args.release, args.out.display()));
    Ok(Exit::Done)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text).map_err(|error| {
        Fault::usage(format!("`{}` cannot be written: {error}", path.display()), "name another file with --out").into()
    })
}

/// The browser that was named, or the first of those that there are.
fn browser(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    if let Some(named) = named {
        if named.is_file() {
            return Ok(named.to_owned());
        }
        let what = format!("there is no browser at `{}`", named.display());
        return Err(Fault::usage(what, "name the program itself with --browser").into());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let found = BROWSERS.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file());
    found.ok_or_else(|| {
        let hint = "install Chromium, Chrome or Edge, or name one with --browser FILE; or write --out FILE.html, open it in any \
                    browser and print it from there";
        Fault::usage("a PDF needs a browser of the Chromium family, and none was found", hint).into()
    })
}

/// Prints a page of ours, which has no script and loads nothing, into a tagged PDF.
async fn print(browser: &Path, html: &str, out: &Path) -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("portolan-page-{}", archive::new_id().replace(':', "-")));
    std::fs::create_dir_all(&folder)?;
    let page = folder.join("page.html");
    write(&page, html)?;
    let made = folder.join("page.pdf");
    let address = Url::from_file_path(&page).map_err(|()| anyhow::anyhow!("`{}` is no whole path", page.display()))?;
    let with = |name: &str, path: &Path| {
        let mut flag = std::ffi::OsString::from(name);
        flag.push(path);
        flag
    };
    let mut command = Command::new(browser);
    command.args(["--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer", "--export-tagged-pdf"]);
    command.arg(with("--user-data-dir=", &folder.join("profile"))).arg(with("--print-to-pdf=", &made));
    if rustix::process::geteuid().is_root() {
        // Browsers refuse to run as root in their sandbox.
        command.arg("--no-sandbox");
    }
    command.arg(address.as_str()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    let ended = tokio::time::timeout(PATIENCE, command.output()).await;
    let bytes = std::fs::read(&made);
    std::fs::remove_dir_all(&folder).ok();
    let hint =
        "try another browser with --browser FILE; or write --out FILE.html, open it in any browser and print it from there";
    let failed = |what: String| Fault::usage(format!("`{}` made no PDF: {what}", browser.display()), hint);
    let ended = ended.map_err(|_| failed("it took more than a minute".to_owned()))?;
    let ended = ended.map_err(|error| failed(error.to_string()))?;
    let bytes = bytes.map_err(|_| failed(say::cut(String::from_utf8_lossy(&ended.stderr).trim(), 400)))?;
    std::fs::write(out, bytes).map_err(|error| {
        Fault::usage(format!("`{}` cannot be written: {error}", out.display()), "name another file with --out").into()
    })
}
