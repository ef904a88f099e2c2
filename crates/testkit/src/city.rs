//! Builds a city's site and serves it on loopback under its own name.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use mirror::{Mirror, Ports, Request, Response, Site};
use url::Url;

use crate::log::Log;

type Maker = Arc<dyn Fn(&Request) -> Option<Response> + Send + Sync>;

/// A city's site in the making. Later calls for one path replace earlier ones.
#[derive(Clone)]
pub struct City {
    hosts: Vec<String>,
    answers: HashMap<String, Response>,
    makers: Vec<Maker>,
    dir: Option<PathBuf>,
    latency: Duration,
}

impl City {
    /// A site without pages; robots.txt allows everything.
    pub fn new(host: &str) -> Self {
        let bare = Self {
            hosts: vec![host.to_owned()],
            answers: HashMap::new(),
            makers: Vec::new(),
            dir: None,
            latency: Duration::ZERO,
        };
        bare.robots("User-agent: *\nDisallow:\n")
    }

    /// A saved site: what no other call answers comes from this directory.
    pub fn saved(host: &str, dir: impl Into<PathBuf>) -> Self {
        let mut city = Self { dir: Some(dir.into()), ..Self::new(host) };
        city.answers.clear();
        city
    }

    /// Another name of the same site.
    #[must_use]
    pub fn alias(mut self, host: &str) -> Self {
        self.hosts.push(host.to_owned());
        self
    }

    /// An HTML page in UTF-8. `path` may have a query; without one it answers whatever the query.
    #[must_use]
    pub fn page(self, path: &str, html: &str) -> Self {
        self.answer(path, Response::html(200, html.to_owned()))
    }

    /// Any answer. If it has an `etag`, a matching `If-None-Match` gets 304.
    #[must_use]
    pub fn answer(mut self, path: &str, response: Response) -> Self {
        self.answers.insert(path.to_owned(), response);
        self
    }

    /// A short page with this status.
    #[must_use]
    pub fn status(self, path: &str, status: u16) -> Self {
        self.answer(path, Response::html(status, format!("<!doctype html><title>{status}</title><h1>{status}</h1>")))
    }

    /// A redirect of status 302.
    #[must_use]
    pub fn redirect(self, path: &str, location: &str) -> Self {
        self.answer(path, Response::redirect(302, location))
    }

    /// The robots.txt.
    #[must_use]
    pub fn robots(self, text: &str) -> Self {
        self.answer("/robots.txt", Response::new(200, "text/plain; charset=utf-8", text.to_owned()))
    }

    /// A sitemap.xml with these URLs, made absolute on the first host over HTTPS.
    #[must_use]
    pub fn sitemap(self, paths: &[&str]) -> Self {
        let host = self.hosts[0].clone();
        let urls: String = paths.iter().map(|path| format!("<url><loc>https://{host}{path}</loc></url>")).collect();
        let xml = format!("<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{urls}</urlset>");
        self.answer("/sitemap.xml", Response::new(200, "application/xml", xml))
    }

    /// Each answer is held back so long.
    #[must_use]
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// A working search: `path` with `parameter` lists the pages so far whose HTML holds the words asked for.
    #[must_use]
    pub fn search(self, path: &str, parameter: &str) -> Self {
        let (path, parameter) = (path.to_owned(), parameter.to_owned());
        let pages: Vec<(String, String)> = self
            .answers
            .iter()
            .map(|(path, response)| (path.clone(), String::from_utf8_lossy(&response.body).to_lowercase()))
            .filter(|(path, _)| path != "/robots.txt")
            .collect();
        self.making(move |request| {
            let query = request.parameter(&parameter).filter(|_| request.path == path)?.to_lowercase();
            let mut found: Vec<&str> =
                pages.iter().filter(|(_, html)| html.contains(&query)).map(|(path, _)| path.as_str()).collect();
            found.sort_unstable();
            let items: String = found.iter().map(|path| format!("<li><a href=\"{path}\">{path}</a></li>")).collect();
            Some(Response::html(200, format!("<!doctype html><title>Search results</title><main><ol>{items}</ol></main>")))
        })
    }

    /// Pages made on demand; asked after [`Self::answer`] and before the directory. Must not block.
    #[must_use]
    pub fn making(mut self, maker: impl Fn(&Request) -> Option<Response> + Send + Sync + 'static) -> Self {
        self.makers.push(Arc::new(maker));
        self
    }

    /// Serves this city alone.
    ///
    /// # Panics
    /// If loopback cannot be listened on or the directory is missing.
    pub async fn serve(self) -> Served {
        serve(vec![self]).await
    }

