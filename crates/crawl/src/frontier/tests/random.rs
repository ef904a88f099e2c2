//! Runs at random: whatever comes back, some things never happen.

use proptest::prelude::*;

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_key_twice_but_for_second_attempts_and_no_budget_exceeded(
        seed in any::<u64>(),
        pages in 0u32..25,
        breadth in any::<bool>(),
        width in 1usize..6,
        per_host in 1usize..4,
        script in proptest::collection::vec((0u8..14, proptest::collection::vec((0u16..120, 0u8..4, 0u8..3), 0..12)), 1..80),
    ) {
        let order = if breadth { Order::BreadthFirst } else { Order::BestFirst };
        let mut frontier = frontier(FrontierSettings { order, seed, explore_share: 0.5, ..settings(pages) });
        let mut script = script.into_iter();
        let (mut keys, mut failed) = (HashSet::new(), HashSet::new());
        let mut brought = 0;
        loop {
            let mut round = frontier.round(width, per_host, Duration::ZERO);
            let second = round.is_empty();
            if second {
                round = frontier.second_round(width, per_host, Duration::ZERO);
            }
            prop_assert!(round.len() <= width);
            if round.is_empty() {
                break;
            }
            for visit in round {
                let fresh = if second { failed.remove(&visit.key) } else { keys.insert(visit.key.clone()) };
                prop_assert!(fresh, "{} twice", visit.url);
                let (fate, links) = script.next().unwrap_or((0, vec![]));
                let outcome = match fate {
                    0..=6 => came(&visit),
                    7 => Settled::Captured { landed: format!("http://sub.city.org/{}", visit.no % 9).parse().unwrap(), bytes: 1, fingerprint: 5, signals: false },
                    8 => Settled::Captured { landed: visit.url.as_str().replace("http:", "https:").parse().unwrap(), bytes: 1, fingerprint: 5, signals: false },
                    9 => missed(&visit, Miss::Blocked),
                    10 => missed(&visit, Miss::Dns),
                    11 | 12 => missed(&visit, Miss::Timeout),
                    _ => missed(&visit, Miss::NotFound),
                };
                brought += u32::from(matches!(outcome, Settled::Captured { .. }) && is_page(visit.errand));
                if !second && matches!(outcome, Settled::Missed { miss: Miss::Timeout, .. }) {
                    failed.insert(visit.key.clone());
                }
                frontier.settle(&visit, &outcome);
                let urls: Vec<String> = links.iter().map(|(n, host, _)| {
                    let host = ["https://city.org", "http://sub.city.org", "https://pay.example", "http://www.city.org"][usize::from(*host)];
                    format!("{host}/{}/{}", char::from(b'a' + u8::try_from(n % 26).unwrap()), n / 26)
                }).collect();
                let told: [&[(&str, f32)]; 3] = [&[], &[("1", 0.5)], &[("2", 0.9), ("3", 0.1)]];
                let links: Vec<_> = urls.iter().zip(&links).map(|(url, (_, _, tells))| (url.as_str(), MAIN, told[usize::from(*tells)])).collect();
                extend(&mut frontier, &visit, &links);
                if fate == 3 {
                    frontier.search(&format!("https://city.org/search?q={}", visit.no).parse().unwrap(), None, "x");
                    frontier.set_need(&need(&[("1", 0.2), ("3", 1.0)]));
                }
            }
        }
        prop_assert!(brought <= pages && brought == frontier.fetched());
        prop_assert!(frontier.attempts() <= 2 * pages);
    }
}
