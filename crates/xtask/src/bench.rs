//! Pages per second, CPU and memory of whole programs on one made-up site, each run against a fresh server. Rounds are
//! interleaved, so that a noisy neighbour disturbs all programs alike; the median of the rounds counts.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, bail};

use crate::{needs, root};

/// Scrapy, with the version the figures were first taken with.
const SCRAPY: &str = "scrapy==2.19.0";
/// The name that programs which can be sent elsewhere ask for.
const HOST: &str = "bench.example";

/// What one program took, its children included, the server not.
#[derive(Debug)]
struct Cost {
    wall: f64,
    cpu: f64,
    peak_mib: f64,
    pages: u64,
}

/// Measures the programs named in `arguments`, all by default, and prints a table: each round, then the medians.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let wanted = Wanted::read(arguments)?;
    let programs: Vec<(&str, Maker)> = [("portolan", portolan as Maker), ("wget", wget), ("scrapy", scrapy)]
        .into_iter()
        .filter(|(name, _)| wanted.names.is_empty() || wanted.names.iter().any(|chosen| chosen == name))
        .collect();
    build(programs.iter().any(|(name, _)| *name == "portolan"))?;
    println!("site: {} pages of about 30 KB with 40 links each, loopback, no pause between requests", wanted.pages);
    println!(
        "{:<10} {:>7} {:>8} {:>9} {:>8} {:>11} {:>9}",
        "program", "pages", "wall s", "pages/s", "CPU s", "CPU s/1000", "peak MiB"
    );
    let mut costs: Vec<Vec<Cost>> = programs.iter().map(|_| Vec::new()).collect();
    for _ in 0..wanted.rounds {
        for ((name, command), costs) in programs.iter().zip(&mut costs) {
            match measure(name, *command, wanted.pages) {
                Ok(cost) => {
                    cost.print(name);
                    costs.push(cost);
                }
                Err(error) => println!("{name:<10} not measured: {error:#}"),
            }
        }
    }
    println!("median of the rounds, by CPU:");
    for ((name, _), mut costs) in programs.into_iter().zip(costs) {
        costs.sort_by(|a, b| a.cpu.total_cmp(&b.cpu));
        if let Some(middle) = costs.get(costs.len() / 2) {
            middle.print(name);
        }
    }
    Ok(())
}

impl Cost {
    fn print(&self, name: &str) {
        let pages = self.pages as f64;
        println!(
            "{name:<10} {:>7} {:>8.1} {:>9.0} {:>8.2} {:>11.2} {:>9.0}",
            self.pages,
            self.wall,
            pages / self.wall,
            self.cpu,
            self.cpu * 1000.0 / pages.max(1.0),
            self.peak_mib
        );
    }
}

/// Makes the command line of a program for a site, to be run in an empty folder.
type Maker = fn(&Server, &Path) -> anyhow::Result<Vec<String>>;

/// The survey of one portal with politeness off: fetch, parse, match all indicators, archive with fsync, commit. It says
/// on standard error where its time went.
fn portolan(server: &Server, _folder: &Path) -> anyhow::Result<Vec<String>> {
    let program = text(&target_folder().join("release/portolan"));
    let (home, pages, route) = (format!("http://{HOST}/"), server.pages.to_string(), format!("{HOST}:80:{}", server.http));
    Ok([&program, "bench", &home, "--pages", &pages, "--connect-to", &route].map(str::to_owned).to_vec())
}

fn wget(server: &Server, folder: &Path) -> anyhow::Result<Vec<String>> {
    let missing = if needs::works("wget", &["--version"]) { Vec::new() } else { needs::debian(&["wget"])? };
    if let Some(need) = missing.first() {
        bail!("{need}");
    }
    let fixed = ["wget", "--recursive", "--level=inf", "--tries=1", "--quiet", "--directory-prefix"].map(str::to_owned);
    Ok([&fixed[..], &[text(folder), format!("http://{}/", server.http)]].concat())
}

fn scrapy(server: &Server, folder: &Path) -> anyhow::Result<Vec<String>> {
    if let Some(need) = needs::python_packages(&[SCRAPY])?.first() {
        bail!("{need}");
    }
    let spider = root().join("tests/bench/scrapy_spider.py");
    Ok(vec![text(&needs::python()), text(&spider), format!("http://{}/", server.http), text(&folder.join("pages.jsonl"))])
}

fn measure(name: &str, make: Maker, pages: usize) -> anyhow::Result<Cost> {
    let folder = root().join("target/bench").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let server = Server::start(pages)?;
    let command = make(&server, &folder)?;
    let output = Command::new("python3")
        .arg(root().join("tests/bench/measure.py"))
        .args(&command)
        .current_dir(&folder)
        .stderr(Stdio::inherit())
        .output()
        .context("python3 is needed to measure")?;
    let figures = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> =
        figures.lines().last().unwrap_or_default().split(' ').filter_map(|number| number.parse().ok()).collect();
    let [wall, cpu, peak_kib] = numbers[..] else { bail!("`{}` gave no figures", command.join(" ")) };
    Ok(Cost { wall, cpu, peak_mib: peak_kib / 1024.0, pages: server.served()? })
}

/// The made-up site in a process of its own, so that its work is not counted.
struct Server {
    child: Child,
    http: SocketAddr,
    pages: usize,
}

impl Server {
    fn start(pages: usize) -> anyhow::Result<Self> {
        let program = target_folder().join("release/bench-site");
        let mut child = Command::new(&program).arg(pages.to_string()).stdout(Stdio::piped()).spawn().context("bench-site")?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("the output was asked to be piped")).read_line(&mut line)?;
        let http = line.split(' ').next().and_then(|address| address.parse().ok()).context("bench-site said no address")?;
        Ok(Self { child, http, pages })
    }

    /// How many different pages were asked for.
    fn served(&self) -> anyhow::Result<u64> {
        let mut stream = TcpStream::connect(self.http)?;
        write!(stream, "GET /-/served HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        answer.rsplit("\r\n\r\n").next().and_then(|count| count.trim().parse().ok()).context("bench-site said no count")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn build(ours: bool) -> anyhow::Result<()> {
    let site = ["build", "--release", "--locked", "--package", "testkit", "--bin", "bench-site"];
    let survey = ["build", "--release", "--locked", "--package", "cli"];
    for arguments in [Some(site.as_slice()), ours.then_some(survey.as_slice())].into_iter().flatten() {
        if !Command::new(env!("CARGO")).args(arguments).current_dir(root()).status()?.success() {
            bail!("the release build failed");
        }
    }
    Ok(())
}

/// What the command line asks for.
struct Wanted {
    pages: usize,
    rounds: usize,
    names: Vec<String>,
}

impl Wanted {
    fn read(arguments: &[String]) -> anyhow::Result<Self> {
        let mut wanted = Self { pages: 5_000, rounds: 3, names: Vec::new() };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut number =
                || rest.next().and_then(|text| text.parse().ok()).with_context(|| format!("`{argument}` needs a number"));
            match argument.as_str() {
                "--pages" => wanted.pages = number()?,
                "--rounds" => wanted.rounds = number()?,
                "wget" | "scrapy" | "portolan" => wanted.names.push(argument.clone()),
                other => bail!("`{other}` is none of wget, scrapy, portolan, --pages, --rounds"),
            }
        }
        Ok(wanted)
    }
}

fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
