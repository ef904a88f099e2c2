//! Signed notes (C2SP `signed-note`): a short text that can be printed, and signatures over it.

use std::fmt::{Display, Formatter};
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::key::{Signer, Verifier};

/// A text with its signature, read under the strictest reading: one text has one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What is signed; ends in a line break.
    pub text: String,
    /// Name of the key.
    name: String,
    /// Four bytes of key ID, then the signature.
    signature: [u8; 68],
}

impl Note {
    /// Signs a text.
    ///
    /// # Panics
    /// If the text does not end in a line break.
    pub fn sign(text: String, signer: &Signer) -> Self {
        assert!(text.ends_with('\n'), "a note ends in a line break");
        let mut signature = [0; 68];
        signature[..4].copy_from_slice(&signer.verifier().id());
        signature[4..].copy_from_slice(&signer.sign(text.as_bytes()));
        Self { text, name: signer.verifier().name().to_owned(), signature }
    }

    /// Whether the signature is valid and by this key. The error says why not.
    pub fn check(&self, verifier: &Verifier) -> Result<(), String> {
        if verifier.name() != self.name || verifier.id() != self.signature[..4] {
            return Err(format!("it is signed by `{}`, and the key in force is {verifier}", self.name));
        }
        if verifier.accepts(self.text.as_bytes(), &self.signature[4..]) {
            Ok(())
        } else {
            Err(format!("the signature of `{}` does not fit the text", self.name))
        }
    }
}

impl Display for Note {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}\n— {} {}", self.text, self.name, STANDARD.encode(self.signature))
    }
}

impl FromStr for Note {
    type Err = String;

    fn from_str(note: &str) -> Result<Self, String> {
        let read = || {
            let (text, line) = note.rsplit_once("\n\n— ")?;
            let (name, signature) = line.strip_suffix('\n')?.split_once(' ')?;
            let signature = STANDARD.decode(signature).ok()?.try_into().ok()?;
            let read = Self { text: format!("{text}\n"), name: name.to_owned(), signature };
            // One text has one form: what would be written otherwise was not written by us.
            (read.to_string() == note).then_some(read)
        };
        read().ok_or_else(|| "it has not the form of a signed note".to_owned())
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
        let signer = Signer::new("city").unwrap();
        let note = Note::sign("origin\n7\nroot\n".to_owned(), &signer).to_string();
        let check = |bytes: &[u8]| {
            let note = std::str::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned())?.parse::<Note>()?;
            note.check(signer.verifier())
        };
        assert_eq!(check(note.as_bytes()), Ok(()));
        for at in 0..note.len() {
            for bit in 0..8 {
                let mut changed = note.clone().into_bytes();
                changed[at] ^= 1 << bit;
                assert!(check(&changed).is_err(), "bit {bit} of byte {at}: {}", String::from_utf8_lossy(&changed));
            }
        }
        let stranger = Note::sign("x\n".to_owned(), &Signer::new("city").unwrap()).check(signer.verifier()).unwrap_err();
        assert!(stranger.starts_with("it is signed by `city`, and the key in force is city+"), "{stranger}");
    }
}
