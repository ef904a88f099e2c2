//! What belongs to a portal: hosts with roles, and an ordered list of rules of which the last that matches decides.
//! Which URL comes first, and how many of them, is the business of [`Frontier`](crate::Frontier).

use std::collections::{BTreeMap, BTreeSet};

use model::{Date, Portal, Region, Role};
use url::Url;

use crate::Aliases;
use crate::key::host_name;
use crate::traps::{FileKind, file_kind, trap};

/// What belongs to one portal.
#[derive(Debug, Clone)]
pub struct Scope {
    day: Date,
    aliases: Aliases,
    roots: Vec<Root>,
    own: BTreeMap<String, String>,
    services: BTreeSet<String>,
    denied: BTreeSet<String>,
    recorded: Vec<String>,
    proposed: Vec<Proposed>,
}

/// A link to judge.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Where the link leads.
    pub to: &'a Url,
    /// What the page that holds it is to the portal.
    pub standing: &'a Standing,
    /// Where on that page it stands.
    pub region: Region,
    /// Whether its words promise something.
    pub telling: bool,
}

/// What a page is to the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// A page of the city.
    Own,
    /// A page of an outside service.
    Service {
        /// Host of the service.
        host: String,
        /// Path that all its pages start with, `/` at both ends.
        prefix: String,
        /// Hops from the page that the city links to.
        hops: u16,
    },
}

/// What becomes of a link. Each names its rule in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// A page of the city: visited.
    Own {
        /// The rule that decided.
        rule: String,
    },
    /// A page of an outside service: visited within narrow limits.
    Service {
        /// The rule that decided.
        rule: String,
    },
    /// The link itself is worth keeping, its target is never visited: social networks, maps, mail addresses.
    Record {
        /// The rule that decided.
        rule: String,
    },
    /// Not visited.
    Refuse {
        /// The rule that decided.
        rule: String,
    },
}

/// A host that the home page redirects to: used within the run, for a person to confirm as an alias.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The host.
    pub host: String,
    /// Why, in words.
    pub reason: String,
}

/// A host that the portal starts from, and what it implies for others.
#[derive(Debug, Clone)]
struct Root {
    /// The host without `www.`; all hosts below it are the city's.
    apex: String,
    /// Its registrable domain, unless that is shared with other cities.
    family: Option<String>,
}

