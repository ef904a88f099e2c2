//! Texts of the screens: Fluent messages in six languages, numbers and dates as each language writes them (CLDR).

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::{YMD, YMDT};
use icu_datetime::input::{Date, DateTime, Time as Clock};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use model::Time;
use unic_langid::LanguageIdentifier;

/// The messages of a language: one file for each part of the application.
macro_rules! messages {
    ($tag:literal) => {
        concat!(
            include_str!(concat!("../text/", $tag, "/common.ftl")),
            include_str!(concat!("../text/", $tag, "/setup.ftl")),
            include_str!(concat!("../text/", $tag, "/assess.ftl")),
            include_str!(concat!("../text/", $tag, "/settle.ftl")),
            include_str!(concat!("../text/", $tag, "/site.ftl")),
            include_str!(concat!("../text/", $tag, "/public.ftl")),
            include_str!(concat!("../text/", $tag, "/stats.ftl")),
            include_str!(concat!("../text/", $tag, "/import.ftl")),
        )
    };
}

/// The languages of the screens: tag, name in itself, messages.
const LANGUAGES: [(&str, &str, &str); 6] = [
    ("en", "English", messages!("en")),
    ("fr", "Français", messages!("fr")),
    ("es", "Español", messages!("es")),
    ("ar", "العربية", messages!("ar")),
    ("ru", "Русский", messages!("ru")),
    ("zh", "中文", messages!("zh")),
];

static ALL: LazyLock<Vec<Words>> = LazyLock::new(|| LANGUAGES.iter().map(Words::new).collect());

/// The texts of one language.
pub(crate) struct Words {
    /// BCP 47 tag.
    pub(crate) tag: &'static str,
    /// Its name in itself.
    pub(crate) name: &'static str,
    bundle: FluentBundle<FluentResource>,
    days: DateTimeFormatter<YMD>,
    moments: DateTimeFormatter<YMDT>,
}

/// What a message is filled with.
pub(crate) enum Fill<'a> {
    Text(&'a str),
    Number(u64),
    Decimal(f64),
}

impl<'a> From<&'a str> for Fill<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Fill<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Fill<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<f64> for Fill<'_> {
    fn from(number: f64) -> Self {
        Self::Decimal(number)
    }
}

impl From<usize> for Fill<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl Words {
    fn new(&(tag, name, messages): &(&'static str, &'static str, &'static str)) -> Self {
        let resource =
            FluentResource::try_new(messages.to_owned()).unwrap_or_else(|(_, mistakes)| panic!("text/{tag}.ftl: {mistakes:?}"));
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().expect("the tags above are tags")]);
        bundle.set_formatter(Some(write_number));
        bundle.add_resource(resource).unwrap_or_else(|mistakes| panic!("text/{tag}.ftl: {mistakes:?}"));
        // Releases and captures are dated in the Gregorian calendar everywhere.
        let locale: Locale = format!("{tag}-u-ca-gregory").parse().expect("the tags above are tags");
        let days = DateTimeFormatter::try_new((&locale).into(), YMD::medium()).expect("dates of it are compiled in");
        let moments =
            DateTimeFormatter::try_new((&locale).into(), YMD::medium().with_time_hm()).expect("dates of it are compiled in");
        Self { tag, name, bundle, days, moments }
    }

    /// Every language.
    pub(crate) fn all() -> &'static [Self] {
        &ALL
    }

    /// The language of that tag.
    pub(crate) fn of(tag: &str) -> Option<&'static Self> {
        ALL.iter().find(|words| words.tag == tag)
    }

    /// The first language of an `Accept-Language` field that there is, else English (RFC 9110, section 12.5.4; weights are
    /// taken to fall from left to right, as browsers send them).
    pub(crate) fn accepted(field: &str) -> &'static Self {
        let tags = field.split(',').map(|one| one.split([';', '-']).next().unwrap_or_default().trim());
        tags.filter_map(Self::of).next().unwrap_or(&ALL[0])
    }

    /// `rtl` or `ltr`.
    pub(crate) fn direction(&self) -> &'static str {
        if self.tag == "ar" { "rtl" } else { "ltr" }
    }

    /// The message of that key.
    pub(crate) fn say(&self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// The message of that key, filled in.
    pub(crate) fn fill(&self, key: &str, with: &[(&'static str, Fill<'_>)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in with {
            match value {
                Fill::Text(text) => args.set(*name, FluentValue::from(*text)),
                Fill::Number(number) => args.set(*name, FluentValue::from(*number)),
                Fill::Decimal(number) => args.set(*name, FluentValue::from(*number)),
            }
        }
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        let Some(pattern) = pattern else {
            tracing::error!(key, language = self.tag, "a text is missing");
            return key.to_owned();
        };
        let mut mistakes = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut mistakes).into_owned();
        for mistake in mistakes {
            tracing::error!(key, language = self.tag, %mistake, "a text cannot be filled in");
        }
        text
    }

    /// Whether there is a message of that key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A number.
    pub(crate) fn number(&self, number: u64) -> String {
        self.fill("number", &[("n", Fill::Number(number))])
    }

    /// The day of an instant, in UTC.
    pub(crate) fn day(&self, at: Time) -> String {
        moment(at).map_or_else(|| at.to_string(), |moment| self.days.format(&moment.date).to_string())
    }

    /// A day without a clock, as `2031-01-31`; what is none stays as it is.
    pub(crate) fn date(&self, day: &str) -> String {
        format!("{day}T00:00:00Z").parse().map_or_else(|_| day.to_owned(), |at| self.day(at))
    }

    /// An instant to the minute, in UTC.
    pub(crate) fn moment(&self, at: Time) -> String {
        let shown = moment(at).map_or_else(|| at.to_string(), |moment| self.moments.format(&moment).to_string());
        format!("{shown} UTC")
    }
}

