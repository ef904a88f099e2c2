//! Known hosts and what a link to them or an embed of them is.

use std::collections::HashMap;

use serde::Deserialize;

use toml::Spanned;

use crate::source::{Mistake, Source};

/// Hosts of `vendors.toml` by name.
#[derive(Debug, Default)]
pub(crate) struct Vendors {
    exact: HashMap<String, Vec<String>>,
    /// Names that stand for all their subdomains.
    under: HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVendors {
    vendor: Vec<RawVendor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVendor {
    #[expect(dead_code, reason = "read by people")]
    name: String,
    hosts: Vec<Spanned<String>>,
    is: Vec<String>,
    #[serde(default)]
    #[expect(dead_code, reason = "read by people")]
    note: String,
}

impl Vendors {
    /// Reads `vendors.toml`.
    pub(crate) fn read(source: &Source, mistakes: &mut Vec<Mistake>) -> Result<Self, Mistake> {
        let raw: RawVendors = source.read()?;
        let mut vendors = Self::default();
        for vendor in raw.vendor {
            for host in vendor.hosts {
                let at = host.span().start;
                let host = host.into_inner();
                if host.contains(['/', ':', ' ']) {
                    mistakes.push(
                        source.mistake(
                            at,
                            format!("`{host}` is no host: write `city.example`, or `*.city.example` for all below it"),
                        ),
                    );
                    continue;
                }
                let (map, name) = match host.strip_prefix("*.") {
                    Some(name) => (&mut vendors.under, name.to_owned()),
                    None => (&mut vendors.exact, host),
                };
                map.entry(name.to_ascii_lowercase()).or_default().extend(vendor.is.iter().cloned());
            }
        }
        Ok(vendors)
    }

    /// Whether any host is of a class.
    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.exact.values().chain(self.under.values()).flatten().any(|known| known == class)
    }

    /// Whether a host is of a class.
    pub(crate) fn is(&self, host: &str, class: &str) -> bool {
        self.classes(host).contains(&class)
    }

    /// The classes of a host.
    pub(crate) fn classes(&self, host: &str) -> Vec<&str> {
        let host = host.strip_prefix("www.").unwrap_or(host);
        let parents = std::iter::successors(Some(host), |rest| rest.split_once('.').map(|(_, parent)| parent)).skip(1);
        let lists = self.exact.get(host).into_iter().chain(parents.filter_map(|parent| self.under.get(parent)));
        lists.flatten().map(String::as_str).collect()
    }

    /// Hosts that are recorded and never visited: social networks, sharing, maps, app stores, analytics, CDNs.
    pub(crate) fn of_classes(&self, classes: &[&str]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (name, of) in self.exact.iter().chain(&self.under) {
            if of.iter().any(|class| classes.contains(&class.as_str())) {
                names.push(name.clone());
            }
        }
        names.sort();
        names.dedup();
        names
    }
}
