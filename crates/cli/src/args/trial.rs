//! Arguments of the commands that try the program out and measure it.

use std::path::PathBuf;

use clap::Args;
use url::Url;

use super::ReachArgs;

/// `demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Afterwards serve the application on this address, with people and a campaign over the cities to try it with.
    #[arg(long, value_name = "ADDR:PORT", num_args = 0..=1, default_missing_value = "127.0.0.1:8790")]
    pub(crate) serve: Option<std::net::SocketAddr>,
    /// Serve it with nobody in it yet, as it is at a first start.
    #[arg(long, requires = "serve")]
    pub(crate) bare: bool,
    /// Directory of the fictional cities.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/sites"), value_name = "DIR")]
    pub(crate) sites: PathBuf,
}

/// `bench`.
#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    /// Home page of the site.
    pub(crate) home: Url,
    /// Pages to fetch.
    #[arg(long, default_value_t = 5000)]
    pub(crate) pages: u32,
    /// Visits under way at once.
    #[arg(long, default_value_t = 64)]
    pub(crate) width: usize,
    #[command(flatten)]
    pub(crate) reach: ReachArgs,
}
