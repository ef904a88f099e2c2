//! A timestamp authority of our own, made by `openssl` in a folder that goes away: root, certificate between, signers.

use std::path::Path;
use std::process::Command;

use archive::digest;

/// Sections that `openssl` makes certificates and answers by.
const CONFIGURATION: &str = "
[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
serial = serial
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = any
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[signer]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[named]
subjectKeyIdentifier = 01020304
extendedKeyUsage = critical,timeStamping
[not-critical]
extendedKeyUsage = timeStamping
[for-code]
extendedKeyUsage = critical,codeSigning
[for-more]
extendedKeyUsage = critical,timeStamping,codeSigning
[for-nothing]
keyUsage = critical,digitalSignature
[tsa]
default_tsa = stamps
[stamps]
serial = tsaserial
signer_digest = sha256
digests = sha256
default_policy = 1.2.3.4
accuracy = secs:1
ess_cert_id_alg = sha256
";

/// From long ago to long from now.
pub(crate) const ALWAYS: (&str, &str) = ("20200101000000Z", "20491231235959Z");

/// A folder with `root`, `between` and whatever signers a test asks for.
pub(crate) struct Authority {
    dir: tempfile::TempDir,
    key: &'static [&'static str],
}

/// Arguments of `openssl genpkey`.
pub(crate) const RSA: &[&str] = &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
pub(crate) const P_256: &[&str] = &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
pub(crate) const P_384: &[&str] = &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"];
pub(crate) const ED_25519: &[&str] = &["-algorithm", "ED25519"];

