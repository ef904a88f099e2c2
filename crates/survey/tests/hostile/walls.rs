//! Portals that refuse us: blocks are written down, waited out or given way to, never evaded.

use std::time::{Duration, SystemTime};

use model::{Answer, Miss, Why};
use store::Outcome;
use testkit::{City, Response, trap};

use crate::ground::{Ended, Plan};

const HOST: &str = "www.wall.example";

/// A home page with links to nine pages that are not there yet.
fn city() -> City {
    let links: String = (0..9).map(|n| format!("<a href=/page/{n}>Waste collection calendar, district {n}</a> ")).collect();
    let home = format!("<!doctype html><html lang=en><title>City of Wall</title><main><h1>City of Wall</h1>{links}</main>");
    City::new(HOST).page("/", &home)
}

/// A city whose pages, but for the home page, are behind a wall.
fn walled(status: u16, retry_after: Option<&str>) -> City {
    (0..9).fold(city(), |city, n| trap::wall(city, &format!("/page/{n}"), status, retry_after))
}

async fn survey(city: City) -> (Ended, Vec<String>) {
    let served = city.serve().await;
    let ended = Plan::served(&served).run().await;
    let asked = served.log.targets(HOST);
    (ended, asked)
}

/// Pages behind the wall that were asked for.
fn knocks(asked: &[String]) -> usize {
    asked.iter().filter(|target| target.starts_with("/page/")).count()
}

#[tokio::test]
async fn three_refusals_in_a_row_stop_the_host() {
    let (ended, asked) = survey(walled(403, None)).await;
    assert_eq!(knocks(&asked), 3, "{asked:?}");
    let blocked = ended.visits.iter().filter(|past| matches!(&past.outcome, Outcome::Missed { miss: Miss::Blocked, .. }));
    assert_eq!(blocked.count(), 3);
    ended.nothing_absent();
}

#[tokio::test]
async fn a_home_page_behind_a_wall_is_blocked() {
    let (ended, asked) = survey(trap::wall(City::new(HOST), "/", 403, None)).await;
    ended.unreached(Miss::Blocked, "status 403");
    assert!(asked.len() <= 5, "{asked:?}");
}

#[tokio::test]
async fn a_wait_longer_than_our_patience_is_a_block_without_further_requests() {
    async fn check(retry_after: &str) {
        let (ended, asked) = survey(walled(429, Some(retry_after))).await;
        assert_eq!(knocks(&asked), 1, "{retry_after}: {asked:?}");
        let told = ended.visits.iter().any(|past| {
            let said = |detail: &str| detail.contains("may be asked again at");
            matches!(&past.outcome, Outcome::Missed { miss: Miss::Blocked, detail, .. } if said(detail))
        });
        assert!(told, "{:?}", ended.visits);
        ended.nothing_absent();
    }
    let later = http_date(SystemTime::now() + Duration::from_secs(7200));
    tokio::join!(check("7200"), check(&later));
}

#[tokio::test]
async fn a_short_wait_is_waited_out() {
    let served = trap::wall(city(), "/page/0", 429, Some("1")).serve().await;
    let ended = Plan::served(&served).run().await;
    ended.missed("/page/0", Miss::Blocked, "status 429");
    let asked = served.log.all();
    let wall = asked.iter().position(|asked| asked.target == "/page/0").unwrap();
    if let Some(next) = asked.get(wall + 1) {
        assert!(next.at.duration_since(asked[wall].at).as_millis() >= 1000, "the next request came too early");
    }
}

#[tokio::test]
async fn a_challenge_page_is_a_block_whatever_its_status() {
    let challenge = Response::html(200, "<!doctype html><title>Just a moment...</title><script>window._cf_chl_opt={}</script>");
    let (ended, asked) = survey(City::new(HOST).answer("/", challenge)).await;
    ended.unreached(Miss::Blocked, "a challenge page of Cloudflare with status 200");
    assert!(asked.len() <= 5, "{asked:?}");
}

#[tokio::test]
async fn a_link_to_a_blocked_page_keeps_its_indicator_open() {
    let home = "<!doctype html><html lang=en><title>City of Wall</title><main><h1>City of Wall</h1>\
                <a href=/roads>Road closures and road works</a> <a href=/a>About</a> <a href=/b>Places</a> <a href=/c>People</a></main>";
    let page = "<!doctype html><html lang=en><title>Page</title><main><p>Some words about this city, and a few more.</p></main>";
    let city = ["/a", "/b", "/c"]
        .iter()
        .fold(City::new(HOST).page("/", home), |city, path| city.page(path, &page.replace("city", &format!("city {path}"))));
    let (ended, _) = survey(trap::wall(city, "/roads", 403, None)).await;
    ended.missed("/roads", Miss::Blocked, "status 403");
    assert_eq!(ended.answer("285"), &Answer::Undetermined(Why::Missed(Miss::Blocked)));
}

/// An HTTP date (RFC 9110 §5.6.7).
fn http_date(at: SystemTime) -> String {
    let day = model::Time::from_system(at).unwrap();
    let text = day.to_string();
    let (date, time) = text.split_once('T').unwrap();
    let mut fields = date.split('-');
    let (year, month, of_month) = (fields.next().unwrap(), fields.next().unwrap(), fields.next().unwrap());
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = months[month.parse::<usize>().unwrap() - 1];
    let days = day.micros().div_euclid(24 * 3600 * 1_000_000);
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][usize::try_from(days % 7).unwrap()];
    format!("{weekday}, {of_month} {month} {year} {} GMT", &time[..8])
}
