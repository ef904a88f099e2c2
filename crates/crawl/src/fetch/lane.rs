//! HTTP clients that connect to the address that was checked, and to no other.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use model::Miss;
use reqwest::Client;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use url::{Host, Url};

use super::chain::{self, Chains, Witness};
use super::failure::describe;
use super::{Cause, Error, Limits};

/// The clients, by port of the other side.
pub(super) struct Lanes {
    limits: Limits,
    polite: bool,
    /// Vouches for servers; none where nobody is trusted.
    witness: Option<Witness>,
    chains: Arc<Chains>,
    built: Mutex<HashMap<u16, Lane>>,
}

/// A client for one port of the other side.
///
/// reqwest asks its resolver by name alone, so that a client could not tell where http and https of one host go when
/// routes send them to different ports.
#[derive(Clone)]
pub(super) struct Lane {
    pub(super) client: Client,
    dial: Arc<Dial>,
    chains: Arc<Chains>,
}

/// The resolver of a lane: names with the address that was checked for them.
struct Dial {
    port: u16,
    most: usize,
    checked: Mutex<HashMap<String, IpAddr>>,
}

impl Resolve for Dial {
    fn resolve(&self, name: Name) -> Resolving {
        let ip = self.checked.lock().unwrap_or_else(PoisonError::into_inner).get(name.as_str()).copied();
        let found = ip.map(|ip| Box::new(std::iter::once(SocketAddr::new(ip, self.port))) as Addrs);
        Box::pin(std::future::ready(found.ok_or_else(|| "no address was checked for this name".into())))
    }
}

impl Dial {
    fn pin(&self, name: &str, ip: IpAddr) {
        let mut checked = self.checked.lock().unwrap_or_else(PoisonError::into_inner);
        if checked.get(name) != Some(&ip) {
            // Whoever was about to connect fails once and is asked once more; the map stays bounded.
            if checked.len() >= self.most {
                checked.clear();
            }
            checked.insert(name.to_owned(), ip);
        }
    }
}

impl Lanes {
    pub(super) fn new(limits: Limits, polite: bool, trust: &[Vec<u8>]) -> Result<Self, Error> {
        let mut certificates = Vec::new();
        for pem in trust {
            let found: Vec<CertificateDer<'static>> =
                CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().map_err(Error::Trust)?;
            if found.is_empty() {
                return Err(Error::NoCertificate);
            }
            certificates.extend(found);
        }
        let chains = Arc::<Chains>::default();
        let witness = match chain::witness(&certificates, &chains) {
            Ok(witness) => Some(witness),
            Err(error) if certificates.is_empty() => {
                tracing::warn!("no certificate authorities of this machine can be used, so https will fail: {error}");
                None
            }
            Err(error) => return Err(Error::Tls(error)),
        };
        let lanes = Self { limits, polite, witness, chains, built: Mutex::default() };
        lanes.open(443)?;
        Ok(lanes)
    }

    /// The client for a port, built when first needed, which takes a while: so before the turn comes.
    ///
    /// Routes and [`crate::guard::PORTS`] bound how many there are.
    pub(super) fn lane(&self, port: u16) -> Result<Lane, Cause> {
        self.open(port).map_err(|error| {
            let told = if let Error::Client(cause) = &error { describe(cause) } else { error.to_string() };
            Cause::new(Miss::Tls, told)
        })
    }

    fn open(&self, port: u16) -> Result<Lane, Error> {
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lane) = built.get(&port) {
            return Ok(lane.clone());
        }
        let dial = Arc::new(Dial { port, most: self.limits.hosts, checked: Mutex::default() });
        let tls = self.witness.as_ref().map_or_else(chain::nobody, Witness::config).map_err(Error::Tls)?;
        let client = Client::builder()
            .dns_resolver(Arc::clone(&dial))
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .referer(false)
            .tls_info(true)
            .connect_timeout(self.limits.connect)
            .pool_max_idle_per_host(if self.polite { 1 } else { 64 })
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .http1_ignore_invalid_headers_in_responses(true)
            .http2_max_header_list_size(u32::try_from(self.limits.headers).unwrap_or(u32::MAX))
            .build()
            .map_err(Error::Client)?;
        let lane = Lane { client, dial, chains: Arc::clone(&self.chains) };
        built.insert(port, lane.clone());
        Ok(lane)
    }
}

impl Lane {
    /// The certificates that a server showed whose leaf is this one.
    pub(super) fn chain(&self, leaf: &[u8]) -> Vec<Vec<u8>> {
        self.chains.of(leaf)
    }

    /// The URL to hand to the client so that it connects to `target`.
    ///
    /// A port in the URL wins over the resolver's, and a literal host never meets the resolver: where a route says
    /// otherwise, the URL changes, and the `Host` header has to keep the name.
    pub(super) fn dial(&self, url: &Url, target: SocketAddr) -> Url {
        let mut dialled = url.clone();
        dialled.set_fragment(None);
        let unchanged = "an http URL takes any host and port";
        let literal = match url.host() {
            Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
            _ => None,
        };
        match literal {
            Some(ip) if SocketAddr::new(ip, url.port_or_known_default().unwrap_or(0)) == target => {}
            Some(_) => {
                dialled.set_ip_host(target.ip()).expect(unchanged);
                dialled.set_port(Some(target.port())).expect(unchanged);
            }
            None => {
                self.dial.pin(url.host_str().unwrap_or_default(), target.ip());
                if url.port().is_some_and(|port| port != target.port()) {
                    dialled.set_port(None).expect(unchanged);
                }
            }
        }
        dialled
    }
}
