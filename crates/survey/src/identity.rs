//! Identity of URLs within findings: scheme and `www.` make no difference, so that a link and the page it leads to
//! meet whatever was learnt about the host by then. The frontier is stricter.

use std::sync::Arc;

use crawl::Aliases;
use model::UrlKey;
use url::Url;

/// The identity of a URL within findings.
pub(crate) fn loose(url: &Url) -> UrlKey {
    let bare = url.host_str().and_then(|host| host.strip_prefix("www."));
    if bare.is_none() && (url.scheme() != "http" || url.port().is_none()) {
        // No part of the URL has to be read anew, which costs more than all else here.
        let UrlKey(key) = crawl::key(url, &Aliases::default());
        return UrlKey(key.strip_prefix("http:").map_or_else(|| Arc::clone(&key), |rest| format!("https:{rest}").into()));
    }
    let mut plain = url.clone();
    if let Some(bare) = bare {
        // A host without `www.` is still a host, and https may stand wherever http does.
        plain.set_host(Some(bare)).ok();
    }
    if plain.scheme() == "http" {
        plain.set_scheme("https").ok();
    }
    crawl::key(&plain, &Aliases::default())
}
