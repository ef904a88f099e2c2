//! Comments on cells, and the relations of parts that lead to them.

use std::collections::HashMap;

use super::guard::{Found, place_of};
use super::xml::{Piece, Pieces, plain};
use super::{Limits, Refused, Why};

/// Where a part leads.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Relation {
    pub(super) id: String,
    /// The last step of its type.
    pub(super) kind: String,
    pub(super) target: String,
    pub(super) external: bool,
}

/// A sheet as the workbook names it.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Its path in the package.
    pub(super) path: String,
}

/// The relations of a part.
pub(super) fn relations(pieces: &mut Pieces<'_>) -> Result<Vec<Relation>, Why> {
    let mut all = Vec::new();
    while let Some(piece) = pieces.next()? {
        let Piece::Open(tag, _) = piece else { continue };
        if tag.name == "Relationship" {
            let get = |name| tag.get(name).unwrap_or_default().into_owned();
            let kind = get("Type");
            all.push(Relation {
                id: get("Id"),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: get("Target"),
                external: get("TargetMode").eq_ignore_ascii_case("external"),
            });
        }
    }
    Ok(all)
}

/// The sheets in the order of the workbook.
pub(super) fn sheets(found: &Found, limits: &Limits) -> Result<Vec<Named>, Refused> {
    let place = "xl/workbook.xml";
    let leads = leads(found, place);
    let mut pieces = Pieces::of(&found.workbook, limits.depth).map_err(|why| why.at(place))?;
    let mut all = Vec::new();
    while let Some(piece) = pieces.next().map_err(|why| why.at(place))? {
        let Piece::Open(tag, _) = piece else { continue };
        if tag.name == "sheet" {
            let id = tag.get("id").unwrap_or_default();
            let target = leads.iter().find(|lead| lead.id == id).map_or("", |lead| &lead.target);
            all.push(Named {
                name: tag.get("name").unwrap_or_default().into_owned(),
                hidden: tag.get("state").is_some_and(|state| state != "visible"),
                path: resolved(place, target),
            });
        }
    }
    Ok(all)
}

/// The comments of a sheet by column and row, from 0 both.
pub(super) fn of(found: &Found, sheet: &str, limits: &Limits) -> Result<HashMap<(u32, u32), String>, Refused> {
    let mut notes = HashMap::new();
    for lead in leads(found, sheet).iter().filter(|lead| lead.kind == "comments") {
        let path = resolved(sheet, &lead.target);
        let Some((place, bytes)) = found.comments.iter().find(|(name, _)| name.eq_ignore_ascii_case(&path)) else { continue };
        let mut pieces = Pieces::of(bytes, limits.depth).map_err(|why| why.at(place))?;
        let (mut at, mut words, mut in_text) = (None, String::new(), false);
        while let Some(piece) = pieces.next().map_err(|why| why.at(place))? {
            match piece {
                Piece::Open(tag, false) if tag.name == "comment" => {
                    at = tag.get("ref").and_then(|cell| place_of(&cell));
                    words.clear();
                }
                Piece::Open(tag, false) if tag.name == "t" => in_text = true,
                Piece::Text(text) if in_text => words.push_str(&plain(text)),
                Piece::Close("t") => in_text = false,
                Piece::Close("comment") => {
                    if let Some((column, row)) = at.take().filter(|_| !words.trim().is_empty()) {
                        if column > limits.columns || row > limits.rows {
                            return Err(Why::Extent(format!("a comment in row {row}")).at(place));
                        }
                        notes.insert((column - 1, row - 1), words.trim().to_owned());
                    }
                }
                _ => {}
            }
        }
    }
    Ok(notes)
}

/// The relations of the part with this path.
fn leads<'a>(found: &'a Found, path: &str) -> &'a [Relation] {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let own = format!("{folder}/_rels/{name}.rels");
    found.relations.iter().find(|(name, _)| name.eq_ignore_ascii_case(&own)).map_or(&[], |(_, leads)| leads)
}

/// A target as a path in the package.
fn resolved(from: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in target.split('/') {
        match step {
            ".." => {
                steps.pop();
            }
            "." => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}
