//! The unpacked bytes of a stranger's WARC file, gzip or plain, under limits.

use std::io::{BufReader, Chain, Cursor, Read, Result as IoResult};

use flate2::bufread::MultiGzDecoder;

use super::Limits;
use super::fault::Fault;

const GZIP: &[u8] = b"\x1f\x8b";
const ZSTANDARD: &[u8] = b"\x28\xb5\x2f\xfd";

/// Unpacked bytes, of which no more come than the limits allow.
pub(super) struct Source<R: Read> {
    bytes: Bytes<Chain<Cursor<Vec<u8>>, R>>,
    given: u64,
    limits: Limits,
}

enum Bytes<R: Read> {
    Plain(R),
    Packed(Box<MultiGzDecoder<BufReader<Counted<R>>>>),
}

impl<R: Read> Source<R> {
    /// Looks at the first bytes of a stream.
    pub(super) fn of(mut stream: R, limits: &Limits) -> Result<Self, Fault> {
        let mut start = Vec::new();
        stream.by_ref().take(4).read_to_end(&mut start).map_err(|error| Fault::of(error, 1, 0))?;
        if start.starts_with(ZSTANDARD) {
            return Err(Fault::Zstandard);
        }
        let packed = start.starts_with(GZIP);
        let stream = Cursor::new(start).chain(stream);
        let bytes = if packed {
            Bytes::Packed(Box::new(MultiGzDecoder::new(BufReader::with_capacity(64 << 10, Counted { stream, taken: 0 }))))
        } else {
            Bytes::Plain(stream)
        };
        Ok(Self { bytes, given: 0, limits: limits.clone() })
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        let (n, packed) = match &mut self.bytes {
            Bytes::Plain(bytes) => (bytes.read(buffer)?, None),
            Bytes::Packed(bytes) => (bytes.read(buffer)?, Some(bytes.get_ref().get_ref().taken)),
        };
        self.given += n as u64;
        let Limits { total, ratio, ratio_after, .. } = self.limits;
        if self.given > total {
            return Err(Fault::TooLarge { limit: total }.into());
        }
        if packed.is_some_and(|packed| self.given > ratio_after && self.given > packed.saturating_mul(ratio)) {
            return Err(Fault::Bomb { ratio }.into());
        }
        Ok(n)
    }
}

/// Counts what was taken from a stream.
struct Counted<R> {
    stream: R,
    taken: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        let n = self.stream.read(buffer)?;
        self.taken += n as u64;
        Ok(n)
    }
}