type Rule = fn(&Scope, &Asked<'_>) -> Option<Admission>;

/// From the general to the particular: the last rule that has an answer decides.
const RULES: [Rule; 11] =
    [outside, telling_outside, sibling, named_service, from_service, below_root, own_host, denied, file, trapped, recorded];

impl Scope {
    /// The scope at the start of a run: the home host with and without `www.`, over http and https, what lies below
    /// it, and the hosts that the portal list names. `recorded` are hosts (with all below them) that are never
    /// visited although links to them matter. `day` is the day of the run.
    pub fn new(portal: &Portal, recorded: &[String], day: Date) -> Self {
        let of_role = |role| portal.hosts.iter().filter(move |host| host.role == role).map(|host| host.name.clone());
        let mut scope = Self {
            day,
            aliases: Aliases::default(),
            roots: Vec::new(),
            own: BTreeMap::new(),
            services: of_role(Role::Service).collect(),
            denied: of_role(Role::Denied).collect(),
            recorded: recorded.to_vec(),
            proposed: Vec::new(),
        };
        scope.settle_on(host_name(&portal.home), "host of the home page");
        for host in &portal.hosts {
            match host.role {
                Role::Primary | Role::Alias => {
                    scope.aliases.add(&host.name, apex(host_name(&portal.home)));
                    scope.own.insert(host.name.clone(), "alias named in the portal list".to_owned());
                }
                Role::Subdomain => scope.recruit(&host.name, "site of the city named in the portal list"),
                Role::Service | Role::Denied => {}
            }
        }
        scope
    }

    /// What becomes of a link.
    pub fn judge(&self, asked: &Asked<'_>) -> Admission {
        if !is_web(asked.to) {
            return record("not a web address");
        }
        let verdict = RULES.iter().rev().find_map(|rule| rule(self, asked));
        verdict.unwrap_or_else(|| refuse("outside host, link without promise"))
    }

    /// Whether a redirect of a visit may be followed: anywhere on the web from the home page itself, else within the
    /// registrable domain, or to where the link could have led directly.
    pub fn follows(&self, home: bool, from: &Url, asked: &Asked<'_>) -> bool {
        let to = host_name(asked.to);
        if !is_web(asked.to) || within_any(to, &self.denied) {
            return false;
        }
        let related = host_name(from) == to || registrable(host_name(from)).is_some_and(|family| within(to, family));
        home || related || matches!(self.judge(asked), Admission::Own { .. } | Admission::Service { .. })
    }

    /// Learns that the home page redirects to `landed`: its host is the city's for this run, and proposed as an alias
    /// if it was not known. A page on a host that is only ever recorded is proposed, and its host stays outside.
    pub fn home_landed(&mut self, home: &Url, landed: &Url) {
        if self.is_own(landed) || !is_web(landed) {
            return;
        }
        let host = host_name(landed);
        let related = registrable(host_name(home)).is_some_and(|family| within(host, family));
        let reason = if related {
            "the home page redirects there, within its registrable domain"
        } else {
            "the home page redirects there"
        };
        self.proposed.push(Proposed { host: host.to_owned(), reason: reason.to_owned() });
        if !within_any(host, &self.recorded) {
            self.settle_on(host, reason);
        }
    }

    /// Makes a host the city's from now on, whatever region links to it.
    pub fn recruit(&mut self, host: &str, rule: &str) {
        self.own.entry(host.to_owned()).or_insert_with(|| rule.to_owned());
    }

    /// Learns that a host answers alike over http and https, or under another name.
    pub fn verify_alias(&mut self, host: &str, canonical: &str) {
        self.aliases.add(host, canonical);
    }

    /// Whether the host of a URL is the city's.
    pub fn is_own(&self, url: &Url) -> bool {
        let host = host_name(url);
        self.own.contains_key(host) || self.root_of(host).is_some()
    }

    /// Hosts that are one and the same site.
    pub fn aliases(&self) -> &Aliases {
        &self.aliases
    }

    /// Hosts that the home page redirected to.
    pub fn proposed(&self) -> &[Proposed] {
        &self.proposed
    }

    fn settle_on(&mut self, host: &str, rule: &str) {
        let apex = apex(host);
        self.aliases.add(&format!("www.{apex}"), apex);
        self.own.insert(host.to_owned(), rule.to_owned());
        self.roots.push(Root { apex: apex.to_owned(), family: family(apex).map(str::to_owned) });
    }

    fn root_of(&self, host: &str) -> Option<&Root> {
        self.roots.iter().find(|root| within(host, &root.apex))
    }
}

fn outside(_: &Scope, _: &Asked<'_>) -> Option<Admission> {
    Some(refuse("outside host, link without promise"))
}

fn telling_outside(_: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    (asked.telling && *asked.standing == Standing::Own).then(|| service("outside service, by a telling link"))
}

/// Another host under the same registrable domain, which a state or an association may share among cities.
fn sibling(scope: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    let host = host_name(asked.to);
    let family = scope.roots.iter().filter_map(|root| root.family.as_deref()).find(|family| within(host, family))?;
    if *asked.standing != Standing::Own {
        None
    } else if asked.region.is_chrome() {
        Some(own(&format!("under {family}, linked from the navigation")))
    } else if asked.telling {
        Some(own(&format!("under {family}, by a telling link")))
    } else {
        Some(refuse("sibling host, linked neither from the navigation nor by a telling link"))
    }
}

fn named_service(scope: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    scope.services.contains(host_name(asked.to)).then(|| service("service named in the portal list"))
}

fn from_service(_: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    let Standing::Service { host, prefix, .. } = asked.standing else { return None };
    let same = host_name(asked.to) == host && asked.to.path().starts_with(prefix);
    Some(if same { service("same outside service") } else { refuse("outside services recruit no further hosts") })
}

fn below_root(scope: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    scope.root_of(host_name(asked.to)).map(|root| own(&format!("below {}", root.apex)))
}

fn own_host(scope: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    scope.own.get(host_name(asked.to)).map(|rule| own(rule))
}

fn denied(scope: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    within_any(host_name(asked.to), &scope.denied).then(|| refuse("denied in the portal list"))
}

fn file(_: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    match file_kind(asked.to) {
        FileKind::Page => None,
        FileKind::Document if asked.telling => None,
        FileKind::Document => Some(refuse("file without promise")),
        FileKind::Asset => Some(refuse("not a page by its file type")),
    }
}

fn trapped(scope: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    trap(asked.to, scope.day).map(refuse)
}

fn recorded(scope: &Scope, asked: &Asked<'_>) -> Option<Admission> {
    let known = within_any(host_name(asked.to), &scope.recorded) && !scope.is_own(asked.to);
    known.then(|| record("kept as a link only: social network, map, analytics and the like"))
}

fn own(rule: &str) -> Admission {
    Admission::Own { rule: rule.to_owned() }
}

fn service(rule: &str) -> Admission {
    Admission::Service { rule: rule.to_owned() }
}

fn record(rule: &str) -> Admission {
    Admission::Record { rule: rule.to_owned() }
}

fn refuse(rule: &str) -> Admission {
    Admission::Refuse { rule: rule.to_owned() }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.host().is_some()
}

/// The host without its `www.`.
fn apex(host: &str) -> &str {
    host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(host)
}

/// Whether `host` is `domain` or lies below it.
fn within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn within_any<'a>(host: &str, domains: impl IntoIterator<Item = &'a String>) -> bool {
    domains.into_iter().any(|domain| within(host, domain))
}

