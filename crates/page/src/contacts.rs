//! Ways to reach someone: `tel:` and `mailto:` links, numbers next to words for telephone, addresses in the text.

use model::{Contact, Link};

/// At most so many are taken from one page.
const MAX: usize = 300;

/// How far after a word for telephone its number begins at most, in bytes.
const REACH: usize = 24;

/// The contacts of a page, those of links first, each once.
pub(crate) fn find(text: &str, links: &[Link]) -> Vec<Contact> {
    let mut found = Vec::new();
    for link in links {
        add(&mut found, in_link(link));
    }
    in_text(text, &mut found);
    found
}

fn add(found: &mut Vec<Contact>, contact: Option<Contact>) {
    let Some(contact) = contact else { return };
    if found.len() < MAX && !found.iter().any(|known| same(known, &contact)) {
        found.push(contact);
    }
}

fn same(one: &Contact, other: &Contact) -> bool {
    match (one, other) {
        (Contact::Telephone { number: one, .. }, Contact::Telephone { number: other, .. }) => {
            one.bytes().filter(u8::is_ascii_digit).eq(other.bytes().filter(u8::is_ascii_digit))
        }
        (Contact::Mail { address: one, .. }, Contact::Mail { address: other, .. }) => one.eq_ignore_ascii_case(other),
        _ => false,
    }
}

fn in_link(link: &Link) -> Option<Contact> {
    match link.url.scheme() {
        "tel" => {
            let path = decoded(link.url.path());
            let shown = if digits(&link.text) >= 3 { link.text.clone() } else { path };
            (digits(&shown) >= 3).then_some(Contact::Telephone { number: shown, span: link.span })
        }
        "mailto" => {
            let address = decoded(link.url.path());
            let address = address.split(',').next().unwrap_or_default().trim().to_owned();
            is_address(&address).then_some(Contact::Mail { address, span: link.span })
        }
        _ => None,
    }
}

/// Percent escapes undone, as far as they make UTF-8.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex.filter(|_| byte == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).trim().to_owned()
}

fn digits(text: &str) -> usize {
    text.chars().filter(|c| value(*c).is_some()).count()
}

/// The value of an ASCII, Arabic-Indic, Persian or full-width digit.
fn value(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(c as u32 - 0x6f0),
        '\u{ff10}'..='\u{ff19}' => Some(c as u32 - 0xff10),
        _ => None,
    }
}

fn in_text(text: &str, found: &mut Vec<Contact>) {
    let mut start = 0;
    for line in text.split('\n') {
        for (at, _) in line.match_indices('@') {
            if let Some((from, to)) = address_around(line, at) {
                let span = Some(((start + from) as u32, (start + to) as u32));
                add(found, Some(Contact::Mail { address: line[from..to].to_owned(), span }));
            }
        }
        for (from, to) in numbers(line) {
            let span = Some(((start + from) as u32, (start + to) as u32));
            add(found, Some(Contact::Telephone { number: line[from..to].to_owned(), span }));
        }
        start += line.len() + 1;
    }
}

/// The e-mail address around an at sign.
fn address_around(line: &str, at: usize) -> Option<(usize, usize)> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let from = at - line[..at].chars().rev().take(64).take_while(|c| is_local(*c)).count();
    let to = at + 1 + line[at + 1..].chars().take(100).take_while(|c| is_host(*c)).map(char::len_utf8).sum::<usize>();
    let address = line[from..to].trim_end_matches(['.', '-']);
    let trimmed = address.trim_start_matches(['.', '-']);
    let from = from + (address.len() - trimmed.len());
    is_address(trimmed).then_some((from, from + trimmed.len()))
}

/// Whether this could be an address that mail reaches, rather than the name of a picture for fine screens.
fn is_address(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let Some((_, top)) = host.rsplit_once('.') else { return false };
    let file = matches!(
        top.to_ascii_lowercase().as_str(),
        "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "css" | "js" | "ico" | "html" | "php" | "pdf"
    );
    let labels = host.split('.').all(|label| !label.is_empty() && label.len() <= 63);
    !local.is_empty()
        && local.len() <= 64
        && !local.contains(|c: char| c.is_whitespace() || c == '@')
        && labels
        && !file
        && (2..=24).contains(&top.chars().count())
        && top.chars().all(char::is_alphabetic)
}

