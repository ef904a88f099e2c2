//! Whether what evidence quotes stands in the captured text, by the sealed rows and texts alone.

use std::collections::HashMap;

use serde_json::Value;

use crate::fields::RawRecord;

/// Sealed rows by table, and the texts of conversion records.
#[derive(Default)]
pub struct Sealed {
    rows: HashMap<String, Vec<Value>>,
    texts: HashMap<String, String>,
    /// The last text that was taken out of a response, by the identifier of the response.
    last: HashMap<String, String>,
}

impl Sealed {
    /// Keeps what a record holds of this.
    pub(crate) fn take(&mut self, record: &RawRecord) {
        let urn = record.field("WARC-Target-URI").unwrap_or_default();
        if record.kind() == "conversion" {
            if let Some(of) = record.refers_to() {
                self.last.insert(of.to_owned(), record.id().to_owned());
            }
            self.texts.insert(record.id().to_owned(), String::from_utf8_lossy(&record.block).into_owned());
        } else if let (Some(rest), "resource") = (urn.strip_prefix("urn:portolan:rows:"), record.kind()) {
            let table = rest.split(':').nth(1).unwrap_or_default().to_owned();
            let lines = String::from_utf8_lossy(&record.block);
            self.rows.entry(table).or_default().extend(lines.lines().filter_map(|line| serde_json::from_str(line).ok()));
        }
    }

    /// The rows of a table.
    pub fn rows(&self, table: &str) -> &[Value] {
        self.rows.get(table).map_or(&[], Vec::as_slice)
    }

    /// The text layer of a capture, with the identifier of its record.
    pub fn layer(&self, capture: &Value) -> Option<(&str, &str)> {
        let layer = self.rows("text_layer").iter().find(|row| row["capture"] == *capture)?;
        let record = self.rows("record").iter().find(|row| row["id"] == layer["record"])?;
        let (id, text) = self.texts.get_key_value(record["name"].as_str()?)?;
        Some((id, text))
    }

    /// The text layer of a capture that no run has: it is the last text that was taken out of its response.
    pub fn manual_layer(&self, response: &str) -> Option<&str> {
        self.texts.get(self.last.get(response)?).map(String::as_str)
    }
}

/// Evidence whose words do not stand where it says, by the key of its row.
pub(super) fn quotes(sealed: &Sealed) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    let mut texts: HashMap<String, Option<Vec<char>>> = HashMap::new();
    for row in sealed.rows("evidence") {
        let place = |name: &str| row[name].as_u64().and_then(|at| usize::try_from(at).ok());
        let Some((start, end)) = place("start").zip(place("end")) else { continue };
        let key = format!("{}/{}", row["finding"], row["rank"]);
        let text = texts
            .entry(row["capture"].to_string())
            .or_insert_with(|| sealed.layer(&row["capture"]).map(|(_, text)| text.chars().collect()));
        match text {
            None => wrong.push((key, "the text that it quotes is not there".to_owned())),
            Some(text) => {
                let words: Option<String> = text.get(start..end).map(|words| words.iter().collect());
                if words.as_deref() != row["exact"].as_str() {
                    wrong.push((key, format!("characters {start} to {end} of its page are not the words it quotes")));
                }
            }
        }
    }
    wrong
}
