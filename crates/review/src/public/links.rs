//! Where the pages of a release stand: below the application, or in a folder that any web server can serve.

/// The pages of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Overview,
    Cities,
    Indicators,
    Lessons,
}

impl Part {
    /// In the order in which they are read.
    pub(crate) const ALL: [Self; 4] = [Self::Overview, Self::Cities, Self::Indicators, Self::Lessons];

    /// Its name in addresses and in the keys of texts.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Overview => "report",
            Self::Cities => "cities",
            Self::Indicators => "indicators",
            Self::Lessons => "lessons",
        }
    }
}

/// Where the pages stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Links {
    /// In the application: campaign, number of the release, and the language if it was asked for.
    App { campaign: String, number: u32, language: Option<&'static str> },
    /// In a folder: how the folder of the page's language is reached from the page.
    Folder { up: &'static str },
}

impl Links {
    /// A page of the report.
    pub(crate) fn part(&self, part: Part) -> String {
        match self {
            Self::App { campaign, number, language } => {
                let page = if part == Part::Overview { String::new() } else { format!("/{}", part.name()) };
                format!("/releases/{campaign}/{number}/report{page}{}", asked(*language))
            }
            Self::Folder { up } => {
                let page = if part == Part::Overview { "index" } else { part.name() };
                format!("{up}{page}.html")
            }
        }
    }

    /// The page of a city.
    pub(crate) fn city(&self, portal: &str) -> String {
        match self {
            Self::App { campaign, number, language } => {
                format!("/releases/{campaign}/{number}/{portal}/page{}", asked(*language))
            }
            Self::Folder { up } => format!("{up}city/{portal}.html"),
        }
    }

    /// A file of the release: what it is called below `v1`.
    pub(crate) fn file(&self, name: &str) -> String {
        match self {
            Self::App { campaign, number, .. } => format!("/api/v1/releases/{campaign}/{number}/files/{name}"),
            Self::Folder { up } => format!("{up}../v1/{name}"),
        }
    }
}

fn asked(language: Option<&str>) -> String {
    language.map_or_else(String::new, |tag| format!("?lang={tag}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_relative_addresses_only() {
        let folder = Links::Folder { up: "../" };
        assert_eq!(folder.part(Part::Overview), "../index.html");
        assert_eq!(
            (folder.city("a"), folder.file("release.json")),
            ("../city/a.html".to_owned(), "../../v1/release.json".to_owned())
        );
        let app = Links::App { campaign: "c".to_owned(), number: 2, language: Some("ar") };
        assert_eq!(app.part(Part::Lessons), "/releases/c/2/report/lessons?lang=ar");
    }
}
