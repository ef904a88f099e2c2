//! PDF files in the real child process: one that it cannot read, one that is made to overflow its stack, and a good one.
//! What a child that dies does to a survey is shown with stand-ins in `crates/survey/tests/hostile`.

use store::{Outcome, Store};
use testkit::{City, Response, crashing_pdf, pdf};

use crate::program::{ended, flags, portolan};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pdf_that_cannot_be_read_is_a_miss_and_the_others_are_read() {
    let home = "<!doctype html><html lang=en><title>City of Files</title><main><h1>City of Files</h1>\
                <a href=/broken.pdf>Adopted budget 2026</a> <a href=/deep.pdf>Adopted budget 2026, part two</a>\
                <a href=/good.pdf>Adopted budget 2026, part three</a></main>";
    let document = |bytes| Response::new(200, "application/pdf", bytes);
    let city = City::new("www.files.example").page("/", home).answer("/broken.pdf", document(b"%PDF-1.4\nbroken".to_vec()));
    let city = city.answer("/deep.pdf", document(crashing_pdf()));
    let served = city.answer("/good.pdf", document(pdf("Adopted budget of the city"))).serve().await;
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
    let Outcome::Missed { miss, detail, .. } = of("/broken.pdf") else { panic!("it was read") };
    assert!(*miss == model::Miss::Malformed && detail.starts_with("the PDF reader failed with exit status"), "{miss}: {detail}");
    let (Outcome::Captured(_) | Outcome::Missed { miss: model::Miss::Malformed, .. }) = of("/deep.pdf") else {
        panic!("{:?}", of("/deep.pdf"))
    };
    assert!(of("/good.pdf").captured().unwrap().text.is_some());
}