fn moment(at: Time) -> Option<DateTime<icu_calendar::Iso>> {
    let text = at.to_string();
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u8>().ok();
    let date = Date::try_new_iso(text.get(..4)?.parse().ok()?, part(5, 7)?, part(8, 10)?).ok()?;
    Some(DateTime { date, time: Clock::try_new(part(11, 13)?, part(14, 16)?, 0, 0).ok()? })
}

/// Numbers of a language, kept by fluent.
struct Numbers(DecimalFormatter);

impl Memoizable for Numbers {
    type Args = ();
    type Error = ();

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        let locale: Locale = language.to_string().parse().map_err(drop)?;
        DecimalFormatter::try_new((&locale).into(), icu_decimal::options::DecimalFormatterOptions::default())
            .map(Self)
            .map_err(drop)
    }
}

fn write_number(value: &FluentValue<'_>, memory: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let decimal: Decimal = number.as_string().parse().ok()?;
    memory.with_try_get::<Numbers, _, _>((), |numbers| numbers.0.format(&decimal).to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_are_those_of_the_language() {
        let at: Time = "2026-11-23T05:30:12Z".parse().unwrap();
        let shown = |tag| {
            let words = Words::of(tag).unwrap();
            (words.number(1_234_567), words.day(at), words.moment(at))
        };
        assert_eq!(
            shown("en"),
            ("1,234,567".to_owned(), "Nov 23, 2026".to_owned(), "Nov 23, 2026, 5:30\u{202f}AM UTC".to_owned())
        );
        assert_eq!(shown("ru").1, "23 нояб. 2026\u{202f}г.");
        assert_eq!(shown("zh").1, "2026年11月23日");
        let words = Words::of("en").unwrap();
        assert_eq!((words.date("2031-01-31").as_str(), words.date("soon").as_str()), ("Jan 31, 2031", "soon"));
    }

    #[test]
    fn every_language_has_every_text_with_the_same_variables() {
        let keys = |messages: &str| -> Vec<(String, Vec<String>)> {
            let mut keys: Vec<(String, Vec<String>)> = Vec::new();
            for line in messages.lines() {
                if let Some((key, _)) = line.split_once(" =")
                    && line.starts_with(|c: char| c.is_ascii_lowercase())
                {
                    keys.push((key.to_owned(), Vec::new()));
                }
                for piece in line.split("{ $").skip(1).chain(line.split("{$").skip(1)) {
                    let name: String = piece.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
                    let variables = &mut keys.last_mut().expect("a variable stands in a message").1;
                    if !variables.contains(&name) {
                        variables.push(name);
                    }
                }
            }
            for (_, variables) in &mut keys {
                variables.sort();
            }
            keys.sort();
            keys
        };
        let english = keys(LANGUAGES[0].2);
        assert!(english.len() > 100, "{}", english.len());
        for (tag, _, messages) in &LANGUAGES[1..] {
            let own = keys(messages);
            let lacking: Vec<_> = english.iter().filter(|message| !own.contains(message)).collect();
            let extra: Vec<_> = own.iter().filter(|message| !english.contains(message)).collect();
            assert!(lacking.is_empty() && extra.is_empty(), "{tag}: lacking {lacking:?}, extra {extra:?}");
        }
    }
}
