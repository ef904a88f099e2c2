//! Finds the one address a request may go to: by route, literally, or by name with special-use answers dropped.
//!
//! What is checked here is what the wire connects to; nobody resolves a second time.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use model::Miss;
use url::{Host, Url};

use super::{Cause, Settings};
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

/// The public addresses of a name; the first is in use.
struct Pin {
    addresses: Vec<IpAddr>,
    until: Instant,
}

/// How long an answer of the resolver holds.
const PIN_FOR: Duration = Duration::from_secs(600);

impl Addresses {
    pub(super) fn new(settings: &Settings, routes: Vec<ConnectTo>) -> Self {
        let routed_only = match (settings.polite, &settings.contact) {
            (false, _) => Some("politeness is off: only routed hosts are asked"),
            (true, None) => Some("no contact URL is set: only routed hosts are asked"),
            (true, Some(_)) => None,
        };
        let (timeout, most) = (settings.limits.connect, settings.limits.hosts);
        Self { routes, routed_only, timeout, most, pins: Mutex::default() }
    }

    /// Where a request for this URL goes.
    pub(super) async fn of(&self, url: &Url) -> Result<SocketAddr, Cause> {
        let forbidden = |why: String| Cause::new(Miss::Forbidden, why);
        guard::check_form(url).map_err(forbidden)?;
        if let Some(target) = route::target(&self.routes, url) {
            return Ok(target);
        }
        if let Some(why) = self.routed_only {
            return Err(Cause::new(Miss::Forbidden, why));
        }
        guard::check_url(url).map_err(forbidden)?;
        let port = url.port_or_known_default().expect("http and https have a port");
        let ip = match url.host().expect("checked above") {
            Host::Ipv4(ip) => IpAddr::V4(ip),
            Host::Ipv6(ip) => IpAddr::V6(ip),
            Host::Domain(name) => self.by_name(name).await?,
        };
        Ok(SocketAddr::new(ip, port))
    }

    /// Takes the next address of a host that could not be reached, or asks the resolver again.
    pub(super) fn failed(&self, url: &Url) {
        let (Some(name), mut pins) = (url.host_str(), self.pins.lock().unwrap_or_else(PoisonError::into_inner)) else { return };
        match pins.get_mut(name) {
            Some(pin) if pin.addresses.len() > 1 => drop(pin.addresses.remove(0)),
            _ => drop(pins.remove(name)),
        }
    }

    async fn by_name(&self, name: &str) -> Result<IpAddr, Cause> {
        if let Some(ip) = self.pinned(name) {
            return Ok(ip);
        }
        let lookup = tokio::time::timeout(self.timeout, tokio::net::lookup_host((name, 0)));
        let found = match lookup.await {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => return Err(Cause::new(Miss::Dns, format!("`{name}` does not resolve: {error}"))),
            Err(_) => return Err(Cause::new(Miss::Dns, format!("`{name}` did not resolve within {:?}", self.timeout))),
        };
        let (special, public): (Vec<IpAddr>, Vec<IpAddr>) =
            found.map(|socket| socket.ip()).partition(|&ip| guard::special(ip).is_some());
        let Some(&first) = public.first() else {
            let Some(&ip) = special.first() else { return Err(Cause::new(Miss::Dns, format!("`{name}` has no address"))) };
            let why = guard::special(ip).unwrap_or_default();
            return Err(Cause::new(Miss::Forbidden, format!("`{name}` resolves to `{ip}`, which is {why}")));
        };
        let mut pins = self.pins.lock().unwrap_or_else(PoisonError::into_inner);
        if pins.len() >= self.most {
            pins.retain(|_, pin| pin.until > Instant::now());
        }
        if pins.len() < self.most {
            pins.insert(name.to_owned(), Pin { addresses: public, until: Instant::now() + PIN_FOR });
        }
        Ok(first)
    }

    fn pinned(&self, name: &str) -> Option<IpAddr> {
        let pins = self.pins.lock().unwrap_or_else(PoisonError::into_inner);
        pins.get(name).filter(|pin| pin.until > Instant::now()).map(|pin| pin.addresses[0])
    }
}
