//! The digests in a stranger's record, held against its bytes where their kind is known.

use md5::{Digest as _, Md5};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA512};

use super::fault::shown;
use super::flaw::Flaw;

/// What a digest proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proved {
    /// The bytes are those it was made of.
    Right,
    /// They are, but a forger can imitate this kind (MD5, SHA-1).
    Weak,
    /// There is none, or its kind is not known.
    Nothing,
}

/// Holds a digest against bytes; it must be right about one of `readings`.
pub(super) fn check(field: &'static str, said: Option<&str>, readings: &[&[u8]]) -> Result<Proved, Flaw> {
    let Some((kind, value)) = said.and_then(|said| said.split_once(':')) else { return Ok(Proved::Nothing) };
    let kind = kind.trim().to_ascii_lowercase().replace('-', "");
    let (length, proved) = match kind.as_str() {
        "md5" => (16, Proved::Weak),
        "sha1" => (20, Proved::Weak),
        "sha256" => (32, Proved::Right),
        "sha512" => (64, Proved::Right),
        _ => return Ok(Proved::Nothing),
    };
    let wanted = from_hex(value.trim(), length).or_else(|| from_base32(value.trim(), length));
    let wanted = wanted.ok_or_else(|| Flaw::BadDigest { field, said: shown(said.unwrap_or_default().as_bytes()) })?;
    let found: Vec<Vec<u8>> = readings.iter().map(|bytes| sum(&kind, bytes)).collect();
    if found.contains(&wanted) {
        return Ok(proved);
    }
    let told = |bytes: &[u8]| format!("{kind}:{}", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    Err(Flaw::WrongDigest { field, said: told(&wanted), found: told(found.first().map_or(&[], Vec::as_slice)) })
}

fn sum(kind: &str, bytes: &[u8]) -> Vec<u8> {
    let kind = match kind {
        "sha1" => &SHA1_FOR_LEGACY_USE_ONLY,
        "sha256" => &SHA256,
        "sha512" => &SHA512,
        _ => return Md5::digest(bytes).to_vec(),
    };
    ring::digest::digest(kind, bytes).as_ref().to_vec()
}

fn from_hex(text: &str, length: usize) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.filter(|digits| digits.len() == 2 * length)?;
    Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// Base32 (RFC 4648 §6), as most programs write SHA-1 here; padding may be left out.
fn from_base32(text: &str, length: usize) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    if text.len() != (length * 8).div_ceil(5) {
        return None;
    }
    let (mut bits, mut held, mut bytes) = (0_u32, 0_u32, Vec::with_capacity(length + 1));
    for c in text.bytes() {
        let digit = match c.to_ascii_uppercase() {
            letter @ b'A'..=b'Z' => letter - b'A',
            number @ b'2'..=b'7' => number - b'2' + 26,
            _ => return None,
        };
        (held, bits) = (held << 5 | u32::from(digit), bits + 5);
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    (held == 0 && bytes.len() == length).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `sha1sum`, `sha256sum`, `sha512sum`, `md5sum` and `base32` say of `abc`.
    const OF_ABC: [(&str, Proved); 7] = [
        ("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", Proved::Weak),
        ("SHA-1:a9993e364706816aba3e25717850c26c9cd0d89d", Proved::Weak),
        ("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Proved::Right),
        ("sha-256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ====", Proved::Right),
        ("md5:900150983cd24fb0d6963f7d28e17f72", Proved::Weak),
        (
            "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            Proved::Right,
        ),
        ("blake3:6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85", Proved::Nothing),
    ];

    #[test]
    fn digests_of_every_kind_are_held_against_the_bytes() {
        for (said, proved) in OF_ABC {
            assert_eq!(check("WARC-Block-Digest", Some(said), &[b"abc"]), Ok(proved), "{said}");
            assert_eq!(check("WARC-Block-Digest", Some(said), &[b"x", b"abc"]), Ok(proved), "{said}");
            let other = check("WARC-Block-Digest", Some(said), &[b"abd"]);
            assert_eq!(other.is_err(), proved != Proved::Nothing, "{said}");
        }
        assert_eq!(check("WARC-Block-Digest", None, &[b"abc"]), Ok(Proved::Nothing));
        for said in ["sha1:", "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE1", "sha256:00", "md5:é"] {
            assert!(matches!(check("WARC-Block-Digest", Some(said), &[b"abc"]), Err(Flaw::BadDigest { .. })), "{said}");
        }
    }
}
