//! The politeness receipt as one HTML page that needs nothing else and runs nothing: for the people who look after a
//! city's web servers, sent to them by people who need not program.

mod words;

use std::fmt::Write as _;
use std::io::Write;

use model::{HostReceipt, Receipt, RobotsReceipt, Traffic};

use words::{count, escape, instant, number, reason, size, span, status};

const CSS: &str = include_str!("page.css");

/// What the figures mean, in the order of the tables.
const MEANINGS: [(&str, &str); 8] = [
    (
        "Requests",
        "How often this server was asked for something and answered: pages, robots.txt, and addresses that led on to others.",
    ),
    (
        "Received",
        "The size of all answers as they came over the network, without their headers. Compressed answers count as compressed.",
    ),
    (
        "Shortest time between two starts",
        "The shortest time from the moment one request was sent to the moment the next was sent to the same server.",
    ),
    (
        "Shortest pause",
        "The shortest time from the last byte of an answer to the next request to the same server. In this time the server had nothing to do for us.",
    ),
    (
        "Most at once",
        "How many requests were under way at one server at the same moment, at most. 1 means that each request waited for the answer to the one before.",
    ),
    ("Refusals", "Answers with status 403, 429, 451 or 503: the server refused us or asked us to slow down or come later."),
    (
        "robots.txt",
        "The file in which a site says what automatic visitors may ask for and how slowly. The lines quoted are those that name us, or all visitors, and the delay they ask for.",
    ),
    (
        "Not brought back",
        "Addresses that gave no page, with the reason. Some of them were never requested: because robots.txt asks us not to, for example.",
    ),
];

/// Writes the receipt as HTML. `city` is what the portal is called where people read it; the portal's key if it is empty.
pub fn write_html(receipt: &Receipt, city: &str, mut out: impl Write) -> std::io::Result<()> {
    out.write_all(page(receipt, if city.is_empty() { &receipt.portal } else { city }).as_bytes())
}

fn page(receipt: &Receipt, city: &str) -> String {
    let (city, run) = (escape(city), receipt.run);
    let total = &receipt.total;
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>What our survey asked of the web servers of {city}</title>\n<style>\n{CSS}</style>\n</head>\n<body>\n<main>\n\
         <p class=\"kind\">Politeness receipt</p>\n<h1>What our survey asked of the web servers of <bdi>{city}</bdi></h1>\n\
         <p class=\"when\">{} to {} · run {run} of portal <bdi>{}</bdi></p>\n",
        instant(total.first),
        instant(total.last),
        escape(&receipt.portal)
    );
    let hosts = count(receipt.hosts.iter().filter(|host| host.traffic.requests > 0).count() as u64, "server", "servers");
    line(
        &mut out,
        format_args!(
            "<p>A survey program looked at public pages of this portal to see which services the city offers online. It sent \
             {} to {hosts} and read {} of answers. It filled in no forms but the search field of the site, and signed in \
             nowhere. This page says exactly what it asked and how fast, so that you can compare it with your own server \
             logs.</p>",
            count(total.requests, "request", "requests"),
            size(total.bytes)
        ),
    );
    figures(&mut out, receipt);
    remarks(&mut out, &receipt.remarks);
    who(&mut out, receipt);
    overview(&mut out, &receipt.hosts);
    line(&mut out, "<h2>Server by server</h2>");
    for host in &receipt.hosts {
        one_host(&mut out, host);
    }
    line(&mut out, "<h2>What the figures mean</h2>\n<dl>");
    for (name, meaning) in MEANINGS {
        line(&mut out, format_args!("<dt>{name}</dt><dd>{meaning}</dd>"));
    }
    line(&mut out, "</dl>");
    method(&mut out, receipt);
    out + "</main>\n</body>\n</html>\n"
}

fn figures(out: &mut String, receipt: &Receipt) {
    let shortest = receipt.hosts.iter().filter_map(|host| host.traffic.least_pause).min();
    let at_once = receipt.hosts.iter().map(|host| host.traffic.at_once).max().unwrap_or(0);
    let kept_away = receipt.total.misses.get("robots").copied().unwrap_or(0);
    line(out, "<ul class=\"figures\">");
    for (figure, name) in [
        (number(receipt.total.requests), "requests in all"),
        (size(receipt.total.bytes), "received in all"),
        (span(shortest), "shortest pause between an answer and the next request to the same server"),
        (number(at_once), "most requests at once to one server"),
        (number(receipt.total.refusals), "answers that refused us or asked to slow down"),
        (number(kept_away), "pages left alone because robots.txt asks so"),
    ] {
        line(out, format_args!("<li><b>{figure}</b><span>{name}</span></li>"));
    }
    line(out, "</ul>");
}

fn remarks(out: &mut String, remarks: &[String]) {
    if remarks.is_empty() {
        return;
    }
    line(out, "<div class=\"remarks\" role=\"note\"><strong>To know when you read the figures</strong>");
    for remark in remarks {
        line(out, format_args!("<p>{}</p>", escape(remark)));
    }
    line(out, "</div>");
}

