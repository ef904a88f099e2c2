//! Requests and responses as plain data, so that a site's dynamic part needs no HTTP library.

use std::net::SocketAddr;

use hyper::body::Bytes;

/// A request as a site sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Method in upper case.
    pub method: String,
    /// Host asked for: lower case, without port and trailing dot.
    pub host: String,
    /// Path as sent, still percent-encoded, with its leading slash.
    pub path: String,
    /// Query as sent, without the question mark.
    pub query: Option<String>,
    /// Header fields in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body, at most 64 KiB; empty for GET and HEAD.
    pub body: Bytes,
    /// Address of the other end; tells connections apart.
    pub peer: SocketAddr,
    /// Whether it came over TLS.
    pub secure: bool,
}

impl Request {
    /// The first value of a header field; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a parameter of the query, decoded.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let query = self.query.as_deref()?;
        url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}

/// A response of a site. `Content-Length` and `Date` are added on the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Status code, 200 to 599.
    pub status: u16,
    /// Header fields in order. A field that HTTP forbids is left out on the way out.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Bytes,
}

impl Response {
    /// A response of one content type.
    pub fn new(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self { status, headers: vec![("content-type".to_owned(), content_type.to_owned())], body: body.into() }
    }

    /// An HTML page in UTF-8.
    pub fn html(status: u16, body: impl Into<Bytes>) -> Self {
        Self::new(status, "text/html; charset=utf-8", body)
    }

    /// A redirect with a short page for people.
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::html(status, "<!doctype html><title>Moved</title><p>This page has moved.</p>").with("location", location)
    }

    /// The same response with one more header field; `name` in lower case.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The first value of a header field; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}