impl Authority {
    /// Root and certificate between, valid always.
    pub(crate) fn new(key: &'static [&'static str]) -> Self {
        Self::lasting(key, ALWAYS, ALWAYS)
    }

    /// Root and certificate between with these times of validity.
    pub(crate) fn lasting(key: &'static [&'static str], root: (&str, &str), between: (&str, &str)) -> Self {
        let authority = Self { dir: tempfile::tempdir().unwrap(), key };
        authority.write("own.cnf", CONFIGURATION.as_bytes());
        authority.write("index.txt", b"");
        authority.write("serial", b"1000\n");
        authority.write("tsaserial", b"2000\n");
        authority.certify("root", None, "authority", root);
        authority.certify("between", Some("root"), "authority", between);
        authority
    }

    /// A certificate by `between`.
    pub(crate) fn signer(&self, name: &str, section: &str, lasts: (&str, &str)) {
        self.certify(name, Some("between"), section, lasts);
    }

    fn certify(&self, name: &str, issuer: Option<&str>, section: &str, (from, until): (&str, &str)) {
        let file = |end: &str| format!("{name}.{end}");
        let key = file("key");
        self.openssl(&[&["genpkey", "-out", &key], self.key].concat());
        let subject = format!("/CN=Test {name}");
        self.openssl(&["req", "-new", "-config", "own.cnf", "-key", &key, "-subj", &subject, "-out", &file("csr")]);
        let issuer = issuer.map_or(["-selfsign".to_owned(), "-keyfile".to_owned(), key.clone(), "-batch".to_owned()], |issuer| {
            ["-cert".to_owned(), format!("{issuer}.pem"), "-keyfile".to_owned(), format!("{issuer}.key")]
        });
        let issuer: Vec<&str> = issuer.iter().map(String::as_str).collect();
        let (csr, pem) = (file("csr"), file("pem"));
        let common = ["ca", "-batch", "-config", "own.cnf", "-in", &csr, "-out", &pem, "-notext", "-extensions", section];
        self.openssl(&[&common[..], &["-startdate", from, "-enddate", until], &issuer].concat());
    }

    /// A certificate as DER.
    pub(crate) fn der(&self, name: &str) -> Vec<u8> {
        self.openssl(&["x509", "-in", &format!("{name}.pem"), "-outform", "DER", "-out", "one.der"]);
        self.read("one.der")
    }

    /// What `openssl ts` answers to a question, with the certificate between in the token.
    pub(crate) fn reply(&self, signer: &str, question: &[u8]) -> Vec<u8> {
        self.write("question.tsq", question);
        let (pem, key) = (format!("{signer}.pem"), format!("{signer}.key"));
        let common = ["ts", "-reply", "-config", "own.cnf", "-queryfile", "question.tsq", "-out", "answer.tsr"];
        self.openssl(&[&common[..], &["-signer", &pem, "-inkey", &key, "-chain", "between.pem"]].concat());
        self.read("answer.tsr")
    }

    /// A question for another digest than ours, made by `openssl`.
    pub(crate) fn question_by_sha512(&self, message: &[u8]) -> Vec<u8> {
        self.write("message", message);
        self.openssl(&["ts", "-query", "-data", "message", "-sha512", "-out", "question.tsq"]);
        self.read("question.tsq")
    }

    /// Whether `openssl ts -verify` finds an answer good.
    pub(crate) fn verifies(&self, answer: &[u8], message: &[u8]) -> bool {
        self.write("answer.tsr", answer);
        self.write("message", message);
        self.runs(&["ts", "-verify", "-in", "answer.tsr", "-data", "message", "-CAfile", "root.pem"]).is_ok()
    }

    /// A stamp at a time of our choice, which `openssl ts` would not give: put together here, signed by `openssl cms`.
    pub(crate) fn stamp_at(&self, signer: &str, message: &[u8], time: &str, md: &str) -> Vec<u8> {
        self.write("stamp.der", &stamp(message, time));
        let (pem, key) = (format!("{signer}.pem"), format!("{signer}.key"));
        let kind = ["-econtent_type", "1.2.840.113549.1.9.16.1.4", "-binary", "-nodetach", "-cades", "-md", md];
        let common = ["cms", "-sign", "-in", "stamp.der", "-out", "token.der", "-outform", "DER"];
        let who = ["-signer", &pem, "-inkey", &key, "-certfile", "between.pem"];
        self.openssl(&[&common[..], &kind, &who].concat());
        let token = self.read("token.der");
        tlv(0x30, &[&tlv(0x30, &[&[2, 1, 0]]), &token])
    }

    /// A stamp by a `named` signer with an Ed25519 key, for which `openssl cms` has no way yet: it only signs the attributes.
    pub(crate) fn stamp_by_ed25519(&self, signer: &str, message: &[u8], time: &str) -> Vec<u8> {
        let (content, certificate) = (stamp(message, time), self.der(signer));
        let tst_info = oid(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04]);
        let pkcs_9 = |end: &[u8]| oid(&[&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09], end].concat());
        let sha_512 = tlv(0x30, &[&oid(&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03])]);
        let attribute = |end: &[u8], value: &[u8]| tlv(0x30, &[&pkcs_9(end), &tlv(0x31, &[value])]);
        let content_digest = ring::digest::digest(&ring::digest::SHA512, &content);
        let named = tlv(0x30, &[&tlv(0x30, &[&tlv(0x30, &[&tlv(4, &[&digest(&certificate).0])])])]);
        let mut attributes =
            [attribute(&[3], &tst_info), attribute(&[4], &tlv(4, &[content_digest.as_ref()])), attribute(&[16, 2, 47], &named)];
        attributes.sort();
        let attributes = attributes.concat();
        self.write("attributes.der", &tlv(0x31, &[&attributes]));
        let key = format!("{signer}.key");
        self.openssl(&["pkeyutl", "-sign", "-rawin", "-in", "attributes.der", "-inkey", &key, "-out", "signature"]);

        let ed_25519 = tlv(0x30, &[&oid(&[0x2b, 0x65, 0x70])]);
        let signature = tlv(4, &[&self.read("signature")]);
        let (sid, attributes) = (tlv(0x80, &[&[1, 2, 3, 4]]), tlv(0xa0, &[&attributes]));
        let signer_info = tlv(0x30, &[&[2, 1, 3], &sid, &sha_512, &attributes, &ed_25519, &signature]);
        let encapsulated = tlv(0x30, &[&tst_info, &tlv(0xa0, &[&tlv(4, &[&content])])]);
        let certificates = tlv(0xa0, &[&certificate, &self.der("between")]);
        let digests = tlv(0x31, &[&sha_512]);
        let signed = tlv(0x30, &[&[2, 1, 3], &digests, &encapsulated, &certificates, &tlv(0x31, &[&signer_info])]);
        let kind = oid(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]);
        let token = tlv(0x30, &[&kind, &tlv(0xa0, &[&signed])]);
        tlv(0x30, &[&tlv(0x30, &[&[2, 1, 0]]), &token])
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.dir.path().join(name), bytes).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.dir.path().join(name)).unwrap()
    }

    #[track_caller]
    fn openssl(&self, arguments: &[&str]) {
        self.runs(arguments).unwrap_or_else(|told| panic!("openssl {arguments:?}: {told}"));
    }

    fn runs(&self, arguments: &[&str]) -> Result<(), String> {
        run(self.dir.path(), arguments)
    }
}

fn run(dir: &Path, arguments: &[&str]) -> Result<(), String> {
    let output = Command::new("openssl").args(arguments).current_dir(dir).env("OPENSSL_CONF", dir.join("own.cnf")).output();
    let output = output.unwrap_or_else(|error| {
        panic!("the program `openssl` cannot be run ({error}): install the Debian package `openssl` (`apt-get install openssl`)")
    });
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// A `TSTInfo` as DER.
fn stamp(message: &[u8], time: &str) -> Vec<u8> {
    let sha_256 = [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
    let imprint = tlv(0x30, &[&tlv(0x30, &[&sha_256, &[5, 0]]), &tlv(4, &[&digest(message).0])]);
    let policy = [0x06, 0x03, 0x2a, 0x03, 0x04];
    tlv(0x30, &[&[2, 1, 1], &policy, &imprint, &[2, 2, 0, 0xab], &tlv(0x18, &[time.as_bytes()])])
}

fn oid(value: &[u8]) -> Vec<u8> {
    tlv(6, &[value])
}

/// One value of DER, of up to 65535 bytes.
fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let value = parts.concat();
    let length = u16::try_from(value.len()).unwrap().to_be_bytes();
    let head = match length {
        [0, low] if low < 128 => vec![tag, low],
        [0, low] => vec![tag, 0x81, low],
        [high, low] => vec![tag, 0x82, high, low],
    };
    [head, value].concat()
}
