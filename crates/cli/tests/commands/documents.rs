//! A PDF that kills its reader: the real child process dies, the survey goes on and says what it died of.

use store::{Outcome, Store};
use testkit::{City, Response, crashing_pdf, pdf};

use crate::program::{ended, flags, portolan};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pdf_that_kills_its_reader_is_a_miss_and_another_is_read() {
    let home = "<!doctype html><html lang=en><title>City of Files</title><main><h1>City of Files</h1>\
                <a href=/budget/2026.pdf>Adopted budget 2026</a> <a href=/plan/strategy.pdf>City strategy 2030</a></main>";
    let document = |bytes| Response::new(200, "application/pdf", bytes);
    let city = City::new("www.files.example").page("/", home).answer("/budget/2026.pdf", document(crashing_pdf()));
    let served = city.answer("/plan/strategy.pdf", document(pdf("City strategy for the years to 2030"))).serve().await;
    let dir = tempfile::tempdir().unwrap();
    let list = dir.path().join("list.csv");
    std::fs::write(&list, format!("id,city,country,home\nfiles,Files,GB,{}\n", served.home())).unwrap();

    let flags = flags(&served, dir.path());
    let (code, _, told) = ended(portolan(dir.path()).arg("survey").arg(&list).args(flags).output());
    assert_eq!(code, 0, "{told}");
    let store = Store::open(&format!("sqlite:{}", dir.path().join("ledger.sqlite").display())).await.unwrap();
    let run = store.runs(store.latest(None).await.unwrap().unwrap().id).await.unwrap().remove(0);
    let visits = store.outcomes(run.id).await.unwrap();
    let of = |path: &str| &visits.iter().find(|past| past.visit.url.path() == path).unwrap().outcome;
    let Outcome::Missed { miss, detail, .. } = of("/budget/2026.pdf") else { panic!("it was read") };
    assert!(*miss == model::Miss::Malformed && detail.starts_with("the PDF reader "), "{miss}: {detail}");
    assert!(of("/plan/strategy.pdf").captured().unwrap().text.is_some(), "the other one was read");
}
