//! Days mentioned: marked up ones, and written ones around a four-digit year.
//!
//! Which languages' months are known is in `months`. Years alone, and months without a day, are no days.

use std::ops::RangeInclusive;

use model::{Date, DateMention};

use crate::months;

/// At most so many days are taken from one page.
const MAX: usize = 500;

/// How to read `03/04/2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// The third of April.
    DayFirst,
    /// The fourth of March.
    MonthFirst,
}

/// The day at the start of an ISO 8601 date or date and time, as `datetime` attributes and metadata hold it.
pub(crate) fn marked(value: &str) -> Option<DateMention> {
    let value = value.trim();
    let (date, rest) = value.split_at_checked(10).or_else(|| value.split_at_checked(8)).filter(|(date, _)| date.is_ascii())?;
    let digits: Vec<&str> = date.split(['-', '/', '.']).collect();
    let (year, month, day) = match digits[..] {
        [year, month, day] if year.len() == 4 => (year, month, day),
        [_] => (value.get(..4)?, value.get(4..6)?, value.get(6..8)?),
        _ => return None,
    };
    if rest.starts_with(|c: char| c.is_ascii_digit()) && digits.len() == 3 {
        return None;
    }
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some(DateMention { date, marked: true, span: None })
}

/// The days written in a text, in order, with years in the given range.
pub(crate) fn written(text: &str, order: Order, years: &RangeInclusive<i16>) -> Vec<DateMention> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() && found.len() < MAX {
        // Digits begin with an ASCII digit or, as Arabic, Persian and full-width ones, with one of three bytes.
        if !(bytes[at].is_ascii_digit() || matches!(bytes[at], 0xd9 | 0xdb | 0xef)) {
            at += 1;
            continue;
        }
        let Some(number) = number_at(text, at) else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        at = number.end;
        let number = of_era(text, number).unwrap_or(number);
        if number.digits != 4 || !years.contains(&(number.value as i16)) {
            continue;
        }
        if let Some((date, start, end)) = after(text, number).or_else(|| before(text, number, order)) {
            found.push(DateMention { date, marked: false, span: Some((start as u32, end as u32)) });
            at = at.max(end);
        }
    }
    found
}

/// The year that a Japanese era counts: `令和7年` is 2025.
fn of_era(text: &str, number: Number) -> Option<Number> {
    const ERAS: [(&str, u32); 3] = [("令和", 2018), ("平成", 1988), ("昭和", 1925)];
    let (era, before) = ERAS.iter().find(|(era, _)| text[..number.start].ends_with(era))?;
    let counts = number.digits <= 2 && text[number.end..].starts_with('年');
    counts.then(|| Number { value: before + number.value, digits: 4, start: number.start - era.len(), ..number })
}

/// A run of digits.
#[derive(Debug, Clone, Copy)]
struct Number {
    value: u32,
    digits: usize,
    start: usize,
    end: usize,
}

/// The run of digits that starts here.
fn number_at(text: &str, start: usize) -> Option<Number> {
    let mut number = Number { value: 0, digits: 0, start, end: start };
    for c in text[start..].chars() {
        let Some(digit) = digit(c) else { break };
        number.value = number.value.saturating_mul(10).saturating_add(digit);
        number.digits += 1;
        number.end += c.len_utf8();
    }
    (number.digits > 0).then_some(number)
}

/// The run of digits that ends here.
fn number_to(text: &str, end: usize) -> Option<Number> {
    let digits = text[..end].chars().rev().take(5).take_while(|c| digit(*c).is_some());
    let start = end - digits.map(char::len_utf8).sum::<usize>();
    number_at(text, start).filter(|number| number.end >= end)
}

/// The value of an ASCII, Arabic-Indic, Persian or full-width digit.
fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}

