//! A city surveyed twice: what it says again is kept once, and everything that reads the second survey finds it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use archive::proof::{Selection, entries};
use archive::wacz::{About, Contents, Wacz};
use archive::{Log, Signer, Subject, original, read, receipt, verify_package};
use model::{Exchange, Record};
use store::{Store, Survey};
use testkit::{City, Response, pdf};

use crate::program::{ended, flags, leave, portolan};

/// A finding of a run, without the numbers that rows have.
type Said = (String, String, String);

/// What the ledger and the archive have of the latest survey: each page that came, and what was found.
async fn latest(data: &Path) -> (Vec<(Record, Option<Record>, Exchange)>, Vec<Said>) {
    let store = Store::open(&format!("sqlite:{}", data.join("ledger.sqlite").display())).await.unwrap();
    let survey: Survey = store.latest(None).await.unwrap().unwrap();
    let run = store.runs(survey.id).await.unwrap().remove(0).id;
    let outcomes = store.outcomes(run).await.unwrap();
    let captured = outcomes.iter().filter_map(|past| past.outcome.captured());
    let pages = captured.map(|one| (one.record.clone(), one.text.clone(), read(&data.join("archive"), &one.record).unwrap()));
    let judging = store.judgings(run).await.unwrap().remove(0).id;
    let found = store.findings(judging).await.unwrap().into_iter().map(|found| found.finding);
    let quotes = |found: &model::Finding| found.evidence.iter().map(|one| format!("{} {}", one.url, one.quote.exact)).collect();
    let said = found.map(|found| (found.code.to_string(), found.answer.word().to_owned(), quotes(&found))).collect();
    let pages = pages.collect();
    store.close().await;
    (pages, said)
}

/// Runs the program on a data directory; it must end well.
#[track_caller]
fn done(data: &Path, arguments: &[&str]) -> String {
    let (code, out, told) = ended(portolan(data).args(arguments).output());
    assert_eq!(code, 0, "{arguments:?}: {told}");
    out
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_city_says_again_is_kept_once_and_the_second_survey_stands_for_itself() {
    let long = "<p>The city council meets each month and publishes what it spends, street by street.</p>".repeat(90);
    let home = format!(
        "<!doctype html><html lang=en><title>City of Twice</title><main><h1>City of Twice</h1>{long}\
         <a href=/budget>Adopted budget 2026</a> <a href=/plan.pdf>Adopted budget 2026, part two</a></main>"
    );
    let budget =
        format!("<!doctype html><html lang=en><title>Adopted budget 2026</title><main><h1>Budget 2026</h1>{long}</main>");
    let robots = format!("User-agent: *\nCrawl-delay: 0\n{}", "# be kind\n".repeat(60));
    let plan = Response::new(200, "application/pdf", pdf("Adopted budget of the city"));
    let city = City::new("www.twice.example").page("/", &home).page("/budget", &budget).answer("/plan.pdf", plan);
    let served = city.robots(&robots).serve().await;
    let dir = tempfile::tempdir().unwrap();
    let (data, list) = (dir.path().join("data"), dir.path().join("list.csv"));
    let archive = data.join("archive");
    std::fs::write(&list, format!("id,city,country,home\ntwice,Twice,GB,{}\n", served.home())).unwrap();
    let flags = flags(&served, dir.path());
    let survey = || {
        let (code, _, told) = ended(portolan(&data).arg("survey").arg(&list).args(&flags).output());
        assert_eq!(code, 0, "{told}");
    };

    survey();
    let (first, found) = latest(&data).await;
    survey();
    let (second, again) = latest(&data).await;
    assert_eq!(again, found);
    assert!(second.iter().any(|(_, text, _)| text.is_some()), "there is a PDF among the pages");
    assert_eq!(first.len(), second.len());
    for ((before, _, then), (record, _, now)) in first.iter().zip(&second) {
        assert_eq!((&then.url, &then.body), (&now.url, &now.body));
        if then.body.len() < 512 {
            continue;
        }
        assert_eq!((before.kind.as_str(), record.kind.as_str()), ("response", "revisit"), "{}", now.url);
        assert_eq!(original(&archive, &record.segment, record.offset).unwrap(), before.id);
        assert!(now.sent > then.sent);
    }
    let [before, after] = [1, 2].map(|run| receipt(&archive, run).unwrap());
    // What robots.txt said is still known, and it is not asked for again.
    let all = (after.total.requests + 1, after.total.bytes + robots.len() as u64);
    assert_eq!((before.total.requests, before.total.bytes), all);

    // Judged again from the archive alone, it is the same.
    let judged = done(&data, &["judge"]);
    assert!(judged.lines().skip(1).all(|line| line.split_whitespace().nth(4) == Some("0")), "{judged}");

    let (key, packs) = (dir.path().join("key"), dir.path().join("packs"));
    let signer = Signer::new("twice").unwrap();
    signer.save(&key).unwrap();
    done(&data, &["--key", key.to_str().unwrap(), "pack", "2", "--out", packs.to_str().unwrap()]);
    done(&data, &["verify", data.to_str().unwrap()]);
    let wacz = packs.join("twice.wacz");
    done(&data, &["verify", wacz.to_str().unwrap()]);
    leave(&wacz);
    let package = verify_package(&wacz, &[]);
    for (before, ..) in first.iter().filter(|(_, _, then)| then.body.len() >= 512) {
        assert!(package.records.contains_key(&before.id), "the original of a revisit is in the package");
    }

    let (revisit, ..) = second.iter().find(|(record, ..)| record.kind == "revisit").unwrap();
    let lone = lone(&archive, &signer, revisit, &packs.join("lone.wacz"));
    let report = verify_package(&lone, &[]).report;
    let [fault] = report.findings.iter().filter(|finding| finding.fault).collect::<Vec<_>>().try_into().unwrap();
    assert!(matches!(&fault.subject, Subject::Record { id, .. } if *id == revisit.id), "{fault:?}");
    assert!(fault.what.contains("no response with its payload is there"), "{fault:?}");
}

/// A package of one revisit, signed, without its original.
fn lone(archive: &Path, signer: &Signer, revisit: &Record, path: &Path) -> PathBuf {
    let log = Log::of(archive).unwrap();
    let selection = Selection::of(&log, &HashMap::from([(revisit.id.clone(), 2)])).unwrap();
    let mut proof = vec![("records.jsonl".to_owned(), selection.records())];
    proof.extend(entries(archive, log.entries(), |_| true).unwrap());
    let created = model::Time::from_micros(0).unwrap();
    let about = About { title: String::new(), created, software: "portolan/0".to_owned(), main: None };
    let contents = Contents { portal: "twice".to_owned(), pages: Vec::new(), proof, about };
    let sign = |bytes: &[u8]| (signer.sign(bytes), *signer.verifier().public());
    Wacz::write(path, &contents, selection.length(), selection.members(), Some(&sign)).unwrap();
    path.to_owned()
}
