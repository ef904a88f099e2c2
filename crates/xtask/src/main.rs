//! Chores of the repository: `cargo xtask ci` runs all checks, `bench` measures next to other tools, `crash`, `tamper`
//! and `simulate` run the long proofs, `replay` shows packages in players of others, `browser` plays a campaign. What the
//! checks look for lives in the tests themselves, the house rules in `tests/tidy`.

#![expect(clippy::print_stdout, reason = "a chore's report is its output")]

mod bench;
mod browser;
mod ci;
mod demo;
mod needs;
mod peers;
mod proofs;
mod replay;
mod tamper;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask ci
       cargo xtask bench [--pages N] [--rounds N] [wget] [scrapy] [portolan]
       cargo xtask crash [--closing] [--rounds N] [--seed N]
       cargo xtask tamper [--changes N] [--seed N]
       cargo xtask simulate [--portals N] [--pages N]
       cargo xtask replay [--pages N] [WACZ ...]
       cargo xtask assessors [--assessors N]
       cargo xtask browser [--screens]

ci        formatting, lints, documentation, fuzz targets, all tests, checks by outside programs, a campaign in a browser
bench     pages per second, CPU and memory on a made-up site, ours next to wget and Scrapy
crash     surveys killed at N random moments (50) and resumed, next to one left alone
          with --closing: killed N times (200) where every exchange closes a segment, then repaired and verified
tamper    N single bytes (1000) of a sealed data directory changed, seen and named by both verifiers
simulate  N portals (193) of N pages (400) at the real pace, a quarter of an hour
replay    N pages (50) with evidence in pywb and replayweb.page next to their captured text; of the demo if no WACZ is named
assessors N assessors (50) at once decide 95 indicators each, as fast as they can and with half a second to look
browser   a whole campaign in headless Chromium, with the keyboard alone and again without scripts; axe-core on every screen
          with --screens: pictures of each at three widths, in two languages, under target/browser";

fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("ci") if arguments.len() == 1 => ci::run(),
        Some("bench") => bench::run(&arguments[1..]).map(|()| ExitCode::SUCCESS),
        Some("crash") if arguments.get(1).is_some_and(|flag| flag == "--closing") => {
            proofs::run(&proofs::CLOSING, &arguments[2..])
        }
        Some("crash") => proofs::run(&proofs::CRASH, &arguments[1..]),
        Some("tamper") => tamper::run(&arguments[1..]),
        Some("simulate") => proofs::run(&proofs::SIMULATE, &arguments[1..]),
        Some("assessors") => proofs::run(&proofs::ASSESSORS, &arguments[1..]),
        Some("browser") => browser::run(&arguments[1..]),
        Some("replay") => replay::run(&arguments[1..]),
        _ => {
            println!("{USAGE}");
            Ok(ExitCode::from(2))
        }
    }
}

/// The repository's top folder.
fn root() -> std::path::PathBuf {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("this crate lies in crates/xtask").to_path_buf()
}
