//! The command line as typed.

mod export;
mod published;
mod trial;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use url::Url;

pub(crate) use export::{ExportArgs, ExportFormat};
pub(crate) use published::{CityPageArgs, ScoreArgs, SiteArgs};
pub(crate) use trial::{BenchArgs, DemoArgs};

/// Surveys municipal portals for the indicators of the UN Local Online Service Index, with proof.
#[derive(Debug, Parser)]
#[command(name = "portolan", version, after_help = crate::exit::HELP)]
pub(crate) struct Cli {
    /// Directory of the ledger and the archive.
    #[arg(long, global = true, env = "PORTOLAN_DATA", default_value = "portolan-data", value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Directory of configuration, rules and lexicons, instead of the built-in ones.
    #[arg(long, global = true, env = "PORTOLAN_CONFIG", value_name = "DIR")]
    pub(crate) config: Option<PathBuf>,
    /// Edition of the questionnaire, a folder under `instruments/`, instead of the configured one.
    #[arg(long, global = true, env = "PORTOLAN_INSTRUMENT", value_name = "EDITION")]
    pub(crate) instrument: Option<String>,
    /// File of the secret key that signs, instead of the usual one; the environment may hold the key itself (`PORTOLAN_KEY`).
    #[arg(long, global = true, env = "PORTOLAN_KEY_FILE", value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// More log lines on standard error (twice for all).
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Walk the portals of a list and propose findings with evidence.
    Survey(SurveyArgs),
    /// List the findings of a survey.
    Findings(FindingsArgs),
    /// Show one finding with its evidence down to the archived bytes.
    Show {
        /// Number of the finding, as `findings` prints it.
        finding: i64,
    },
    /// Write what a run asked of a city's web servers and how fast, from the archive alone: a page for those who look after them.
    Receipt(ReceiptArgs),
    /// Judge a stored survey again from its archive, with the present rules and without the network.
    Judge {
        /// Number of the survey; the latest if left out.
        #[arg(long)]
        survey: Option<i64>,
    },
    /// Take in what a person's browser brought where the crawler could not: WACZ or WARC files, as manual captures.
    Ingest(IngestArgs),
    /// Keep decisions and rulings from a file, a JSON object a line.
    Record(RecordArgs),
    /// Sign a city off: every indicator has two decisions that agree, or a ruling.
    SignOff(SignOffArgs),
    /// Publish the signed-off cities of a campaign.
    Release(ReleaseArgs),
    /// Serve the application in which people decide.
    Serve(ServeArgs),
    /// Write a release as a folder of pages and data that any web server can serve.
    Site(SiteArgs),
    /// Make, replace or show the key that signs.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Close what a stopped process left open in the archive, sign what is sealed, and have it stamped by the authorities of
    /// the configuration.
    Seal {
        /// Send connections for HOST:PORT to ADDR:PORT; the only way to an authority at a private address.
        #[arg(long = "connect-to", value_name = "HOST:PORT:ADDR:PORT")]
        connect_to: Vec<String>,
    },
    /// Write the scorecards of a release as canonical JSON, from the ledger or from its audit pack alone.
    Score(ScoreArgs),
    /// Write a released city on one page: score, what it lacks and what to do first, as HTML or PDF.
    CityPage(CityPageArgs),
    /// Write a run or a release into files that prove themselves (WACZ, audit pack).
    Pack(PackArgs),
    /// Write a campaign or a release into files for people and programs: workbook, CSV, JSON, EARL.
    Export(ExportArgs),
    /// Check offline that everything is as it was sealed and signed.
    Verify(VerifyArgs),
    /// Look after portal lists.
    #[command(subcommand)]
    Portals(PortalsCommand),
    /// Show which signals of an indicator fire on a page, and what each is worth.
    Explain {
        /// Code of the indicator.
        code: String,
        /// A saved HTML file, or a URL that was captured by the latest survey.
        page: String,
        /// Languages of the portal (BCP 47), for a file.
        #[arg(long = "language", value_name = "TAG")]
        languages: Vec<String>,
    },
    /// Serve a saved site on loopback under its own name, over HTTP and HTTPS.
    Mirror(MirrorArgs),
    /// Measure findings against labelled answers: precision and recall per indicator.
    Evaluate(EvaluateArgs),
    /// Fit the weights of signals and the bands of confidence to confirmed decisions.
    Fit(FitArgs),
    /// Survey three small fictional cities on loopback and show what is found.
    Demo(DemoArgs),
    /// Look after instruments, lexicons and vendors: no network, no ledger.
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Check that everything a survey needs is in place.
    Doctor,
    /// Take the text out of a PDF on standard input (used by the survey for each PDF).
    #[command(hide = true)]
    PdfText,
    /// Read a workbook or CSV on standard input (used by the application for each one that is sent).
    #[command(hide = true)]
    ReadSheet,
    /// Measure the whole pipeline on a loopback site.
    #[command(hide = true)]
    Bench(BenchArgs),
}

