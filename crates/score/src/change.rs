//! What changed for a city between two editions, over the questions that mean the same in both.

use model::Code;
use serde::Serialize;

use crate::sheet::same_edition;
use crate::{Basis, Crosswalk, Mixed, Said, Share, Sheet};

/// Change between two sheets, over carried-over indicators only. Scores of different editions are never subtracted: their
/// questions differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The old edition.
    pub from: String,
    /// The new edition.
    pub to: String,
    /// What both sheets rest on.
    pub basis: Basis,
    /// Carried-over indicators with a yes or no on both sides.
    pub compared: u32,
    /// Carried-over indicators left out because one side is undetermined.
    pub undetermined: u32,
    /// From no to yes.
    pub gained: Vec<Carried>,
    /// From yes to no.
    pub lost: Vec<Carried>,
    /// Yes in the old edition over what was compared; none if nothing was.
    pub before: Option<Share>,
    /// Yes in the new edition over what was compared; none if nothing was.
    pub after: Option<Share>,
}

/// An indicator that both editions ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// Its code in the old edition.
    pub old: Code,
    /// Its code in the new edition.
    pub new: Code,
}

impl Change {
    /// Change between two editions, over [`Crosswalk::pairs`].
    pub fn over(crosswalk: &Crosswalk, old: &Sheet, new: &Sheet) -> Result<Self, Mixed> {
        same_edition(old.portal(), old.edition(), &crosswalk.from)?;
        same_edition(new.portal(), new.edition(), &crosswalk.to)?;
        Self::between(old, new, crosswalk.pairs())
    }

    /// Change between two rounds of one edition, over all indicators.
    pub fn within(old: &Sheet, new: &Sheet) -> Result<Self, Mixed> {
        same_edition(new.portal(), new.edition(), old.edition())?;
        Self::between(old, new, old.answers().map(|(code, _)| (code, code)))
    }

    fn between<'a>(old: &Sheet, new: &Sheet, pairs: impl Iterator<Item = (&'a Code, &'a Code)>) -> Result<Self, Mixed> {
        old.same_basis(new)?;
        let (mut answers, mut gained, mut lost, mut undetermined) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for (before, after) in pairs {
            let carried = || Carried { old: before.clone(), new: after.clone() };
            match (old.said(before), new.said(after)) {
                (Some(Said::No), Some(Said::Yes)) => gained.push(carried()),
                (Some(Said::Yes), Some(Said::No)) => lost.push(carried()),
                (Some(Said::Yes), Some(Said::Yes)) | (Some(Said::No), Some(Said::No)) => {}
                _ => {
                    undetermined += 1;
                    continue;
                }
            }
            answers.push((old.said(before) == Some(Said::Yes), new.said(after) == Some(Said::Yes)));
        }
        let (before, after) =
            (Share::of(answers.iter().map(|pair| pair.0)).ok(), Share::of(answers.iter().map(|pair| pair.1)).ok());
        Ok(Self {
            from: old.edition().to_owned(),
            to: new.edition().to_owned(),
            basis: old.basis(),
            compared: before.map_or(0, Share::denominator),
            undetermined,
            gained,
            lost,
            before,
            after,
        })
    }
}

#[cfg(test)]
mod tests {
    use model::{Answer, Why};

    use super::*;
    use crate::testing::{code, instrument, sheet};
    use crate::{Became, Row};

    fn crosswalk() -> Crosswalk {
        let row = |old: &[&str], new: &[&str], became| {
            let codes = |names: &[&str]| names.iter().map(|name| code(name)).collect();
            Row { old: codes(old), new: codes(new), became, why: String::new() }
        };
        let rows = vec![
            row(&["1"], &["1"], Became::Kept),
            row(&["2"], &["3"], Became::Reworded { comparable: true }),
            row(&["3"], &["2"], Became::Reworded { comparable: false }),
            row(&["4"], &["4"], Became::Kept),
        ];
        Crosswalk { from: "e".to_owned(), to: "f".to_owned(), rows }
    }

    #[test]
    fn only_what_is_carried_over_is_compared() {
        let change = Change::over(&crosswalk(), &sheet("e", "town", "ynyn"), &sheet("f", "town", "nyyn")).unwrap();
        let names = |list: &[Carried]| list.iter().map(|one| format!("{} {}", one.old, one.new)).collect::<Vec<_>>();
        assert_eq!((names(&change.gained), names(&change.lost)), (vec!["2 3".to_owned()], vec!["1 1".to_owned()]));
        assert_eq!(change.compared, 3);
        assert_eq!((change.before, change.after), (Share::new(1, 3).ok(), Share::new(1, 3).ok()));
    }

    #[test]
    fn an_edition_is_compared_with_itself_over_everything() {
        let change = Change::within(&sheet("e", "town", "ynyn"), &sheet("e", "town", "yyyn")).unwrap();
        assert_eq!((change.compared, change.gained.len(), change.lost.len()), (4, 1, 0));
        assert_eq!((change.before, change.after), (Share::new(2, 4).ok(), Share::new(3, 4).ok()));
    }

    #[test]
    fn other_editions_than_the_crosswalks_are_refused() {
        let (old, new) = (sheet("e", "town", "ynyn"), sheet("g", "town", "ynyn"));
        let told = |change: Result<Change, Mixed>| change.unwrap_err().to_string();
        assert_eq!(told(Change::over(&crosswalk(), &old, &new)), "`town` was asked `g`, and not `f`: compare over a crosswalk");
        assert_eq!(told(Change::within(&old, &new)), "`town` was asked `g`, and not `e`: compare over a crosswalk");
    }

    #[test]
    fn what_is_undetermined_is_left_out_and_bases_are_not_mixed() {
        let instrument = instrument("e", 2);
        let answers = [Answer::Undetermined(Why::Lead), Answer::Present];
        let codes = instrument.indicators.iter().map(|indicator| indicator.code.clone());
        let found = Sheet::provisional(&instrument, "town", codes.zip(&answers)).unwrap();
        let change = Change::within(&found, &found).unwrap();
        assert_eq!((change.compared, change.undetermined), (1, 1));
        assert!(matches!(Change::within(&found, &sheet("e", "town", "yy")), Err(Mixed::Basis { .. })));
    }
}
