//! Keys: Ed25519 (RFC 8032) in the text forms of C2SP `signed-note`.

use std::fmt::{Display, Formatter};
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use sha2::{Digest as _, Sha256};

use crate::Error;

/// How Ed25519 is called in a key (C2SP `signed-note`).
const ED25519_KIND: u8 = 1;

/// How a secret key begins.
const SECRET: &str = "PRIVATE+KEY+";

/// The public half of a key with its name, written `NAME+ID+BASE64`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    public: [u8; 32],
}

impl Verifier {
    /// The name that stands in signatures.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public key.
    pub fn public(&self) -> &[u8; 32] {
        &self.public
    }

    /// The four bytes that tell this key from others of the same name.
    pub fn id(&self) -> [u8; 4] {
        let hash = Sha256::new().chain_update(&self.name).chain_update([b'\n', ED25519_KIND]).chain_update(self.public);
        let [a, b, c, d, ..] = <[u8; 32]>::from(hash.finalize());
        [a, b, c, d]
    }

    /// Whether a signature over a message is by this key.
    pub fn accepts(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.public).verify(message, signature).is_ok()
    }
}

impl Display for Verifier {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write_key(f, "", &self.name, self.id(), &self.public)
    }
}

impl FromStr for Verifier {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, public) = read_key(text).ok_or("it is not NAME+ID+BASE64")?;
        let verifier = Self { name: name.to_owned(), public };
        if verifier.to_string() == text { Ok(verifier) } else { Err("its parts do not belong together".to_owned()) }
    }
}

/// A key that signs. Its secret half is shown by [`Self::secret`] only.
pub struct Signer {
    verifier: Verifier,
    seed: [u8; 32],
    pair: Ed25519KeyPair,
}

impl Signer {
    /// A new key from the system's source of chance. The name must be free of spaces and `+`.
    pub fn new(name: &str) -> Result<Self, String> {
        let mut seed = [0; 32];
        SystemRandom::new().fill(&mut seed).map_err(|_| "the system gives no random bytes".to_owned())?;
        Self::of(name, seed)
    }

    /// The public half.
    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// The signature over a message.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.pair.sign(message).as_ref().try_into().expect("an Ed25519 signature has 64 bytes")
    }

    /// The secret key as text.
    pub fn secret(&self) -> String {
        struct Secret<'a>(&'a Signer);
        impl Display for Secret<'_> {
            fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
                let verifier = &self.0.verifier;
                write_key(f, SECRET, &verifier.name, verifier.id(), &self.0.seed)
            }
        }
        Secret(self).to_string()
    }

    /// Writes the secret key to a new file that only its owner can read.
    pub fn save(&self, path: &Path) -> Result<(), Error> {
        if let Some(dir) = path.parent() {
            std::fs::create_dir_all(dir).map_err(Error::io("create directory", dir))?;
        }
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        let mut file = file.map_err(Error::io("create key file", path))?;
        let written = writeln!(file, "{}", self.secret()).and_then(|()| file.sync_all());
        written.map_err(Error::io("write key file", path))
    }

    /// Reads a secret key from a file; refuses one that others than its owner can read.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let unfit = |what: String| Error::Key { at: format!("`{}`", path.display()), what };
        let kept = std::fs::metadata(path).map_err(Error::io("read key file", path))?;
        if kept.permissions().mode() & 0o077 != 0 {
            return Err(unfit(
                "others than its owner can read it: run `chmod 600` on it, or make a new key if it may have been read".to_owned(),
            ));
        }
        let text = std::fs::read_to_string(path).map_err(Error::io("read key file", path))?;
        text.trim().parse().map_err(unfit)
    }

    fn of(name: &str, seed: [u8; 32]) -> Result<Self, String> {
        let plain =
            !name.is_empty() && name.len() <= 100 && !name.contains(|c: char| c == '+' || c.is_whitespace() || c.is_control());
        if !plain {
            return Err(format!(
                "`{}` cannot be the name of a key: up to 100 letters without space and `+`",
                name.escape_debug()
            ));
        }
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| "these bytes are no Ed25519 key".to_owned())?;
        let public = pair.public_key().as_ref().try_into().expect("an Ed25519 public key has 32 bytes");
        Ok(Self { verifier: Verifier { name: name.to_owned(), public }, seed, pair })
    }
}

