//! Why an answer of a timestamp authority proves nothing, in words for a person.

use model::Time;

/// Why an answer of a timestamp authority proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The bytes are no answer of the protocol.
    #[error("{what} is not as RFC 3161 has it: {why}")]
    Malformed {
        /// Which part.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// The authority did not stamp.
    #[error("the authority did not stamp: {0}")]
    Refused(String),
    /// The stamp is for other bytes, or names them by another digest than SHA-256.
    #[error("it is a stamp of other bytes: what it names is not the SHA-256 of this message")]
    Imprint,
    /// The answer is to another question.
    #[error("it answers another question: its nonce is not the one that was asked with")]
    Nonce,
    /// The signer's certificate is not in the token.
    #[error("the certificate of its signer is not in it: ask the authority again with a request for certificates")]
    NoSigner,
    /// A signed attribute is missing, doubled or says something else than the token.
    #[error("its signed attribute {name} {why}")]
    Attribute {
        /// Which one.
        name: &'static str,
        /// What is wrong with it.
        why: &'static str,
    },
    /// No known way to check such a signature.
    #[error(
        "it is signed in a way that cannot be checked here ({0}): RSA PKCS#1 of 2048 bits or more, ECDSA P-256 or P-384 and Ed25519 can"
    )]
    Algorithm(String),
    /// The signature is not that of the signer over the token.
    #[error("its signature is not that of `{0}`: it was changed after it was signed")]
    Signature(String),
    /// The signer's certificate is for something else.
    #[error("the certificate of `{signer}` is not for timestamps: {why}")]
    Purpose {
        /// Subject of the certificate.
        signer: String,
        /// What its extended key usage lacks.
        why: &'static str,
    },
    /// A certificate was no longer valid at the time of the stamp.
    #[error("{whose} had expired at the time it stamped: it was valid until {until}, the stamp says {at}")]
    Expired {
        /// Which certificate.
        whose: String,
        /// The end of its validity.
        until: Time,
        /// Time of the stamp.
        at: Time,
    },
    /// A certificate was not yet valid at the time of the stamp.
    #[error("{whose} was not yet valid at the time it stamped: it is valid from {from}, the stamp says {at}")]
    Early {
        /// Which certificate.
        whose: String,
        /// The start of its validity.
        from: Time,
        /// Time of the stamp.
        at: Time,
    },
    /// No chain of certificates leads to a trusted one.
    #[error("its certificate does not lead to a trusted authority: {0}")]
    Chain(String),
    /// A certificate that is to be trusted cannot be read.
    #[error("trusted certificate {number} cannot be read as DER: {why}")]
    Trust {
        /// Which one, from 1.
        number: usize,
        /// What is wrong with it.
        why: String,
    },
}

impl Fault {
    /// For `map_err` on the reading of a part.
    pub(super) fn malformed<E: std::fmt::Display>(what: &'static str) -> impl Fn(E) -> Self {
        move |error| Self::Malformed { what, why: error.to_string() }
    }
}
