//! What is kept is read back, all or nothing, by any number of readers, and after any end of the writer.

#![expect(clippy::unwrap_used, reason = "helpers of tests, which may")]

use std::path::Path;

use model::*;
use serde_json::json;
use store::*;
use url::Url;

async fn open(dir: &Path) -> Store {
    Store::open_or_create(&format!("sqlite:{}", dir.join("ledger.db").display())).await.unwrap()
}

fn at(second: i64) -> Time {
    Time::from_micros(1_790_000_000_000_000 + second * 1_000_000).unwrap()
}

fn new_survey() -> NewSurvey {
    NewSurvey {
        campaign: "losi-2024".to_owned(),
        started: at(0),
        tool: "portolan 0".to_owned(),
        rulebook: Digest([7; 32]),
        settings: json!({"delay": 2}),
        seed: u64::MAX,
    }
}

fn portal(id: &str) -> Portal {
    Portal {
        id: id.to_owned(),
        city: "Pioz".to_owned(),
        country: Country::new("ES").unwrap(),
        home: Url::parse("https://pioz.example/").unwrap(),
        hosts: Vec::new(),
        languages: vec![Language::new("es").unwrap()],
        notes: String::new(),
    }
}

async fn begin(store: &Store) -> (SurveyId, RunId) {
    let survey = store.begin_survey(&new_survey()).await.unwrap();
    (survey, store.begin_run(survey, &portal("pioz"), &json!({"pages": 400}), at(1)).await.unwrap())
}

fn visit(no: VisitNo, via: Option<VisitNo>) -> Visit {
    Visit {
        no,
        url: Url::parse(&format!("https://pioz.example/{no}")).unwrap(),
        key: UrlKey(format!("example,pioz)/{no}").into()),
        errand: if via.is_some() { Errand::Page } else { Errand::Home },
        via: via.map(|from| Via { from, href: format!("/{no}"), text: format!("trámite {no}"), region: Region::Nav }),
        depth: u16::try_from(no).unwrap(),
        rule: "primary host".to_owned(),
        explored: no.is_multiple_of(2),
    }
}

fn record(n: u8) -> Record {
    Record {
        id: format!("urn:uuid:{n}"),
        kind: "response".to_owned(),
        segment: "pioz-00001.warc.gz".to_owned(),
        offset: u64::from(n) * 1000,
        length: 999,
        payload: Digest([n; 32]),
    }
}

fn captured(no: VisitNo) -> Captured {
    Captured {
        key: visit(no, None).key,
        url: Url::parse(&format!("https://www.pioz.example/{no}")).unwrap(),
        status: 200,
        media_type: "text/html".to_owned(),
        sent: at(2),
        done: at(3),
        bytes: 30_000,
        truncated: Some(Truncation::Length),
        etag: Some("\"abc\"".to_owned()),
        last_modified: None,
        record: record(1),
        text: Some(Record { kind: "conversion".to_owned(), ..record(2) }),
    }
}

fn quote() -> Quote {
    Quote { exact: "Pagar".to_owned(), prefix: "a ".to_owned(), suffix: String::new(), position: Some((3, 8)) }
}

fn kept(run: RunId, no: VisitNo, via: Option<VisitNo>) -> Kept {
    Kept {
        run,
        visit: visit(no, via),
        outcome: Outcome::Captured(Box::new(captured(no))),
        exchanges: vec![Exchanged {
            purpose: Purpose::Redirect,
            url: Url::parse("https://pioz.example/").unwrap(),
            status: 301,
            sent: at(2),
            record: record(3),
        }],
        robots: Vec::new(),
        refused: vec![Refusal { url: "https://elsewhere.example/".to_owned(), via: Some(no), rule: "not a host".to_owned() }],
    }
}

fn missed(run: RunId, no: VisitNo, miss: Miss, record: Option<Record>) -> Kept {
    let outcome = Outcome::Missed { miss, detail: "it did not come".to_owned(), record };
    Kept { outcome, exchanges: Vec::new(), ..kept(run, no, Some(1)) }
}

