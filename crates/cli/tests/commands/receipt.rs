//! `receipt` over a loopback city that refuses a page and closes another: figures as JSON, the same as a page.

use testkit::{City, Response};

use crate::program::{ended, flags, portolan};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_receipt_tells_what_two_surveys_of_a_city_asked_each_on_its_own() {
    let home = "<!doctype html><html lang=en><title>City of Manners</title><main><h1>City of Manners</h1>\
                <a href=/budget>Adopted budget 2026</a> <a href=/private/council>Council</a> <a href=/closed>Open data</a></main>";
    let city = City::new("www.manners.example").page("/", home).page("/budget", home);
    let city = city.answer("/closed", Response::new(403, "text/html", b"<p>no".to_vec()));
    let robots = Response::new(200, "text/plain", b"User-agent: *\nDisallow: /private/\n".to_vec());
    let served = city.answer("/robots.txt", robots).serve().await;
    let dir = tempfile::tempdir().unwrap();
    let list = dir.path().join("list.csv");
    std::fs::write(&list, format!("id,city,country,home\nmanners,Manners & Sons,GB,{}\n", served.home())).unwrap();
    for _ in 0..2 {
        let (code, _, told) = ended(portolan(dir.path()).arg("survey").arg(&list).args(flags(&served, dir.path())).output());
        assert_eq!(code, 0, "{told}");
    }
    let asked = |run: &str| {
        let (code, out, told) = ended(portolan(dir.path()).args(["receipt", run, "--format", "json"]).output());
        assert_eq!(code, 0, "{told}");
        serde_json::from_str::<model::Receipt>(&out).unwrap()
    };
    let (first, second) = (asked("1"), asked("2"));
    let host = &first.hosts[0];
    assert_eq!((first.portal.as_str(), host.host.as_str(), host.traffic.at_once), ("manners", "www.manners.example", 1));
    assert!(host.traffic.requests >= 4 && host.traffic.least_between_starts >= Some(20_000), "{host:?}");
    assert!(host.traffic.refusals >= 1 && host.traffic.misses["blocked"] >= 1, "{host:?}");
    assert_eq!(host.traffic.requests, host.traffic.statuses.values().sum::<u64>());
    assert_eq!(host.robots[0].lines, ["User-agent: *"]);
    assert!(first.agents[0].starts_with("Portolan/") && first.remarks.is_empty(), "{first:?}");
    assert!(first.total.last < second.total.first, "{second:?}");

    let page = dir.path().join("receipt.html");
    let (code, out, told) = ended(portolan(dir.path()).args(["receipt", "1", "--out"]).arg(&page).output());
    assert_eq!((code, out.as_str()), (0, ""), "{told}");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("servers of <bdi>Manners &amp; Sons</bdi></h1>"), "{page}");
    assert!(page.contains(&format!("<b>{}</b><span>requests in all", first.total.requests)), "{page}");

    let (code, _, told) = ended(portolan(dir.path()).args(["receipt", "3"]).output());
    assert!(code == 1 && told.contains("run 3"), "{told}");
}
