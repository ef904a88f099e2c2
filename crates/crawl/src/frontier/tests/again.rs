//! Second attempts at what failed.

use super::*;

fn second(frontier: &mut Frontier) -> Option<Visit> {
    frontier.second_round(1, 1, Duration::ZERO).pop()
}

const LINKS: [To<'static>; 3] =
    [("https://city.org/a", MAIN, &[]), ("https://city.org/b", MAIN, &[]), ("https://city.org/c", MAIN, &[])];

/// A frontier that is dry after each of its pages brought nothing, for these reasons.
fn dry(settings: FrontierSettings, misses: [Miss; 3]) -> Frontier {
    let mut frontier = at_home(settings, &LINKS);
    for miss in misses {
        let visit = one(&mut frontier).unwrap();
        frontier.settle(&visit, &missed(&visit, miss));
    }
    assert_eq!(one(&mut frontier), None);
    frontier
}

#[test]
fn what_failed_for_a_passing_reason_is_asked_once_more_and_says_so() {
    let mut frontier = dry(settings(20), [Miss::Timeout, Miss::Server, Miss::Connect]);
    let before = frontier.attempts();
    let mut told = Vec::new();
    while let Some(visit) = second(&mut frontier) {
        assert_eq!(visit.no, before + u32::try_from(told.len()).unwrap() + 1);
        frontier.settle(&visit, &missed(&visit, Miss::Server));
        told.push(format!("{} {}", visit.url.path(), visit.rule.split_once("; ").unwrap().1));
    }
    assert_eq!(told, ["/a second attempt after timeout", "/b second attempt after server", "/c second attempt after connect"]);
    assert_eq!((one(&mut frontier), frontier.waiting().len()), (None, 0));
}

#[test]
fn what_comes_the_second_time_counts_and_leads_on() {
    let mut frontier = dry(settings(20), [Miss::Timeout, Miss::NotFound, Miss::NotFound]);
    let visit = second(&mut frontier).unwrap();
    assert!(frontier.settle(&visit, &came(&visit)));
    extend(&mut frontier, &visit, &[("https://city.org/new", MAIN, &[])]);
    assert_eq!((frontier.fetched(), order(&mut frontier)), (2, vec!["/new".to_owned()]));
    assert_eq!(second(&mut frontier), None);
}

#[test]
fn refusals_and_what_does_not_exist_are_taken_for_an_answer() {
    for miss in Miss::ALL.into_iter().filter(|miss| !matches!(miss, Miss::Timeout | Miss::Connect | Miss::Server)) {
        let mut frontier = at_home(settings(20), &LINKS[..1]);
        let visit = one(&mut frontier).unwrap();
        frontier.settle(&visit, &missed(&visit, miss));
        assert_eq!(second(&mut frontier), None, "{miss}");
    }
}

#[test]
fn a_host_that_was_given_up_is_left_alone() {
    let mut frontier = dry(settings(20), [Miss::Timeout, Miss::NotFound, Miss::NotFound]);
    for _ in 0..3 {
        let host = frontier.hosts.number("city.org");
        frontier.hosts.missed(host, Miss::Blocked);
    }
    assert_eq!(second(&mut frontier), None);
}

#[test]
fn width_turns_and_budget_hold_as_in_any_round() {
    let misses = [Miss::Timeout, Miss::Server, Miss::Timeout];
    assert_eq!(dry(settings(20), misses).second_round(8, 2, Duration::ZERO).len(), 2);
    assert_eq!(dry(settings(20), misses).second_round(1, 8, Duration::ZERO).len(), 1);
    assert_eq!(dry(settings(20), misses).second_round(8, 8, LONG), []);
    // Eight visits are all that four pages allow: home page, probe, two sitemaps, three pages, and one more.
    assert_eq!(dry(settings(4), misses).second_round(8, 8, Duration::ZERO).len(), 1);
}

#[test]
fn a_home_page_that_failed_is_asked_again_and_begins_the_run() {
    let mut frontier = frontier(settings(20));
    let home = one(&mut frontier).unwrap();
    frontier.settle(&home, &missed(&home, Miss::Server));
    while let Some(seed) = one(&mut frontier) {
        frontier.settle(&seed, &missed(&seed, Miss::NotFound));
    }
    let again = second(&mut frontier).unwrap();
    assert_eq!((again.errand, &again.url), (Errand::Home, &home.url));
    frontier.settle(&again, &came(&again));
    extend(&mut frontier, &again, &LINKS);
    let errands: Vec<Errand> = std::iter::from_fn(|| {
        let visit = one(&mut frontier)?;
        frontier.settle(&visit, &came(&visit));
        Some(visit.errand)
    })
    .collect();
    assert_eq!(errands, [Errand::Probe, Errand::Page, Errand::Page, Errand::Page]);
}

/// All visits of a run in which every third one fails, and what came leads on.
fn whole_run() -> Vec<Visit> {
    let mut frontier = at_home(FrontierSettings { explore_share: 0.5, ..settings(40) }, &LINKS);
    let mut visits = Vec::new();
    loop {
        let mut round = frontier.round(4, 4, Duration::ZERO);
        if round.is_empty() {
            round = frontier.second_round(4, 4, Duration::ZERO);
        }
        if round.is_empty() {
            return visits;
        }
        for visit in round {
            let fails = visit.no % 3 == 0;
            frontier.settle(&visit, &if fails { missed(&visit, Miss::Timeout) } else { came(&visit) });
            let urls: Vec<String> = (0..2).map(|n| format!("https://h{}.city.org/{}/{n}", visit.no % 5, visit.no)).collect();
            let links: Vec<To<'_>> = urls.iter().map(|url| (url.as_str(), MAIN, [].as_slice())).collect();
            if !fails && visit.no < 20 {
                extend(&mut frontier, &visit, &links);
            }
            visits.push(visit);
        }
    }
}

#[test]
fn the_same_calls_bring_the_same_second_attempts_so_that_a_resumed_run_can_replay_them() {
    let (one, two) = (whole_run(), whole_run());
    assert!(one.iter().filter(|visit| visit.rule.contains("second attempt")).count() > 3);
    assert_eq!(one, two);
    assert!(one.iter().zip(5..).all(|(visit, no)| visit.no == no), "visits are numbered through");
}