#[tokio::test]
async fn responses_are_found_by_payload_and_nothing_else_is_an_original() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (_, run) = begin(&store).await;
    let again = Record { id: "urn:uuid:9".to_owned(), ..record(3) };
    let revisit = Record { kind: "revisit".to_owned(), ..record(4) };
    let captured = Captured { record: revisit, ..captured(2) };
    let exchanged = Exchanged { record: again.clone(), ..kept(run, 1, None).exchanges.remove(0) };
    let second = Kept { outcome: Outcome::Captured(Box::new(captured)), exchanges: vec![exchanged], ..kept(run, 2, Some(1)) };
    store.keep(&[kept(run, 1, None), second]).await.unwrap();

    // The second is a conversion, the fourth a revisit, and the third is there twice.
    let payloads: Vec<Digest> = [1, 2, 3, 4, 5].map(|n| Digest([n; 32])).to_vec();
    assert_eq!(store.originals(&payloads).await.unwrap(), [record(1), record(3), again]);
    assert_eq!(store.originals(&payloads[3..]).await.unwrap(), []);
    assert_eq!(store.originals(&[]).await.unwrap(), []);
}

#[tokio::test]
async fn a_survey_and_its_runs_are_read_back_as_they_were_begun() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (survey, run) = begin(&store).await;
    let found = store.survey(survey).await.unwrap();
    assert_eq!(found, Survey { id: survey, begun: new_survey(), finished: None });
    assert_eq!(store.latest(None).await.unwrap(), Some(found.clone()));
    assert_eq!(store.latest(Some("losi-2024")).await.unwrap(), Some(found));
    assert_eq!(store.latest(Some("other")).await.unwrap(), None);

    let later = store.begin_survey(&new_survey()).await.unwrap();
    let ids: Vec<_> = store.surveys().await.unwrap().iter().map(|survey| survey.id).collect();
    assert_eq!(ids, [later, survey]);

    store.finish_run(run, RunState::Stopped, Some("ctrl-c"), at(9)).await.unwrap();
    store.finish_survey(survey, at(10)).await.unwrap();
    let stopped = store.run(run).await.unwrap();
    assert_eq!(stopped.portal, portal("pioz"));
    assert_eq!((stopped.state, stopped.reason.as_deref(), stopped.finished), (RunState::Stopped, Some("ctrl-c"), Some(at(9))));
    assert_eq!(store.survey(survey).await.unwrap().finished, Some(at(10)));
    assert_eq!(store.runs(survey).await.unwrap(), [stopped]);
}

#[tokio::test]
async fn a_run_is_taken_up_again_only_with_the_portal_it_began_with() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (survey, run) = begin(&store).await;
    store.finish_run(run, RunState::Stopped, Some("ctrl-c"), at(9)).await.unwrap();
    store.finish_survey(survey, at(9)).await.unwrap();

    assert_eq!(store.resume_survey(survey).await.unwrap().finished, None);
    assert_eq!(store.begin_run(survey, &portal("pioz"), &json!(null), at(20)).await.unwrap(), run);
    let again = store.run(run).await.unwrap();
    assert_eq!((again.state, again.reason, again.finished, again.started), (RunState::Running, None, None, at(1)));

    let moved = Portal { home: Url::parse("https://other.example/").unwrap(), ..portal("pioz") };
    let said = store.begin_run(survey, &moved, &json!(null), at(21)).await.unwrap_err().to_string();
    assert!(said.starts_with("survey 1 already has a run of portal `pioz`"), "{said}");
}

