//! Sets of places on a page, as rules and lexicons name them.

use model::Place;

/// A set of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Places(u16);

const NAMED: [Place; 12] = [
    Place::Title,
    Place::Headline,
    Place::Heading,
    Place::Body,
    Place::Link,
    Place::Url,
    Place::Label,
    Place::File,
    Place::TableHeader,
    Place::Alt,
    Place::Meta,
    Place::Chrome,
];

impl Places {
    pub(crate) const ALL: Self = Self(u16::MAX);
    /// Title, headings, body.
    pub(crate) const CONTENT: Self = Self(bit(Place::Title) | bit(Place::Headline) | bit(Place::Heading) | bit(Place::Body));

    pub(crate) fn has(self, place: Place) -> bool {
        self.0 & bit(place) != 0
    }

    /// Reads place names; `lead` is a link wherever it stands.
    pub(crate) fn read(names: &[String]) -> Result<Self, String> {
        names.iter().try_fold(Self(0), |set, name| {
            if name == "lead" {
                return Ok(Self(set.0 | bit(Place::Link) | bit(Place::Chrome)));
            }
            let place = NAMED.into_iter().find(|place| place.as_str() == name).ok_or_else(|| {
                let known: Vec<&str> = NAMED.iter().map(|place| place.as_str()).collect();
                format!("`{name}` is no place: use one of {}", known.join(", "))
            })?;
            Ok(Self(set.0 | bit(place)))
        })
    }
}

const fn bit(place: Place) -> u16 {
    1 << place as u16
}