/// `survey`.
#[derive(Debug, Args)]
pub(crate) struct SurveyArgs {
    /// Portal list: CSV or TOML.
    #[arg(required_unless_present = "resume", conflicts_with = "resume")]
    pub(crate) portals: Option<PathBuf>,
    /// Go on with the latest survey that was stopped or killed, under the conditions it was begun with.
    #[arg(long)]
    pub(crate) resume: bool,
    /// Only portals with these ids.
    #[arg(long = "only", value_name = "ID")]
    pub(crate) only: Vec<String>,
    /// Pages per portal.
    #[arg(long)]
    pub(crate) pages: Option<u32>,
    /// Order of visits.
    #[arg(long)]
    pub(crate) order: Option<Order>,
    /// Seed of every choice by chance.
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// Name of the campaign in the ledger; the list's file name if left out.
    #[arg(long)]
    pub(crate) campaign: Option<String>,
    #[command(flatten)]
    pub(crate) reach: ReachArgs,
}

/// How to reach hosts.
#[derive(Debug, Args, Clone)]
pub(crate) struct ReachArgs {
    /// Send connections for HOST:PORT to ADDR:PORT (as curl does); the only way to a private address.
    #[arg(long = "connect-to", value_name = "HOST:PORT:ADDR:PORT")]
    pub(crate) connect_to: Vec<String>,
    /// Trust this certificate authority too (PEM file).
    #[arg(long, value_name = "FILE")]
    pub(crate) trust: Vec<PathBuf>,
    /// A page that tells site owners who crawls, instead of the one in the configuration.
    #[arg(long, env = "PORTOLAN_CONTACT", value_name = "URL")]
    pub(crate) contact: Option<Url>,
    /// Least seconds between requests to one host, instead of the configured ones; below 2 only for hosts sent to loopback.
    #[arg(long, value_name = "SECONDS")]
    pub(crate) delay: Option<f64>,
}

/// Order of visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Order {
    /// What promises most of what is unproven first.
    BestFirst,
    /// What was found first, first.
    BreadthFirst,
}

/// `findings`.
#[derive(Debug, Args)]
pub(crate) struct FindingsArgs {
    /// Number of the survey; the latest if left out.
    #[arg(long)]
    pub(crate) survey: Option<i64>,
    /// Only this portal.
    #[arg(long, value_name = "ID")]
    pub(crate) portal: Option<String>,
    /// Only this answer.
    #[arg(long)]
    pub(crate) answer: Option<AnswerWord>,
    /// Form of the output.
    #[arg(long, default_value = "table")]
    pub(crate) format: Format,
}

/// First word of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerWord {
    /// Evidence was seen.
    Present,
    /// Looked for and not seen.
    Absent,
    /// Neither can be said.
    Undetermined,
}

/// Form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Aligned columns for a terminal.
    Table,
    /// Comma-separated values, safe for spreadsheets.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

/// `ingest`.
#[derive(Debug, Args)]
#[command(
    after_help = "Files are those of ArchiveWeb.page, Browsertrix, wget, warcio and the like: WACZ, or WARC 1.0 and 1.1, plain or gzip. Each is\nchecked to its last byte before anything is kept; what is wrong with one record refuses that record, what is wrong with the\nfile refuses the file, and the next file goes on.\n\nCapture in a private window, logged out: a record whose request carried `authorization` is refused, cookies are never kept, and\na file with either is not kept as it is, only its digest and what was taken over.\n\nEach line of the output is a capture, with the record that a decision points at (`portolan record`). The files enter the log\nwith who and when, `portolan seal` signs, `portolan pack` has them in the portal's package. They are not judged: `findings`\nand `judge` do not look at them, people do.\n\nExit code 3: a file was refused, standard error says which and why."
)]
pub(crate) struct IngestArgs {
    /// WACZ or WARC files.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Id of the portal that they show.
    #[arg(long, value_name = "ID")]
    pub(crate) portal: String,
    /// Pseudonym of who made the capture.
    #[arg(long, value_name = "NAME")]
    pub(crate) by: String,
    /// Why and how it was made, in the person's words.
    #[arg(long, default_value = "")]
    pub(crate) note: String,
    /// Name of the campaign; that of the latest survey if left out.
    #[arg(long)]
    pub(crate) campaign: Option<String>,
}