fn registrable(host: &str) -> Option<&str> {
    if host.parse::<std::net::IpAddr>().is_ok() { None } else { psl::domain_str(host) }
}

/// The registrable domain of a host, unless other cities are likely to live under it too: a city two or more labels
/// deep under a government's suffix (`springfield.state.gov.xx`) is the neighbour of every other city of the state.
fn family(apex: &str) -> Option<&str> {
    const GOVERNMENT: [&str; 9] = ["gov", "gob", "gouv", "govt", "gub", "gv", "go", "gc", "us"];
    const TECHNICAL: [&str; 8] = ["beta", "new", "portal", "web", "www2", "m", "home", "city"];
    let registrable = registrable(apex)?;
    let government = psl::suffix_str(apex).is_some_and(|suffix| suffix.split('.').any(|label| GOVERNMENT.contains(&label)));
    let technical =
        apex.strip_suffix(registrable).is_some_and(|rest| rest.is_empty() || TECHNICAL.contains(&rest.trim_end_matches('.')));
    if government && !technical { None } else { Some(registrable) }
}

#[cfg(test)]
mod tests {
    use model::{Country, Host};

    use super::*;

    fn portal(home: &str, hosts: &[(&str, Role)]) -> Portal {
        Portal {
            id: "x".into(),
            city: "X".into(),
            country: Country::new("US").unwrap(),
            home: home.parse().unwrap(),
            hosts: hosts.iter().map(|(name, role)| Host { name: (*name).into(), role: *role }).collect(),
            languages: vec![],
            notes: String::new(),
        }
    }

    fn scope(home: &str, hosts: &[(&str, Role)]) -> Scope {
        let recorded = ["facebook.com".to_owned(), "maps.example".to_owned()];
        Scope::new(&portal(home, hosts), &recorded, Date::new(2026, 8, 1).unwrap())
    }

    fn say(admission: Admission) -> String {
        match admission {
            Admission::Own { rule } => format!("own: {rule}"),
            Admission::Service { rule } => format!("service: {rule}"),
            Admission::Record { rule } => format!("record: {rule}"),
            Admission::Refuse { rule } => format!("refuse: {rule}"),
        }
    }

    /// `how` holds `nav` for a link in the navigation, `telling` for one with a promise.
    fn judged(scope: &Scope, to: &str, how: &str) -> String {
        let region = if how.contains("nav") { Region::Nav } else { Region::Main };
        let asked = Asked { to: &to.parse().unwrap(), standing: &Standing::Own, region, telling: how.contains("telling") };
        say(scope.judge(&asked))
    }

    #[track_caller]
    fn check(scope: &Scope, to: &str, how: &str, expect: &str) {
        let verdict = judged(scope, to, how);
        assert!(verdict.starts_with(expect), "{to} {how}: {verdict}");
    }

    #[test]
    fn the_home_host_and_what_lies_below_it_is_the_citys() {
        let scope = scope("https://www.city.org/", &[]);
        check(&scope, "http://www.city.org/a", "", "own: host of the home page");
        check(&scope, "https://city.org/a", "", "own: below city.org");
        check(&scope, "https://parks.city.org/a", "", "own: below city.org");
        check(&scope, "https://notcity.org/a", "", "refuse: outside host");
        assert_eq!(scope.aliases().canonical("www.city.org"), Some("city.org"));
        assert_eq!(scope.aliases().canonical("parks.city.org"), None);
    }

