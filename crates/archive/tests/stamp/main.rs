//! Stamps of a local authority: what `openssl` finds good is good here, what it refuses is refused, and what it cannot
//! be asked (another time, another certificate) is judged as RFC 3161 has it.

#![expect(clippy::unwrap_used, reason = "a failed step of a test's set-up is a failed test")]

mod authority;

use archive::stamp::{Fault, Stamped, check, check_fresh, request};
use authority::{ALWAYS, Authority, ED_25519, P_256, P_384, RSA};
use proptest::prelude::*;

const MESSAGE: &[u8] = b"portolan/0b0e5c1e-7a52-4c3e-8a86-3d9a4c1f0f1d\n42\n";

/// An authority with one good signer, and its answer for [`MESSAGE`].
fn answered(key: &'static [&'static str]) -> (Authority, Vec<u8>, Vec<Vec<u8>>) {
    let authority = Authority::new(key);
    authority.signer("signer", "signer", ALWAYS);
    let answer = authority.reply("signer", &request(MESSAGE, 77));
    let trust = vec![authority.der("root")];
    (authority, answer, trust)
}

/// Finds an answer good with `openssl` and here, and a changed one bad with both.
fn agree(key: &'static [&'static str]) {
    let (authority, answer, trust) = answered(key);
    assert!(authority.verifies(&answer, MESSAGE));
    let stamped = check(&answer, MESSAGE, &trust).unwrap();
    assert_eq!(stamped.signer, "CN=Test signer");
    assert_eq!(stamped.serial, "2001");
    let age = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_micros();
    let age = i64::try_from(age).unwrap() - stamped.at.micros();
    assert!((0..600_000_000).contains(&age), "{}", stamped.at);

    assert_eq!(check_fresh(&answer, MESSAGE, 77, &trust), Ok(stamped));
    assert_eq!(check_fresh(&answer, MESSAGE, 78, &trust), Err(Fault::Nonce));

    let year = answer.windows(3).position(|bytes| bytes[0] == 0x18 && bytes[2] == b'2').unwrap() + 5;
    let mut changed = answer.clone();
    changed[year] ^= 1;
    assert!(!authority.verifies(&changed, MESSAGE));
    assert!(check(&changed, MESSAGE, &trust).is_err());
    assert!(!authority.verifies(&answer, b"another message"));
    assert_eq!(check(&answer, b"another message", &trust), Err(Fault::Imprint));
}

#[test]
fn rsa_stamps_are_judged_as_openssl_judges_them() {
    agree(RSA);
}

#[test]
fn ecdsa_stamps_are_judged_as_openssl_judges_them() {
    agree(P_256);
    agree(P_384);
}

#[test]
fn ed25519_stamps_and_signers_named_by_their_key_are_good_too() {
    let authority = Authority::new(ED_25519);
    authority.signer("signer", "named", ALWAYS);
    let trust = [authority.der("root")];
    let mut answer = authority.stamp_by_ed25519("signer", MESSAGE, "20260601120000Z");
    let stamped = check(&answer, MESSAGE, &trust).unwrap();
    assert_eq!((stamped.at.to_string().as_str(), stamped.serial.as_str()), ("2026-06-01T12:00:00.000000Z", "ab"));
    // The last byte is the signature's.
    *answer.last_mut().unwrap() ^= 1;
    assert!(matches!(check(&answer, MESSAGE, &trust), Err(Fault::Signature(_))));
}

#[test]
fn fractions_of_a_second_are_kept() {
    let authority = Authority::new(P_256);
    authority.signer("signer", "signer", ALWAYS);
    let at = |time| check(&authority.stamp_at("signer", MESSAGE, time, "sha256"), MESSAGE, &[authority.der("root")]);
    assert_eq!(at("20260601120000.25Z").unwrap().at.to_string(), "2026-06-01T12:00:00.250000Z");
    for wrong in ["20261301120000Z", "20260601120000", "202606011200Z", "20260601120000+0100", "2026060112000\u{e9}Z"] {
        assert!(matches!(at(wrong), Err(Fault::Malformed { what: "the stamp", .. })), "{wrong}");
    }
}

#[test]
fn a_refusal_is_told_as_the_authority_words_it() {
    let authority = Authority::new(P_256);
    authority.signer("signer", "signer", ALWAYS);
    let answer = authority.reply("signer", &authority.question_by_sha512(MESSAGE));
    let Err(Fault::Refused(told)) = check(&answer, MESSAGE, &[]) else { panic!("it was stamped") };
    assert!(told.starts_with("status 2, "), "{told}");
}

#[test]
fn an_answer_leads_to_its_own_root_and_no_other() {
    let (_authority, answer, trust) = answered(P_256);
    let other = Authority::new(P_256);
    let wrong = vec![other.der("root")];
    // Same names, another key.
    assert!(matches!(check(&answer, MESSAGE, &wrong), Err(Fault::Chain(_))));
    assert!(matches!(check(&answer, MESSAGE, &[]), Err(Fault::Chain(_))));
    assert!(check(&answer, MESSAGE, &[wrong[0].clone(), trust[0].clone()]).is_ok());
    let broken = check(&answer, MESSAGE, &[trust[0].clone(), b"no certificate".to_vec()]);
    assert!(matches!(broken, Err(Fault::Trust { number: 2, .. })), "{broken:?}");
}

