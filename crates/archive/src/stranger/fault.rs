//! Why a stranger's file is not taken at all: each reason by its own name, in words for a person.
//!
//! Records are numbered from 1, bytes are those of the unpacked WARC file from 0.

use crate::wacz::Refusal;

/// Why a file is refused.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file system refused.
    #[error("cannot {what} the file: check that it is there and may be read")]
    Io {
        /// What was tried.
        what: &'static str,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The container is refused, or a file in it.
    #[error(transparent)]
    Package(Refusal),
    /// A WARC file in the package is refused.
    #[error("its file `{name}` is not taken: {fault}")]
    Within {
        /// The file.
        name: String,
        /// Why.
        fault: Box<Self>,
    },
    /// It does not begin as a WARC file does.
    #[error("this is neither a WARC file nor a WACZ, it begins with `{start}`: export the capture as WACZ or WARC")]
    NotWarc {
        /// Its first bytes, safe to show.
        start: String,
    },
    /// Nothing in it.
    #[error("the file is empty: if it was downloaded, download it again")]
    Empty,
    /// Packed with Zstandard.
    #[error("the file is packed with Zstandard, which is not read: unpack it, or pack it with gzip")]
    Zstandard,
    /// A WARC version that is not known.
    #[error("record {no} is of the version `{version}`: WARC 1.0 and 1.1 are read; convert it")]
    Version {
        /// Which record.
        no: u64,
        /// What stands there.
        version: String,
    },
    /// It ends inside a record.
    #[error("it ends inside record {no}, which starts at byte {at}: if it was downloaded, download it again")]
    Torn {
        /// Which record.
        no: u64,
        /// Where it starts.
        at: u64,
    },
    /// The packed bytes cannot be unpacked.
    #[error("its packed bytes are damaged in record {no}, which starts at byte {at}: if it was downloaded, download it again")]
    Damaged {
        /// Which record.
        no: u64,
        /// Where it starts.
        at: u64,
    },
    /// Something else stands where a record should begin.
    #[error(
        "at byte {at}, where record {no} should begin, stands `{found}`: the length of the record before is wrong, have the file written anew"
    )]
    NoRecord {
        /// Which record.
        no: u64,
        /// Where.
        at: u64,
        /// What stands there, safe to show.
        found: String,
    },
    /// A head that does not end.
    #[error("the head of record {no} at byte {at} has more than {limit} bytes, as no honest one has: do not trust this file")]
    HeadTooLong {
        /// Which record.
        no: u64,
        /// Where it starts.
        at: u64,
        /// What is taken.
        limit: u64,
    },
    /// A line of a head that is no field.
    #[error("the head of record {no} at byte {at} has the line `{line}`, which is no field: have the file written anew")]
    BadHead {
        /// Which record.
        no: u64,
        /// Where it starts.
        at: u64,
        /// The line, safe to show.
        line: String,
    },
    /// No length, a wrong one, or two.
    #[error("record {no} at byte {at} has the Content-Length `{said}`, so that its end is not known: have the file written anew")]
    BadLength {
        /// Which record.
        no: u64,
        /// Where it starts.
        at: u64,
        /// What stands there, safe to show.
        said: String,
    },
    /// More records than are taken.
    #[error("it has more than {limit} records: split the capture into several files")]
    TooManyRecords {
        /// What is taken.
        limit: u64,
    },
    /// More bytes than are taken.
    #[error("it has more than {limit} bytes when unpacked: split the capture into several files")]
    TooLarge {
        /// What is taken.
        limit: u64,
    },
    /// More bytes of requests than are taken.
    #[error("the requests in it have more than {limit} bytes: split the capture into several files")]
    RequestsTooLarge {
        /// What is taken.
        limit: u64,
    },
    /// It grows beyond reason when it is unpacked.
    #[error("it grows to more than {ratio} times its size when it is unpacked, as only a bomb does: do not trust this file")]
    Bomb {
        /// What is taken.
        ratio: u64,
    },
    /// It is read again and is another.
    #[error("the file was changed while it was read: wait until whatever writes it is done, then ingest it again")]
    Changed,
    /// Nothing in it can be taken over.
    #[error("nothing in it can be taken over{}", .first.as_ref().map_or_else(|| ": it has no response of a web server".to_owned(), |first| format!(" ({refused} records are refused); {first}")))]
    Nothing {
        /// How many records were refused.
        refused: usize,
        /// The first of them, with the reason.
        first: Option<String>,
    },
}

impl Fault {
    /// What an error of a stream was, while a record was read.
    pub(super) fn of(error: std::io::Error, no: u64, at: u64) -> Self {
        let error = match error.downcast::<Self>() {
            Ok(fault) => return fault,
            Err(error) => error,
        };
        match error.downcast::<Refusal>() {
            Ok(refusal) => Self::Package(refusal),
            Err(source) if source.kind() == std::io::ErrorKind::UnexpectedEof => Self::Torn { no, at },
            Err(source) if source.raw_os_error().is_some() => Self::Io { what: "read", source },
            Err(_) => Self::Damaged { no, at },
        }
    }
}

impl From<Fault> for std::io::Error {
    fn from(fault: Fault) -> Self {
        Self::new(std::io::ErrorKind::InvalidData, fault)
    }
}

/// Bytes of a stranger as they can be shown: one line, nothing that a terminal obeys, not too many.
pub(super) fn shown(bytes: &[u8]) -> String {
    let text: String = String::from_utf8_lossy(&bytes[..bytes.len().min(240)]).chars().take(60).collect();
    text.escape_debug().to_string()
}