    #[test]
    fn siblings_need_the_navigation_or_a_promise() {
        let scope = scope("https://beta.city.org/", &[]);
        check(&scope, "https://water.city.org/", "", "refuse: sibling host");
        check(&scope, "https://water.city.org/", "nav", "own: under city.org, linked from the navigation");
        check(&scope, "https://water.city.org/", "telling", "own: under city.org, by a telling link");
    }

    #[test]
    fn cities_under_one_state_domain_are_not_siblings() {
        let scope = scope("https://springfield.state.gov.in/", &[]);
        check(&scope, "https://shelbyville.state.gov.in/", "nav", "refuse: outside host");
        check(&scope, "https://tax.state.gov.in/", "telling", "service: outside service");
        let scope = self::scope("https://beta.phila.gov/", &[]);
        check(&scope, "https://www.phila.gov/", "nav", "own: under phila.gov");
    }

    #[test]
    fn outside_hosts_come_in_as_services_by_telling_links_only() {
        let scope = scope("https://city.org/", &[("pay.example", Role::Service), ("ads.example", Role::Denied)]);
        check(&scope, "https://permits.example/", "nav", "refuse: outside host");
        check(&scope, "https://permits.example/", "telling", "service: outside service");
        check(&scope, "https://pay.example/", "", "service: service named");
        check(&scope, "https://x.ads.example/", "telling", "refuse: denied");
    }

    #[test]
    fn a_service_recruits_nobody_and_stays_on_its_path() {
        let scope = scope("https://city.org/", &[]);
        let standing = Standing::Service { host: "pay.example".into(), prefix: "/city/".into(), hops: 0 };
        let judged = |to: &str| {
            say(scope.judge(&Asked { to: &to.parse().unwrap(), standing: &standing, region: Region::Nav, telling: true }))
        };
        assert_eq!(judged("https://pay.example/city/fees"), "service: same outside service");
        assert_eq!(judged("https://pay.example/town/fees"), "refuse: outside services recruit no further hosts");
        assert_eq!(judged("https://other.example/"), "refuse: outside services recruit no further hosts");
        assert_eq!(judged("https://city.org/"), "own: host of the home page");
    }

    #[test]
    fn some_links_are_kept_without_being_followed() {
        let scope = scope("https://city.org/", &[]);
        check(&scope, "https://www.facebook.com/city", "telling", "record: kept as a link only");
        check(&scope, "mailto:mayor@city.org", "telling", "record: not a web address");
        check(&self::scope("https://facebook.com/city", &[]), "https://facebook.com/city/about", "", "own");
    }

    #[test]
    fn files_need_a_promise_and_assets_never_come_in() {
        let scope = scope("https://city.org/", &[]);
        check(&scope, "https://city.org/budget.pdf", "", "refuse: file without promise");
        check(&scope, "https://city.org/budget.pdf", "telling", "own");
        check(&scope, "https://city.org/logo.png", "telling", "refuse: not a page");
        check(&scope, "https://city.org/cal?date=2040-01-01", "telling", "refuse: dated");
    }

    #[test]
    fn a_home_page_that_moved_takes_its_city_along() {
        let mut scope = scope("http://old.example/", &[]);
        let (home, new) = ("http://old.example/".parse().unwrap(), "https://www.new-city.example/start".parse().unwrap());
        let asked = Asked { to: &new, standing: &Standing::Own, region: Region::Main, telling: false };
        assert!(scope.follows(true, &home, &asked));
        assert!(!scope.follows(false, &home, &asked));
        scope.home_landed(&home, &new);
        check(&scope, "https://new-city.example/a", "", "own");
        check(&scope, "http://old.example/a", "", "own");
        assert_eq!(scope.proposed()[0].host, "www.new-city.example");
    }

    #[test]
    fn a_home_page_that_only_adds_www_proposes_nothing() {
        let mut scope = scope("http://city.org/", &[]);
        scope.home_landed(&"http://city.org/".parse().unwrap(), &"https://www.city.org/en/".parse().unwrap());
        assert_eq!(scope.proposed(), []);
    }
}