#[tokio::test]
async fn what_does_not_exist_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let path = store.path().display().to_string();
    let check = |error: Error, noun: &str| assert_eq!(error.to_string(), format!("the ledger `{path}` has no {noun} 9"));
    check(store.survey(SurveyId(9)).await.unwrap_err(), "survey");
    check(store.resume_survey(SurveyId(9)).await.unwrap_err(), "survey");
    check(store.finish_survey(SurveyId(9), at(0)).await.unwrap_err(), "survey");
    check(store.run(RunId(9)).await.unwrap_err(), "run");
    check(store.finish_run(RunId(9), RunState::Failed, None, at(0)).await.unwrap_err(), "run");
    check(store.finding(FindingId(9)).await.unwrap_err(), "finding");
    assert_eq!(store.outcome(RunId(9), 1).await.unwrap(), None);
    assert_eq!(store.click_path(RunId(9), 1).await.unwrap(), []);
}

#[tokio::test]
async fn visits_come_back_in_the_order_of_the_frontier_with_what_came_of_them() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (_, run) = begin(&store).await;
    let first = kept(run, 1, None);
    let ids = store.keep(std::slice::from_ref(&first)).await.unwrap();
    let rest = [
        missed(run, 4, Miss::NotFound, None),
        kept(run, 2, Some(1)),
        Kept { outcome: Outcome::Shared(ids[0].unwrap(), Box::new(captured(1))), ..kept(run, 3, Some(2)) },
        missed(run, 5, Miss::Dns, Some(Record { kind: "metadata".to_owned(), ..record(9) })),
    ];
    let more = store.keep(&rest).await.unwrap();
    assert_eq!((more[0], more[2], more[3]), (None, ids[0], None));
    assert!(more[1] > ids[0]);

    let past = |kept: &Kept| Past { visit: kept.visit.clone(), outcome: kept.outcome.clone() };
    let expect = [past(&first), past(&rest[1]), past(&rest[2]), past(&rest[0]), past(&rest[3])];
    assert_eq!(store.outcomes(run).await.unwrap(), expect);
    assert_eq!(store.outcome(run, 5).await.unwrap(), Some(past(&rest[3])));
    assert_eq!(store.exchanges(run, 2).await.unwrap(), rest[1].exchanges);
    assert_eq!(store.records().await.unwrap().len(), 3 + 3 + 1 + 1);

    let refused: Vec<_> = (1..=5).map(|no| kept(run, no, None).refused.remove(0)).collect();
    assert_eq!(store.refusals(run).await.unwrap(), refused);
}

#[tokio::test]
async fn a_click_path_leads_from_the_home_page_by_what_the_links_say() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (_, run) = begin(&store).await;
    store.keep(&[kept(run, 1, None), kept(run, 2, Some(1)), kept(run, 3, Some(1)), kept(run, 4, Some(2))]).await.unwrap();
    let path = store.click_path(run, 4).await.unwrap();
    let said: Vec<_> = path.iter().map(|step| (step.visit, step.link.as_deref())).collect();
    assert_eq!(said, [(1, None), (2, Some("trámite 2")), (4, Some("trámite 4"))]);
    assert_eq!(
        path[2],
        Step { visit: 4, url: "https://pioz.example/4".into(), link: Some("trámite 4".into()), region: Some(Region::Nav) }
    );
}

#[tokio::test]
async fn a_batch_is_kept_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (survey, run) = begin(&store).await;
    store.keep(&[kept(run, 1, None)]).await.unwrap();
    let before = (store.tallies(survey).await.unwrap(), store.records().await.unwrap());
    // A visit that is known already, a page that hangs on no visit, a run that does not exist.
    for bad in [kept(run, 1, None), kept(run, 7, Some(6)), kept(RunId(99), 1, None)] {
        store.keep(&[kept(run, 2, Some(1)), bad]).await.unwrap_err();
        assert_eq!((store.tallies(survey).await.unwrap(), store.records().await.unwrap()), before);
    }
    store.keep(&[kept(run, 2, Some(1))]).await.unwrap();
}

#[tokio::test]
async fn a_batch_may_be_larger_than_one_statement() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (survey, run) = begin(&store).await;
    let many: Vec<_> = (1..=2000).map(|no| kept(run, no, (no > 1).then_some(1))).collect();
    store.keep(&many).await.unwrap();
    store.keep(&[]).await.unwrap();
    let tally = &store.tallies(survey).await.unwrap()[&run];
    assert_eq!((tally.captured, tally.refused), (2000, 2000));
}

