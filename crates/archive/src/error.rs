//! What can go wrong with the archive. Each error names the segment and, where there is one, the record.

use std::path::{Path, PathBuf};

/// What can go wrong with the archive.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file system refused: no space, no permission, no such file.
    #[error("cannot {what} `{}`", path.display())]
    Io {
        /// What was tried, as in `write to`.
        what: &'static str,
        /// On which file or directory.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The segment ends inside a record: its writer was stopped there. Whole records before it are good.
    #[error("segment `{segment}` ends inside the record that starts at byte {offset}")]
    Torn {
        /// File name of the segment.
        segment: String,
        /// Where the torn record starts.
        offset: u64,
    },
    /// The bytes are not those that were written.
    #[error("record `{id}` at byte {offset} of segment `{segment}` is damaged: {what}")]
    Damaged {
        /// `WARC-Record-ID` without brackets, or `unknown` if it could not be read.
        id: String,
        /// File name of the segment.
        segment: String,
        /// Where the record starts.
        offset: u64,
        /// What differs.
        what: String,
    },
    /// A revisit whose body cannot be had from the record that it refers to.
    #[error("record `{id}` of segment `{segment}` has its body in record `{original}`, where it cannot be read")]
    Original {
        /// `WARC-Record-ID` of the revisit, without brackets.
        id: String,
        /// File name of its segment.
        segment: String,
        /// `WARC-Record-ID` of the response that should have the body.
        original: String,
        /// What is wrong with that one.
        #[source]
        source: Box<Self>,
    },
    /// More than one record may hold.
    #[error("`{url}` brought {size} bytes, more than the {limit} bytes of one record")]
    TooLarge {
        /// What was asked for.
        url: String,
        /// Bytes that came.
        size: usize,
        /// Bytes that one record may hold.
        limit: usize,
    },
    /// An entry of the log is not what was written: nothing may be appended behind it.
    #[error("entry {no} of the log `{}` is damaged: {what}", path.display())]
    Log {
        /// Which, from 1.
        no: u64,
        /// The log.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// A key that cannot be used.
    #[error("the key {at} cannot be used: {what}")]
    Key {
        /// Its file or its name.
        at: String,
        /// Why, and what to do.
        what: String,
    },
    /// Records that were to leave the archive and are in no closed segment.
    #[error("{missing} of the records wanted from `{}` are in no sealed segment: run `portolan seal`", dir.display())]
    Unsealed {
        /// How many.
        missing: usize,
        /// The archive.
        dir: PathBuf,
    },
    /// Entries that were to leave the archive and that nobody signed.
    #[error("no checkpoint of `{}` covers its first {entries} entries: run `portolan seal` with a key", dir.display())]
    Unsigned {
        /// How many entries it should cover.
        entries: u64,
        /// The archive.
        dir: PathBuf,
    },
    /// A timestamp that does not hold.
    #[error("what the timestamp authority `{authority}` answered is not kept: {what}")]
    Stamp {
        /// Its name in the configuration.
        authority: String,
        /// What is wrong.
        what: String,
    },
    /// A seal file that is not the one that the log knows.
    #[error("the seal of segment `{segment}` is not the one that the log knows: run `portolan verify`")]
    Seal {
        /// File name of the segment.
        segment: String,
    },
    /// A segment name from outside that is not a plain file name.
    #[error("`{0}` is not the name of a segment")]
    SegmentName(String),
}

impl Error {
    /// For `map_err` on a file operation.
    pub(crate) fn io(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Io { what, path: path.to_owned(), source }
    }
}