fn date(year: Number, month: u32, day: u32) -> Option<Date> {
    Date::new(year.value as i16, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// `2024-05-03`, `2024/5/3`, `2024.05.03`, `2024年5月3日`, `2024년 5월 3일`.
fn after(text: &str, year: Number) -> Option<(Date, usize, usize)> {
    let (sign, rest) = sign_at(text, year.end)?;
    let month = number_at(text, rest).filter(|month| month.digits <= 2)?;
    let (second, rest) = sign_at(text, month.end)?;
    let day = number_at(text, rest).filter(|day| day.digits <= 2)?;
    let matching = match sign {
        '年' => second == '月',
        '년' => second == '월',
        '-' | '/' | '.' => second == sign,
        _ => false,
    };
    let date = date(year, month.value, day.value).filter(|_| matching)?;
    let end = match text[day.end..].chars().next() {
        Some(c @ ('日' | '일' | '号')) => day.end + c.len_utf8(),
        _ => day.end,
    };
    Some((date, year.start, end))
}

/// The sign at this place and where the text goes on after it and one space.
fn sign_at(text: &str, at: usize) -> Option<(char, usize)> {
    let sign = text[at..].chars().next()?;
    let end = at + sign.len_utf8();
    let space = !matches!(sign, '-' | '/') && text[end..].starts_with(' ');
    Some((sign, end + usize::from(space)))
}

/// `3/5/2024`, `3. 5. 2024`, `3 May 2024`, `3 de mayo de 2024`, `May 3rd, 2024`.
fn before(text: &str, year: Number, order: Order) -> Option<(Date, usize, usize)> {
    numeric(text, year, order).or_else(|| named(text, year))
}

fn numeric(text: &str, year: Number, order: Order) -> Option<(Date, usize, usize)> {
    let head = text[..year.start].trim_end_matches(' ');
    let sign = head.chars().next_back().filter(|sign| matches!(sign, '/' | '.' | '-' | '\u{2010}' | '\u{2011}'))?;
    let second = number_to(text, head.len() - sign.len_utf8()).filter(|number| number.digits <= 2)?;
    let head = text[..second.start].trim_end_matches(' ').strip_suffix(sign)?;
    let first = number_to(text, head.len()).filter(|number| number.digits <= 2)?;
    // `1.2.3.2024` is a version or an address, not a day.
    if text[..first.start].ends_with(sign) {
        return None;
    }
    let (day, month) = match order {
        Order::MonthFirst if second.value > 12 || first.value <= 12 => (second.value, first.value),
        Order::DayFirst if second.value > 12 => (second.value, first.value),
        _ => (first.value, second.value),
    };
    date(year, month, day).map(|date| (date, first.start, year.end))
}

fn named(text: &str, year: Number) -> Option<(Date, usize, usize)> {
    let mut words = Words { text, end: year.start };
    let first = words.next()?;
    let (day, month, start) = match first {
        Word::Name(name, _) => {
            let month = months::month(name)?;
            match words.next()? {
                Word::Number(day) => (day.value, month, day.start),
                Word::Name(..) => return None,
            }
        }
        Word::Number(day) => match words.next()? {
            Word::Name(name, start) => (day.value, months::month(name)?, start),
            Word::Number(_) => return None,
        },
    };
    date(year, month, day).map(|date| (date, start, year.end))
}

enum Word<'t> {
    Name(&'t str, usize),
    Number(Number),
}

/// Words and numbers backwards from a place within one block, signs and particles between them passed over.
struct Words<'t> {
    text: &'t str,
    end: usize,
}

impl<'t> Words<'t> {
    fn next(&mut self) -> Option<Word<'t>> {
        for _ in 0..3 {
            let head = self.text[..self.end].trim_end_matches([' ', ',', '.', '/', '-', '،', 'º', '°', 'ª']);
            if self.end - head.len() > 4 || head.is_empty() || head.ends_with('\n') {
                return None;
            }
            if let Some(number) = number_to(self.text, head.len()) {
                self.end = number.start;
                return Some(Word::Number(number)).filter(|_| number.digits <= 2);
            }
            let name = head.chars().rev().take(24).take_while(|c| c.is_alphabetic() || months::is_mark(*c));
            let start = head.len() - name.map(char::len_utf8).sum::<usize>();
            let name = &head[start..];
            self.end = start;
            let particle = matches!(
                name.to_lowercase().as_str(),
                "de" | "del"
                    | "d"
                    | "di"
                    | "of"
                    | "the"
                    | "do"
                    | "al"
                    | "st"
                    | "nd"
                    | "rd"
                    | "th"
                    | "er"
                    | "г"
                    | "από"
                    | "من"
                    | "ος"
            );
            if !particle {
                return (!name.is_empty()).then_some(Word::Name(name, start));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_in(order: Order, text: &str, days: &[(&str, &str)]) {
        let found = written(text, order, &(1980..=2040));
        let places = |day: &DateMention| day.span.map(|(start, end)| &text[start as usize..end as usize]).unwrap();
        let found: Vec<(String, &str)> = found.iter().map(|day| (day.date.to_string(), places(day))).collect();
        let days: Vec<(String, &str)> = days.iter().map(|(day, words)| ((*day).to_owned(), *words)).collect();
        assert_eq!(found, days, "{text}");
    }

    fn check(text: &str, day: &str, words: &str) {
        check_in(Order::DayFirst, text, &[(day, words)]);
    }

    fn check_none(text: &str) {
        check_in(Order::DayFirst, text, &[]);
    }

    #[test]
    fn digits_in_the_usual_orders() {
        check("on 2024-05-03, at", "2024-05-03", "2024-05-03");
        check("2024/5/3", "2024-05-03", "2024/5/3");
        check("le 3/5/2024.", "2024-05-03", "3/5/2024");
        check("am 3. 5. 2024", "2024-05-03", "3. 5. 2024");
        check("13.05.2024 10:00", "2024-05-13", "13.05.2024");
        check_in(Order::MonthFirst, "3/5/2024", &[("2024-03-05", "3/5/2024")]);
        check_in(Order::MonthFirst, "13/5/2024", &[("2024-05-13", "13/5/2024")]);
        check_in(Order::DayFirst, "5/13/2024", &[("2024-05-13", "5/13/2024")]);
    }

    #[test]
    fn names_of_months_in_ten_languages() {
        check("on 3 May 2024", "2024-05-03", "3 May 2024");
        check("May 3rd, 2024", "2024-05-03", "May 3rd, 2024");
        check("le 1er août 2024", "2024-08-01", "1er août 2024");
        check("el 3 de mayo de 2024", "2024-05-03", "3 de mayo de 2024");
        check("3 de março de 2024", "2024-03-03", "3 de março de 2024");
        check("3 maggio 2024", "2024-05-03", "3 maggio 2024");
        check("3. März 2024", "2024-03-03", "3. März 2024");
        check("3 мая 2024 г.", "2024-05-03", "3 мая 2024");
        check("3 مايو 2024", "2024-05-03", "3 مايو 2024");
        check("٣ مايو ٢٠٢٤", "2024-05-03", "٣ مايو ٢٠٢٤");
        check("于2024年5月3日发布", "2024-05-03", "2024年5月3日");
        check("更新日：２０２４年５月３日", "2024-05-03", "２０２４年５月３日");
        check("令和6年5月3日", "2024-05-03", "令和6年5月3日");
    }

    #[test]
    fn what_only_looks_like_a_day_is_none() {
        check_none("32/01/2024 30/02/2024 2024-13-01");
        check_none("in 2024, May 2024, 2023-2024, 12 2024");
        check_none("03/05/1850 and 3 May 2099");
        check_none("version 1.2.3.2024");
        check_none("call 555-12-2024-1 or 12345678");
        check_none("7 people in 2024");
    }

    #[test]
    fn a_day_does_not_reach_over_lines() {
        check_none("3 May\n2024");
    }

    #[test]
    fn marked_days_are_iso_dates() {
        let check =
            |value: &str, day: Option<&str>| assert_eq!(marked(value).map(|day| day.date.to_string()).as_deref(), day, "{value}");
        check("2024-05-03", Some("2024-05-03"));
        check(" 2024-05-03T10:00:00+02:00", Some("2024-05-03"));
        check("20240503", Some("2024-05-03"));
        check("2024-05", None);
        check("10:00", None);
        check("P1D", None);
        check("2024-05-031", None);
        check("é2024-05-03", None);
    }
}
