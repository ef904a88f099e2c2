//! Redirects in a circle, without end, and to where nobody may send us.

use model::{Answer, Miss, Why};
use testkit::{City, trap};

use crate::ground::Plan;

const HOST: &str = "www.evil.example";

#[tokio::test]
async fn a_home_page_that_redirects_in_a_circle_is_a_redirect_miss() {
    let served = trap::circle(City::new(HOST).redirect("/", "/circle/0"), 3).serve().await;
    let ended = Plan::served(&served).run().await;
    ended.unreached(Miss::Redirect, "redirects in a circle");
    let asked = served.log.targets(HOST);
    assert!(asked.len() <= 8, "robots, four hops, probe and sitemaps: {asked:?}");
}

#[tokio::test]
async fn a_chain_of_redirects_is_followed_so_far_and_no_further() {
    let served = trap::chain(City::new(HOST).redirect("/", "/chain/0"), 40).serve().await;
    let ended = Plan::served(&served).run().await;
    ended.unreached(Miss::Redirect, "more than 10 redirects");
    assert!(served.log.targets(HOST).len() <= 16, "{:?}", served.log.targets(HOST));
}

#[tokio::test]
async fn a_home_page_that_redirects_to_a_private_address_is_forbidden() {
    async fn check(to: &str) {
        let served = City::new(HOST).redirect("/", to).serve().await;
        let ended = Plan::served(&served).run().await;
        ended.unreached(Miss::Forbidden, " is ");
        assert!(served.log.targets(HOST).len() <= 5, "{:?}", served.log.targets(HOST));
    }
    let metadata = check("http://169.254.169.254/latest/meta-data/");
    tokio::join!(metadata, check("http://127.0.0.1/"), check("http://[fd00::1]/"), check("http://localhost/"));
}

#[tokio::test]
async fn a_portal_that_is_itself_a_private_address_is_forbidden() {
    async fn check(home: &str) {
        Plan::new(home, Vec::new()).run().await.unreached(Miss::Forbidden, "the address");
    }
    tokio::join!(check("http://127.1/"), check("http://10.0.0.1/"), check("http://[::1]/"));
}

#[tokio::test]
async fn links_that_redirect_to_private_addresses_bring_nothing_and_say_why() {
    let served = trap::to_private(City::new(HOST)).serve().await;
    let ended = Plan::served(&served).run().await;
    assert_eq!(ended.outcome.failure, None);
    for n in 0..trap::PRIVATE.len() {
        ended.missed(&format!("/private/{n}"), Miss::Redirect, "out of scope");
    }
    assert_eq!(ended.seen(), ["/"]);
    for finding in &ended.outcome.findings {
        let open = matches!(
            finding.answer,
            Answer::Undetermined(Why::Missed(Miss::Redirect) | Why::NeedsPerson | Why::NeedsRenderer | Why::Lead | Why::Weak)
        );
        assert!(open, "ten of eleven pages brought nothing: {finding:?}");
    }
    assert!(served.log.targets(HOST).len() <= 16, "{:?}", served.log.targets(HOST));
}