fn who(out: &mut String, receipt: &Receipt) {
    line(out, "<h2>Who asked</h2>\n<table class=\"one\"><tbody>");
    for agent in &receipt.agents {
        row(out, "Name sent with each request", &format!("<code>{}</code>", escape(agent)));
    }
    let contact = match receipt.contact.as_deref() {
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
            format!("<a href=\"{0}\">{0}</a>", escape(url))
        }
        _ => "none was named".to_owned(),
    };
    row(out, "Page about the survey", &contact);
    line(out, "</tbody></table>");
    line(
        out,
        "<p class=\"small\">The name stands in the <code>User-Agent</code> field of your logs. A rule for its first word (up to the slash) in \
         your robots.txt, or a message by way of the page above, is enough to slow the survey down or to keep it away.</p>",
    );
}

fn overview(out: &mut String, hosts: &[HostReceipt]) {
    if hosts.len() < 2 {
        return;
    }
    line(
        out,
        "<h2>All servers</h2>\n<div class=\"scroll\"><table class=\"hosts\"><thead><tr><th scope=\"col\">Server</th>\
         <th scope=\"col\">Requests</th><th scope=\"col\">Received</th><th scope=\"col\">Shortest pause</th>\
         <th scope=\"col\">Most at once</th><th scope=\"col\">Refusals</th></tr></thead><tbody>",
    );
    for HostReceipt { host, traffic, .. } in hosts {
        let Traffic { requests, bytes, least_pause, at_once, refusals, .. } = traffic;
        line(
            out,
            format_args!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                escape(host),
                number(*requests),
                size(*bytes),
                span(*least_pause),
                number(*at_once),
                number(*refusals)
            ),
        );
    }
    line(out, "</tbody></table></div>");
}

fn one_host(out: &mut String, HostReceipt { host, traffic, robots }: &HostReceipt) {
    line(out, format_args!("<h3>{}</h3>\n<table class=\"one\"><tbody>", escape(host)));
    row(out, "Requests", &number(traffic.requests));
    if traffic.requests > 0 {
        row(out, "Received", &format!("{} ({} bytes)", size(traffic.bytes), number(traffic.bytes)));
        row(out, "First request", &instant(traffic.first));
        row(out, "End of the last answer", &instant(traffic.last));
        row(out, "Shortest time between two starts", &span(traffic.least_between_starts));
        row(out, "Shortest pause", &span(traffic.least_pause));
        row(out, "Most at once", &number(traffic.at_once));
        row(out, "Refusals", &number(traffic.refusals));
        let answers = traffic
            .statuses
            .iter()
            .map(|(code, n)| format!("{} with status {code} <span class=\"small\">{}</span>", number(*n), status(*code)));
        row(out, "Answers by status", &answers.collect::<Vec<_>>().join("<br>"));
    }
    let misses = traffic.misses.iter().map(|(word, n)| format!("{} × {}", number(*n), escape(reason(word))));
    let misses = misses.collect::<Vec<_>>().join("<br>");
    row(out, "Not brought back", if misses.is_empty() { "nothing" } else { &misses });
    if traffic.requests > 0 && robots.is_empty() {
        row(out, "robots.txt", "not asked for in this run: the answer of an earlier one was still good");
    }
    for robots in robots {
        row(out, "robots.txt", &robots_cell(robots));
    }
    line(out, "</tbody></table>");
}

fn robots_cell(robots: &RobotsReceipt) -> String {
    let said = match robots.lines.as_slice() {
        [] => String::new(),
        lines => format!("<code class=\"lines\">{}</code>", escape(&lines.join("\u{2028}")).replace('\u{2028}', "\n")),
    };
    let digest = robots.digest.map(|digest| format!("<br>{digest}")).unwrap_or_default();
    format!(
        "status {} on {}{said}<div class=\"small\"><code>{}</code>{digest}<br>record {}</div>",
        robots.status,
        instant(Some(robots.at)),
        escape(&robots.url),
        escape(&robots.record)
    )
}

fn method(out: &mut String, receipt: &Receipt) {
    line(
        out,
        "<h2>How it was computed</h2>\n<p>From the archive of the survey alone, in which each request and each answer is kept, \
         in the WARC format (ISO 28500). The time of a request is its <code>WARC-Date</code>: when it was \
         sent. The end of an answer is the instant of its last byte, kept beside it. No figure was entered by hand, and \
         whoever has the archive can compute them again. Short times are rounded down and sizes up. Requests that got no \
         answer at all are not among the requests; they stand under “Not brought back”.</p>",
    );
    let segments = receipt.segments.iter().map(|name| format!("<code>{}</code>", escape(name)));
    line(out, format_args!("<p class=\"small\">Archive files of this run: {}</p>", segments.collect::<Vec<_>>().join(", ")));
}

fn row(out: &mut String, name: &str, cell: &str) {
    line(out, format_args!("<tr><th scope=\"row\">{name}</th><td>{cell}</td></tr>"));
}

fn line(out: &mut String, text: impl std::fmt::Display) {
    // Writing into a text does not fail.
    writeln!(out, "{text}").ok();
}

#[cfg(test)]
mod tests;
