//! Names of hosts: what lies below what, and which domains several cities share.

use url::Url;

pub(super) fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.host().is_some()
}

/// The host without its `www.`.
pub(super) fn apex(host: &str) -> &str {
    host.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(host)
}

/// Whether `host` is `domain` or lies below it.
pub(super) fn within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

pub(super) fn within_any<'a>(host: &str, domains: impl IntoIterator<Item = &'a String>) -> bool {
    domains.into_iter().any(|domain| within(host, domain))
}

pub(super) fn registrable(host: &str) -> Option<&str> {
    if host.parse::<std::net::IpAddr>().is_ok() { None } else { psl::domain_str(host) }
}

/// The registrable domain of a host, unless other cities are likely to live under it too: a city two or more labels
/// deep under a government's suffix (`springfield.state.gov.xx`) is the neighbour of every other city of the state.
pub(super) fn family(apex: &str) -> Option<&str> {
    const GOVERNMENT: [&str; 9] = ["gov", "gob", "gouv", "govt", "gub", "gv", "go", "gc", "us"];
    const TECHNICAL: [&str; 8] = ["beta", "new", "portal", "web", "www2", "m", "home", "city"];
    let registrable = registrable(apex)?;
    let government = psl::suffix_str(apex).is_some_and(|suffix| suffix.split('.').any(|label| GOVERNMENT.contains(&label)));
    let technical =
        apex.strip_suffix(registrable).is_some_and(|rest| rest.is_empty() || TECHNICAL.contains(&rest.trim_end_matches('.')));
    if government && !technical { None } else { Some(registrable) }
}