/// `serve`.
#[derive(Debug, Args)]
#[command(
    after_help = "At the first start a one-time token for the first administrator is printed. The application listens on loopback; behind a proxy\nthat ends TLS give --origin, else --tls-cert and --tls-key. Ctrl-C ends it after the requests under way."
)]
pub(crate) struct ServeArgs {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8790", value_name = "ADDR:PORT")]
    pub(crate) listen: std::net::SocketAddr,
    /// How the application is reached from outside, as in `https://review.example.org`.
    #[arg(long, value_name = "URL")]
    pub(crate) origin: Option<Url>,
    /// Certificate chain (PEM), to speak TLS without a proxy.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// Its private key (PEM).
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reach: ReachArgs,
}

/// `record`.
#[derive(Debug, Args)]
#[command(
    after_help = "A line of the file, with what must be given:\n  {\"kind\":\"decision\",\"portal\":\"ID\",\"slot\":\"A\",\"assessor\":\"PSEUDONYM\",\"code\":\"219\",\"answer\":\"yes\",\"evidence\":[{\"finding\":42,\"rank\":1}]}\n  {\"kind\":\"decision\", ... \"answer\":\"no\",\"reason\":\"not_found_after_search\",\"trail\":[\"URL or search words\"]}\n  {\"kind\":\"adjudication\",\"portal\":\"ID\",\"reviewer\":\"PSEUDONYM\",\"code\":\"219\",\"answer\":\"no\",\"reason\":\"outdated\"}"
)]
pub(crate) struct RecordArgs {
    /// The file.
    pub(crate) file: PathBuf,
    /// Name of the campaign; that of the latest survey if left out.
    #[arg(long)]
    pub(crate) campaign: Option<String>,
}

/// `sign-off`.
#[derive(Debug, Args)]
pub(crate) struct SignOffArgs {
    /// Id of the portal.
    pub(crate) portal: String,
    /// Pseudonym of who signs off.
    #[arg(long)]
    pub(crate) by: String,
    /// Round of the city.
    #[arg(long, default_value_t = 1)]
    pub(crate) round: u32,
    /// Name of the campaign; that of the latest survey if left out.
    #[arg(long)]
    pub(crate) campaign: Option<String>,
}

/// `release`.
#[derive(Debug, Args)]
pub(crate) struct ReleaseArgs {
    /// Pseudonym of who publishes.
    #[arg(long)]
    pub(crate) by: String,
    /// Why, above all of a correction.
    #[arg(long, default_value = "first release")]
    pub(crate) reason: String,
    /// Name of the campaign; that of the latest survey if left out.
    #[arg(long)]
    pub(crate) campaign: Option<String>,
}

/// `key`.
#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a key; prints the public half and keeps the secret one in the file of --key.
    Init {
        /// Who signs, as it stands in every checkpoint: letters without space and `+`.
        #[arg(long, default_value = "portolan")]
        name: String,
    },
    /// Put a new key in the place of the present one; both sign the change.
    Rotate {
        /// File of the new secret key; made if it is not there.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Why, for the log.
        #[arg(long)]
        reason: String,
    },
    /// Show the public key that signs now, and those in the log.
    Show,
}

/// `pack`.
#[derive(Debug, Args)]
pub(crate) struct PackArgs {
    /// Number of a run, or a release as CAMPAIGN/NUMBER.
    pub(crate) what: String,
    /// Folder to write into; made if it is not there.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// `verify`.
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// A data directory, an archive folder, a WACZ or an audit pack.
    pub(crate) path: PathBuf,
    /// A public key that you know to be the owner's; without it, those found are named.
    #[arg(long = "trusted", value_name = "KEY")]
    pub(crate) trusted: Vec<String>,
    /// Walk one score of an audit pack back to its bytes, and print the way.
    #[arg(long, value_name = "CITY/CODE")]
    pub(crate) score: Option<String>,
}

/// `receipt`.
#[derive(Debug, Args)]
pub(crate) struct ReceiptArgs {
    /// Number of the run: a survey's crawl of one portal.
    pub(crate) run: i64,
    /// Form of the output.
    #[arg(long, default_value = "html")]
    pub(crate) format: ReceiptFormat,
    /// Where to write it; standard output if left out.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// Form of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReceiptFormat {
    /// One page that needs nothing else.
    Html,
    /// One JSON object.
    Json,
}

