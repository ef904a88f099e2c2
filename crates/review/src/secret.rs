//! Secrets: passwords (argon2id, RFC 9106), random tokens, and their digests.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use model::Digest;

/// The shortest password, in characters.
pub(crate) const SHORTEST: usize = 12;

/// The longest, so that hashing stays cheap.
pub(crate) const LONGEST: usize = 256;

/// Passwords that people choose first, of at least the shortest length. In lower case.
const COMMON: [&str; 28] = [
    "123456789012",
    "1234567890123",
    "12345678901234",
    "123123123123",
    "111111111111",
    "000000000000",
    "passwordpassword",
    "password1234",
    "password12345",
    "password123456",
    "passw0rd1234",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiopasdf",
    "qwerty123456",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "iloveyou1234",
    "letmein12345",
    "welcome12345",
    "welcome123456",
    "administrator",
    "administrator1",
    "changeme1234",
    "abcdefghijkl",
    "abcd1234abcd",
    "portolan1234",
    "portolanportolan",
];

/// Memory in KiB and passes: twice the least that OWASP asks for, some 60 ms on a slow machine.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

fn hasher() -> Argon2<'static> {
    let params = Params::new(COST.0, COST.1, COST.2, None).expect("the cost above is within the limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// What is wrong with a new password, as the key of a text.
pub(crate) fn weakness(password: &str, person: &str) -> Option<&'static str> {
    let length = password.chars().count();
    let lower = password.to_lowercase();
    let mut different: Vec<char> = lower.chars().collect();
    different.sort_unstable();
    different.dedup();
    match () {
        () if length < SHORTEST => Some("password-short"),
        () if length > LONGEST => Some("password-long"),
        () if COMMON.contains(&lower.as_str()) || different.len() < 5 => Some("password-common"),
        () if person.len() > 2 && lower.contains(&person.to_lowercase()) => Some("password-name"),
        () => None,
    }
}

/// The hash of a password, as PHC string. Slow on purpose: not for async threads.
pub(crate) fn hash(password: &str) -> String {
    hasher().hash_password(password.as_bytes()).expect("a password of that length can be hashed").to_string()
}

/// Whether a password has that hash. Without a hash as slow as with one, so that nobody learns who exists.
pub(crate) fn verify(password: &str, hash: Option<&str>) -> bool {
    let parsed = hash.and_then(|hash| PasswordHash::new(hash).ok());
    match parsed {
        Some(parsed) => hasher().verify_password(password.as_bytes(), &parsed).is_ok(),
        None => {
            let _ = hasher().hash_password(password.as_bytes());
            false
        }
    }
}

/// A random secret of 256 bits, in hexadecimal.
pub(crate) fn random() -> String {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    hexadecimal(&bytes)
}

/// A random name of 128 bits that says nothing, in the form of a UUID (RFC 9562, version 4).
pub(crate) fn name() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hexadecimal(&bytes);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The digest under which a secret is kept.
pub(crate) fn digest(secret: &str) -> Digest {
    archive::digest(secret.as_bytes())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
