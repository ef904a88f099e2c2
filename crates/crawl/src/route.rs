//! Sends a host elsewhere because the operator said so, as curl's `--connect-to` does.
//!
//! A route is the only way to a special-use address: [`crate::guard`] refuses all others.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use url::{Host, Url};

/// `HOST:PORT:ADDR:PORT`: requests for HOST:PORT go to ADDR:PORT, with name, certificate and headers unchanged.
///
/// An empty HOST or the first PORT left empty stands for any. IPv6 addresses stand in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectTo {
    host: Option<String>,
    port: Option<u16>,
    target: SocketAddr,
}

/// Why a text is not a route.
#[derive(Debug, thiserror::Error)]
#[error("`{text}` is not a route: {why}; expected HOST:PORT:ADDR:PORT, as in `www.example.org:443:127.0.0.1:8443`")]
pub struct RouteError {
    text: String,
    why: String,
}

impl ConnectTo {
    /// Where requests go.
    pub fn target(&self) -> SocketAddr {
        self.target
    }

    fn covers(&self, url: &Url) -> bool {
        let host = url.host_str().map(|host| host.strip_suffix('.').unwrap_or(host));
        self.host.as_deref().is_none_or(|own| Some(own) == host)
            && self.port.is_none_or(|own| Some(own) == url.port_or_known_default())
    }
}

/// Where the first route that covers the URL sends it.
pub fn target(routes: &[ConnectTo], url: &Url) -> Option<SocketAddr> {
    routes.iter().find(|route| route.covers(url)).map(ConnectTo::target)
}

impl FromStr for ConnectTo {
    type Err = RouteError;

    fn from_str(text: &str) -> Result<Self, RouteError> {
        parse(text).map_err(|why| RouteError { text: text.to_owned(), why })
    }
}

fn parse(text: &str) -> Result<ConnectTo, String> {
    let (host, rest) = field(text)?;
    let (port, rest) = field(rest.ok_or("it has one field")?)?;
    let (address, rest) = field(rest.ok_or("it has two fields")?)?;
    let (target_port, rest) = field(rest.ok_or("it has three fields")?)?;
    if rest.is_some() {
        return Err("it has more than four fields (an IPv6 address needs brackets)".to_owned());
    }
    let host = match host {
        "" => None,
        name => Some(Host::parse(name).map_err(|e| format!("`{name}` is no host name: {e}"))?.to_string()),
    };
    let port = if port.is_empty() { None } else { Some(number(port)?) };
    let bare = address.strip_prefix('[').and_then(|a| a.strip_suffix(']')).unwrap_or(address);
    let ip: IpAddr = bare.parse().map_err(|_| format!("`{address}` is no IP address"))?;
    Ok(ConnectTo { host, port, target: SocketAddr::new(ip, number(target_port)?) })
}

/// The text up to the next colon outside brackets, and what follows that colon.
fn field(text: &str) -> Result<(&str, Option<&str>), String> {
    let inside = if text.starts_with('[') { text.find(']').ok_or("a bracket is not closed")? } else { 0 };
    match text[inside..].find(':') {
        Some(at) => Ok((&text[..inside + at], Some(&text[inside + at + 1..]))),
        None => Ok((text, None)),
    }
}

fn number(port: &str) -> Result<u16, String> {
    port.parse().ok().filter(|&port| port > 0).ok_or_else(|| format!("`{port}` is no port"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(routes: &[&str], url: &str, expect: Option<&str>) {
        let routes: Vec<ConnectTo> = routes.iter().map(|route| route.parse().unwrap()).collect();
        let found = target(&routes, &Url::parse(url).unwrap());
        assert_eq!(found, expect.map(|target| target.parse().unwrap()), "{url}");
    }

    #[test]
    fn a_route_holds_for_its_host_and_port_only() {
        let routes = ["City.example:443:127.0.0.1:8443", "city.example:80:[::1]:8080"];
        check(&routes, "https://city.example/x", Some("127.0.0.1:8443"));
        check(&routes, "http://city.example./x", Some("[::1]:8080"));
        check(&routes, "https://www.city.example/", None);
        check(&routes, "https://city.example:8443/", None);
    }

    #[test]
    fn empty_fields_stand_for_any_and_the_first_route_wins() {
        check(&[":80:127.0.0.2:80", "::127.0.0.1:9"], "http://a.example/", Some("127.0.0.2:80"));
        check(&[":80:127.0.0.2:80", "::127.0.0.1:9"], "https://b.example:99/", Some("127.0.0.1:9"));
        check(&["[::1]:80:127.0.0.1:9"], "http://[::1]/", Some("127.0.0.1:9"));
        check(&["bücher.example::127.0.0.1:9"], "http://xn--bcher-kva.example/", Some("127.0.0.1:9"));
    }

    #[test]
    fn a_wrong_route_says_what_is_wrong() {
        let why = |text: &str| text.parse::<ConnectTo>().unwrap_err().why;
        assert_eq!(why("a:80:127.0.0.1"), "it has three fields");
        assert_eq!(why("a:80:::1:80"), "it has more than four fields (an IPv6 address needs brackets)");
        assert_eq!(why("a:80:localhost:80"), "`localhost` is no IP address");
        assert_eq!(why("a:http:127.0.0.1:80"), "`http` is no port");
        assert_eq!(why("a:80:127.0.0.1:"), "`` is no port");
        assert_eq!(why("a:80:[::1:80"), "a bracket is not closed");
    }
}
