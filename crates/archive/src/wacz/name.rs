//! Names of files in containers: those that we write, and those that a stranger may use.

use url::Host;

use super::Refusal;

/// Bytes of the longest name.
pub(crate) const MAX_NAME: usize = 1024;

/// Whether we would write a file of this name: printable ASCII that no system reads in two ways.
pub(crate) fn is_ours(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte))
        && !name.ends_with('/')
        && check(name.as_bytes(), 0).is_ok()
}

/// The name of an entry whose header stands at byte `at`, if it leads nowhere but into its own container.
pub(crate) fn check(raw: &[u8], at: u64) -> Result<String, Refusal> {
    if raw.len() > MAX_NAME {
        return Err(Refusal::NameTooLong { at, length: raw.len(), limit: MAX_NAME });
    }
    let name = std::str::from_utf8(raw).map_err(|_| Refusal::NameNotText { at })?.to_owned();
    let drive = |part: &str| part.as_bytes().get(1) == Some(&b':') && part.as_bytes()[0].is_ascii_alphabetic();
    let parts = || name.strip_suffix('/').unwrap_or(&name).split('/');
    match () {
        () if name.contains('\0') => Err(Refusal::NameWithNul { at, name: shown(&name) }),
        () if name.chars().any(char::is_control) => Err(Refusal::NameWithControl { at, name: shown(&name) }),
        () if name.contains('\\') => Err(Refusal::NameWithBackslash { name }),
        () if name.starts_with('/') => Err(Refusal::NameAbsolute { name }),
        () if parts().any(drive) => Err(Refusal::NameWithDrive { name }),
        () if parts().any(|part| part == "..") => Err(Refusal::NameLeavesContainer { name }),
        () if parts().any(|part| matches!(part, "" | ".")) => Err(Refusal::NameWithEmptyPart { at, name }),
        () => Ok(name),
    }
}

fn shown(name: &str) -> String {
    name.escape_debug().to_string()
}

/// What two names share that some system takes for the same: upper and lower case, or another Unicode normal form.
///
/// Beyond ASCII the mapping is that of host names (UTS 46), which folds case and composes; a part that it has no
/// mapping for is refused, because we could not tell it from its doubles.
pub(crate) fn key(name: &str) -> Result<String, Refusal> {
    let mut key = String::with_capacity(name.len());
    let plain = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric();
    for part in name.trim_end_matches('/').split_inclusive(plain) {
        let word = part.trim_end_matches(plain);
        match word.is_ascii() {
            true => key.push_str(&word.to_ascii_lowercase()),
            false => {
                let host = Host::parse(word).map_err(|_| Refusal::NameOfDoubtfulForm { name: name.to_owned() })?;
                key.push_str(&host.to_string());
            }
        }
        key.push_str(&part[word.len()..]);
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_stay_inside_are_taken() {
        for good in ["archive/data.warc.gz", "pages/", "a..b/c", "logs/2026-11-23T05:30:00.log", "archive/São Paulo.warc"] {
            assert!(check(good.as_bytes(), 0).is_ok(), "{good}");
        }
        for bad in ["", "/a", "//h/a", "../a", "a/../b", "a/..", "..", "a\\b", "C:/a", "a/c:b", "a//b", "./a", "a\0b", "a\nb"] {
            assert!(check(bad.as_bytes(), 0).is_err(), "{bad}");
        }
        assert!(matches!(check(b"a\xffb", 9), Err(Refusal::NameNotText { at: 9 })));
        assert!(matches!(check(&[b'a'; MAX_NAME + 1], 0), Err(Refusal::NameTooLong { .. })));
    }

    #[test]
    fn names_that_some_system_takes_for_the_same_have_one_key() {
        for (a, b) in [
            ("A/b", "a/B"),
            ("a", "a/"),
            ("é.warc", "e\u{301}.warc"),
            ("É", "é"),
            ("Å", "\u{212b}"),
            ("각", "\u{1100}\u{1161}\u{11a8}"),
        ] {
            assert_eq!(key(a).unwrap(), key(b).unwrap(), "{a} {b}");
        }
        for (a, b) in [("a/b", "a-b"), ("é", "e"), ("city-1", "city-2"), ("بلدية", "بلد")] {
            assert_ne!(key(a).unwrap(), key(b).unwrap(), "{a} {b}");
        }
        assert!(matches!(key("\u{301}a"), Err(Refusal::NameOfDoubtfulForm { .. })));
    }

    #[test]
    fn our_names_are_ascii_and_have_one_reading() {
        assert!(is_ours("archive/city-1.warc.gz"));
        assert!(!is_ours("archive/ä.warc.gz") && !is_ours("a b") && !is_ours("a/") && !is_ours("../a") && !is_ours(""));
    }
}
