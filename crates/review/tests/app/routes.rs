//! Every route with every role: the expected answers are listed in `routes.txt`, and a route without a row fails.

use std::collections::{BTreeMap, BTreeSet};

use model::{Duty, Slot};
use review::{Method, Route, routes};
use serde_json::{Value, json};

use crate::world::World;

/// Who asks, in the order of the columns; nobody comes first.
const ROLES: [(&str, &[Duty]); 7] = [
    ("vera", &[Duty::Viewer]),
    ("ana", &[Duty::Assessor]),
    ("other", &[Duty::Assessor]),
    ("rita", &[Duty::Reviewer]),
    ("sol", &[Duty::Senior]),
    ("audra", &[Duty::Auditor]),
    ("root", &[Duty::Administrator]),
];

/// Routes that answer with a file, also below `/api/v1`.
const RAW: [&str; 8] = [
    "/audit/export",
    "/exports/{campaign}/decisions.csv",
    "/exports/{campaign}/files/{file}",
    "/exports/{campaign}/{number}/files/{file}",
    "/exports/{campaign}/differences.csv",
    "/exports/{campaign}/finals.csv",
    "/slots/{slot}/form.xlsx",
    "/slots/{slot}/{code}/static/{capture}",
];

/// Rows: method, path, then a status for each role.
const EXPECTED: &str = include_str!("routes.txt");

#[tokio::test(flavor = "multi_thread")]
async fn every_route_answers_every_role_as_listed() {
    let mut found: BTreeMap<(&str, &str), Vec<u16>> = BTreeMap::new();
    let document = sealed().await.get("/openapi.json", "").await.1;
    for who in [""].into_iter().chain(ROLES.iter().map(|(who, _)| *who)) {
        let mut world = sealed().await;
        for route in routes() {
            let (status, fresh) = ask(&world, route, who).await;
            let described = &document["paths"][route.path][method(route).to_lowercase()]["responses"][status.to_string()];
            assert!(described.is_object(), "the OpenAPI document does not know {status} of {} {}", method(route), route.path);
            found.entry((route.path, method(route))).or_default().push(status);
            // What was done must not change what comes next.
            if fresh {
                world = sealed().await;
            }
        }
    }
    let found_paths = found.keys().map(|(path, _)| path).collect::<BTreeSet<_>>().len();
    let row = |((path, method), statuses): (&(&str, &str), &Vec<u16>)| {
        let statuses: Vec<String> = statuses.iter().map(ToString::to_string).collect();
        format!("{method:<4} {path:<58} {}", statuses.join(" "))
    };
    let found: Vec<String> = found.iter().map(row).collect();
    let listed: Vec<&str> = EXPECTED.lines().filter(|line| line.starts_with("GET") || line.starts_with("POST")).collect();
    let otherwise: Vec<&str> = found.iter().map(String::as_str).filter(|row| !listed.contains(row)).collect();
    let gone: Vec<&str> = listed.iter().copied().filter(|row| !found.iter().any(|one| one == row)).collect();
    assert_eq!(document["paths"].as_object().unwrap().len(), found_paths, "paths of the OpenAPI document");
    assert!(otherwise.is_empty() && gone.is_empty(), "answered:\n{}\nlisted:\n{}", otherwise.join("\n"), gone.join("\n"));
}

fn method(route: &Route) -> &'static str {
    if route.method == Method::Get { "GET" } else { "POST" }
}

/// The status of the JSON, which the page must have too; and whether something was done.
async fn ask(world: &World, route: &Route, who: &str) -> (u16, bool) {
    let path = filled(route.path);
    let (method, writes) = (method(route), route.method == Method::Post);
    let body = writes.then(|| json!({}));
    let (status, told) = world.ask(method, &format!("/api/v1{path}"), who, body).await;
    let json =
        serde_json::from_str::<Value>(&told).is_ok_and(|told| told.is_object() && (status == 200 || told["status"] == status));
    assert!(json || RAW.contains(&route.path), "{method} {path}: {told}");
    if !writes {
        let (page, _) = world.ask(method, &path, who, None).await;
        assert!(page == status || (page, status) == (303, 200), "{path} for `{who}`: {page} as a page, {status} as JSON");
    }
    (status, writes && status == 200)
}

/// A path with the parameters of the world below.
fn filled(path: &str) -> String {
    let mut path = path.to_owned();
    for (name, value) in [
        ("{slot}", "slot-ana"),
        ("{campaign}", "tiny"),
        ("{portal}", "alpha"),
        ("{round}", "1"),
        ("{code}", "1"),
        ("{person}", "vera"),
        ("{survey}", "1"),
        ("{number}", "1"),
        ("{capture}", "1"),
        ("{id}", "1"),
        ("{token}", "unknown"),
        ("{file}", "answers.csv"),
    ] {
        path = path.replace(name, value);
    }
    assert!(!path.contains('{'), "{path} has a parameter that this test does not know");
    path
}

/// A city whose two slots are sealed.
async fn sealed() -> World {
    let mut world = World::begin().await;
    for (who, duties) in ROLES {
        world.person(who, duties).await;
    }
    world.person("ben", &[Duty::Assessor]).await;
    for (slot, who) in [(Slot::A, "ana"), (Slot::B, "ben")] {
        world.assign_as(&format!("slot-{who}"), "alpha", 1, slot, who).await;
        world.decide("alpha", 1, slot, who, &["1y", "2n", "3y", "4y", "5n"]).await;
        world.seal("alpha", 1, slot, who).await;
    }
    world
}
