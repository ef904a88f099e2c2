//! Which addresses and URLs may be asked at all, so that no page can send us into somebody's private network.
//!
//! Sending a host elsewhere on purpose is [`crate::route`]'s business, resolving names is `fetch`'s.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Ports that a site may use without the operator naming them.
pub const PORTS: [u16; 4] = [80, 443, 8080, 8443];

/// Why an address is special-use and never fetched; `None` for an address of the public internet.
///
/// The IANA special-purpose registries (RFC 6890) and what cloud hosts keep for themselves. An IPv6 address that
/// embeds an IPv4 address is as special as that one, and always where it goes through somebody's tunnel.
pub fn special(ip: IpAddr) -> Option<&'static str> {
    match ip {
        IpAddr::V4(ip) => special_v4(ip),
        IpAddr::V6(ip) => special_v6(ip),
    }
}

/// Checks that a URL can be asked for: http or https, no user name, a public host, a port of [`PORTS`].
///
/// Literal addresses are checked here because they never reach a resolver. `url` has turned `127.1` and `0x7f.1` into
/// addresses by now. The error is a reason for people, as in "the address is loopback".
pub fn check_url(url: &Url) -> Result<(), String> {
    check_form(url)?;
    let port = url.port_or_known_default().unwrap_or(0);
    if !PORTS.contains(&port) {
        return Err(format!("port {port} is none of {PORTS:?}"));
    }
    match url.host() {
        Some(Host::Ipv4(ip)) => refuse(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => refuse(IpAddr::V6(ip)),
        Some(Host::Domain(name)) if is_localhost(name) => Err(format!("the host `{name}` is loopback")),
        _ => Ok(()),
    }
}

/// The part of [`check_url`] that holds for every URL, also where the operator sends its host elsewhere.
pub(crate) fn check_form(url: &Url) -> Result<(), String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("the scheme `{}` is neither http nor https", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the URL holds a user name or password".to_owned());
    }
    match url.host_str() {
        None | Some("" | ".") => Err("the URL has no host".to_owned()),
        Some(_) => Ok(()),
    }
}

fn refuse(ip: IpAddr) -> Result<(), String> {
    special(ip).map_or(Ok(()), |why| Err(format!("the address `{ip}` is {why}")))
}

fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}

const fn v4(a: u8, b: u8, c: u8, d: u8) -> u32 {
    u32::from_be_bytes([a, b, c, d])
}

/// Network, prefix length, what it is for. The first that holds the address names the reason.
const V4: [(u32, u32, &str); 18] = [
    (v4(0, 0, 0, 0), 8, "\"this network\""),
    (v4(10, 0, 0, 0), 8, "private"),
    (v4(100, 64, 0, 0), 10, "shared by a carrier (CGNAT)"),
    (v4(127, 0, 0, 0), 8, "loopback"),
    (v4(168, 63, 129, 16), 32, "a cloud metadata service"),
    (v4(169, 254, 169, 254), 32, "a cloud metadata service"),
    (v4(169, 254, 0, 0), 16, "link-local"),
    (v4(172, 16, 0, 0), 12, "private"),
    (v4(192, 0, 0, 0), 24, "for protocol assignments"),
    (v4(192, 0, 2, 0), 24, "for documentation"),
    (v4(192, 88, 99, 0), 24, "a 6to4 relay"),
    (v4(192, 168, 0, 0), 16, "private"),
    (v4(198, 18, 0, 0), 15, "for benchmarks"),
    (v4(198, 51, 100, 0), 24, "for documentation"),
    (v4(203, 0, 113, 0), 24, "for documentation"),
    (v4(224, 0, 0, 0), 4, "multicast"),
    (v4(255, 255, 255, 255), 32, "broadcast"),
    (v4(240, 0, 0, 0), 4, "reserved"),
];

fn special_v4(ip: Ipv4Addr) -> Option<&'static str> {
    let bits = u32::from(ip);
    let holds = |&&(net, prefix, _): &&(u32, u32, &str)| (bits ^ net).checked_shr(32 - prefix).unwrap_or(0) == 0;
    V4.iter().find(holds).map(|&(_, _, why)| why)
}

/// As `V4`, with the first 64 bits of the network: no IPv6 block below is longer.
const V6: [(u64, u32, &str); 11] = [
    (0x0064_ff9b_0001_0000, 48, "a local NAT64"),
    (0x0100_0000_0000_0000, 64, "discarded"),
    (0x2001_0000_0000_0000, 32, "a Teredo tunnel"),
    (0x2001_0002_0000_0000, 48, "for benchmarks"),
    (0x2001_0000_0000_0000, 23, "for protocol assignments"),
    (0x2001_0db8_0000_0000, 32, "for documentation"),
    (0x2002_0000_0000_0000, 16, "a 6to4 tunnel"),
    (0x3fff_0000_0000_0000, 20, "for documentation"),
    (0xfc00_0000_0000_0000, 7, "private (unique local)"),
    (0xfe80_0000_0000_0000, 10, "link-local"),
    (0xff00_0000_0000_0000, 8, "multicast"),
];

