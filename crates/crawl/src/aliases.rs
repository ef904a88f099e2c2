//! Host names that are one and the same site. Who verified them is the business of [`Scope`](crate::Scope).

use std::collections::BTreeMap;

/// Verified host aliases of one portal: each host with the name that stands for it.
///
/// A host that is listed here, under its own name or another's, also answers alike over http and https.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aliases(BTreeMap<String, String>);

impl Aliases {
    /// Notes that `host` is the same site as `canonical`; both without a trailing dot, lower case, as ASCII.
    pub fn add(&mut self, host: &str, canonical: &str) {
        let canonical = self.canonical(canonical).unwrap_or(canonical).to_owned();
        for target in self.0.values_mut().filter(|target| *target == host) {
            target.clone_from(&canonical);
        }
        self.0.insert(host.to_owned(), canonical.clone());
        self.0.insert(canonical.clone(), canonical);
    }

    /// The name that stands for `host`; none if nothing was verified about it.
    pub fn canonical(&self, host: &str) -> Option<&str> {
        self.0.get(host).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_aliases_ends_at_one_name_in_whatever_order_it_was_learnt() {
        let mut forward = Aliases::default();
        forward.add("a.org", "b.org");
        forward.add("b.org", "c.org");
        let mut backward = Aliases::default();
        backward.add("b.org", "c.org");
        backward.add("a.org", "b.org");
        assert_eq!(forward, backward);
        assert_eq!(forward.canonical("a.org"), Some("c.org"));
        assert_eq!(forward.canonical("d.org"), None);
    }
}
