//! Finds the one address a request may go to: by route, literally, or by name with special-use answers dropped.
//!
//! What is checked here is what the wire connects to; nobody resolves a second time.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use model::Miss;
use url::{Host, Url};

use super::{Cause, Limits, Settings};
use crate::guard;
use crate::route::{self, ConnectTo};

/// Addresses of hosts, resolved and checked.
pub(super) struct Addresses {
    routes: Vec<ConnectTo>,
    /// Why hosts without a route are not asked, if they are not.
    routed_only: Option<&'static str>,
    timeout: Duration,
    most: usize,
    pins: Mutex<HashMap<String, Pin>>,
}

/// Where a request goes, and how that was found.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) socket: SocketAddr,
    /// What the name resolved to; empty where none was resolved.
    pub(super) resolved: Vec<IpAddr>,
}

/// What a name resolved to.
struct Pin {
    /// All of it, in order.
    resolved: Vec<IpAddr>,
    /// The public ones that were not found wanting; the first is in use.
    addresses: Vec<IpAddr>,
    until: Instant,
}

/// Addresses of a name that are looked at and kept with each exchange.
const ADDRESSES: usize = 64;

/// How long an answer of the resolver holds.
const PIN_FOR: Duration = Duration::from_secs(600);

impl Addresses {
    pub(super) fn new(settings: &Settings, routes: Vec<ConnectTo>) -> Self {
        let routed_only = match (settings.polite, &settings.contact) {
            (false, _) => Some("politeness is off: only routed hosts are asked"),
            (true, None) => Some("no contact URL is set: only routed hosts are asked"),
            (true, Some(_)) => None,
        };
        Self { routed_only, ..Self::of_anyone(routes, settings.limits) }
    }

    /// Asks whatever is public, whoever we say we are.
    pub(super) fn of_anyone(routes: Vec<ConnectTo>, limits: Limits) -> Self {
        Self { routes, routed_only: None, timeout: limits.connect, most: limits.hosts, pins: Mutex::default() }
    }

    /// Where a request for this URL goes.
    pub(super) async fn of(&self, url: &Url) -> Result<Target, Cause> {
        let forbidden = |why: String| Cause::new(Miss::Forbidden, why);
        guard::check_form(url).map_err(forbidden)?;
        if let Some(socket) = route::target(&self.routes, url) {
            return Ok(Target { socket, resolved: Vec::new() });
        }
        if let Some(why) = self.routed_only {
            return Err(Cause::new(Miss::Forbidden, why));
        }
        guard::check_url(url).map_err(forbidden)?;
        let port = url.port_or_known_default().expect("http and https have a port");
        let (ip, resolved) = match url.host().expect("checked above") {
            Host::Ipv4(ip) => (IpAddr::V4(ip), Vec::new()),
            Host::Ipv6(ip) => (IpAddr::V6(ip), Vec::new()),
            Host::Domain(name) => self.by_name(name).await?,
        };
        Ok(Target { socket: SocketAddr::new(ip, port), resolved })
    }

    /// Takes the next address of a host that could not be reached, or asks the resolver again.
    pub(super) fn failed(&self, url: &Url) {
        let (Some(name), mut pins) = (url.host_str(), self.pins.lock().unwrap_or_else(PoisonError::into_inner)) else { return };
        match pins.get_mut(name) {
            Some(pin) if pin.addresses.len() > 1 => drop(pin.addresses.remove(0)),
            _ => drop(pins.remove(name)),
        }
    }

    /// The address in use for a name, and all that it resolved to.
    async fn by_name(&self, name: &str) -> Result<(IpAddr, Vec<IpAddr>), Cause> {
        if let Some(known) = self.pinned(name) {
            return Ok(known);
        }
        let lookup = tokio::time::timeout(self.timeout, tokio::net::lookup_host((name, 0)));
        let found = match lookup.await {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => return Err(Cause::new(Miss::Dns, format!("`{name}` does not resolve: {error}"))),
            Err(_) => return Err(Cause::new(Miss::Dns, format!("`{name}` did not resolve within {:?}", self.timeout))),
        };
        self.pin(name, found.map(|socket| socket.ip()).take(ADDRESSES).collect())
    }

    /// Takes the public addresses of a name into use.
    fn pin(&self, name: &str, resolved: Vec<IpAddr>) -> Result<(IpAddr, Vec<IpAddr>), Cause> {
        let addresses: Vec<IpAddr> = resolved.iter().copied().filter(|&ip| guard::special(ip).is_none()).collect();
        let Some(&first) = addresses.first() else {
            let Some(&ip) = resolved.first() else { return Err(Cause::new(Miss::Dns, format!("`{name}` has no address"))) };
            let why = guard::special(ip).unwrap_or_default();
            return Err(Cause::new(Miss::Forbidden, format!("`{name}` resolves to `{ip}`, which is {why}")));
        };
        let mut pins = self.pins.lock().unwrap_or_else(PoisonError::into_inner);
        if pins.len() >= self.most {
            pins.retain(|_, pin| pin.until > Instant::now());
        }
        if pins.len() < self.most {
            let until = Instant::now() + PIN_FOR;
            pins.insert(name.to_owned(), Pin { resolved: resolved.clone(), addresses, until });
        }
        Ok((first, resolved))
    }

    fn pinned(&self, name: &str) -> Option<(IpAddr, Vec<IpAddr>)> {
        let pins = self.pins.lock().unwrap_or_else(PoisonError::into_inner);
        pins.get(name).filter(|pin| pin.until > Instant::now()).map(|pin| (pin.addresses[0], pin.resolved.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::tests::settings;

    fn ips(texts: &[&str]) -> Vec<IpAddr> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[tokio::test]
    async fn the_whole_answer_is_kept_in_order_though_only_public_addresses_are_asked() {
        let addresses = Addresses::new(&settings(), Vec::new());
        let answer = ips(&["10.0.0.1", "1.1.1.1", "2606:4700::1111", "127.0.0.1"]);
        assert_eq!(addresses.pin("city.example", answer.clone()).unwrap(), (answer[1], answer.clone()));

        let url = Url::parse("https://city.example/").unwrap();
        let target = addresses.of(&url).await.unwrap();
        assert_eq!((target.socket.to_string(), &target.resolved), ("1.1.1.1:443".to_owned(), &answer));
        addresses.failed(&url);
        let target = addresses.of(&url).await.unwrap();
        assert_eq!((target.socket.to_string(), &target.resolved), ("[2606:4700::1111]:443".to_owned(), &answer));
    }

    #[tokio::test]
    async fn what_is_not_resolved_has_no_answer() {
        let routes = vec!["city.example::127.0.0.1:9".parse().unwrap()];
        let addresses = Addresses::new(&settings(), routes);
        for text in ["http://city.example/", "http://1.1.1.1/", "http://[2606:4700::1111]/"] {
            assert_eq!(addresses.of(&Url::parse(text).unwrap()).await.unwrap().resolved, [] as [IpAddr; 0], "{text}");
        }
    }

    #[test]
    fn a_name_with_private_addresses_alone_is_refused() {
        let addresses = Addresses::new(&settings(), Vec::new());
        let refused = addresses.pin("city.example", ips(&["192.168.1.1", "::1"])).unwrap_err();
        assert_eq!(
            (refused.miss, &*refused.detail),
            (Miss::Forbidden, "`city.example` resolves to `192.168.1.1`, which is private")
        );
        assert_eq!(addresses.pin("city.example", Vec::new()).unwrap_err().miss, Miss::Dns);
    }
}
