//! Why a package is not taken: each reason by its own name, in words for a person.
//!
//! A refusal names the entry or the byte; the file itself is named by whoever shows the refusal.

/// Why a container, or a file in it, is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The file system refused.
    #[error("cannot {what} the package: check that the file is there and may be read")]
    Io {
        /// What was tried.
        what: &'static str,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// No end record: not a ZIP, or its end was lost.
    #[error("this is no ZIP container, or its end is missing: if it was downloaded, download it again")]
    NotZip,
    /// More than one end record fits.
    #[error("it ends in two ways, so that two programs could see different files in it: ask its maker for another")]
    TwoEnds,
    /// A container in several parts.
    #[error("it is one part of a split ZIP: ask for it in one file")]
    Split,
    /// The end record or the directory contradicts itself or the file.
    #[error("its directory is damaged at byte {at}: {what}; if it was downloaded, download it again")]
    Directory {
        /// Byte in the container.
        at: u64,
        /// What is wrong.
        what: &'static str,
    },
    /// More entries than are taken.
    #[error("it claims {claimed} entries, more than the {limit} that are taken: split the collection into several packages")]
    TooManyEntries {
        /// What the end record says.
        claimed: u64,
        /// What is taken.
        limit: u64,
    },
    /// The end record lies about how many entries there are.
    #[error("it claims {claimed} entries and has another number of them: do not trust it, ask its maker for another")]
    WrongCount {
        /// What the end record says.
        claimed: u64,
    },
    /// A directory larger than is taken.
    #[error("its directory has {bytes} bytes, more than the {limit} that are taken: split the collection into several packages")]
    DirectoryTooLarge {
        /// Its size.
        bytes: u64,
        /// What is taken.
        limit: u64,
    },
    /// A name longer than is taken.
    #[error("the entry at byte {at} has a name of {length} bytes, more than {limit}: pack it anew with a shorter name")]
    NameTooLong {
        /// Byte in the container.
        at: u64,
        /// Its length.
        length: usize,
        /// What is taken.
        limit: usize,
    },
    /// A name that is not UTF-8.
    #[error("the name of the entry at byte {at} is not UTF-8: pack it anew with a program that writes UTF-8 names")]
    NameNotText {
        /// Byte in the container.
        at: u64,
    },
    /// A zero byte in a name.
    #[error("the name `{name}` of the entry at byte {at} has a zero byte in it: do not trust this package")]
    NameWithNul {
        /// Byte in the container.
        at: u64,
        /// The name, escaped.
        name: String,
    },
    /// A line break or the like in a name.
    #[error("the name `{name}` of the entry at byte {at} has control characters in it: do not trust this package")]
    NameWithControl {
        /// Byte in the container.
        at: u64,
        /// The name, escaped.
        name: String,
    },
    /// A backslash in a name, which some systems take for a slash.
    #[error("the entry `{name}` has a backslash in its name: pack it anew with `/` between folders")]
    NameWithBackslash {
        /// The entry.
        name: String,
    },
    /// A name that starts at the root of a file system.
    #[error("the entry `{name}` names an absolute path: do not trust this package")]
    NameAbsolute {
        /// The entry.
        name: String,
    },
    /// A drive letter in a name.
    #[error("the entry `{name}` names a drive: do not trust this package")]
    NameWithDrive {
        /// The entry.
        name: String,
    },
    /// `..` in a name.
    #[error("the entry `{name}` leads out of the package with `..`: do not trust this package")]
    NameLeavesContainer {
        /// The entry.
        name: String,
    },
    /// An empty part or `.` in a name.
    #[error("the entry `{name}` at byte {at} has an empty part or `.` in its name: pack it anew")]
    NameWithEmptyPart {
        /// Byte in the container.
        at: u64,
        /// The entry.
        name: String,
    },
    /// A name whose doubles in other normal forms could not be told.
    #[error("the entry `{name}` has letters that can be written in several ways: pack it anew with a plainer name")]
    NameOfDoubtfulForm {
        /// The entry.
        name: String,
    },
    /// Two entries of one name, or of names that some system takes for the same.
    #[error("the entries `{first}` and `{second}` have the same name to some systems: ask its maker which one is meant")]
    DuplicateName {
        /// The entry that comes first in the directory.
        first: String,
        /// The other.
        second: String,
    },
    /// A symbolic link, a device or the like.
    #[error("the entry `{name}` is a link or another special file, not a plain one: do not trust this package")]
    Special {
        /// The entry.
        name: String,
    },
    /// An encrypted entry.
    #[error("the entry `{name}` is encrypted: ask for the package without a password")]
    Encrypted {
        /// The entry.
        name: String,
    },
    /// A compression method other than none and deflate.
    #[error("the entry `{name}` is compressed by method {method}, which is not read: pack it anew, stored or deflated")]
    UnknownMethod {
        /// The entry.
        name: String,
        /// Its method in the directory.
        method: u16,
    },
    /// A container within the container.
    #[error(
        "the entry `{name}` is itself a package, and packages in packages are not opened: unpack the outer one and take in each by itself"
    )]
    Nested {
        /// The entry.
        name: String,
    },
    /// A file larger than is taken.
    #[error("the entry `{name}` has {size} bytes, more than the {limit} that are taken: split its WARC file into several")]
    FileTooLarge {
        /// The entry.
        name: String,
        /// Its size, unpacked.
        size: u64,
        /// What is taken.
        limit: u64,
    },
    /// All files together are larger than is taken.
    #[error(
        "with the entry `{name}` its files come to {size} bytes, more than the {limit} that are taken: split the collection into several packages"
    )]
    TotalTooLarge {
        /// The entry that goes over.
        name: String,
        /// The sum so far.
        size: u64,
        /// What is taken.
        limit: u64,
    },
    /// A file that grows beyond reason when it is unpacked.
    #[error(
        "the entry `{name}` would grow from {packed} to {size} bytes, more than {ratio} to 1, as only a bomb does: do not trust this package"
    )]
    Bomb {
        /// The entry.
        name: String,
        /// Its size as packed.
        packed: u64,
        /// Its size as it says.
        size: u64,
        /// What is taken.
        ratio: u64,
    },
    /// An entry's own header says something else than the directory.
    #[error(
        "the entry `{name}` and the directory disagree about its {field}, so that two programs could read two things: ask its maker for another"
    )]
    HeadersDiffer {
        /// The entry.
        name: String,
        /// What they disagree about.
        field: &'static str,
    },
    /// Two entries share bytes.
    #[error("the entry `{name}` shares bytes with {other}, as only a bomb does: do not trust this package")]
    Overlap {
        /// The entry.
        name: String,
        /// The other, or `the directory`.
        other: String,
    },
    /// There is no entry of this name.
    #[error("it has no file `{name}`: it is not complete, ask its maker for another")]
    NoSuchFile {
        /// What was looked for.
        name: String,
    },
    /// A file that has to be held in memory is too large for that.
    #[error("the file `{name}` has {size} bytes, more than the {limit} that such a file may have")]
    OverLimit {
        /// The entry.
        name: String,
        /// Its size.
        size: u64,
        /// What is taken.
        limit: u64,
    },
    /// A file that should be lines of text is not.
    #[error(
        "the file `{name}` is not lines of UTF-8 that each end in a line break: it is damaged or was changed, get a fresh copy"
    )]
    NotLines {
        /// The entry.
        name: String,
    },
    /// The packed bytes of a file cannot be unpacked.
    #[error("the file `{name}` is damaged, its packed bytes cannot be unpacked: if it was downloaded, download it again")]
    Damaged {
        /// The entry.
        name: String,
    },
    /// A file is shorter or longer than the directory says.
    #[error("the file `{name}` has not the {said} bytes that the directory says: do not trust this package")]
    WrongLength {
        /// The entry.
        name: String,
        /// What the directory says.
        said: u64,
    },
    /// A file does not have the checksum that the directory says.
    #[error("the file `{name}` has not the checksum that the directory says: if it was downloaded, download it again")]
    WrongChecksum {
        /// The entry.
        name: String,
    },
    /// `datapackage.json` or `datapackage-digest.json` is not what the WACZ specification asks for.
    #[error("`{name}` cannot be understood ({what}): ask its maker for another")]
    BadPackage {
        /// Which of the two.
        name: &'static str,
        /// What is wrong.
        what: String,
    },
    /// `datapackage.json` names one file twice.
    #[error("`datapackage.json` lists `{name}` twice: ask its maker for another")]
    ListedTwice {
        /// The file.
        name: String,
    },
    /// A digest of a kind that is not known.
    #[error(
        "the digest `{said}` of `{name}` is neither `sha256:` nor `md5:` with hexadecimal digits: have it packed anew with SHA-256"
    )]
    UnknownDigest {
        /// The file.
        name: String,
        /// The digest as it stands.
        said: String,
    },
    /// A file does not have the digest that the package says.
    #[error("the file `{name}` is not the one that was packed: the package says {said}, its bytes give {found}; do not trust it")]
    WrongDigest {
        /// The file.
        name: String,
        /// What the package says.
        said: String,
        /// What the bytes give.
        found: String,
    },
    /// A file does not have the size that the package says.
    #[error("the file `{name}` has {found} bytes, `datapackage.json` says {said}: do not trust it")]
    WrongSize {
        /// The file.
        name: String,
        /// What the package says.
        said: u64,
        /// What there is.
        found: u64,
    },
    /// No WARC file where a WACZ has them.
    #[error("it has no `.warc` or `.warc.gz` file in the folder `archive`: it is no WACZ, or an empty one")]
    NoWarc,
}

impl Refusal {
    /// For `map_err` on a file operation: a refusal that travelled as an error of a stream comes out again.
    pub(crate) fn io(what: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        move |error| error.downcast::<Self>().unwrap_or_else(|source| Self::Io { what, source })
    }
}

impl From<Refusal> for std::io::Error {
    fn from(refusal: Refusal) -> Self {
        Self::new(std::io::ErrorKind::InvalidData, refusal)
    }
}
