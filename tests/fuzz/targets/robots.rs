//! Any robots.txt can be read and asked about any path, and a comment before it changes nothing but line numbers.
//!
//! The first line is the path to ask about; all else is the file.

#![no_main]

use crawl::robots::{Rules, Verdict};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let data = String::from_utf8_lossy(data);
    let (path, file) = data.split_once('\n').unwrap_or(("/", &data));
    let rules = Rules::parse(file, "portolan");
    let Verdict { allowed, line } = rules.verdict(path);
    assert!(allowed || line.is_some(), "refused by no line");
    let lines = 1 + file.matches(['\n', '\r']).count();
    assert!(line.is_none_or(|line| (1..=lines).contains(&(line as usize))), "line {line:?} of {lines}");
    assert!(rules.verdict("/robots.txt").allowed);
    if !file.starts_with('\u{FEFF}') {
        let later = Rules::parse(&format!("# a comment\n{file}"), "Portolan/1.0");
        assert_eq!(later.verdict(path), Verdict { allowed, line: line.map(|line| line + 1) });
        assert_eq!((later.crawl_delay(), later.sitemaps()), (rules.crawl_delay(), rules.sitemaps()));
    }
});
