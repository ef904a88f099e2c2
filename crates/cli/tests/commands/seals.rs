//! Keys of people: which one signs, and what is said of one that may not.

use std::path::Path;

use archive::{Archive, Settings};

use crate::program::{ended, portolan};

/// A data directory with an archive that has one record.
fn data(dir: &Path) {
    let settings = Settings {
        prefix: "test".to_owned(),
        max_segment: 1 << 20,
        max_age: std::time::Duration::from_secs(900),
        level: 1,
        software: "portolan/0".to_owned(),
    };
    let mut archive = Archive::open(&dir.join("archive"), settings).unwrap();
    let at = "2026-11-23T05:30:00.222221Z".parse().unwrap();
    archive.append_resource("urn:portolan:test", "text/plain; charset=utf-8", b"text", at).unwrap();
    archive.close().unwrap();
}

#[test]
fn the_wrong_key_in_the_environment_signs_nothing_and_is_named() {
    let dir = tempfile::tempdir().unwrap();
    data(dir.path());
    let (right, wrong) = (dir.path().join("right"), dir.path().join("wrong"));
    let mut public = Vec::new();
    for key in [&right, &wrong] {
        let (code, said, told) =
            ended(portolan(dir.path()).arg("--key").arg(key).args(["key", "init", "--name", "city"]).output());
        assert_eq!(code, 0, "{told}");
        public.push(said.trim().to_owned());
    }
    let seal = |secret: &str| ended(portolan(dir.path()).env("PORTOLAN_KEY", secret).arg("seal").output());
    let verify = || ended(portolan(dir.path()).arg("verify").arg(dir.path()).args(["--trusted", &public[0]]).output());
    let secret = |key: &Path| std::fs::read_to_string(key).unwrap();

    let (code, said, _) = verify();
    assert_eq!((code, said.contains("fault\tcheckpoint none\t")), (6, true), "{said}");
    assert_eq!(seal(&secret(&right)).0, 0);
    assert_eq!(verify().0, 0, "{}", verify().1);

    let log = std::fs::read(dir.path().join("archive/log.jsonl")).unwrap();
    let (code, said, told) = seal(&secret(&wrong));
    assert_ne!(code, 0);
    assert!(said.is_empty() && told.contains(&public[0]) && told.contains("portolan key rotate"), "{told}");
    assert!(!told.contains(secret(&wrong).trim()), "a secret is told to nobody");
    for broken in ["", "city", &secret(&right)[..60]] {
        let (code, _, told) = seal(broken);
        assert_eq!((code, told.contains("PORTOLAN_KEY holds no key")), (3, true), "{broken:?}: {told}");
    }
    assert_eq!(std::fs::read(dir.path().join("archive/log.jsonl")).unwrap(), log);
    assert_eq!(verify().0, 0);
}
