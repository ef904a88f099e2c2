//! What a server said of itself beside a page: the status, the time by its own clock, and its certificate.

use std::collections::HashMap;

use cms::cert::x509::Certificate;
use cms::cert::x509::der::Decode as _;
use cms::cert::x509::ext::pkix::SubjectAltName;
use cms::cert::x509::ext::pkix::name::GeneralName;
use model::Time;
use serde_json::Value;

use crate::exchange::from_hex;
use crate::fields::{REVISIT, RawRecord};
use crate::http;
use crate::stamp::moment;

/// What a server said of itself with one answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Served {
    /// Status of the answer.
    pub status: Option<u16>,
    /// Its `Date`, to the letter.
    pub date: Option<String>,
    /// Its own certificate as DER in hexadecimal, over TLS only.
    leaf: Option<String>,
}

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Whose it is (RFC 4514); where that is empty, the names of its hosts.
    pub subject: String,
    /// Who gave it.
    pub issuer: String,
    /// From when it is valid.
    pub from: Time,
    /// Until when.
    pub until: Time,
}

impl Served {
    /// Keeps what a record holds of this, by the identifier of the response.
    pub(super) fn take(all: &mut HashMap<String, Self>, record: &RawRecord) {
        match (record.kind(), record.concurrent_to()) {
            ("response" | REVISIT, _) => {
                let Some((status, headers)) = http::parse_response(http::split(&record.block).0) else { return };
                let date = headers.0.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("date")).map(|(_, value)| value);
                let served = all.entry(record.id().to_owned()).or_default();
                (served.status, served.date) = (Some(status), date);
            }
            ("metadata", Some(of)) => {
                let more: Value = serde_json::from_slice(&record.block).unwrap_or_default();
                if let Some(leaf) = more["tls"][0].as_str() {
                    all.entry(of.to_owned()).or_default().leaf = Some(leaf.to_owned());
                }
            }
            _ => {}
        }
    }

    /// Whether it answered over TLS.
    pub fn is_encrypted(&self) -> bool {
        self.leaf.is_some()
    }

    /// What its certificate says; none if there is none that can be read. Nobody looks here whether it is to be believed.
    pub fn certificate(&self) -> Option<Named> {
        let read = Certificate::from_der(&from_hex(self.leaf.as_ref()?)?).ok()?.tbs_certificate;
        let mut subject = read.subject.to_string();
        if subject.is_empty() {
            let names = read.get::<SubjectAltName>().ok().flatten().map(|(_, names)| names.0).unwrap_or_default();
            let hosts =
                names.iter().filter_map(|name| if let GeneralName::DnsName(host) = name { Some(host.as_str()) } else { None });
            subject = hosts.collect::<Vec<_>>().join(", ");
        }
        let [from, until] = [read.validity.not_before, read.validity.not_after].map(|time| moment(time.to_unix_duration()));
        Some(Named { subject, issuer: read.issuer.to_string(), from, until })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A certificate as authorities give them now: no subject, only the names of hosts.
    const NAMELESS: &str = concat!(
        "3082010d3081c0a00302010202144399a471961d4ae532e6d5be8c7bb5672cb30d56300506032b65703000301e170d32",
        "36313132333135343531375a170d3237313132333135343531375a3000302a300506032b65700321009209791d11ad6c",
        "8cfa32ece21138c80352db5a24ef8ed679bb65bb1f3af18029a34c304a30290603551d110422302082107777772e6369",
        "74792e6578616d706c65820c636974792e6578616d706c65301d0603551d0e0416041416439a6dc1b020aafab8ceb957",
        "75d0ef9068a7ca300506032b65700341000a594e3a943b72ba8e3e08eed42f3d3c537775f5e385699370b0dcf127bf0d",
        "8b0078b008ac0e32f3667151a817bee64dfb3f6d803d110cdebb10ba5789ce9b03",
    );

    fn record(kind: &str, link: (&str, &str), block: &str) -> RawRecord {
        let fields = [("WARC-Type", kind), link].map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        RawRecord { offset: 0, length: 0, fields, block: block.as_bytes().to_vec() }
    }

    fn served(head: &str, more: &str) -> Served {
        let mut all = HashMap::new();
        Served::take(&mut all, &record("response", ("WARC-Record-ID", "<urn:uuid:1>"), head));
        Served::take(&mut all, &record("metadata", ("WARC-Concurrent-To", "<urn:uuid:1>"), more));
        all.remove("urn:uuid:1").unwrap_or_default()
    }

    #[test]
    fn status_clock_and_certificate_are_those_of_the_answer() {
        let more = format!(r#"{{"purpose":"answer","tls":["{NAMELESS}","00"]}}"#);
        let served = served("HTTP/1.1 404 \r\ndate: Mon, 23 Nov 2026 05:30:00 GMT\r\n\r\n<p>Date: x", &more);
        assert_eq!((served.status, served.date.as_deref()), (Some(404), Some("Mon, 23 Nov 2026 05:30:00 GMT")));
        assert!(served.is_encrypted());
        let named = served.certificate().unwrap();
        assert_eq!((named.subject.as_str(), named.issuer.as_str()), ("www.city.example, city.example", ""));
        let valid = [named.from, named.until].map(|at| at.to_string());
        assert_eq!(valid, ["2026-11-23T15:45:17.000000Z", "2027-11-23T15:45:17.000000Z"]);
    }

    #[test]
    fn what_a_server_did_not_say_or_nobody_can_read_is_none() {
        let plain = served("HTTP/1.1 200 \r\nserver: a\r\n\r\n", r#"{"purpose":"answer"}"#);
        assert_eq!(
            (plain.status, plain.date.as_ref(), plain.is_encrypted(), plain.certificate()),
            (Some(200), None, false, None)
        );
        for tls in ["", "0", "zz", &NAMELESS[..200]] {
            let odd = served("no head", &format!(r#"{{"tls":["{tls}"]}}"#));
            assert_eq!((odd.status, odd.is_encrypted(), odd.certificate()), (None, true, None), "{tls}");
        }
    }
}
