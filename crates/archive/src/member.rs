//! The next record of a byte stream, read under limits: nothing is believed before it was seen.

use std::io::{BufRead, BufReader, Error as IoError, ErrorKind, Read};

use flate2::bufread::GzDecoder;

use crate::archive::MAX_BLOCK;
use crate::fields::{self, RawRecord};

/// Bytes of the longest head of a record.
const MAX_HEAD: u64 = 1 << 20;

/// Why there is no next record.
pub(crate) enum Fault {
    /// The stream ends inside the record.
    Torn,
    /// The bytes are no record, or not the one that was written.
    Damaged {
        /// Its identifier, if the head could be read.
        id: Option<String>,
        what: String,
    },
    /// The system could not read.
    Io(IoError),
}

/// Reads the record that starts here, which is `offset` in the segment; `None` at the end of the stream.
pub(crate) fn next(stream: &mut impl BufRead, offset: u64) -> Result<Option<RawRecord>, Fault> {
    if stream.fill_buf().map_err(Fault::Io)?.is_empty() {
        return Ok(None);
    }
    let mut counted = Counted { stream, taken: 0 };
    let mut plain = BufReader::new(GzDecoder::new(&mut counted));
    let fields = head(&mut plain)?;
    let mut record = RawRecord { offset, length: 0, fields, block: Vec::new() };
    let damaged = |record: &RawRecord, what| Fault::Damaged { id: Some(record.id().to_owned()), what };

    let length = record.field("Content-Length").and_then(|length| length.parse::<usize>().ok());
    let Some(length) = length.filter(|length| *length <= MAX_BLOCK) else {
        let said = record.field("Content-Length").unwrap_or_default().to_owned();
        return Err(damaged(&record, format!("its Content-Length is `{said}`, not a number up to {MAX_BLOCK}")));
    };
    // Grows with what really comes, not with what the head promises.
    plain.by_ref().take(length as u64).read_to_end(&mut record.block).map_err(|e| fault(e, Some(&record)))?;
    let mut end = Vec::with_capacity(5);
    plain.by_ref().take(5).read_to_end(&mut end).map_err(|e| fault(e, Some(&record)))?;
    if record.block.len() != length || end != b"\r\n\r\n" {
        return Err(damaged(&record, format!("its block is not the {length} bytes of its Content-Length")));
    }
    drop(plain);
    record.length = counted.taken;
    match record.difference() {
        Some(what) => Err(damaged(&record, what)),
        None => Ok(Some(record)),
    }
}

fn head(plain: &mut impl BufRead) -> Result<Vec<(String, String)>, Fault> {
    let mut head = Vec::with_capacity(1024);
    let mut limited = plain.take(MAX_HEAD);
    while !head.ends_with(b"\r\n\r\n") {
        if limited.read_until(b'\n', &mut head).map_err(|e| fault(e, None))? == 0 {
            return Err(Fault::Damaged { id: None, what: format!("its head has no end within {MAX_HEAD} bytes") });
        }
    }
    fields::parse(&head).map_err(|what| Fault::Damaged { id: None, what })
}

fn fault(error: IoError, record: Option<&RawRecord>) -> Fault {
    match error.kind() {
        ErrorKind::UnexpectedEof => Fault::Torn,
        _ if error.raw_os_error().is_some() => Fault::Io(error),
        _ => Fault::Damaged { id: record.map(|record| record.id().to_owned()), what: error.to_string() },
    }
}

/// Counts what was taken from a stream.
struct Counted<'a, R> {
    stream: &'a mut R,
    taken: u64,
}

impl<R: BufRead> Read for Counted<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let n = self.stream.read(buf)?;
        self.taken += n as u64;
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<'_, R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.stream.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount as u64;
        self.stream.consume(amount);
    }
}
