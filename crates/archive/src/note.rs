//! Signed notes (C2SP `signed-note`): a short text that can be printed, and signatures over it.

use std::fmt::{Display, Formatter};
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::key::{Signer, Verifier};

/// A text with signatures, read under the strictest reading: one text has one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What is signed; ends in a line break.
    pub text: String,
    signatures: Vec<Signature>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Signature {
    name: String,
    /// Four bytes of key ID, then the signature.
    bytes: [u8; 68],
}

impl Note {
    /// Signs a text.
    ///
    /// # Panics
    /// If the text does not end in a line break.
    pub fn sign(text: String, signers: &[&Signer]) -> Self {
        assert!(text.ends_with('\n'), "a note ends in a line break");
        let sign = |signer: &&Signer| {
            let mut bytes = [0; 68];
            bytes[..4].copy_from_slice(&signer.verifier().id());
            bytes[4..].copy_from_slice(&signer.sign(text.as_bytes()));
            Signature { name: signer.verifier().name().to_owned(), bytes }
        };
        Self { signatures: signers.iter().map(sign).collect(), text }
    }

    /// Whether there are signatures, each is by one of these keys, and each is valid. The error names the first that is not.
    pub fn check(&self, verifiers: &[Verifier]) -> Result<(), String> {
        for signature in &self.signatures {
            let by = |verifier: &&Verifier| verifier.name() == signature.name && verifier.id() == signature.bytes[..4];
            let Some(verifier) = verifiers.iter().find(by) else {
                return Err(format!("it is signed by `{}`, which is no key in force here", signature.name));
            };
            if !verifier.accepts(self.text.as_bytes(), &signature.bytes[4..]) {
                return Err(format!("the signature of `{}` does not fit the text", signature.name));
            }
        }
        if self.signatures.is_empty() { Err("nobody signed it".to_owned()) } else { Ok(()) }
    }
}

impl Display for Note {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|one| writeln!(f, "— {} {}", one.name, STANDARD.encode(one.bytes)))
    }
}

impl FromStr for Note {
    type Err = String;

    fn from_str(note: &str) -> Result<Self, String> {
        let form = || "it has not the form of a signed note".to_owned();
        let (text, signatures) = note.rsplit_once("\n\n").ok_or_else(form)?;
        let read = |line: &str| {
            let (name, bytes) = line.strip_prefix("— ")?.split_once(' ')?;
            Some(Signature { name: name.to_owned(), bytes: STANDARD.decode(bytes).ok()?.try_into().ok()? })
        };
        let signatures = signatures.lines().map(read).collect::<Option<_>>().ok_or_else(form)?;
        let read = Self { text: format!("{text}\n"), signatures };
        // One text has one form: what would be written otherwise was not written by us.
        if read.to_string() == note { Ok(read) } else { Err(form()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the C2SP specification of signed notes.
    const PUBLISHED: &str = "This is an example message.\n\n— example.com/foo Q0kc+HoEwwFWjZb+Qh4QSrA5Yfx3jRrCJC9ANgCeOJ3vwhlMDUbkzOd7dHZ3FpWQnPuVKLdbMdI0AkzKhSlLkwRKKgs=\n";

    #[test]
    fn a_published_note_has_the_form() {
        let note: Note = PUBLISHED.parse().unwrap();
        assert_eq!(note.text, "This is an example message.\n");
        assert_eq!(note.to_string(), PUBLISHED);
    }

    #[test]
    fn every_changed_bit_is_noticed() {
        let signers = [Signer::new("old").unwrap(), Signer::new("new").unwrap()];
        let verifiers = signers.each_ref().map(|signer| signer.verifier().clone());
        let note = Note::sign("origin\n7\nroot\n".to_owned(), &[&signers[0], &signers[1]]).to_string();
        let check = |bytes: &[u8]| {
            let note = std::str::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned())?.parse::<Note>()?;
            note.check(&verifiers)
        };
        assert_eq!(check(note.as_bytes()), Ok(()));
        for at in 0..note.len() {
            for bit in 0..8 {
                let mut changed = note.clone().into_bytes();
                changed[at] ^= 1 << bit;
                assert!(check(&changed).is_err(), "bit {bit} of byte {at}: {}", String::from_utf8_lossy(&changed));
            }
        }
        let stranger = Note::sign("x\n".to_owned(), &[&Signer::new("new").unwrap()]);
        assert_eq!(stranger.check(&verifiers), Err("it is signed by `new`, which is no key in force here".to_owned()));
        assert_eq!(Note::sign("x\n".to_owned(), &[]).check(&verifiers), Err("nobody signed it".to_owned()));
    }
}