    fn respond(&self, request: &Request) -> Option<Response> {
        let with_query = request.query.as_ref().map(|query| format!("{}?{query}", request.path));
        let fixed = with_query.and_then(|target| self.answers.get(&target)).or_else(|| self.answers.get(&request.path));
        match fixed {
            Some(response) => Some(conditional(request, response)),
            None => self.makers.iter().find_map(|maker| maker(request)),
        }
    }
}

/// 304 where the client's tag matches, the response otherwise.
fn conditional(request: &Request, response: &Response) -> Response {
    let tag = response.header("etag");
    if tag.is_some() && request.header("if-none-match") == tag {
        let tag = tag.unwrap_or_default();
        return Response { status: 304, headers: Vec::new(), body: mirror::Bytes::new() }.with("etag", tag);
    }
    response.clone()
}

/// Cities being served; dropping it ends them.
#[derive(Debug)]
pub struct Served {
    /// The listeners.
    pub mirror: Mirror,
    /// What was asked.
    pub log: Log,
    hosts: Vec<String>,
    /// Where each host is, in the order of `hosts`.
    places: Vec<Ports>,
}

impl Served {
    /// The home page of the first city, over HTTPS.
    ///
    /// # Panics
    /// If the host is no host name.
    pub fn home(&self) -> Url {
        Url::parse(&format!("https://{}/", self.hosts[0])).expect("the city was given a host name")
    }

    /// All names served.
    pub fn hosts(&self) -> &[String] {
        &self.hosts
    }

    /// Where each name is to be sent, in the form of curl's `--connect-to`: `HOST:PORT:ADDRESS:PORT`.
    pub fn routes(&self) -> Vec<String> {
        let route =
            |(host, Ports { http, https }): (&String, &Ports)| [format!("{host}:80:{http}"), format!("{host}:443:{https}")];
        self.hosts.iter().zip(&self.places).flat_map(route).collect()
    }

    /// Certificate of the authority to trust, as PEM.
    pub fn ca_pem(&self) -> &str {
        &self.mirror.ca_pem
    }
}

/// Serves several cities on one pair of free ports.
///
/// # Panics
/// If loopback cannot be listened on, a directory is missing, or two cities share a name.
pub async fn serve(cities: Vec<City>) -> Served {
    let (sites, log) = sites(&cities);
    let mirror = mirror::serve(sites, Ports::free()).await.expect("a test can listen on loopback");
    let hosts: Vec<String> = cities.into_iter().flat_map(|city| city.hosts).collect();
    let here = Ports { http: mirror.http, https: mirror.https };
    Served { mirror, log, places: vec![here; hosts.len()], hosts }
}

/// Serves each city on a loopback address of its own, 127.0.1.1 and on, all on the same two ports, as hosts on the web
/// are: pace is kept per address too.
///
/// # Panics
/// As [`serve`].
pub async fn serve_apart(cities: Vec<City>) -> Served {
    let (sites, log) = sites(&cities);
    let (http, https) = two_free_ports();
    let place = |number: usize| {
        let ip = std::net::Ipv4Addr::from(0x7f00_0101 + u32::try_from(number).expect("cities are few"));
        Ports { http: (ip, http).into(), https: (ip, https).into() }
    };
    let apart: Vec<Ports> = (0..cities.len()).map(place).collect();
    let mirror = mirror::serve_at(sites, apart[0], &apart[1..]).await.expect("a test can listen on loopback");
    let named = cities.into_iter().zip(apart).flat_map(|(city, place)| city.hosts.into_iter().map(move |host| (host, place)));
    let (hosts, places) = named.unzip();
    Served { mirror, log, hosts, places }
}

fn sites(cities: &[City]) -> (Vec<Site>, Log) {
    let log = Log::default();
    let site = |city: &City| {
        let (city, noted) = (city.clone(), log.clone());
        let (hosts, dir, latency) = (city.hosts.clone(), city.dir.clone(), city.latency);
        let dynamic: Maker = Arc::new(move |request| {
            noted.note(request);
            city.respond(request)
        });
        Site { hosts, dir, dynamic: Some(dynamic), latency }
    };
    (cities.iter().map(site).collect(), log)
}

/// Ports that were free a moment ago, held both at once so that they differ.
fn two_free_ports() -> (u16, u16) {
    let free = || std::net::TcpListener::bind("127.0.0.1:0").expect("a test can listen on loopback");
    let port = |listener: &std::net::TcpListener| listener.local_addr().expect("it is bound").port();
    let (one, other) = (free(), free());
    (port(&one), port(&other))
}
