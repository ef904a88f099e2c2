//! The parts of a workbook, looked through before their cells are read: what they claim must hold, and be within the limits.

use super::notes::{Relation, relations};
use super::xml::{Piece, Pieces, Tag};
use super::{Limits, Refused, Why};

/// What a package holds beside cells, for whoever reads these.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Relations of each part: path of the part, and where it leads.
    pub(super) relations: Vec<(String, Vec<Relation>)>,
    /// Parts with comments.
    pub(super) comments: Vec<(String, Vec<u8>)>,
    /// Formulas of each sheet by its path.
    pub(super) formulas: Vec<(String, usize)>,
    /// The part that names the sheets.
    pub(super) workbook: Vec<u8>,
}

/// Looks through parts one after the other, the list of texts first.
pub(super) struct Guard<'a> {
    limits: &'a Limits,
    texts: u64,
    cells: usize,
    sheets: usize,
    found: Found,
}

impl<'a> Guard<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { limits, texts: 0, cells: 0, sheets: 0, found: Found::default() }
    }

    /// Looks through one part.
    pub(super) fn part(&mut self, name: &str, bytes: &[u8]) -> Result<(), Refused> {
        let mut pieces = Pieces::of(bytes, self.limits.depth).map_err(|why| why.at(name))?;
        let mut root = None;
        while root.is_none() {
            match pieces.next().map_err(|why| why.at(name))? {
                Some(Piece::Open(tag, _)) => root = Some(tag),
                Some(_) => {}
                None => return Ok(()),
            }
        }
        match root.map(|tag| tag.name) {
            Some("worksheet") => self.sheet(name, &mut pieces)?,
            Some("sst") => self.strings(name, root, &mut pieces)?,
            Some("Types") => types(name, &mut pieces)?,
            Some("Relationships") => {
                let leads = relations(&mut pieces).map_err(|why| why.at(name))?;
                refuse(name, &leads)?;
                self.found.relations.push((name.to_owned(), leads));
            }
            Some("comments") => {
                drain(&mut pieces).map_err(|why| why.at(name))?;
                self.found.comments.push((name.to_owned(), bytes.to_vec()));
            }
            Some("workbook") => {
                drain(&mut pieces).map_err(|why| why.at(name))?;
                bytes.clone_into(&mut self.found.workbook);
            }
            Some("macrosheet" | "xm:macrosheet" | "dialogsheet") => return Err(Why::Macros.at(name)),
            _ => drain(&mut pieces).map_err(|why| why.at(name))?,
        }
        Ok(())
    }

    /// What was found.
    pub(super) fn end(self) -> Result<Found, Refused> {
        if self.found.workbook.is_empty() { Err(Why::NoWorkbook.at("xl/workbook.xml")) } else { Ok(self.found) }
    }

    /// The list of texts has as many as it says.
    fn strings(&mut self, name: &str, root: Option<Tag<'_>>, pieces: &mut Pieces<'_>) -> Result<(), Refused> {
        let mut has: u64 = 0;
        while let Some(piece) = pieces.next().map_err(|why| why.at(name))? {
            if let Piece::Open(tag, _) = piece {
                has += u64::from(tag.name == "si");
            }
        }
        // A reader makes room for as many as the list claims.
        let claim = root.and_then(|tag| tag.get("uniqueCount"));
        let says = claim.map_or(0, |claim| claim.trim().parse().unwrap_or(u64::MAX));
        if says > has {
            return Err(Why::Strings { says, has }.at(name));
        }
        if self.texts > 0 {
            return Err(Why::Twice.at(name));
        }
        self.texts = has;
        Ok(())
    }

    fn sheet(&mut self, name: &str, pieces: &mut Pieces<'_>) -> Result<(), Refused> {
        self.sheets += 1;
        if self.sheets > self.limits.sheets {
            return Err(Why::Sheets(self.sheets).at(name));
        }
        let (mut row, mut column, mut formulas) = (0_u32, 0_u32, 0);
        let (mut points, mut in_value) = (false, false);
        while let Some(piece) = pieces.next().map_err(|why| why.at(name))? {
            match piece {
                Piece::Open(tag, _) if tag.name == "dimension" => self.extent(name, &tag)?,
                Piece::Open(tag, _) if tag.name == "row" => {
                    row = match tag.get("r") {
                        Some(number) => number.parse().map_err(|_| Why::Rows(self.limits.rows).at(name))?,
                        None => row.saturating_add(1),
                    };
                    column = 0;
                }
                Piece::Open(tag, _) if tag.name == "c" => {
                    self.cells += 1;
                    if self.cells > self.limits.cells {
                        return Err(Why::Cells(self.limits.cells).at(name));
                    }
                    if let Some(place) = tag.get("r") {
                        let bad = || Why::Form(format!("`{place}` is no cell")).at(name);
                        (column, row) = place_of(&place).ok_or_else(bad)?;
                    } else {
                        column = column.saturating_add(1);
                    }
                    points = tag.get("t").is_some_and(|kind| kind == "s");
                }
                Piece::Open(tag, empty) if matches!(tag.name, "v" | "is" | "f") => {
                    self.within(name, column, row)?;
                    formulas += usize::from(tag.name == "f");
                    in_value = tag.name == "v" && !empty;
                }
                Piece::Text(index) if in_value && points && !self.has(index) => {
                    let shown: String = index.chars().take(20).collect();
                    return Err(Why::NoString(shown).at(format!("{name}, {}", named(column, row))));
                }
                Piece::Close("v") => in_value = false,
                _ => {}
            }
        }
        self.found.formulas.push((name.to_owned(), formulas));
        Ok(())
    }

    /// Whether the list of texts has one of this number.
    fn has(&self, index: &str) -> bool {
        index.trim().parse::<u64>().is_ok_and(|index| index < self.texts)
    }

    /// What a sheet says of its size.
    fn extent(&self, name: &str, tag: &Tag<'_>) -> Result<(), Refused> {
        let Some(reach) = tag.get("ref") else { return Ok(()) };
        let (first, last) = reach.split_once(':').unwrap_or((&reach, &reach));
        let sound = place_of(first).zip(place_of(last)).is_some_and(|(first, (column, row))| {
            let forward = first.0 <= column && first.1 <= row;
            forward && column <= self.limits.columns && row <= self.limits.rows
        });
        if sound { Ok(()) } else { Err(Why::Extent(last.chars().take(20).collect()).at(name)) }
    }

    fn within(&self, name: &str, column: u32, row: u32) -> Result<(), Refused> {
        let place = || format!("{name}, {}", named(column, row));
        if row > self.limits.rows {
            Err(Why::Rows(self.limits.rows).at(place()))
        } else if column > self.limits.columns {
            Err(Why::Columns(self.limits.columns).at(place()))
        } else {
            Ok(())
        }
    }
}

