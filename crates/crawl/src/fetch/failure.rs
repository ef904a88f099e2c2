//! Which miss a failed request is, told from what reqwest says about it.

use std::error::Error as _;
use std::io::{Error, ErrorKind};

use model::Miss;
use url::Url;

use super::Cause;

/// Which miss a failed request is. hyper's own kinds cannot be named from here, so its words have to do.
pub(super) fn classify(error: &reqwest::Error, url: &Url) -> Cause {
    let told = describe(error);
    let io = io_kind(error);
    let miss = if error.is_timeout() {
        Miss::Timeout
    } else if error.is_connect() {
        let tcp_failed = told.contains("tcp connect error");
        if url.scheme() == "https" && !tcp_failed && io != Some(ErrorKind::ConnectionReset) { Miss::Tls } else { Miss::Connect }
    } else if told.contains("message head is too large") {
        Miss::TooLarge
    } else if io.is_some() || told.contains("closed before") {
        Miss::Connect
    } else {
        Miss::Malformed
    };
    Cause::new(miss, told)
}

fn io_kind(error: &reqwest::Error) -> Option<ErrorKind> {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(io) = cause.downcast_ref::<Error>() {
            return Some(io.kind());
        }
        source = cause.source();
    }
    None
}

/// The causes from the second on, which reqwest's own text leaves out; the URL is known anyway.
pub(super) fn describe(error: &reqwest::Error) -> String {
    let mut told = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        let text = cause.to_string();
        if told.last() != Some(&text) {
            told.push(text);
        }
        source = cause.source();
    }
    if told.is_empty() { error.to_string() } else { told.join(": ") }
}
