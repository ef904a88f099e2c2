//! Milliseconds per page, by stage: `cargo bench -p page [-- FILE-OR-FOLDER...]`; without files, a made-up page of 30 KB.
//!
//! The tree, the charset and the language detector are measured by calling their crates alone; the rest is what `parse` takes more.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use model::{Exchange, Headers, Purpose, Time};
use page::{Limits, parse};

fn main() {
    let given: Vec<PathBuf> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).map(PathBuf::from).collect();
    let mut files = Vec::new();
    given.iter().for_each(|path| collect(path, &mut files));
    let pages: Vec<Vec<u8>> = if files.is_empty() {
        vec![made_up().into_bytes()]
    } else {
        files.iter().filter_map(|file| std::fs::read(file).ok()).collect()
    };
    let rounds = (2000 / pages.len()).max(1);
    files
        .iter()
        .enumerate()
        .filter(|_| files.len() < 50)
        .for_each(|(number, file)| say(&format!("page {number}: {}", file.display())));
    let bytes: usize = pages.iter().map(Vec::len).sum();
    say(&format!("{} pages of {} KB on average, {rounds} rounds", pages.len(), bytes / pages.len() / 1000));
    let answer = answer();
    let whole = time("parse, whole", &pages, rounds, |page| {
        black_box(parse(&answer, page, &Limits::DEFAULT));
    });
    let decode = time("  charset: decoding as UTF-8", &pages, rounds, |page| {
        black_box(encoding_rs::UTF_8.decode(page));
    });
    let tree = time("  tree: scraper without the meter", &pages, rounds, |page| {
        black_box(scraper::Html::parse_document(&String::from_utf8_lossy(page)));
    });
    let texts: Vec<Vec<u8>> = pages.iter().map(|page| sample(&parse(&answer, page, &Limits::DEFAULT).text)).collect();
    let language = time("  language: detector on 1,200 bytes", &texts, rounds, |text| {
        black_box(whatlang::detect(std::str::from_utf8(text).unwrap_or_default()));
    });
    let rest = whole.saturating_sub(decode + tree + language);
    say(&format!("{:40} {:8.3} ms", "  the rest", rest.as_secs_f64() * 1e3));
    histogram(&answer, &pages);
}

fn time(stage: &str, pages: &[Vec<u8>], rounds: usize, mut work: impl FnMut(&[u8])) -> Duration {
    let mut best = Duration::MAX;
    let begin = Instant::now();
    for _ in 0..rounds {
        let start = Instant::now();
        pages.iter().for_each(|page| work(page));
        best = best.min(start.elapsed() / pages.len() as u32);
        if begin.elapsed() > Duration::from_secs(5) {
            break;
        }
    }
    say(&format!("{stage:40} {:8.3} ms", best.as_secs_f64() * 1e3));
    best
}

fn histogram(answer: &Exchange, pages: &[Vec<u8>]) {
    const STEPS: [u128; 8] = [250, 500, 1000, 2000, 5000, 10_000, 100_000, u128::MAX];
    let mut counts = [0; STEPS.len()];
    let (mut skipped, mut slowest) = (0, (0, 0));
    for (number, page) in pages.iter().enumerate() {
        let start = Instant::now();
        skipped += usize::from(black_box(parse(answer, page, &Limits::DEFAULT)).dom_skipped);
        let micros = start.elapsed().as_micros();
        slowest = slowest.max((micros, number));
        counts[STEPS.iter().position(|step| micros <= *step).unwrap_or(0)] += 1;
    }
    for (step, count) in STEPS.iter().zip(counts) {
        say(&format!("up to {:>12} µs: {count}", if *step == u128::MAX { "any".to_owned() } else { step.to_string() }));
    }
    say(&format!("read from tokens: {skipped}; slowest: page {} with {} µs", slowest.1, slowest.0));
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    match std::fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| collect(&entry.path(), files)),
        Err(_) => files.push(path.to_owned()),
    }
}

fn sample(text: &str) -> Vec<u8> {
    text.as_bytes()[..text.floor_char_boundary(1200)].to_vec()
}

fn answer() -> Exchange {
    let now = Time::from_micros(1_764_000_000_000_000).expect("a time of this century");
    Exchange {
        purpose: Purpose::Answer,
        url: "https://city.example/services/".parse().expect("a URL"),
        request: Headers::default(),
        sent: now,
        done: now,
        version: "HTTP/1.1".to_owned(),
        status: 200,
        headers: Headers(vec![("content-type".to_owned(), "text/html; charset=utf-8".to_owned())]),
        body: Vec::new(),
        address: None,
        resolved: Vec::new(),
        tls: None,
        truncated: None,
    }
}

/// About 30 KB with 40 links, a form and a table, nested as templates nest.
fn made_up() -> String {
    let menu: String = (0..20)
        .map(|n| format!("<li class=\"menu-item depth-1\"><a href=\"/services/{n}\">Service number {n}</a></li>\n"))
        .collect();
    let articles: String = (0..20)
        .map(|n| {
            format!(
                "<div class=\"card card--wide\" data-id=\"{n}\"><h3 class=\"card__title\"><a href=\"/news/2024/{n}\">The office for permits \
                 opens on day {n}</a></h3><p>Residents can <b>apply</b> for a building permit online, by mail or at the city hall. The \
                 office is open on weekdays from 9 to 5; please call +1 555 010 {n:04} before 3 May 2024.</p><p class=\"meta\">Posted \
                 by <span class=\"author\">the clerk</span> on <time datetime=\"2024-03-{:02}\">March {}, 2024</time></p></div>\n",
                n % 28 + 1,
                n % 28 + 1
            )
        })
        .collect();
    let rows: String = (0..20).map(|n| format!("<tr><td>Fee {n}</td><td>{n}.50</td></tr>\n")).collect();
    let style = ".card { margin: 0 auto; padding: 1rem }\n".repeat(480);
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Services - City of Example</title><style>{style}</style>\
         <script type=\"application/ld+json\">{{\"@type\":\"GovernmentOrganization\"}}</script></head><body><header \
         class=\"site-header\"><nav><ul>{menu}</ul></nav><form action=\"/search\" role=\"search\"><label for=\"q\">Search</label><input \
         id=\"q\" name=\"q\"></form></header><main><h1>Services</h1>{articles}<table><thead><tr><th>Fee</th><th>Amount</th></tr></thead>\
         {rows}</table></main><footer><p>City hall, 1 Main Street</p></footer></body></html>"
    )
}

#[expect(clippy::print_stdout, reason = "a benchmark reports to the terminal")]
fn say(line: &str) {
    println!("{line}");
}
