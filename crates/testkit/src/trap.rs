//! Sites that lead a crawler in circles, away, or astray, within correct HTTP.

use mirror::Response;

use crate::city::City;

/// Redirects of `/circle/0` that come back to it after so many hops.
#[must_use]
pub fn circle(city: City, hops: usize) -> City {
    (0..hops).fold(city, |city, hop| city.redirect(&format!("/circle/{hop}"), &format!("/circle/{}", (hop + 1) % hops)))
}

/// Redirects from `/chain/0` over so many hops to a page.
#[must_use]
pub fn chain(city: City, hops: usize) -> City {
    let city = city.page(&format!("/chain/{hops}"), "<!doctype html><title>End of the chain</title>");
    (0..hops).fold(city, |city, hop| city.redirect(&format!("/chain/{hop}"), &format!("/chain/{}", hop + 1)))
}

/// Places that no portal may send a crawler to: loopback, private, link-local, metadata, and disguises of them.
pub const PRIVATE: [&str; 10] = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0x7f.1/",
    "http://10.0.0.1/admin",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fd00::1]/",
    "file:///etc/passwd",
];

/// Redirects from `/private/0`, `/private/1` ... to each of [`PRIVATE`], with a home page that links to them.
#[must_use]
pub fn to_private(city: City) -> City {
    let links: String = (0..PRIVATE.len()).map(|n| format!("<a href=\"/private/{n}\">service {n}</a>")).collect();
    let city = city.page("/", &format!("<!doctype html><title>City</title><main>{links}</main>"));
    PRIVATE.iter().enumerate().fold(city, |city, (n, to)| city.redirect(&format!("/private/{n}"), to))
}

/// An events calendar without end under `/calendar`: each month links to the next, the one before and its days.
#[must_use]
pub fn endless_calendar(city: City) -> City {
    city.making(|request| {
        if request.path != "/calendar" {
            return None;
        }
        let month: i64 = request.parameter("month").and_then(|month| month.parse().ok()).unwrap_or(24_371);
        let name = |month: i64| format!("{}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
        let days: String =
            (1..=28).map(|day| format!("<td><a href=\"/calendar?month={month}&amp;day={day}\">{day}</a></td>")).collect();
        let html = format!(
            "<!doctype html><title>Events {0}</title><main><h1>Events in {0}</h1><p>Nothing planned.</p>\
             <table><tr>{days}</tr></table><a href=\"/calendar?month={1}\">{2}</a> <a href=\"/calendar?month={3}\">{4}</a></main>",
            name(month),
            month - 1,
            name(month - 1),
            month + 1,
            name(month + 1)
        );
        Some(Response::html(200, html))
    })
}

/// A wall in front of a path: 403, 429 or 503 with `Retry-After` as given (seconds or a date).
#[must_use]
pub fn wall(city: City, path: &str, status: u16, retry_after: Option<&str>) -> City {
    let bare = Response::html(status, "<!doctype html><title>Access denied</title><h1>Checking your browser</h1>");
    city.answer(path, retry_after.iter().fold(bare, |response, after| response.with("retry-after", after)))
}

/// A site that answers everything with a friendly page and 200, also what does not exist.
#[must_use]
pub fn soft_404(city: City) -> City {
    city.making(|request| {
        let html = "<!doctype html><title>Oops</title><main><h1>We could not find that</h1><p>Try the home page.</p></main>";
        (request.path != "/robots.txt").then(|| Response::html(200, html))
    })
}

/// Strange robots.txt files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Robots {
    /// An HTML page with status 200.
    Html,
    /// UTF-16 with a byte order mark; forbids `/private` if read as such.
    Utf16,
    /// UTF-8 with a byte order mark; forbids `/private`.
    Marked,
    /// Status 503.
    Unavailable,
    /// Redirects to itself.
    Circle,
}

/// Puts a strange robots.txt on a site.
#[must_use]
pub fn robots(city: City, kind: Robots) -> City {
    let rules = "User-agent: *\nDisallow: /private\n";
    let plain = |bytes: Vec<u8>| Response::new(200, "text/plain", bytes);
    let response = match kind {
        Robots::Html => Response::html(200, "<!doctype html><title>City</title><p>Disallow: /</p><p>User-agent: *</p>"),
        Robots::Utf16 => plain([0xff, 0xfe].into_iter().chain(rules.encode_utf16().flat_map(u16::to_le_bytes)).collect()),
        Robots::Marked => plain(format!("\u{feff}{rules}").into_bytes()),
        Robots::Unavailable => Response::html(503, "<!doctype html><title>Maintenance</title>"),
        Robots::Circle => Response::redirect(302, "/robots.txt"),
    };
    city.answer("/robots.txt", response)
}

/// A page whose charset must be found out.
#[derive(Debug, Clone)]
pub struct Charset {
    /// Its path.
    pub path: &'static str,
    /// The answer.
    pub response: Response,
    /// A word that the page holds when read rightly.
    pub word: &'static str,
}

/// Pages with a wrong, missing or contradictory charset, whose words a browser reads all the same.
pub fn charsets() -> Vec<Charset> {
    let page = |meta: &str, text: &[u8]| {
        [format!("<!doctype html><html><head>{meta}<title>").as_bytes(), text, b"</title></head><body><main><p>", text, b"</p>"]
            .concat()
    };
    let latin = b"Universit\xe9 et pr\xe9fecture de la ville; les d\xe9marches administratives sont trait\xe9es \xe0 la mairie";
    // windows-1251: "Городская администрация"
    let cyrillic =
        b"\xc3\xee\xf0\xee\xe4\xf1\xea\xe0\xff \xe0\xe4\xec\xe8\xed\xe8\xf1\xf2\xf0\xe0\xf6\xe8\xff \xe8 \xf1\xeb\xf3\xe6\xe1\xfb";
    // windows-1256: "بلدية المدينة"
    let arabic = b"\xc8\xe1\xcf\xed\xc9 \xc7\xe1\xe3\xcf\xed\xe4\xc9";
    // Shift_JIS: "市役所"
    let japanese = b"\x8e\x73\x96\xf0\x8f\x8a\x82\xcc\x8e\xe8\x91\xb1\x82\xab";
    vec![
        Charset {
            path: "/header",
            response: Response::new(200, "text/html; charset=windows-1251", page("", cyrillic)),
            word: "администрация",
        },
        Charset {
            path: "/meta",
            response: Response::new(200, "text/html", page("<meta charset=windows-1256>", arabic)),
            word: "بلدية",
        },
        Charset { path: "/none", response: Response::new(200, "text/html", page("", latin)), word: "préfecture" },
        Charset {
            path: "/sjis",
            response: Response::new(
                200,
                "text/html",
                page("<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>", japanese),
            ),
            word: "市役所",
        },
        Charset {
            path: "/mark-against-header",
            response: Response::new(
                200,
                "text/html; charset=iso-8859-1",
                [b"\xef\xbb\xbf", page("", "Größe".as_bytes()).as_slice()].concat(),
            ),
            word: "Größe",
        },
        Charset {
            path: "/nonsense",
            response: Response::new(
                200,
                "text/html; charset=x-no-such-thing",
                page("", "Straßenbau in Köln und Düsseldorf".as_bytes()),
            ),
            word: "Straßenbau",
        },
    ]
}
