//! What belongs to a portal: hosts with roles, and an ordered list of rules of which the last that matches decides.
//! Which URL comes first, and how many of them, is the business of [`Frontier`](crate::Frontier).

mod domains;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use model::{Date, Portal, Region, Role};
use url::Url;

use crate::Aliases;
use crate::key::host_name;
use domains::{apex, family, is_web, registrable, within, within_any};
use rules::{RULES, record, refuse};

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

#[cfg(test)]
mod tests;
