//! Statistics against values of other people's packages (`golden/agreement.json`, made by `tests/golden/agreement.py`), and
//! what holds for any answers.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use model::Choice;
use proptest::prelude::*;
use score::{Agreement, Arm, Saved, Share, Timed, Undefined, ac1, alpha, kappa};
use serde_json::Value;

const GOLDEN: &str = include_str!("golden/agreement.json");
const NEAR: f64 = 1e-12;

type Items = Vec<Vec<Option<u64>>>;

fn golden(part: &str) -> Vec<Value> {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    golden[part].as_array().unwrap().clone()
}

fn items(case: &Value) -> Items {
    let row = |row: &Value| row.as_array().unwrap().iter().map(Value::as_u64).collect();
    case["items"].as_array().unwrap().iter().map(row).collect()
}

/// Pairs, if two raters answered everything.
fn pairs(items: &Items) -> Option<Vec<(u64, u64)>> {
    let pair = |row: &Vec<Option<u64>>| if let [Some(a), Some(b)] = row[..] { Some((a, b)) } else { None };
    items.iter().map(pair).collect()
}

fn whole(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

fn near(ours: f64, theirs: &Value, what: &str) {
    let theirs = theirs.as_f64().unwrap_or_else(|| panic!("{what}: we have {ours}, they nothing"));
    assert!((ours - theirs).abs() < NEAR, "{what}: we have {ours}, they {theirs}");
}

/// The same number as the package has, or a reason where it has none.
fn same(ours: Result<f64, Undefined>, theirs: &Value, what: &str) {
    match ours {
        Ok(ours) => near(ours, theirs, what),
        Err(why) => assert!(theirs.is_null(), "{what}: {why}, but they have {theirs}"),
    }
}

#[test]
fn coefficients_are_those_of_the_packages() {
    let cases = golden("agreement");
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    for case in &cases {
        let (items, name) = (items(case), &case["name"]);
        same(alpha(&items), &case["alpha"], &format!("alpha of {name}"));
        match pairs(&items) {
            Some(pairs) => same(kappa(&pairs), &case["kappa"], &format!("kappa of {name}")),
            None => assert!(case["kappa"].is_null(), "kappa of {name} is for two who answered all"),
        }
        // of one item irrCAC has no variance, and then no coefficient either
        if items.len() > 1 {
            same(ac1(&items, whole(&case["scale"])), &case["ac1"], &format!("AC1 of {name}"));
        }
    }
}

#[test]
fn the_worked_example_of_krippendorff_is_0_743() {
    let cases = golden("agreement");
    let case = cases.iter().find(|case| case["name"] == "krippendorff 2011").unwrap();
    assert_eq!(format!("{:.3}", alpha(&items(case)).unwrap()), "0.743");
}

#[test]
fn what_is_not_defined_says_why() {
    let equal: Items = vec![vec![Some(1), Some(1)]; 3];
    let lonely: Items = vec![vec![Some(1), None], vec![None, Some(2)]];
    let empty: Items = vec![vec![None, None]];
    assert_eq!((kappa(&pairs(&equal).unwrap()), alpha(&equal)), (Err(Undefined::OneCategory), Err(Undefined::OneCategory)));
    assert_eq!((alpha(&lonely), ac1(&lonely, 2)), (Err(Undefined::NoPairs), Err(Undefined::NoPairs)));
    assert_eq!((alpha(&empty), ac1(&empty, 2)), (Err(Undefined::Nothing), Err(Undefined::Nothing)));
    assert_eq!(kappa::<u64>(&[]), Err(Undefined::Nothing));
    let three: Items = vec![vec![Some(1), Some(2)], vec![Some(3), Some(3)]];
    assert_eq!((ac1(&three, 2), ac1(&equal, 1)), (Err(Undefined::ScaleTooSmall), Err(Undefined::ScaleTooSmall)));
}

#[test]
fn wilsons_intervals_are_those_of_statsmodels() {
    for case in golden("wilson") {
        let interval = Share::new(whole(&case["yes"]), whole(&case["of"])).unwrap().wilson();
        near(interval.low, &case["low"], &format!("low end of {case}"));
        near(interval.high, &case["high"], &format!("high end of {case}"));
    }
}

#[test]
fn bootstrap_intervals_are_those_of_numpy_with_the_same_chance() {
    for case in golden("bootstrap") {
        let mut rows = Vec::new();
        for (assessor, arms) in case["times"].as_object().unwrap() {
            for (at, arm) in [(0, Arm::Clean), (1, Arm::Assisted)] {
                let seconds = arms[at].as_array().unwrap().iter().map(whole);
                rows.extend(seconds.map(|seconds| Timed { assessor, arm, seconds }));
            }
        }
        rows.reverse();
        let saved = Saved::measure(&rows, case["seed"].as_u64().unwrap(), whole(&case["resamples"])).unwrap();
        near(saved.median, &case["median"], "median");
        near(saved.interval.low, &case["low"], "low end");
        near(saved.interval.high, &case["high"], "high end");
    }
}

fn alike(a: Result<f64, Undefined>, b: Result<f64, Undefined>) -> bool {
    match (a, b) {
        (Ok(a), Ok(b)) => (a - b).abs() < NEAR,
        (a, b) => a.err() == b.err(),
    }
}

/// Items of three raters on a scale of four, some answers missing.
fn any_items() -> impl Strategy<Value = Items> {
    let answer = prop_oneof![1 => Just(None), 4 => (1u64..=4).prop_map(Some)];
    prop::collection::vec(prop::collection::vec(answer, 3), 0..30)
}

fn any_choice() -> impl Strategy<Value = Choice> {
    prop::sample::select(vec![Choice::Yes, Choice::Yes, Choice::No, Choice::No, Choice::Unclear, Choice::Blocked])
}

proptest! {
    #[test]
    fn the_order_of_raters_and_of_items_changes_nothing(items in any_items(), by in 0usize..3) {
        let mut turned = items.clone();
        turned.iter_mut().for_each(|row| row.rotate_left(by));
        turned.reverse();
        prop_assert!(alike(alpha(&items), alpha(&turned)) && alike(ac1(&items, 4), ac1(&turned, 4)));
    }

    #[test]
    fn two_assessors_may_change_places(pairs in prop::collection::vec((any_choice(), any_choice()), 0..60)) {
        let (here, there) = (Agreement::of(&pairs), Agreement::of(&pairs.iter().map(|(a, b)| (*b, *a)).collect::<Vec<_>>()));
        prop_assert_eq!((here.same, here.yes), (there.same, there.yes));
        prop_assert!(alike(here.kappa, there.kappa) && alike(here.alpha, there.alpha) && alike(here.ac1, there.ac1));
    }

    #[test]
    fn other_names_for_categories_change_nothing(items in any_items(), names in Just(vec![7u64, 5, 9, 2]).prop_shuffle()) {
        let rename = |answer: &Option<u64>| answer.map(|category| names[usize::try_from(category - 1).unwrap()]);
        let renamed: Items = items.iter().map(|row| row.iter().map(rename).collect()).collect();
        prop_assert!(alike(alpha(&items), alpha(&renamed)) && alike(ac1(&items, 4), ac1(&renamed, 4)));
        let firsts = |items: &Items| items.iter().filter_map(|row| Some((row[0]?, row[1]?))).collect::<Vec<_>>();
        prop_assert!(alike(kappa(&firsts(&items)), kappa(&firsts(&renamed))));
    }

    #[test]
    fn no_coefficient_is_above_one(items in any_items()) {
        prop_assert!([alpha(&items), ac1(&items, 4)].into_iter().flatten().all(|number| number <= 1.0 + NEAR));
    }

    #[test]
    fn one_more_item_on_which_both_agree_never_lowers_agreement(
        mut pairs in prop::collection::vec((any_choice(), any_choice()), 0..60),
        more in any_choice(),
    ) {
        pairs.extend([(Choice::Yes, Choice::Yes), (Choice::No, Choice::No)]);
        let before = Agreement::of(&pairs).same.unwrap();
        pairs.push((more, more));
        prop_assert!(Agreement::of(&pairs).same.unwrap().value() >= before.value());
    }
}