#[test]
fn certificates_are_judged_at_the_time_of_the_stamp() {
    let years = ("20200101000000Z", "20211231235959Z");
    let stamp = |authority: &Authority, time| {
        authority.signer("signer", "signer", years);
        check(&authority.stamp_at("signer", MESSAGE, time, "sha256"), MESSAGE, &[authority.der("root")])
    };
    let authority = Authority::new(P_256);
    // It has expired long since; at the time of the stamp it had not.
    assert!(stamp(&authority, "20211231235959Z").is_ok());
    let late = stamp(&authority, "20220101000000Z").unwrap_err();
    let told = "the certificate of `CN=Test signer` had expired at the time it stamped: it was valid until \
                2021-12-31T23:59:59.000000Z, the stamp says 2022-01-01T00:00:00.000000Z";
    assert_eq!(late.to_string(), told);
    assert!(matches!(stamp(&authority, "20191231235959Z"), Err(Fault::Early { .. })));

    let short = ("20200101000000Z", "20201231235959Z");
    for (root, between, whose) in [(ALWAYS, short, "a certificate between"), (short, ALWAYS, "the certificate of `CN=Test root`")]
    {
        let authority = Authority::lasting(P_256, root, between);
        assert!(stamp(&authority, "20200601000000Z").is_ok());
        let Err(Fault::Expired { whose: found, .. }) = stamp(&authority, "20210601000000Z") else {
            panic!("{whose} had expired")
        };
        assert!(found.starts_with(whose), "{found}");
    }
}

#[test]
fn a_signer_whose_certificate_is_for_something_else_is_refused() {
    let authority = Authority::new(P_256);
    for (section, told) in [
        ("for-nothing", "has no extended key usage"),
        ("for-code", "is another"),
        ("for-more", "other things as well"),
        ("not-critical", "not marked as critical"),
    ] {
        authority.signer("signer", section, ALWAYS);
        let answer = authority.stamp_at("signer", MESSAGE, "20260601120000Z", "sha256");
        let Err(Fault::Purpose { why, .. }) = check(&answer, MESSAGE, &[authority.der("root")]) else { panic!("{section}") };
        assert!(why.contains(told), "{why}");
    }
}

/// Every byte of an answer changed, by one bit each and by all bits. What is covered: the stamp by `messageDigest`, the
/// attributes by the signature, the signer's certificate by the attribute that names it, the certificate between by the
/// root, and all others by a check of their own (versions, algorithms without parameters, the signer's name). What
/// nothing covers is one bit: whether the stamp was granted (status 0) or granted with modifications (1). RFC 3161
/// signs no status, and both mean a good token; how it was modified stands in the token, which is signed.
#[test]
fn one_bit_is_not_covered_and_no_other() {
    let (_authority, answer, trust) = answered(RSA);
    let good = check(&answer, MESSAGE, &trust).unwrap();
    let status = answer.windows(3).position(|bytes| bytes == [2, 1, 0]).unwrap() + 2;
    let mut accepted = Vec::new();
    for place in 0..answer.len() {
        for change in (0..8).map(|bit| 1 << bit).chain([0xff]) {
            let mut changed = answer.clone();
            changed[place] ^= change;
            if let Ok(stamped) = check(&changed, MESSAGE, &trust) {
                assert_eq!(stamped, good);
                accepted.push((place, change));
            }
        }
    }
    assert_eq!(accepted, [(status, 1)]);
}

/// An answer and what to trust.
type Seed = (Vec<u8>, Vec<Vec<u8>>);

/// Answers to start mutations from: one of each kind of key.
fn seeds() -> &'static [Seed] {
    static SEEDS: std::sync::OnceLock<Vec<Seed>> = std::sync::OnceLock::new();
    SEEDS.get_or_init(|| [RSA, P_256].map(answered).map(|(_, answer, trust)| (answer, trust)).into())
}

fn judge(answer: &[u8], trust: &[Vec<u8>]) -> Result<Stamped, Fault> {
    check(answer, MESSAGE, trust)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(judge(&bytes, std::slice::from_ref(&bytes)).is_err());
    }

    #[test]
    fn no_mutation_makes_it_panic(
        kind in 0..2_usize,
        writes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<proptest::sample::Index>(),
        mend in any::<bool>(),
        insert in proptest::collection::vec(any::<u8>(), 0..4),
    ) {
        let (answer, trust) = &seeds()[kind];
        let mut changed = answer.clone();
        for (place, byte) in &writes {
            let place = place.index(changed.len());
            changed[place] = *byte;
        }
        if !mend {
            let at = cut.index(changed.len());
            changed.splice(at..at, insert.iter().copied());
        }
        if let Ok(stamped) = judge(&changed, trust) {
            prop_assert_eq!(stamped, judge(answer, trust).unwrap());
        }
    }
}
