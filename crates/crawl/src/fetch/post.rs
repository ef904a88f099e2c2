//! Sends a small body for a small answer, as a timestamp authority is asked (RFC 3161 §3.4).
//!
//! Not for portals: it asks no robots.txt and keeps no pace. The guard against private addresses holds all the same.

use std::time::Duration;

use model::Miss;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue, USER_AGENT};
use reqwest::{Body, Method, Request, Response};
use url::Url;

use super::address::Addresses;
use super::failure::classify;
use super::lane::Lanes;
use super::{Cause, Error, Limits, wire};
use crate::route::ConnectTo;

/// What is sent, and what must come back.
#[derive(Debug, Clone, Copy)]
pub struct Post<'a> {
    /// Where to, by https or http.
    pub url: &'a Url,
    /// What is sent.
    pub body: &'a [u8],
    /// Its content type, as in `application/timestamp-query`.
    pub kind: &'a str,
    /// The content type that the answer must have, as in `application/timestamp-reply`.
    pub answer: &'a str,
    /// Who asks: product and version.
    pub agent: &'a str,
}

/// Limits of one answer.
#[derive(Debug, Clone, Copy)]
pub struct PostLimits {
    /// Most bytes of it.
    pub bytes: usize,
    /// Longest time from the first step to its last byte.
    pub total: Duration,
}

impl PostLimits {
    /// A thousand times what a timestamp needs.
    pub const DEFAULT: Self = Self { bytes: 1 << 20, total: Duration::from_secs(20) };
}

/// Why no answer came of a POST.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// There is no client to send it with.
    #[error("nothing can be sent to `{url}`")]
    Client {
        /// Where to.
        url: String,
        /// Why.
        #[source]
        source: Error,
    },
    /// The kind or the agent does not fit into a header.
    #[error("nothing was sent to `{url}`: `{text}` cannot be sent as a header")]
    Header {
        /// Where to.
        url: String,
        /// What does not fit.
        text: String,
    },
    /// No request left, or nothing came back.
    #[error("`{url}` brought nothing ({miss}): {why}")]
    Nothing {
        /// Where to.
        url: String,
        /// The class of the cause; `forbidden` where the address is private.
        miss: Miss,
        /// What happened.
        why: String,
    },
    /// The answer is a refusal, or a redirect, which is not followed.
    #[error("`{url}` answered with status {status} instead of 200")]
    Status {
        /// Where to.
        url: String,
        /// The status.
        status: u16,
    },
    /// The answer is something else.
    #[error("`{url}` answered with `{found}` instead of `{expected}`")]
    Kind {
        /// Where to.
        url: String,
        /// The content type of the answer.
        found: String,
        /// The one that it must have.
        expected: String,
    },
    /// The answer is too large.
    #[error("`{url}` answered with more than {most} bytes")]
    TooLarge {
        /// Where to.
        url: String,
        /// The limit.
        most: usize,
    },
}

/// Sends a body and brings the answer. Follows no redirect and sends nothing to a private address, unless a route says
/// so. `trust` holds certificate authorities as PEM, besides those of the machine.
pub async fn post(post: Post<'_>, routes: Vec<ConnectTo>, trust: &[Vec<u8>], limits: PostLimits) -> Result<Vec<u8>, PostError> {
    let of_client = Limits { connect: Limits::DEFAULT.connect.min(limits.total), ..Limits::DEFAULT };
    let lanes = Lanes::new(of_client, true, trust).map_err(|source| PostError::Client { url: post.url.to_string(), source })?;
    let addresses = Addresses::of_anyone(routes, of_client);
    let asking = async {
        // An address that cannot be reached is followed by the next one of the name, once.
        match ask(&post, &addresses, &lanes, limits).await {
            Err(PostError::Nothing { miss: Miss::Connect, why, .. }) => {
                tracing::debug!(url = %post.url, "asking once more: {why}");
                addresses.failed(post.url);
                ask(&post, &addresses, &lanes, limits).await
            }
            other => other,
        }
    };
    let late = || post.nothing(Cause::new(Miss::Timeout, format!("no whole answer within {:?}", limits.total)));
    tokio::time::timeout(limits.total, asking).await.unwrap_or_else(|_| Err(late()))
}

async fn ask(post: &Post<'_>, addresses: &Addresses, lanes: &Lanes, limits: PostLimits) -> Result<Vec<u8>, PostError> {
    let target = addresses.of(post.url).await.map_err(|cause| post.nothing(cause))?.socket;
    let lane = lanes.lane(target.port()).map_err(|cause| post.nothing(cause))?;
    let mut request = Request::new(Method::POST, lane.dial(post.url, target));
    wire::keep_host(&mut request, post.url);
    for (name, text) in [(USER_AGENT, post.agent), (CONTENT_TYPE, post.kind), (ACCEPT, post.answer)] {
        let value = HeaderValue::from_str(text);
        let value = value.map_err(|_| PostError::Header { url: post.url.to_string(), text: text.to_owned() })?;
        request.headers_mut().insert(name, value);
    }
    *request.body_mut() = Some(Body::from(post.body.to_vec()));
    let failed = |error: reqwest::Error| post.nothing(classify(&error, post.url));
    let mut response = lane.client.execute(request).await.map_err(failed)?;
    post.check(&response)?;
    let too_large = || PostError::TooLarge { url: post.url.to_string(), most: limits.bytes };
    if response.content_length().is_some_and(|announced| announced > limits.bytes as u64) {
        return Err(too_large());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if chunk.len() > limits.bytes - body.len() {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

impl Post<'_> {
    fn nothing(&self, Cause { miss, detail }: Cause) -> PostError {
        PostError::Nothing { url: self.url.to_string(), miss, why: detail }
    }

    fn check(&self, response: &Response) -> Result<(), PostError> {
        let (url, status) = (self.url.to_string(), response.status().as_u16());
        if status != 200 {
            return Err(PostError::Status { url, status });
        }
        let kind = response.headers().get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
        let found = String::from_utf8_lossy(kind).into_owned();
        let bare = found.split(';').next().unwrap_or_default().trim();
        if bare.eq_ignore_ascii_case(self.answer) {
            Ok(())
        } else {
            Err(PostError::Kind { url, found, expected: self.answer.to_owned() })
        }
    }
}