/// The telephone numbers of a line: after a word or sign for telephone, or in international form.
fn numbers(line: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(gap) = line[at..].find(|c: char| value(c).is_some() || matches!(c, '+' | '(' | '＋')) {
        let from = at + gap;
        let to = end_of_number(line, from);
        if to == from {
            at = from + line[from..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let called = || is_called(line, from) || found.last().is_some_and(|(_, end)| is_or(&line[*end..from]));
        if is_number(&line[from..to], called) {
            found.push((from, to));
        }
        at = to;
    }
    found
}

/// Where a run of digits and the signs that group them ends.
fn end_of_number(line: &str, from: usize) -> usize {
    let mut end = from;
    let mut gap = 0;
    for (at, c) in line[from..].char_indices() {
        if value(c).is_some() {
            end = from + at + c.len_utf8();
            gap = 0;
        } else if matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '+' | '\u{2010}'..='\u{2013}' | '－' | '＋' | '（' | '）')
            && gap < 3
        {
            gap += 1;
        } else {
            break;
        }
    }
    end
}

/// Whether digits have the shape of a telephone number: of any length where a word says so, in international or North American form
/// otherwise.
fn is_number(text: &str, called: impl FnOnce() -> bool) -> bool {
    let count = digits(text);
    if !(3..=15).contains(&count) {
        return false;
    }
    let plain: Vec<&str> = text.split(|c: char| value(c).is_none()).filter(|part| !part.is_empty()).collect();
    let is_year = |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    if plain.iter().all(is_year) || looks_like_day(&plain) {
        return false;
    }
    let lengths: Vec<usize> = plain.iter().map(|part| part.len()).collect();
    let american = lengths == [3, 3, 4] && (text.starts_with('(') || text.contains('-'));
    let international = text.trim_start_matches(['(', '（']).starts_with(['+', '＋']) && count >= 8 && plain.len() >= 2;
    international || american || called()
}

/// `12.03.2024` and `2024-03-12`.
fn looks_like_day(parts: &[&str]) -> bool {
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    matches!(lengths[..], [1 | 2, 1 | 2, 4]) && parts[2].starts_with(['1', '2']) || matches!(lengths[..], [4, 2, 2])
}

/// Whether a second number follows a first: `555-1234 or 555-1235`.
fn is_or(between: &str) -> bool {
    matches!(
        between.trim_matches([' ', ',', '/', ';', '|']),
        "" | "or" | "y" | "e" | "et" | "ou" | "o" | "und" | "oder" | "и" | "أو" | "、"
    )
}

/// Whether a word or sign for telephone stands just before, with little between.
fn is_called(line: &str, number: usize) -> bool {
    let mut rest = &line[..number];
    let mut letters = 0;
    while number - rest.len() <= REACH {
        let run = rest.trim_end_matches(|c: char| !c.is_alphabetic() && !is_sign(c) && !matches!(c, '?' | '!' | ';'));
        let Some(last) = run.chars().next_back().filter(|c| c.is_alphabetic() || is_sign(*c)) else { return false };
        if is_sign(last) {
            return true;
        }
        let start = run.len() - run.chars().rev().take(24).take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
        let word = run[start..].to_lowercase();
        if WORDS.contains(&word.as_str()) || UNSPACED.iter().any(|known| word.ends_with(known)) {
            return true;
        }
        letters += word.chars().count();
        if letters > 12 || word == "fax" {
            return false;
        }
        rest = &run[..start];
    }
    false
}

fn is_sign(c: char) -> bool {
    matches!(c, '☎' | '☏' | '✆' | '📞' | '📱')
}

/// Words for telephone, lower case.
const WORDS: [&str; 27] = [
    "tel",
    "tél",
    "telf",
    "tfno",
    "tlf",
    "telephone",
    "phone",
    "telefon",
    "téléphone",
    "telefone",
    "teléfono",
    "telefono",
    "fone",
    "fono",
    "call",
    "dial",
    "ligue",
    "llame",
    "chiama",
    "appelez",
    "hotline",
    "whatsapp",
    "тел",
    "телефон",
    "هاتف",
    "تلفون",
    "جوال",
];

/// Words for telephone in scripts without spaces between words.
const UNSPACED: [&str; 3] = ["电话", "電話", "전화"];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, contacts: &[&str]) {
        let mut found = Vec::new();
        in_text(text, &mut found);
        let shown: Vec<String> = found
            .into_iter()
            .map(|contact| match contact {
                Contact::Telephone { number, span } => {
                    let (start, end) = span.unwrap();
                    assert_eq!(&text[start as usize..end as usize], number);
                    number
                }
                Contact::Mail { address, .. } => address,
            })
            .collect();
        assert_eq!(shown, contacts, "{text}");
    }

    #[test]
    fn numbers_next_to_a_word_for_telephone() {
        check("Tel.: 95 212 34 56", &["95 212 34 56"]);
        check("Téléphone 01 23 45 67 89 ou 01 23 45 67 90", &["01 23 45 67 89", "01 23 45 67 90"]);
        check("телефон: (495) 123-45-67", &["(495) 123-45-67"]);
        check("هاتف: ٠١٢٣٤٥٦٧", &["٠١٢٣٤٥٦٧"]);
        check("联系电话：010-12345678", &["010-12345678"]);
        check("☎ 156", &["156"]);
        check("Call 311", &["311"]);
        check("teléfono de atención: 900 123 456", &["900 123 456"]);
    }

    #[test]
    fn numbers_that_cannot_be_anything_else() {
        check("office +49 30 1234567", &["+49 30 1234567"]);
        check("office (+39) 05 505 2334", &["(+39) 05 505 2334"]);
        check("office (215) 686-1776", &["(215) 686-1776"]);
        check("office 215-686-1776", &["215-686-1776"]);
    }

    #[test]
    fn years_days_fees_and_registry_numbers_are_none() {
        check("2023-2024", &[]);
        check("phone book 2023-2024", &[]);
        check("tel 12.03.2024", &[]);
        check("CNPJ 05.943.030/0001-55", &[]);
        check("IBAN 1234 5678 9012", &[]);
        check("hotel 123456", &[]);
        check("Fax: 0123 456789", &[]);
        check("Tel. and fax: 0123 456789", &[]);
    }

    #[test]
    fn addresses_in_the_text_and_no_pictures() {
        check("write to info@city.example.", &["info@city.example"]);
        check("<mayor.office+press@city.gov.xx>", &["mayor.office+press@city.gov.xx"]);
        check("img/logo@2x.png @handle a@b x@y..z", &[]);
    }

    #[test]
    fn links_come_first_and_each_contact_counts_once() {
        let page = crate::fixture::page(
            "<a href='mailto:a%40b@c'>x</a><p>Phone: 0123 45 67 89 <a href='tel:+0123456789'>0123-456789</a> \
             <a href='mailto:Info@City.example?subject=x'>write</a> info@city.example",
        );
        let [Contact::Telephone { number, .. }, Contact::Mail { address, .. }] = &page.contacts[..] else {
            panic!("{:?}", page.contacts)
        };
        assert_eq!((number.as_str(), address.as_str()), ("0123-456789", "Info@City.example"));
    }
}
