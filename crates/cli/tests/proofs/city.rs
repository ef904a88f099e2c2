//! A city with something of everything: pages, a PDF, redirects, pages that are gone, a search form, an apex host that
//! redirects, and a service on another host. Each host has an address of its own.

use testkit::synthetic::{Shape, page, path};
use testkit::{City, Log, Response, Served, pdf, serve_apart};

/// The portal list that names it.
pub(crate) const LIST: &str =
    "id,city,country,home,hosts,languages,notes\ncrashford,Crashford,GB,http://crashford.example/,,en,fictional\n";

const APEX: &str = "crashford.example";
const CITY: &str = "www.crashford.example";
const SERVICE: &str = "pay.service.example";

/// Serves the city with so many pages.
pub(crate) async fn serve(pages: usize) -> Served {
    let shape = Shape { pages, links: 12, bytes: 4_000 };
    let mut city = City::new(CITY).page("/", &home());
    for n in 0..pages {
        city = city.page(&if n == 0 { "/all/".to_owned() } else { path(n) }, &page(n, shape));
    }
    let city = city
        .answer("/budget/2026.pdf", Response::new(200, "application/pdf", pdf(BUDGET)))
        .redirect("/mayor", "/council/about.html")
        .page("/council/about.html", &plain("The mayor", "The mayor is elected for four years. Telephone 05550 100."))
        .status("/gone", 410)
        .search("/search", "q")
        .sitemap(&["/", "/all/", &path(pages - 1), "/missing.html"]);
    let service = City::new(SERVICE)
        .page("/", &plain("Pay online", "<a href='/fine'>Pay a parking fine</a> <a href='/tax'>Pay property tax</a>"))
        .page("/fine", &plain("Pay a parking fine", FORM))
        .page("/tax", &plain("Pay property tax online", FORM))
        .status("/receipt", 500);
    let apex = City::new(APEX).making(|request| {
        let target = format!("https://{CITY}{}", request.path);
        Some(Response::redirect(301, &target))
    });
    serve_apart(vec![city, apex, service]).await
}

/// Requests as `scheme://host/target`, from one place of the log on.
pub(crate) fn asked(log: &Log, from: usize) -> Vec<String> {
    let scheme = |secure| if secure { "https" } else { "http" };
    let all = log.all().into_iter().skip(from);
    all.map(|asked| format!("{}://{}{}", scheme(asked.secure), asked.host, asked.target)).collect()
}

fn home() -> String {
    let service = format!("https://{SERVICE}/");
    plain(
        "City of Crashford",
        &format!(
            "<form role='search' action='/search'><input type='search' name='q' aria-label='Search'></form>\
             <ul><li><a href='/all/'>All pages</a><li><a href='/budget/2026.pdf'>Adopted budget 2026 (PDF)</a>\
             <li><a href='/mayor'>The mayor</a><li><a href='/gone'>Old page</a>\
             <li><a href='{service}'>Pay fines and taxes online</a><li><a href='{service}tax'>Pay property tax</a>\
             <li><a href='{service}receipt'>Ask for a receipt</a></ul>"
        ),
    )
}

fn plain(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang='en'><head><title>{title}</title></head><body><main><h1>{title}</h1>{body}</main></body></html>"
    )
}

const FORM: &str = "<p>Pay with your card, the receipt comes by e-mail.</p><form method='post' action='/pay'>\
                    <label>Reference number <input name='reference'></label><label>Amount <input name='amount'></label>\
                    <label>Card number <input name='card'></label><button>Pay now</button></form>";
const BUDGET: &str = "City of Crashford\nAdopted budget 2026\nRevenue and expenditure\nTotal 12,400,000";
