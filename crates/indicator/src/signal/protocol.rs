//! `protocol`, `host`: the answer itself.

use model::Place;

use super::{Facts, Fired, words};

#[derive(Debug, Clone)]
pub(crate) enum Protocol {
    /// The page came over TLS.
    Https,
    /// The host name says that it is a government's: `gov`, `gob`, `gouv`, `go`, `gv`, `govt`, `gub` as a label below the top.
    Government,
}

impl Protocol {
    pub(crate) fn scheme(name: &str) -> Result<Self, String> {
        if name == "https" { Ok(Self::Https) } else { Err(format!("`{name}` is no protocol to ask for: use https")) }
    }

    pub(crate) fn host(name: &str) -> Result<Self, String> {
        if name == "government" { Ok(Self::Government) } else { Err(format!("`{name}` is no kind of host: use government")) }
    }

    pub(crate) fn fire(&self, facts: &Facts<'_>) -> Option<Fired> {
        let url = &facts.page.url;
        let host = url.host_str().unwrap_or_default();
        let fires = match self {
            Self::Https => url.scheme() == "https",
            Self::Government => is_government(host),
        };
        fires.then(|| Fired { place: Place::Protocol, quote: words(format!("{}://{host}", url.scheme())) })
    }
}

fn is_government(host: &str) -> bool {
    let labels: Vec<&str> = host.rsplit('.').collect();
    labels.iter().take(3).any(|label| matches!(*label, "gov" | "gob" | "gouv" | "gv" | "govt" | "gub" | "lg" | "municipio"))
        || labels.get(1).is_some_and(|label| matches!(*label, "go" | "gc")) && labels.len() > 2
}