#[tokio::test]
async fn a_page_that_one_run_captured_is_found_by_the_other_runs_of_the_survey() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (survey, run) = begin(&store).await;
    let other = store.begin_run(survey, &portal("madrid"), &json!(null), at(1)).await.unwrap();
    let ids = store.keep(&[kept(run, 1, None), kept(other, 1, None)]).await.unwrap();
    let keys = [visit(1, None).key, UrlKey("never)/".into())];
    let found = store.captured(survey, &keys).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[&keys[0]], (ids[0].unwrap(), captured(1)), "the first of two");
    assert!(store.captured(survey, &[]).await.unwrap().is_empty());
    let later = store.begin_survey(&new_survey()).await.unwrap();
    assert!(store.captured(later, &keys).await.unwrap().is_empty(), "a survey stands alone");
}

#[tokio::test]
async fn counts_tell_fetched_shared_and_missed_apart() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (survey, run) = begin(&store).await;
    let idle = store.begin_run(survey, &portal("idle"), &json!(null), at(1)).await.unwrap();
    let ids = store.keep(&[kept(run, 1, None), kept(run, 2, Some(1))]).await.unwrap();
    let shared = Kept { outcome: Outcome::Shared(ids[0].unwrap(), Box::new(captured(1))), ..kept(run, 3, None) };
    let rest = [shared, missed(run, 4, Miss::Robots, None), missed(run, 5, Miss::Robots, None), missed(run, 6, Miss::Tls, None)];
    store.keep(&rest).await.unwrap();
    let tallies = store.tallies(survey).await.unwrap();
    let expect = Tally { captured: 2, shared: 1, missed: [(Miss::Robots, 2), (Miss::Tls, 1)].into(), bytes: 60_000, refused: 6 };
    assert_eq!((&tallies[&run], tallies[&run].visits()), (&expect, 6));
    assert_eq!(tallies[&idle], Tally::default());
}

#[tokio::test]
async fn refusals_told_twice_stand_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (_, run) = begin(&store).await;
    store.keep(&[kept(run, 1, None)]).await.unwrap();
    let seed = Refusal { url: "http://10.0.0.1/".to_owned(), via: None, rule: "private address".to_owned() };
    let known = kept(run, 1, None).refused.remove(0);
    store.refuse(run, &[seed.clone(), known.clone(), seed.clone()]).await.unwrap();
    assert_eq!(store.refusals(run).await.unwrap(), [seed, known]);
}

#[tokio::test]
async fn a_pace_outlives_the_survey_and_a_stop_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (survey, _) = begin(&store).await;
    let pace = HostPace {
        host: "pioz.example".to_owned(),
        next_allowed: at(60),
        backoff_milli: 4000,
        latency_micros: 250_000,
        blocks: 3,
        stopped: true,
    };
    let other = HostPace { host: "192.0.2.1".to_owned(), stopped: false, ..pace.clone() };
    store.reserve(survey, &[]).await.unwrap();
    store.reserve(survey, &[HostPace { blocks: 0, ..pace.clone() }]).await.unwrap();
    store.reserve(survey, &[pace.clone(), other.clone()]).await.unwrap();
    assert_eq!(store.paces(survey).await.unwrap(), [other.clone(), pace.clone()]);

    let later = store.begin_survey(&new_survey()).await.unwrap();
    let fresh = |pace: HostPace| HostPace { blocks: 0, stopped: false, ..pace };
    assert_eq!(store.paces(later).await.unwrap(), [fresh(other), fresh(pace)]);
}

