//! One visit from its URL to its answer: per hop the address, robots.txt, the turn, the request and the verdict.

use std::time::Duration;

use model::{Capture, Exchange, Miss, Missed, Purpose, RobotsAnswer};
use url::{Host, Url};

use super::permission::permission;
use super::verdict::{self, Verdict};
use super::wire::Ask;
use super::{Cause, Conditional, Fetcher};

/// What was exchanged and learned on the way.
#[derive(Debug, Default)]
pub(super) struct Trail {
    pub(super) exchanges: Vec<Exchange>,
    pub(super) robots: Vec<RobotsAnswer>,
}

/// An answer, with whose challenge page it is if it is one.
pub(super) struct Answered {
    pub(super) exchange: Exchange,
    pub(super) challenge: Option<&'static str>,
}

/// Follows a visit to its end.
pub(super) async fn walk(
    fetcher: &Fetcher,
    url: &Url,
    conditional: Option<&Conditional>,
    scope: &(dyn Fn(&Url) -> bool + Send + Sync),
) -> Result<Capture, Missed> {
    let mut trail = Trail::default();
    match hops(fetcher, url, conditional, scope, &mut trail).await {
        Ok(()) => Ok(Capture { exchanges: trail.exchanges, robots: trail.robots }),
        Err(Cause { miss, detail }) => Err(Missed { miss, detail, exchanges: trail.exchanges, robots: trail.robots }),
    }
}

async fn hops(
    fetcher: &Fetcher,
    url: &Url,
    conditional: Option<&Conditional>,
    scope: &(dyn Fn(&Url) -> bool + Send + Sync),
    trail: &mut Trail,
) -> Result<(), Cause> {
    let mut been = Vec::new();
    let mut at = url.clone();
    at.set_fragment(None);
    loop {
        fetcher.addresses.of(&at).await?;
        let known = permission(fetcher, &at, trail).await?;
        known.check(&at)?;
        let ask = Ask { url: &at, purpose: Purpose::Answer, conditional };
        let Answered { mut exchange, challenge } = fetcher.ask(ask, known.crawl_delay).await?;
        let verdict = verdict::verdict(&exchange, challenge, conditional.is_some());
        if let Verdict::Redirect(_) = &verdict {
            exchange.purpose = Purpose::Redirect;
        }
        let wants_cookie = exchange.headers.get("set-cookie").is_some();
        trail.exchanges.push(exchange);
        let next = match verdict {
            Verdict::Page => return Ok(()),
            Verdict::Missed(cause) => return Err(cause),
            Verdict::Redirect(next) => next,
        };
        been.push(at);
        check_redirect(&next, &been, wants_cookie, fetcher.settings.limits.redirects)?;
        if !scope(&next) {
            return Err(Cause::new(Miss::Redirect, format!("redirects out of scope, to `{next}`")));
        }
        at = next;
    }
}

fn check_redirect(next: &Url, been: &[Url], wants_cookie: bool, most: usize) -> Result<(), Cause> {
    if been.contains(next) {
        let why = if wants_cookie { " (it sets a cookie, which we do not send back)" } else { "" };
        return Err(Cause::new(Miss::Redirect, format!("redirects in a circle, back to `{next}`{why}")));
    }
    if been.len() > most {
        return Err(Cause::new(Miss::Redirect, format!("more than {most} redirects, the last to `{next}`")));
    }
    Ok(())
}

impl Fetcher {
    /// One exchange at its turn; once more if the connection failed or nothing came.
    pub(super) async fn ask(&self, ask: Ask<'_>, crawl_delay: Option<Duration>) -> Result<Answered, Cause> {
        match self.ask_once(ask, crawl_delay).await {
            Err(Cause { miss: Miss::Connect | Miss::Timeout, detail }) => {
                tracing::debug!(url = %ask.url, "asking once more: {detail}");
                self.ask_once(ask, crawl_delay).await
            }
            other => other,
        }
    }

    async fn ask_once(&self, ask: Ask<'_>, crawl_delay: Option<Duration>) -> Result<Answered, Cause> {
        let target = self.addresses.of(ask.url).await?;
        let lane = self.lanes.lane(target.socket.port())?;
        let turn = self.gate.enter(&host_key(ask.url), target.socket.ip(), crawl_delay).await?;
        let sent = self.clock.now();
        match self.wire.send(&lane, ask, &target).await {
            Ok(exchange) => {
                let challenge = verdict::challenge(&exchange);
                turn.leave(verdict::ended(&exchange, challenge)).await;
                Ok(Answered { exchange, challenge })
            }
            Err(cause) => {
                turn.leave(verdict::silence(sent, self.clock.now())).await;
                self.addresses.failed(ask.url);
                Err(cause)
            }
        }
    }
}

/// The host as [`model::HostPace`] names it: with port if not the scheme's own, an IPv6 address without brackets.
fn host_key(url: &Url) -> String {
    let host = match url.host() {
        Some(Host::Ipv6(ip)) if url.port().is_none() => ip.to_string(),
        _ => url.host_str().unwrap_or_default().to_owned(),
    };
    url.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}"))
}
