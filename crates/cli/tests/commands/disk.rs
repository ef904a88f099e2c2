//! A disk that is full half-way: a clear end, nothing kept without its bytes, and a resume that goes on from there.

use std::path::Path;

use store::Store;
use testkit::{City, Served};

use crate::program::{ended, flags, portolan, portolan_on_small_disk};

const HOST: &str = "www.full.example";
const PAGES: usize = 16;

/// A city of pages that cannot be compressed to less than about half a mebibyte each.
async fn city() -> Served {
    let links: String = (0..PAGES).map(|n| format!("<a href=/office/{}>Office of {n} things</a> ", name(n))).collect();
    let home = format!("<!doctype html><html lang=en><title>City of Full</title><main><h1>City of Full</h1>{links}</main>");
    let city = (0..PAGES).fold(City::new(HOST).page("/", &home), |city, n| {
        let html =
            format!("<!doctype html><title>Office {n}</title><main><p>{}</p></main><!-- {} -->", name(n), noise(n as u64 + 1));
        city.page(&format!("/office/{}", name(n)), &html)
    });
    city.serve().await
}

/// A word per page, so that no two look alike.
fn name(n: usize) -> String {
    ["parks", "trees", "water", "music", "bread", "stone", "light", "paper"][n % 8].repeat(n / 8 + 1)
}

/// A mebibyte of letters in no order (xorshift).
fn noise(mut state: u64) -> String {
    let mut letter = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b'a' + u8::try_from(state % 16).unwrap())
    };
    (0..1 << 20).map(|_| letter()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_ends_the_survey_and_a_resume_goes_on_from_there() {
    let served = city().await;
    let dir = tempfile::tempdir().unwrap();
    let (data, list) = (dir.path().join("data"), dir.path().join("list.csv"));
    std::fs::write(&list, format!("id,city,country,home\nfull,Full,GB,{}\n", served.home())).unwrap();
    let flags = flags(&served, dir.path());

    let (code, _, told) = ended(portolan_on_small_disk(&data, 5).arg("survey").arg(&list).args(&flags).output());
    assert_eq!(code, 1, "{told}");
    for words in ["error: the archive cannot go on", "caused by: cannot write to segment", "survey --resume"] {
        assert!(told.contains(words), "{told}");
    }
    let kept = kept(&data).await;
    assert!((3..PAGES).contains(&kept.len()), "{kept:?}");

    let (code, _, told) = ended(portolan(&data).args(["survey", "--resume"]).args(&flags).output());
    assert_eq!(code, 0, "{told}");
    let asked = served.log.targets(HOST);
    for path in kept {
        assert_eq!(asked.iter().filter(|target| **target == path).count(), 1, "{path} was kept and asked for again");
    }
    let (code, out, told) = ended(portolan(&data).arg("findings").output());
    assert!(code == 0 && out.contains("Full (full)"), "{told}");
}

/// Paths with a capture; asserts that the bytes of each are in the archive.
async fn kept(data: &Path) -> Vec<String> {
    let store = Store::open(&format!("sqlite:{}", data.join("ledger.sqlite").display())).await.unwrap();
    let survey = store.latest(None).await.unwrap().unwrap();
    assert_eq!(survey.finished, None, "what was cut short can be resumed");
    let run = store.runs(survey.id).await.unwrap().remove(0);
    let mut paths = Vec::new();
    for past in store.outcomes(run.id).await.unwrap() {
        if let Some(captured) = past.outcome.captured() {
            archive::read(&data.join("archive"), &captured.record).unwrap();
            paths.push(past.visit.url.path().to_owned());
        }
    }
    store.close().await;
    paths
}
