//! Expressions over concepts: `budget`, `pay|settle + fine - tender`.

use crate::concept::{ConceptNo, Concepts};

/// All of `all` (each any of its alternatives) and none of `none`, within one unit of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expr {
    pub(crate) all: Vec<Vec<ConceptNo>>,
    pub(crate) none: Vec<ConceptNo>,
}

/// Reads an expression; the error says what is wrong.
pub(crate) fn parse(text: &str, concepts: &Concepts) -> Result<Expr, String> {
    let mut expr = Expr { all: Vec::new(), none: Vec::new() };
    let mut negative = false;
    for word in text.split_whitespace() {
        match word {
            "+" => negative = false,
            "-" => negative = true,
            _ => {
                let alternatives = word.split('|').map(|id| concepts.number(id)).collect::<Result<Vec<_>, _>>()?;
                if negative {
                    expr.none.extend(alternatives);
                } else {
                    expr.all.push(alternatives);
                }
            }
        }
    }
    if expr.all.is_empty() {
        return Err(format!("`{text}` asks for no concept: write at least one without `-`"));
    }
    Ok(expr)
}

/// A concept seen in a folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) concept: ConceptNo,
    /// Byte range in the folded text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Number of the guard that says where it counts.
    pub(crate) guard: Option<u16>,
}

impl Expr {
    /// Every concept that it names, asked for or excluded.
    pub(crate) fn concepts(&self) -> impl Iterator<Item = ConceptNo> {
        self.all.iter().flatten().chain(&self.none).copied()
    }

    /// The shortest stretch of at most `reach` bytes that satisfies the expression; `matches` sorted by start.
    pub(crate) fn find(&self, matches: &[Match], reach: usize) -> Option<(usize, usize)> {
        if matches.iter().any(|m| self.none.contains(&m.concept)) {
            return None;
        }
        let mut best: Option<(usize, usize)> = None;
        for anchor in matches.iter().filter(|m| self.all[0].contains(&m.concept)) {
            let (mut start, mut end) = (anchor.start, anchor.end);
            let complete = self.all[1..].iter().all(|group| {
                let nearest = matches
                    .iter()
                    .filter(|m| group.contains(&m.concept) && !(m.start == anchor.start && m.end == anchor.end))
                    .min_by_key(|m| (m.start.abs_diff(anchor.start), m.start));
                nearest.is_some_and(|m| {
                    (start, end) = (start.min(m.start), end.max(m.end));
                    end - start <= reach
                })
            });
            if complete && best.is_none_or(|(s, e)| end - start < e - s) {
                best = Some((start, end));
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expr: &str, seen: &[(&str, usize)], expect: Option<(usize, usize)>) {
        let concepts = Concepts::of(&["pay", "fine", "ticket", "tender"]);
        let matches: Vec<Match> = seen
            .iter()
            .map(|(id, start)| Match { concept: concepts.number(id).unwrap(), start: *start, end: start + id.len(), guard: None })
            .collect();
        assert_eq!(parse(expr, &concepts).unwrap().find(&matches, 160), expect);
    }

    #[test]
    fn both_must_be_near() {
        check("pay + fine|ticket", &[("pay", 0), ("ticket", 10)], Some((0, 16)));
        check("pay + fine|ticket", &[("pay", 0), ("ticket", 300)], None);
        check("pay + fine", &[("pay", 0)], None);
    }

    #[test]
    fn what_is_excluded_voids() {
        check("pay - tender", &[("pay", 0), ("tender", 20)], None);
        check("pay - tender", &[("pay", 0)], Some((0, 3)));
    }

    #[test]
    fn an_unknown_concept_is_named() {
        let error = parse("pay + fin", &Concepts::of(&["pay", "fine"])).unwrap_err();
        assert_eq!(error, "`fin` is no concept: did you mean `fine`? concepts are listed in lexicons/concepts.toml");
    }
}