/// `portals`.
#[derive(Debug, Subcommand)]
pub(crate) enum PortalsCommand {
    /// Report every wrong row of a portal list at once.
    Check {
        /// Portal list: CSV or TOML.
        file: PathBuf,
        /// Also ask each home page and say what it answers and where it redirects.
        #[arg(long)]
        online: bool,
        #[command(flatten)]
        reach: ReachArgs,
    },
}

/// `rules`.
#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Report what is lacking: gaps of languages, terms that stand for two things, rules that cannot hold, missing fixtures.
    Check {
        /// Only what lexicons of these languages lack.
        #[arg(long = "language", value_name = "TAG")]
        languages: Vec<String>,
        #[command(flatten)]
        fixtures: FixtureArgs,
    },
    /// Judge the saved pages and show each that is judged otherwise than its name says, with what fired.
    Test {
        /// Codes of indicators; all if left out.
        codes: Vec<String>,
        /// Only pages of these languages.
        #[arg(long = "language", value_name = "TAG")]
        languages: Vec<String>,
        #[command(flatten)]
        fixtures: FixtureArgs,
    },
    /// Count terms and saved pages by language, and saved pages by indicator.
    Coverage {
        #[command(flatten)]
        fixtures: FixtureArgs,
    },
    /// Tell which lexicon serves the largest city of each state, as Markdown (config/lexicons/COVERAGE.md).
    States,
    /// Measure the processor time of parsing and of matching the HTML files below a folder.
    Cost {
        /// A saved site.
        dir: PathBuf,
        /// Rounds; the fastest counts.
        #[arg(long, default_value_t = 3)]
        rounds: u32,
    },
}

/// Where saved pages are.
#[derive(Debug, Args)]
pub(crate) struct FixtureArgs {
    /// Folder of saved pages, named as in 219-budget/present-en.html; fixtures/indicators if left out.
    #[arg(long, value_name = "DIR")]
    pub(crate) fixtures: Option<PathBuf>,
}

/// `mirror`.
#[derive(Debug, Args)]
pub(crate) struct MirrorArgs {
    /// Directory of the saved site.
    pub(crate) dir: PathBuf,
    /// Name to serve it under; may be given several times.
    #[arg(long = "host", value_name = "NAME", required = true)]
    pub(crate) hosts: Vec<String>,
    /// Port for HTTP; a free one if left out.
    #[arg(long, default_value_t = 0)]
    pub(crate) http: u16,
    /// Port for HTTPS; a free one if left out.
    #[arg(long, default_value_t = 0)]
    pub(crate) https: u16,
    /// Where to write the certificate of the throw-away authority, for `--trust`.
    #[arg(long, default_value = "mirror-ca.pem", value_name = "FILE")]
    pub(crate) ca: PathBuf,
}

/// `evaluate`.
#[derive(Debug, Args)]
pub(crate) struct EvaluateArgs {
    /// Labels: JSON with a verdict and evidence per code.
    pub(crate) labels: PathBuf,
    /// Number of the survey to measure; the latest if left out.
    #[arg(long, conflicts_with = "site")]
    pub(crate) survey: Option<i64>,
    /// Key of the portal, if the survey has several.
    #[arg(long)]
    pub(crate) portal: Option<String>,
    /// Serve this saved site and survey it now, politeness off, instead of measuring a stored survey.
    #[arg(long, value_name = "DIR", requires = "host")]
    pub(crate) site: Option<PathBuf>,
    /// Name of the saved site.
    #[arg(long)]
    pub(crate) host: Option<String>,
    /// Budgets to try, in pages.
    #[arg(long, value_delimiter = ',', default_values_t = [400])]
    pub(crate) budgets: Vec<u32>,
    /// Orders to try.
    #[arg(long, value_delimiter = ',', default_values = ["best-first"])]
    pub(crate) orders: Vec<Order>,
    /// Only the totals.
    #[arg(long)]
    pub(crate) brief: bool,
    /// Write what the labels say of each proposed page, for `fit`.
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
}

/// `fit`.
#[derive(Debug, Args)]
pub(crate) struct FitArgs {
    /// Decisions: JSON lines, as `evaluate --decisions` writes them.
    pub(crate) decisions: PathBuf,
    /// Where to write what was fitted.
    #[arg(long, default_value = "fitted.toml", value_name = "FILE")]
    pub(crate) out: PathBuf,
}
