//! Portal lists as CSV: cells as typed, with the line each came from. What they mean is checked by whoever asked.

use serde::Deserialize;

use crate::sheet::{line_of, opened};

/// One row as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPortal {
    /// Key within the campaign.
    #[serde(default)]
    pub id: String,
    /// Name of the city.
    #[serde(default)]
    pub city: String,
    /// ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: String,
    /// Home URL.
    #[serde(default)]
    pub home: String,
    /// Extra hosts: `name=role` separated by spaces or semicolons.
    #[serde(default)]
    pub hosts: String,
    /// BCP 47 tags separated by spaces or semicolons.
    #[serde(default)]
    pub languages: String,
    /// Free text.
    #[serde(default)]
    pub notes: String,
}

/// A row that could be read, or why it could not, with its line from 1.
pub type Line = (u64, Result<RawPortal, String>);

/// Reads a list with a header row; columns may stand in any order, and only `id`, `city`, `country` and `home` must
/// be there. A byte order mark and semicolons between columns, as spreadsheets write them, are accepted.
pub fn read_csv(text: &str) -> Vec<Line> {
    let (text, mut reader) = opened(text);
    let mut reader = reader.trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = match reader.headers() {
        Ok(headers) => headers.clone(),
        Err(error) => return vec![(1, Err(error.to_string()))],
    };
    let missing: Vec<&str> =
        ["id", "city", "country", "home"].into_iter().filter(|name| !headers.iter().any(|h| h == *name)).collect();
    if !missing.is_empty() {
        return vec![(
            1,
            Err(format!("the header row lacks {}: expected id,city,country,home,hosts,languages,notes", missing.join(", "))),
        )];
    }
    let mut lines = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return lines,
            Ok(true) => {
                let line = line_of(text, &record);
                if record.iter().all(str::is_empty) {
                    continue;
                }
                let row = if record.len() > headers.len() {
                    Err(format!(
                        "{} cells where the header has {}: put a cell that holds commas in quotes",
                        record.len(),
                        headers.len()
                    ))
                } else {
                    record.deserialize(Some(&headers)).map_err(|error| error.to_string())
                };
                lines.push((line, row));
            }
            Err(error) => {
                lines.push((error.position().map_or(0, csv::Position::line), Err(error.to_string())));
                return lines;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_lines_and_spreadsheet_habits_are_accepted() {
        let lines = read_csv(
            "\u{feff}id;city;country;home;languages\na;Aville;FR;https://a.example/;fr\n\nb;Bville;FR;https://b.example/;\n",
        );
        let told: Vec<(u64, &str, &str)> = lines
            .iter()
            .map(|(n, row)| (*n, row.as_ref().unwrap().id.as_str(), row.as_ref().unwrap().languages.as_str()))
            .collect();
        assert_eq!(told, [(2, "a", "fr"), (4, "b", "")]);
    }

    #[test]
    fn a_missing_column_is_named() {
        let lines = read_csv("id,city,home\na,A,https://a.example/\n");
        assert_eq!(
            lines,
            [(1, Err("the header row lacks country: expected id,city,country,home,hosts,languages,notes".to_owned()))]
        );
    }

    #[test]
    fn an_unknown_column_is_refused_by_name() {
        let lines = read_csv("id,city,country,home,mayor\na,A,FR,https://a.example/,x\n");
        assert!(lines[0].1.as_ref().unwrap_err().contains("unknown field `mayor`"), "{lines:?}");
    }
}
