//! A campaign of as many cities and indicators as asked for, the same each time.

use model::Time;
use report::book::{Agreement, Asked, Book, Campaign, City, Discrepancy, Final, Indicator, Pair, Proof, Quality, Score};
use report::tidy::Answer;

/// Words that pages and people write, and that must come out as they went in.
pub(crate) const WORDS: [&str; 6] = [
    "Budget 2026",
    "=HYPERLINK(\"http://evil.example\")",
    "two\nlines & <b>bold</b>",
    "ميزانية المدينة",
    "+1 @SUM(A1)",
    "_x0041_ and \u{7} bell",
];

pub(crate) fn made() -> Time {
    "2026-11-23T05:30:00Z".parse().expect("it is a time")
}

/// Text from words and a number.
fn text(words: &str, n: usize) -> String {
    format!("{words} {n}")
}

/// The rows of one city and one indicator.
struct Place {
    portal: String,
    city: String,
    key: String,
    code: String,
    title: String,
    words: String,
    url: String,
    n: usize,
}

pub(crate) fn book(cities: usize, indicators: usize) -> Book {
    let mut book = Book {
        campaign: Campaign {
            key: "losi-2026".to_owned(),
            name: "LOSI 2026 <pilot>".to_owned(),
            edition: "2024".to_owned(),
            instrument: "LOSI".to_owned(),
            release: Some(1),
            status: "released".to_owned(),
            made: made().to_string(),
            made_by: "portolan 0.0.0".to_owned(),
        },
        indicators: (0..indicators).map(indicator).collect(),
        ..Book::default()
    };
    for at in 0..cities {
        city(&mut book, at);
        let indicators = book.indicators.clone();
        let of = |(n, one): (usize, &Indicator)| Place {
            portal: format!("city-{at}"),
            city: text("City", at),
            key: format!("city-{at}/1/{}", one.code),
            code: one.code.clone(),
            title: one.title.clone(),
            words: WORDS[(at + n) % WORDS.len()].to_owned(),
            url: format!("https://city-{at}.example/pages/{n}?from=menu"),
            n: at * indicators.len() + n,
        };
        for place in indicators.iter().enumerate().map(of) {
            answers(&mut book, &place);
        }
    }
    numbers(&mut book);
    book
}

fn indicator(n: usize) -> Indicator {
    Indicator {
        code: (201 + n).to_string(),
        criterion: ["IF", "TEC", "CP", "SP"][n % 4].to_owned(),
        title: text("Indicator", n),
        question: text("Is there something of number", n),
        scope: if n.is_multiple_of(3) { "any" } else { "portal" }.to_owned(),
    }
}

fn city(book: &mut Book, at: usize) {
    let (campaign, portal, name) = (book.campaign.key.clone(), format!("city-{at}"), text("City", at));
    book.cities.push(City {
        key: format!("{portal}/1"),
        campaign: campaign.clone(),
        portal: portal.clone(),
        city: name.clone(),
        country: "XX".to_owned(),
        round: 1,
        status: "released".to_owned(),
        home: format!("https://{portal}.example/"),
        signed_by: "s1".to_owned(),
        signed: made().to_string(),
    });
    book.scores.push(Score {
        key: format!("{portal}/1"),
        campaign,
        portal,
        city: name,
        round: 1,
        status: "released".to_owned(),
        total: Some(48),
        denominator: Some(95),
        score: Some(48.0 / 95.0),
        band: "high".to_owned(),
        rank: u32::try_from(at + 1).ok(),
        mark: String::new(),
    });
}

/// What both slots say of a place, and what all its rows share.
struct Said {
    a: bool,
    b: bool,
    campaign: String,
    status: String,
    criterion: String,
    at: String,
    n: usize,
}

impl Said {
    fn id(&self, slot: &str) -> String {
        format!("0190-{slot}-{:08}", self.n)
    }
}

