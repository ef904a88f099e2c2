//! JSON-LD: the types a page says it is about, and the days it names.

use model::DateMention;
use serde_json::Value;

use crate::dates;
use crate::hooks::Hooks;

/// The largest JSON-LD that is read, in bytes, and the most values of it.
const MAX_BYTES: usize = 256 * 1024;
const MAX_VALUES: usize = 20_000;

/// Reads one JSON-LD script; what is no JSON is passed over.
pub(crate) fn read(json: &str, hooks: &mut Hooks, found: &mut Vec<DateMention>) {
    if json.len() > MAX_BYTES {
        return;
    }
    let Ok(value) = serde_json::from_str::<Value>(json.trim()) else { return };
    let mut waiting = vec![&value];
    let mut seen = 0;
    while let Some(value) = waiting.pop()
        && seen < MAX_VALUES
    {
        seen += 1;
        match value {
            Value::Array(values) => waiting.extend(values.iter().rev()),
            Value::Object(object) => {
                for (key, value) in object.iter().rev() {
                    match (key.as_str(), value) {
                        ("@type", Value::String(name)) => hooks.add_type(name),
                        ("@type", Value::Array(names)) => {
                            names.iter().filter_map(Value::as_str).for_each(|name| hooks.add_type(name))
                        }
                        (
                            "datePublished" | "dateModified" | "startDate" | "endDate" | "uploadDate" | "datePosted",
                            Value::String(day),
                        ) => {
                            found.extend(dates::marked(day));
                        }
                        _ => waiting.push(value),
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_days_are_found_at_any_level() {
        let mut hooks = Hooks::new(100);
        let mut days = Vec::new();
        let json = r#"{"@graph": [{"@type": ["Event", "schema:Thing"], "startDate": "2024-05-03T10:00"}, {"x": {"@type": "GovernmentService"}}]}"#;
        read(json, &mut hooks, &mut days);
        hooks.types.sort();
        assert_eq!(hooks.types, ["Event", "GovernmentService", "Thing"]);
        assert_eq!(days[0].date.to_string(), "2024-05-03");
        assert!(days[0].marked);
    }

    #[test]
    fn broken_or_endless_json_is_passed_over() {
        let mut hooks = Hooks::new(100);
        read("{", &mut hooks, &mut Vec::new());
        read(&"[".repeat(100_000), &mut hooks, &mut Vec::new());
        assert!(hooks.types.is_empty());
    }
}
