//! From flags to how hosts are reached: routes, trust, contact, pace.

use crawl::route::ConnectTo;
use survey::Reach;

use crate::args::ReachArgs;
use crate::config::Raw;
use crate::exit::Fault;

/// Reads routes and certificates, and refuses to go out without a contact.
pub(crate) fn reach(raw: &Raw, args: &ReachArgs) -> anyhow::Result<Reach> {
    let routes = routes(&args.connect_to)?;
    let mut trust = Vec::new();
    for file in &args.trust {
        let hint = "give the PEM file of the certificate authority";
        trust.push(std::fs::read(file).map_err(|error| Fault::usage(format!("--trust {}: {error}", file.display()), hint))?);
    }
    let contact = raw.contact(args.contact.as_ref())?;
    let hint =
        "set agent.contact in portolan.toml, or give --contact, to a page that tells site owners who crawls and how to object";
    if contact.is_none() && routes.is_empty() {
        return Err(Fault::configuration("no contact URL is set, and without one the public web is not crawled", hint).into());
    }
    if let Some(delay) = args.delay.filter(|delay| *delay < 2.0) {
        let home = routes.iter().all(|route| route.target().ip().is_loopback()) && !routes.is_empty() && contact.is_none();
        if !home || delay < 0.0 {
            let hint = "drop --delay; a shorter one is only for sites that --connect-to sends to loopback, without a contact";
            return Err(Fault::usage("--delay below 2 seconds would be impolite", hint).into());
        }
    }
    Ok(Reach { fetch: raw.fetch(contact, args.delay), routes, trust })
}

/// Reads routes.
pub(crate) fn routes(texts: &[String]) -> anyhow::Result<Vec<ConnectTo>> {
    let hint = "write HOST:PORT:ADDR:PORT as for curl, for instance www.city.example:443:127.0.0.1:8443";
    let read = |text: &String| text.parse().map_err(|error| Fault::usage(format!("--connect-to {text}: {error}"), hint).into());
    texts.iter().map(read).collect()
}