fn drain(pieces: &mut Pieces<'_>) -> Result<(), Why> {
    while pieces.next()?.is_some() {}
    Ok(())
}

/// The kinds of parts: none with macros.
fn types(name: &str, pieces: &mut Pieces<'_>) -> Result<(), Refused> {
    while let Some(piece) = pieces.next().map_err(|why| why.at(name))? {
        if let Piece::Open(tag, _) = piece {
            let kind = tag.get("ContentType").unwrap_or_default().to_ascii_lowercase();
            if kind.contains("macroenabled") || kind.contains("vbaproject") {
                return Err(Why::Macros.at(name));
            }
        }
    }
    Ok(())
}

/// Relations may lead out of the package for a link that a person follows, and for nothing else.
fn refuse(name: &str, leads: &[Relation]) -> Result<(), Refused> {
    for lead in leads {
        if lead.external && lead.kind != "hyperlink" {
            return Err(Why::External.at(name));
        }
        let opened = matches!(lead.kind.as_str(), "worksheet" | "sharedStrings" | "styles" | "officeDocument" | "comments");
        if opened && !lead.target.to_ascii_lowercase().ends_with(".xml") {
            return Err(Why::Form(format!("`{}` is no part with text", lead.target)).at(name));
        }
    }
    Ok(())
}

/// Column and row of a cell, both from 1.
pub(super) fn place_of(name: &str) -> Option<(u32, u32)> {
    let name = name.trim();
    let letters = name.find(|c: char| !c.is_ascii_alphabetic())?;
    if letters == 0 {
        return None;
    }
    let digit = |sum: u32, c: u8| sum.checked_mul(26)?.checked_add(u32::from(c.to_ascii_uppercase() - b'A') + 1);
    let column = name.as_bytes()[..letters].iter().try_fold(0, |sum, c| digit(sum, *c))?;
    name[letters..].parse().ok().filter(|row| *row > 0).map(|row| (column, row))
}

/// The name of a cell of which column and row are given from 1.
pub(super) fn named(column: u32, row: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect::<String>() + &row.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells_lead_there_and_back() {
        for (name, place) in [("A1", (1, 1)), ("Z9", (26, 9)), ("AA10", (27, 10)), ("XFD1048576", (16_384, 1_048_576))] {
            assert_eq!(place_of(name), Some(place));
            assert_eq!(named(place.0, place.1), name);
        }
        for name in ["", "A", "1", "A0", "1A", "A-1", "ZZZZZZZZZZ1", "A99999999999", "ä1"] {
            assert_eq!(place_of(name), None, "{name}");
        }
    }
}
