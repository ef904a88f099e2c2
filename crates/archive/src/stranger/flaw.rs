//! Why a record of a stranger's file is not taken over, in words for a person.

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Its bytes are not those that were captured.
    #[error("its bytes are not those that were captured: {field} says {said}, they give {found}")]
    WrongDigest {
        /// Which digest.
        field: &'static str,
        /// What it says.
        said: String,
        /// What the bytes give.
        found: String,
    },
    /// A digest of a known kind that is none.
    #[error("its {field} `{said}` is no digest")]
    BadDigest {
        /// Which digest.
        field: &'static str,
        /// What it says.
        said: String,
    },
    /// A block larger than is taken.
    #[error("it has {size} bytes, more than the {limit} that are taken")]
    TooLarge {
        /// Bytes of its block.
        size: u64,
        /// What is taken.
        limit: u64,
    },
    /// A field that must be there once is there twice.
    #[error("it has two {0}, so that two programs could read two things")]
    Twice(&'static str),
    /// Another record before it has its identifier.
    #[error("another record before it has the same WARC-Record-ID")]
    SameId,
    /// Not the address of a web page.
    #[error("its address `{0}` is not one of the web (http or https)")]
    Address(String),
    /// An address with a name and a password in it.
    #[error("its address has a name or a password in it, and what is behind a log-in is not kept")]
    Credentials,
    /// No instant of capture.
    #[error("its WARC-Date `{0}` is no instant: a day and a time in UTC is needed")]
    Date(String),
    /// Captured later than now.
    #[error("its WARC-Date {0} is in the future: a clock was wrong, or the date was made up")]
    Future(String),
    /// The block is no response of a web server.
    #[error("its block is no HTTP response")]
    NotHttp,
    /// A body in chunks that break off.
    #[error("the chunks of its body are broken at byte {0}")]
    Chunks(usize),
    /// The request carried a password or token.
    #[error(
        "its request carried `authorization`: what is behind a log-in is not kept; capture it in a private window, logged out"
    )]
    LoggedIn,
    /// Not what a GET brought.
    #[error("it answers a {0}: only what a GET brought is kept")]
    Method(String),
    /// A record that only refers to a capture elsewhere.
    #[error("it is a revisit, which only refers to a capture elsewhere: capture with duplicates kept")]
    Revisit,
}
