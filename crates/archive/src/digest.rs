//! SHA-256 (FIPS 180-4) of bytes in memory and in files.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use model::Digest;
use sha2::{Digest as _, Sha256};

use crate::Error;

/// The SHA-256 digest of some bytes.
pub fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// The SHA-256 digest of a file, and how many bytes it has.
pub fn digest_of_file(path: &Path) -> Result<(Digest, u64), Error> {
    File::open(path).and_then(digest_of).map_err(Error::io("read", path))
}

/// The SHA-256 digest of all that can be read, and how many bytes that is.
pub(crate) fn digest_of(mut stream: impl Read) -> std::io::Result<(Digest, u64)> {
    let (mut sum, mut bytes, mut chunk) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        match stream.read(&mut chunk)? {
            0 => return Ok((Digest(sum.finalize().into()), bytes)),
            read => {
                sum.update(&chunk[..read]);
                bytes += read as u64;
            }
        }
    }
}

/// The SHA-256 digest of two pieces that follow each other.
pub(crate) fn digest_pair(head: &[u8], body: &[u8]) -> Digest {
    Digest(Sha256::new().chain_update(head).chain_update(body).finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `sha256sum` prints.
    fn check(bytes: &[u8], sum: &str) {
        assert_eq!(digest(bytes).to_string(), format!("sha256:{sum}"));
        let (head, body) = bytes.split_at(bytes.len() / 3);
        assert_eq!(digest_pair(head, body), digest(bytes));
    }

    #[test]
    fn digests_are_those_of_sha256sum() {
        check(b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        check(b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        check(&[b'a'; 1_000_000], "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
}