#[tokio::test]
async fn of_the_answers_of_an_authority_the_latest_stays() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (_, run) = begin(&store).await;
    let answer =
        |name: &str, second, outcome| RobotsAnswer { authority: format!("https://{name}"), fetched: at(second), outcome };
    let robots = vec![
        answer("a.example", 50, RobotsOutcome::Unreachable("503".to_owned())),
        answer("a.example", 40, RobotsOutcome::Rules("User-agent: *".to_owned())),
        answer("b.example", 60, RobotsOutcome::Unavailable("404".to_owned())),
        answer("c.example", 30, RobotsOutcome::Rules("User-agent: *\nDisallow: /".to_owned())),
    ];
    store.keep(&[Kept { robots: robots.clone(), ..kept(run, 1, None) }]).await.unwrap();
    assert_eq!(store.robots(at(0)).await.unwrap(), [robots[0].clone(), robots[2].clone(), robots[3].clone()]);
    assert_eq!(store.robots(at(55)).await.unwrap(), [robots[2].clone()]);
}

#[tokio::test]
async fn searches_are_kept_with_their_visit_and_counted_again() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (_, run) = begin(&store).await;
    store.keep(&[kept(run, 1, None)]).await.unwrap();
    let search = SiteSearch { visit: 1, query: "presupuesto".to_owned(), results: 3 };
    store.put_searches(run, std::slice::from_ref(&search)).await.unwrap();
    let again = SiteSearch { results: 2, ..search };
    store.put_searches(run, std::slice::from_ref(&again)).await.unwrap();
    assert_eq!(store.searches(run).await.unwrap(), [again]);
}

fn coverage(visits: u32) -> Coverage {
    let seen = (1..=visits).map(|no| Seen {
        visit: no,
        key: UrlKey(no.to_string().into()),
        landed: None,
        url: "https://pioz.example/".to_owned(),
        errand: Errand::Page,
        depth: 1,
        own: true,
        via: Some((1, "más".to_owned())),
        outcome: SeenAs::Missed(Miss::Timeout),
    });
    Coverage {
        day: Date::new(2026, 11, 23).unwrap(),
        seen: seen.collect(),
        waiting: vec![Waiting {
            url: "https://pioz.example/w".to_owned(),
            key: UrlKey("w".into()),
            miss: Miss::Budget,
            via: None,
            promise: vec![(Code::new("234").unwrap(), 0.1)],
        }],
        searches: Vec::new(),
        sitemap_urls: 12,
        lexicons: vec!["es".to_owned()],
    }
}

fn findings() -> Vec<Finding> {
    let evidence = |visit, chain| Evidence {
        visit,
        url: "https://pioz.example/1".to_owned(),
        quote: quote(),
        place: Place::Headline,
        worth: 1.3,
        signals: vec![("form".to_owned(), 0.7), ("title".to_owned(), 0.6)],
        chain,
    };
    let chain = Chain { from: 1, text: "Sede".to_owned(), target: "https://sede.example/".to_owned(), visit: None };
    let finding = |code, answer, evidence| Finding {
        code: Code::new(code).unwrap(),
        answer,
        band: Band::Medium,
        evidence,
        because: "seen".to_owned(),
    };
    vec![
        finding("270a", Answer::Present, vec![evidence(2, None), evidence(1, Some(chain))]),
        finding("99", Answer::Absent, Vec::new()),
        finding("234", Answer::Undetermined(Why::Missed(Miss::Timeout)), vec![evidence(3, None)]),
        finding("235", Answer::Undetermined(Why::NeedsPerson), Vec::new()),
    ]
}