fn special_v6(ip: Ipv6Addr) -> Option<&'static str> {
    let (bits, s) = (u128::from(ip), ip.segments());
    let embedded = Ipv4Addr::from(bits as u32);
    match s {
        [0, 0, 0, 0, 0, 0, 0, 0] => return Some("unspecified"),
        [0, 0, 0, 0, 0, 0, 0, 1] => return Some("loopback"),
        // IPv4-mapped (RFC 4291 §2.5.5.2), and what a DNS64 answers for hosts without IPv6 (RFC 6052): the IPv4 host itself.
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => return special_v4(embedded),
        [0, 0, 0, 0, 0, 0, ..] => return special_v4(embedded).or(Some("IPv4-compatible, long withdrawn")),
        _ => {}
    }
    let high = (bits >> 64) as u64;
    let known = V6.iter().find(|&&(net, prefix, _)| (high ^ net) >> (64 - prefix) == 0);
    let global_unicast = s[0] >> 13 == 1;
    known.map(|&(_, _, why)| why).or((!global_unicast).then_some("not global unicast"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ip: &str, expect: Option<&str>) {
        assert_eq!(special(ip.parse().unwrap()), expect, "{ip}");
    }

    #[test]
    fn special_ipv4_blocks_are_named_up_to_their_last_address() {
        check("0.1.2.3", Some("\"this network\""));
        check("10.255.255.255", Some("private"));
        check("100.64.0.1", Some("shared by a carrier (CGNAT)"));
        check("100.127.255.255", Some("shared by a carrier (CGNAT)"));
        check("127.8.9.1", Some("loopback"));
        check("169.254.169.254", Some("a cloud metadata service"));
        check("169.254.1.1", Some("link-local"));
        check("172.31.255.255", Some("private"));
        check("192.0.2.7", Some("for documentation"));
        check("192.168.1.1", Some("private"));
        check("198.19.255.255", Some("for benchmarks"));
        check("239.255.255.250", Some("multicast"));
        check("255.255.255.255", Some("broadcast"));
        check("250.0.0.1", Some("reserved"));
    }

    #[test]
    fn neighbours_of_special_blocks_are_public() {
        for ip in ["1.1.1.1", "9.255.255.255", "11.0.0.0", "100.128.0.0", "128.0.0.0", "172.32.0.0", "192.0.1.1", "198.20.0.0"] {
            check(ip, None);
        }
        for ip in ["2606:4700::1111", "2001:200::1", "2a00:1450:4001::8a", "3ffe::1"] {
            check(ip, None);
        }
    }

    #[test]
    fn special_ipv6_blocks_are_named() {
        check("::", Some("unspecified"));
        check("::1", Some("loopback"));
        check("fd00:ec2::254", Some("private (unique local)"));
        check("fe80::1", Some("link-local"));
        check("ff02::1", Some("multicast"));
        check("2001:db8::1", Some("for documentation"));
        check("100::1", Some("discarded"));
        check("fec0::1", Some("not global unicast"));
        check("5f00::1", Some("not global unicast"));
    }

    #[test]
    fn an_ipv4_address_inside_an_ipv6_address_does_not_hide() {
        check("::ffff:127.0.0.1", Some("loopback"));
        check("::ffff:1.1.1.1", None);
        check("::127.0.0.1", Some("loopback"));
        check("::1.1.1.1", Some("IPv4-compatible, long withdrawn"));
        check("64:ff9b::10.0.0.1", Some("private"));
        check("64:ff9b::1.1.1.1", None);
        check("64:ff9b:1::1", Some("a local NAT64"));
        check("2002:7f00:1::", Some("a 6to4 tunnel"));
        check("2001::1", Some("a Teredo tunnel"));
    }

    fn check_text(url: &str, expect: Result<(), &str>) {
        assert_eq!(check_url(&Url::parse(url).unwrap()), expect.map_err(str::to_owned), "{url}");
    }

    #[test]
    fn shorthand_addresses_are_checked_after_parsing() {
        for url in ["http://127.1/", "http://0x7f.1/", "http://2130706433/", "http://0177.0.0.1/"] {
            check_text(url, Err("the address `127.0.0.1` is loopback"));
        }
        check_text("http://[::ffff:10.0.0.1]/", Err("the address `::ffff:10.0.0.1` is private"));
    }

    #[test]
    fn only_plain_web_urls_pass() {
        check_text("https://www.example.org/a?b", Ok(()));
        check_text("http://example.org:8080/", Ok(()));
        check_text("ftp://example.org/", Err("the scheme `ftp` is neither http nor https"));
        check_text("http://user@example.org/", Err("the URL holds a user name or password"));
        check_text("http://example.org:22/", Err("port 22 is none of [80, 443, 8080, 8443]"));
        check_text("http://Localhost./", Err("the host `localhost.` is loopback"));
    }
}