fn word(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

fn answers(book: &mut Book, place: &Place) {
    let even = place.n.is_multiple_of(2);
    let said = Said {
        a: even,
        b: even != place.n.is_multiple_of(20),
        campaign: book.campaign.key.clone(),
        status: "released".to_owned(),
        criterion: "IF".to_owned(),
        at: made().to_string(),
        n: place.n,
    };
    book.finals.push(decided(&said, place));
    book.pairs.push(paired(&said, place));
    if said.a != said.b {
        book.discrepancies.push(differing(&said, place));
    }
    book.answers.extend(sources(&said, place));
}

fn decided(said: &Said, place: &Place) -> Final {
    Final {
        key: place.key.clone(),
        campaign: said.campaign.clone(),
        portal: place.portal.clone(),
        city: place.city.clone(),
        round: 1,
        status: said.status.clone(),
        code: place.code.clone(),
        criterion: said.criterion.clone(),
        title: place.title.clone(),
        answer: word(said.a),
        by: if said.a == said.b { "agreed" } else { "ruled" }.to_owned(),
        url: place.url.clone(),
        quote: place.words.clone(),
        captured: said.at.clone(),
        digest: format!("sha256:{:064x}", place.n),
        record: format!("urn:uuid:{:032x}", place.n),
        trace: format!("https://losi.example/trace/{}", place.key),
        rests_on: if said.a == said.b { format!("{} {}", said.id("a"), said.id("b")) } else { said.id("r") },
        signed: said.at.clone(),
    }
}

fn paired(said: &Said, place: &Place) -> Pair {
    Pair {
        key: place.key.clone(),
        base_a: said.id("a"),
        base_b: said.id("b"),
        campaign: said.campaign.clone(),
        portal: place.portal.clone(),
        city: place.city.clone(),
        round: 1,
        status: said.status.clone(),
        code: place.code.clone(),
        criterion: said.criterion.clone(),
        title: place.title.clone(),
        same: said.a == said.b,
        answer_a: word(said.a),
        answer_b: word(said.b),
        note_a: place.words.clone(),
        url_a: place.url.clone(),
        quote_a: place.words.clone(),
        assessor_a: "p1".to_owned(),
        assessor_b: "p2".to_owned(),
        at_a: said.at.clone(),
        at_b: said.at.clone(),
        ..Pair::default()
    }
}

fn differing(said: &Said, place: &Place) -> Discrepancy {
    Discrepancy {
        key: place.key.clone(),
        base: said.id("r"),
        campaign: said.campaign.clone(),
        portal: place.portal.clone(),
        city: place.city.clone(),
        round: 1,
        status: "ruled".to_owned(),
        path: "within".to_owned(),
        code: place.code.clone(),
        criterion: said.criterion.clone(),
        title: place.title.clone(),
        answer_a: word(said.a),
        answer_b: word(said.b),
        ruling: word(said.a),
        ruling_note: place.words.clone(),
        reviewer: "r1".to_owned(),
        ruled: said.at.clone(),
        ..Discrepancy::default()
    }
}

fn sources(said: &Said, place: &Place) -> [Answer; 3] {
    let both = format!("{} {}", said.id("a"), said.id("b"));
    let of = |source: &str, yes: bool, id: String, assist: &str| Answer {
        key: format!("{}/{source}", place.key),
        campaign: said.campaign.clone(),
        edition: "2024".to_owned(),
        release: Some(1),
        portal: place.portal.clone(),
        city: place.city.clone(),
        country: "XX".to_owned(),
        round: 1,
        status: said.status.clone(),
        code: place.code.clone(),
        criterion: said.criterion.clone(),
        source: source.to_owned(),
        answer: word(yes),
        value: Some(u32::from(yes)),
        assist: assist.to_owned(),
        by: "p1".to_owned(),
        note: place.words.clone(),
        at: said.at.clone(),
        id,
        rests_on: if source == "final" { both.clone() } else { String::new() },
        url: place.url.clone(),
        quote: place.words.clone(),
        prefix: "before".to_owned(),
        start: Some(10),
        end: Some(20),
        captured: said.at.clone(),
        record: format!("urn:uuid:{:032x}", place.n),
        digest: format!("sha256:{:064x}", place.n),
        ..Answer::default()
    };
    [
        of("slot_a", said.a, said.id("a"), "clean"),
        of("slot_b", said.b, said.id("b"), "evidence_only"),
        of("final", said.a, String::new(), ""),
    ]
}

fn numbers(book: &mut Book) {
    let (campaign, status) = (book.campaign.key.clone(), "released".to_owned());
    book.agreement.push(Agreement {
        key: "all".to_owned(),
        campaign: campaign.clone(),
        status: status.clone(),
        over: "all".to_owned(),
        pairs: 20,
        same: 19,
        percent: Some(95.0),
        kappa: Some(0.9),
        note: "ac1 is not computed".to_owned(),
        ..Agreement::default()
    });
    book.machine.push(Quality {
        key: "all".to_owned(),
        campaign: campaign.clone(),
        status: status.clone(),
        over: "all".to_owned(),
        answers: 20,
        hits: 9,
        precision: Some(0.9),
        ..Quality::default()
    });
    book.manifest.push(Proof {
        key: "checkpoint".to_owned(),
        campaign,
        status,
        name: "losi.example/log".to_owned(),
        value: "size 400".to_owned(),
        digest: format!("sha256:{:064x}", 7),
        ..Proof::default()
    });
}

/// The form of slot A of the first city: half of it answered.
pub(crate) fn form(book: &Book) -> Vec<Asked> {
    let of = |(n, one): (usize, &Indicator)| Asked {
        key: format!("city-0/1/{}/A", one.code),
        base: if n.is_multiple_of(2) { format!("v{n}") } else { String::new() },
        campaign: book.campaign.key.clone(),
        portal: "city-0".to_owned(),
        city: "City 0".to_owned(),
        round: 1,
        status: if n.is_multiple_of(2) { "answered" } else { "open" }.to_owned(),
        slot: "A".to_owned(),
        code: one.code.clone(),
        criterion: one.criterion.clone(),
        title: one.title.clone(),
        question: one.question.clone(),
        answer: if n.is_multiple_of(2) { "yes" } else { "" }.to_owned(),
        note: if n.is_multiple_of(2) { WORDS[n % WORDS.len()] } else { "" }.to_owned(),
        ..Asked::default()
    };
    book.indicators.iter().enumerate().map(of).collect()
}
