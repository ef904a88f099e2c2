//! Instants and civil dates. Nothing here reads a clock: instants come in as arguments.

use serde::{Deserialize, Serialize};

/// An instant in UTC with microsecond precision, written as RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Time(jiff::Timestamp);

/// A text that is no RFC 3339 instant, or an instant out of range.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a time: expected RFC 3339, as in `2026-11-23T05:30:00Z`")]
pub struct TimeError(String);

impl Time {
    /// The instant so many microseconds after 1970-01-01T00:00:00Z.
    pub fn from_micros(micros: i64) -> Result<Self, TimeError> {
        jiff::Timestamp::from_microsecond(micros).map(Self).map_err(|_| TimeError(format!("{micros} µs")))
    }

    /// The instant of a system clock's reading, cut to microseconds.
    pub fn from_system(clock: std::time::SystemTime) -> Result<Self, TimeError> {
        let since = clock.duration_since(std::time::UNIX_EPOCH).map_err(|_| TimeError(format!("{clock:?}")))?;
        Self::from_micros(i64::try_from(since.as_micros()).map_err(|_| TimeError(format!("{clock:?}")))?)
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub fn micros(self) -> i64 {
        self.0.as_microsecond()
    }

    /// The calendar day in UTC.
    pub fn date(self) -> Date {
        Date(jiff::tz::Offset::UTC.to_datetime(self.0).date())
    }

    /// This instant moved forward; stays at the last representable instant instead of overflowing.
    pub fn plus(self, span: std::time::Duration) -> Self {
        self.0.checked_add(span).map_or(Self(jiff::Timestamp::MAX), Self)
    }

    /// The time from `earlier` to this instant, zero if `earlier` is later.
    pub fn since(self, earlier: Self) -> std::time::Duration {
        std::time::Duration::from_micros(u64::try_from(self.micros() - earlier.micros()).unwrap_or(0))
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.6}", self.0)
    }
}

impl std::str::FromStr for Time {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let whole: jiff::Timestamp = text.parse().map_err(|_| TimeError(text.to_owned()))?;
        Self::from_micros(whole.as_microsecond())
    }
}

impl TryFrom<String> for Time {
    type Error = TimeError;

    fn try_from(text: String) -> Result<Self, TimeError> {
        text.parse()
    }
}

impl From<Time> for String {
    fn from(time: Time) -> Self {
        time.to_string()
    }
}

/// A day of the Gregorian calendar, written `2026-11-23`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The day, if there is one: `None` for the 30th of February.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Self)
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Whole days from `earlier` to this day; negative if this day comes first.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0.since((jiff::Unit::Day, earlier.0)).map_or(0, |span| span.get_days())
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Date {
    type Error = TimeError;

    fn try_from(text: String) -> Result<Self, TimeError> {
        text.parse().map(Self).map_err(|_| TimeError(text))
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}
