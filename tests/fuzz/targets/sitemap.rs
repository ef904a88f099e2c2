//! Any bytes can be read as a sitemap, and what they list is bounded and stays at home.

#![no_main]

use crawl::sitemap;
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|data: &[u8]| {
    let base: Url = "https://www.city.org/sitemap.xml".parse().expect("a URL");
    let sitemap = sitemap::read(data, &base);
    assert!(sitemap.pages.len() + sitemap.indexes.len() <= 50_000);
    for url in sitemap.pages.iter().map(|(url, _)| url).chain(&sitemap.indexes) {
        assert!(matches!(url.scheme(), "http" | "https"), "{url}");
        assert!(url.host_str().is_some_and(|host| host.trim_end_matches('.').ends_with("city.org")), "{url}");
    }
});