impl FromStr for Signer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, seed) = text.strip_prefix(SECRET).and_then(read_key).ok_or("it is not PRIVATE+KEY+NAME+ID+BASE64")?;
        let signer = Self::of(name, seed)?;
        if signer.secret() == text { Ok(signer) } else { Err("its parts do not belong together".to_owned()) }
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Signer").field(&self.verifier).finish()
    }
}

fn write_key(f: &mut Formatter<'_>, start: &str, name: &str, id: [u8; 4], key: &[u8; 32]) -> std::fmt::Result {
    let kind_and_key = [&[ED25519_KIND], key.as_slice()].concat();
    write!(f, "{start}{name}+{:08x}+{}", u32::from_be_bytes(id), STANDARD.encode(kind_and_key))
}

/// Name and key bytes; whether the ID belongs to them is for the caller to see.
fn read_key(text: &str) -> Option<(&str, [u8; 32])> {
    // Base64 may have `+` in it, a name may not.
    let mut parts = text.splitn(3, '+');
    let (name, _id, key) = (parts.next()?, parts.next()?, parts.next()?);
    match STANDARD.decode(key).ok()?.split_first()? {
        (&ED25519_KIND, key) => Some((name, key.try_into().ok()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    /// Secret key, public key, message, signature: RFC 8032 §7.1, tests 1 to 3 and SHA(abc).
    const VECTORS: [[&str; 4]; 4] = [
        [
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ],
        [
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ],
        [
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ],
        [
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
        ],
    ];

    #[test]
    fn signatures_are_those_of_rfc_8032() {
        for [secret, public, message, signature] in VECTORS {
            let signer = Signer::of("city", bytes(secret).try_into().unwrap()).unwrap();
            assert_eq!(signer.verifier().public().as_slice(), bytes(public));
            assert_eq!(signer.sign(&bytes(message)).as_slice(), bytes(signature));
            assert!(signer.verifier().accepts(&bytes(message), &bytes(signature)));
            let mut spoilt = bytes(signature);
            spoilt[40] ^= 1;
            assert!(!signer.verifier().accepts(&bytes(message), &spoilt));
        }
    }

    #[test]
    fn keys_read_back_and_a_changed_letter_is_noticed() {
        let signer = Signer::new("un-desa").unwrap();
        let secret: Signer = signer.secret().parse().unwrap();
        assert_eq!(secret.verifier(), signer.verifier());
        let text = signer.verifier().to_string();
        assert_eq!(text.parse::<Verifier>().as_ref(), Ok(signer.verifier()));
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] ^= 1;
            let changed = String::from_utf8(changed).unwrap();
            assert!(changed.parse::<Verifier>().is_err(), "{changed}");
        }
        assert_eq!(format!("{signer:?}").matches(&signer.secret()).count(), 0);
    }

    #[test]
    fn a_key_file_is_its_owners_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keys/portolan.key");
        let signer = Signer::new("a").unwrap();
        signer.save(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(Signer::load(&path).unwrap().verifier(), signer.verifier());
        assert!(matches!(signer.save(&path), Err(Error::Io { .. })), "a key file is never written over");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let error = Signer::load(&path).unwrap_err().to_string();
        assert!(error.contains("chmod 600"), "{error}");
    }

    #[test]
    fn a_name_that_would_break_a_note_is_refused() {
        for name in ["", "two words", "a+b", "line\nbreak"] {
            assert!(Signer::new(name).is_err(), "{name:?}");
        }
    }
}
