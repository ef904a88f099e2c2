//! How long a whole campaign takes to be written, and how much memory: `cargo run --release -p report --example size -- 193 95`.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program for people who measure")]

#[path = "../tests/exports/ground.rs"]
mod ground;

use std::io::{BufWriter, Write};
use std::time::Instant;

use report::import::{Limits, read};
use report::{Flavour, earl, json, package, tidy, workbook};

fn main() {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse().unwrap());
    let (cities, indicators) = (numbers.next().unwrap_or(193), numbers.next().unwrap_or(95));
    let book = ground::book(cities, indicators);
    println!("{cities} cities, {indicators} indicators, {} answers; rows alone: {}", book.answers.len(), peak());
    let xlsx = said("workbook", || workbook::write(&book, ground::made()).unwrap());
    told("tidy CSV", |out| tidy::write_csv(&book.answers, Flavour::Raw, out).unwrap());
    told("JSON", |out| json::write(&book, out).unwrap());
    told("EARL", |out| earl::write(&book, "https://losi.example/c", out).unwrap());
    said("package", || package::files(&book).unwrap().into_iter().flat_map(|file| file.bytes).collect());
    let form = ground::form(&book);
    said("form", || workbook::write_form(&book.campaign, &form, ground::made()).unwrap());
    anew();
    let start = Instant::now();
    let rows: usize = read(&xlsx, &Limits::default()).unwrap().sheets.iter().map(|sheet| sheet.rows.len()).sum();
    println!("read again: {rows} rows, {:.2} s, peak {}", start.elapsed().as_secs_f64(), peak());
}

/// Counts what is written and keeps nothing.
struct Sink(usize);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn told(what: &str, write: impl Fn(&mut BufWriter<Sink>)) {
    anew();
    let start = Instant::now();
    let mut out = BufWriter::new(Sink(0));
    write(&mut out);
    out.flush().unwrap();
    println!("{what}: {} bytes, {:.2} s, peak {}", out.get_ref().0, start.elapsed().as_secs_f64(), peak());
}

fn said(what: &str, write: impl Fn() -> Vec<u8>) -> Vec<u8> {
    anew();
    let start = Instant::now();
    let bytes = write();
    println!("{what}: {} bytes, {:.2} s, peak {}", bytes.len(), start.elapsed().as_secs_f64(), peak());
    bytes
}

/// Forgets the most memory held so far, where the system lets us.
fn anew() {
    std::fs::write("/proc/self/clear_refs", "5").ok();
}

/// The most memory that the process has held so far, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: unknown");
    line.split_once(':').map_or("unknown", |(_, rest)| rest.trim()).to_owned()
}