#[tokio::test]
async fn findings_come_back_equal_with_evidence_in_rank_and_its_captures() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (_, run) = begin(&store).await;
    store.keep(&[kept(run, 1, None), kept(run, 2, Some(1)), missed(run, 3, Miss::Timeout, None)]).await.unwrap();
    let rulebook = Digest([7; 32]);
    let judging = store.put_findings(run, &rulebook, "portolan 0", at(5), &coverage(3), &findings()).await.unwrap();

    let found = store.findings(judging).await.unwrap();
    assert_eq!(found.iter().map(|found| found.finding.clone()).collect::<Vec<_>>(), findings());
    assert_eq!(store.finding(found[0].id).await.unwrap(), found[0]);
    let proofs = store.proofs(found[0].id).await.unwrap();
    assert_eq!(proofs.iter().map(|proof| (proof.rank, proof.evidence.visit)).collect::<Vec<_>>(), [(1, 2), (2, 1)]);
    assert_eq!(proofs[0].captured.as_ref().map(|(_, captured)| captured), Some(&captured(2)));
    assert_eq!(store.proofs(found[2].id).await.unwrap()[0].captured, None, "a lead to a page that did not come");
    let judgings = store.judgings(run).await.unwrap();
    assert_eq!(judgings.len(), 1);
    assert_eq!((judgings[0].id, judgings[0].rulebook, judgings[0].judged), (judging, rulebook, at(5)));
    assert_eq!(judgings[0].coverage, coverage(3));
}

#[tokio::test]
async fn the_same_judging_again_is_a_no_op_and_another_one_replaces_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (_, run) = begin(&store).await;
    let rulebook = Digest([7; 32]);
    let put = async |rulebook: &Digest, coverage: &Coverage, findings: &[Finding]| {
        store.put_findings(run, rulebook, "portolan 0", at(5), coverage, findings).await
    };
    let first = put(&rulebook, &coverage(3), &findings()).await.unwrap();
    assert_eq!(put(&rulebook, &coverage(3), &findings()).await.unwrap(), first);

    let mut other = findings();
    other[1].band = Band::Low;
    let said =
        async |coverage: &Coverage, findings: &[Finding]| put(&rulebook, coverage, findings).await.unwrap_err().to_string();
    assert!(said(&coverage(3), &other).await.ends_with("with another finding for `99`"));
    assert!(said(&coverage(3), &findings()[..2]).await.ends_with("with 4 findings, not 2"));
    assert!(said(&Coverage { sitemap_urls: 0, ..coverage(3) }, &findings()).await.ends_with("with another coverage"));

    // A newer rulebook, and the same one after the run went on.
    let newer = put(&Digest([8; 32]), &coverage(3), &other).await.unwrap();
    let longer = put(&rulebook, &coverage(4), &other).await.unwrap();
    let ids: Vec<_> = store.judgings(run).await.unwrap().iter().map(|judging| judging.id).collect();
    assert_eq!(ids, [longer, newer, first]);
    assert_eq!(store.findings(first).await.unwrap()[1].finding, findings()[1]);
}

#[tokio::test]
async fn what_a_person_brought_can_be_pointed_at_and_is_no_capture_of_the_crawler() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).await;
    let (survey, run) = begin(&store).await;
    let of = Ingest {
        entry: 7,
        run,
        portal: "pioz".to_owned(),
        by: "mira".to_owned(),
        at: at(5).to_string(),
        file: "pioz.wacz".to_owned(),
        digest: Digest([3; 32]).to_string(),
        note: String::new(),
    };
    let brought = Captured { record: record(90), text: None, ..captured(1) };
    drop(store.take_in(&of, &[(brought.clone(), Some(record(91)))]).await.unwrap());
    assert_eq!(store.ingests().await.unwrap(), [], "what was not kept was never there");

    store.take_in(&of, &[(brought.clone(), Some(record(91)))]).await.unwrap().keep().await.unwrap();
    assert_eq!(store.ingests().await.unwrap(), std::slice::from_ref(&of));
    let (id, found) = store.capture_of("urn:uuid:90").await.unwrap().unwrap();
    assert_eq!((found, store.layer(id).await.unwrap()), (brought.clone(), Some(record(91))));
    assert_eq!(store.manual(7).await.unwrap(), [(id, brought.clone())]);
    let known = store.captured(survey, std::slice::from_ref(&brought.key)).await.unwrap();
    assert!(known.is_empty(), "a resumed survey must ask for the page itself");
    assert!(store.outcomes(run).await.unwrap().is_empty());
    assert!(store.take_in(&of, &[]).await.is_err(), "an entry is one file");
}
