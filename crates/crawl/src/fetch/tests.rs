//! Fetching from loopback servers, kind and hostile, over real sockets.

mod hostile;
mod kind;
mod pace;
mod post;
mod redirects;
mod robots;
mod server;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use model::{Capture, Exchange, Headers, Missed, Purpose, Time};
use url::Url;

use super::*;
use crate::pace::MemoryBook;

/// An answer as the wire would hand it on.
pub(super) fn answer(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Exchange {
    let now = Time::from_micros(0).unwrap();
    Exchange {
        purpose: Purpose::Answer,
        url: Url::parse("https://city.example/a/b").unwrap(),
        request: Headers::default(),
        sent: now,
        done: now,
        version: "HTTP/1.1".to_owned(),
        status,
        headers: Headers(headers.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()),
        body: body.to_vec(),
        address: None,
        resolved: Vec::new(),
        tls: None,
        truncated: None,
    }
}

/// Polite, without delay, with limits that tests can wait for.
pub(super) fn settings() -> Settings {
    let ms = Duration::from_millis;
    Settings {
        agent: "Portolan/0.0".to_owned(),
        contact: Some(url("https://portolan.example/about")),
        polite: true,
        pace: PaceRules { delay: Duration::ZERO, longest: ms(60_000), stop_after: 3 },
        limits: Limits {
            connect: ms(250),
            idle: ms(150),
            total: ms(900),
            slow_after: ms(150),
            patience: ms(800),
            ..Limits::DEFAULT
        },
    }
}

fn fetcher(settings: Settings, routes: &[String]) -> Fetcher {
    let routes = routes.iter().map(|route| route.parse().unwrap()).collect();
    Fetcher::new(settings, routes, &[], Arc::new(MemoryBook::default()), vec![], vec![]).unwrap()
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

async fn get(fetcher: &Fetcher, text: &str) -> Result<Capture, Missed> {
    fetcher.get(&url(text), None, &|_| true).await
}

/// Fetches and expects a miss: its class and a part of what it says.
async fn check_miss(fetcher: &Fetcher, text: &str, miss: Miss, detail: &str) -> Missed {
    let missed = get(fetcher, text).await.unwrap_err();
    assert_eq!(missed.miss, miss, "{}", missed.detail);
    assert!(missed.detail.contains(detail), "{}", missed.detail);
    missed
}
