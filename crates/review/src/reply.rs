//! What a handler answers, and why it does not.

use axum::body::Body;
use axum::http::{HeaderName, Response, StatusCode, header};
use maud::Markup;
use serde::Serialize;
use serde_json::{Value, json};

/// What a handler answers.
pub(crate) enum Reply {
    /// A screen; as JSON its data. The language is that of the title, where it is not the reader's.
    Screen { title: String, language: Option<String>, body: Markup, data: Value },
    /// Something was done; pages go on there.
    Done { to: String, data: Value },
    /// As it stands, with these headers and no frame of ours.
    Raw { media: &'static str, bytes: Vec<u8>, headers: Vec<(HeaderName, String)> },
}

impl Reply {
    /// A screen.
    pub(crate) fn screen(title: impl Into<String>, data: &impl Serialize, body: Markup) -> Self {
        let data = serde_json::to_value(data).expect("views are plain data");
        Self::Screen { title: title.into(), language: None, body, data }
    }

    /// The screen with a title in that language.
    pub(crate) fn titled_in(self, tag: &str) -> Self {
        match self {
            Self::Screen { title, body, data, .. } => Self::Screen { title, language: Some(tag.to_owned()), body, data },
            other => other,
        }
    }

    /// Something was done.
    pub(crate) fn done(to: impl Into<String>, data: Value) -> Self {
        Self::Done { to: to.into(), data }
    }

    /// A file to keep.
    pub(crate) fn file(name: &str, media: &'static str, bytes: Vec<u8>) -> Self {
        let disposition = format!("attachment; filename=\"{}\"", name.replace(|c: char| !c.is_ascii_graphic() || c == '"', "_"));
        Self::Raw { media, bytes, headers: vec![(header::CONTENT_DISPOSITION, disposition)] }
    }
}

/// Words over a page, with their language where it is not the reader's.
#[derive(Debug)]
pub(crate) struct Titled {
    pub(crate) words: String,
    pub(crate) language: Option<String>,
}

/// Why something was not done.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Somebody has to sign in.
    SignIn,
    /// There is no such thing, or it is not told whether there is.
    Unknown,
    /// There is, and it is not for them; the key of a text says more.
    Forbidden(&'static str),
    /// What was sent is wrong: fields with what is wrong with each.
    Wrong(Vec<(String, String)>),
    /// It was changed by somebody else, or elsewhere, in the meantime: what stands now.
    Stale(Value),
    /// Something stands in the way, in words.
    Conflict(String),
    /// Too many tries: seconds to wait.
    TooMany(u64),
    /// As that one, on a page of its own on which it can be put right: title and body.
    Page(Box<Self>, Titled, Markup),
    /// Ledger, archive or the like cannot go on. Told in the log, not to the browser.
    Broken(String),
}

impl Refusal {
    /// One field is wrong.
    pub(crate) fn field(name: &str, what: impl Into<String>) -> Self {
        Self::Wrong(vec![(name.to_owned(), what.into())])
    }

    /// Its status (RFC 9110, section 15; 429 is RFC 6585).
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Wrong(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Stale(_) | Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Page(why, ..) => why.status(),
        }
    }

    /// As problem details (RFC 9457).
    pub(crate) fn problem(&self, title: &str, detail: &str) -> Value {
        let mut problem = json!({ "type": "about:blank", "title": title, "status": self.status().as_u16(), "detail": detail });
        match self {
            Self::Wrong(fields) => {
                problem["fields"] = fields.iter().map(|(name, what)| json!({ "name": name, "what": what })).collect();
            }
            Self::Stale(stands) => problem["stands"] = stands.clone(),
            _ => {}
        }
        problem
    }
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        Self::Broken(chain(&error))
    }
}

impl From<archive::Error> for Refusal {
    fn from(error: archive::Error) -> Self {
        Self::Broken(chain(&error))
    }
}

impl From<crate::Error> for Refusal {
    fn from(error: crate::Error) -> Self {
        match error {
            crate::Error::Rule(what) => Self::Conflict(what),
            crate::Error::Stale { stands, .. } => Self::Stale(stands),
            other => Self::Broken(chain(&other)),
        }
    }
}

pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        told = format!("{told}: {error}");
        cause = error.source();
    }
    told
}

/// A response of that status with that body.
pub(crate) fn response(status: StatusCode, media: &str, body: impl Into<Body>) -> Response<Body> {
    let built = Response::builder().status(status).header(header::CONTENT_TYPE, media).body(body.into());
    built.expect("status and media type are ours")
}
