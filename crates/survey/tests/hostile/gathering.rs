//! A page that a person asks for by its address: the same fetcher, so the same refusals and the same limits.

use std::sync::Arc;

use model::Truncation;
use survey::{Gatherer, Stop, Survey, Ungathered};
use testkit::hostile::{Behaviour, hostile_pages};
use testkit::{City, trap};

use crate::ground::{Plan, check_bytes, new_survey, url};

const HOST: &str = "www.evil.example";

#[tokio::test]
async fn an_address_that_leads_to_a_private_one_or_never_ends_does_no_harm() {
    let served = trap::to_private(City::new(HOST)).serve().await;
    let flood = hostile_pages(Behaviour::Flood).await;
    let mut plan = Plan::served(&served);
    plan.routes.extend(flood.routes("www.endless.example"));
    plan.fetch.limits.body = 1 << 20;
    let dir = tempfile::tempdir().unwrap();
    let (ground, reach) = plan.laid(dir.path()).await;
    let (store, archive) = (ground.store.clone(), ground.archive.clone());
    let survey = store.begin_survey(&new_survey()).await.unwrap();
    let walking = Survey::open(ground.clone(), survey, plan.settings.clone(), reach.clone()).await.unwrap();
    let outcomes = Box::pin(walking.walk(vec![plan.hostile], &Stop::default(), Arc::new(|_| {}))).await.unwrap();
    let run = outcomes[0].run.unwrap();

    let gatherer = Gatherer::new(Arc::new(ground), plan.settings);
    let fetch = async |address: &str| gatherer.fetch(reach.clone(), run, &url(address), "ann").await;
    for (n, to) in trap::PRIVATE.iter().enumerate() {
        match fetch(&format!("http://{HOST}/private/{n}")).await {
            Err(Ungathered::Missed(why)) => assert!(why.starts_with("forbidden") || why.starts_with("redirect"), "{to}: {why}"),
            other => panic!("{to}: {other:?}"),
        }
    }
    for direct in ["http://127.0.0.1/", "http://10.1.2.3/", "http://[::1]/"] {
        assert!(matches!(fetch(direct).await, Err(Ungathered::Missed(why)) if why.starts_with("forbidden")), "{direct}");
    }
    let kept = fetch("http://www.endless.example/two-gibibytes").await.unwrap();
    let captured = store.capture(kept).await.unwrap().unwrap();
    assert_eq!((captured.bytes, captured.truncated), (1 << 20, Some(Truncation::Length)));
    assert!(flood.sent() < 64 << 20, "{}", flood.sent());
    gatherer.close().await.unwrap();
    check_bytes(&store, &archive).await;
}
