//! Cities in the order of their scores, and apart from them those that have none.

use serde::Serialize;

use crate::sheet::same_edition;
use crate::{Card, Mixed, Standing};

/// A table of cities. Only cards of one basis, edition and denominator are ranked against each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ranking {
    /// From the highest score; cities that share a rank in the order of their keys.
    pub ranked: Vec<Ranked>,
    /// Cities that cannot be assessed, in the order of their keys; no rank.
    pub unassessable: Vec<Standing>,
    /// Cities whose answers wait for a ruling, in the order of their keys; no rank yet.
    pub unruled: Vec<Standing>,
}

/// A city with its rank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ranked {
    /// From 1. Standard competition ranking ("1224"): one more than the number of cities with a higher score, so that equal
    /// scores share a rank and the ranks behind them are left out.
    pub rank: u32,
    /// How many cities share the rank, this one included; 1 if there is no tie.
    pub sharing: u32,
    /// The city.
    pub card: Card,
}

impl Ranking {
    /// Ranks the cards; refused if they may not stand beside each other.
    pub fn new(standings: impl IntoIterator<Item = Standing>) -> Result<Self, Mixed> {
        let mut standings: Vec<Standing> = standings.into_iter().collect();
        standings.sort_by(|a, b| a.portal().cmp(b.portal()));
        if let Some(pair) = standings.windows(2).find(|pair| pair[0].portal() == pair[1].portal()) {
            return Err(Mixed::Twice { portal: pair[0].portal().to_owned() });
        }
        if let Some(first) = standings.first() {
            standings.iter().try_for_each(|other| same_edition(other.portal(), other.edition(), first.edition()))?;
        }
        let (mut cards, mut unassessable, mut unruled) = (Vec::new(), Vec::new(), Vec::new());
        for standing in standings {
            match standing {
                Standing::Scored(card) => cards.push(card),
                Standing::Unassessable { .. } => unassessable.push(standing),
                Standing::Unruled { .. } => unruled.push(standing),
            }
        }
        if let Some(first) = cards.first() {
            cards.iter().try_for_each(|card| first.fits(card))?;
        }
        Ok(Self { ranked: ranked(cards), unassessable, unruled })
    }
}

impl Card {
    /// Whether another card of the same edition may be ranked against this one.
    fn fits(&self, other: &Self) -> Result<(), Mixed> {
        let portal = other.portal.clone();
        if self.basis != other.basis {
            return Err(Mixed::Basis { portal, first: self.portal.clone() });
        }
        if self.denominator != other.denominator {
            return Err(Mixed::Denominator { portal, found: other.denominator, expected: self.denominator });
        }
        Ok(())
    }
}

fn ranked(mut cards: Vec<Card>) -> Vec<Ranked> {
    cards.sort_by_key(|card| std::cmp::Reverse(card.yes));
    let mut ranked = Vec::new();
    let mut rank = 1;
    for tied in cards.chunk_by(|a, b| a.yes == b.yes) {
        let sharing = u32::try_from(tied.len()).unwrap_or(u32::MAX);
        ranked.extend(tied.iter().map(|card| Ranked { rank, sharing, card: card.clone() }));
        rank += sharing;
    }
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{instrument, sheet};
    use crate::{Basis, Sheet};

    fn scored(portal: &str, answers: &str) -> Standing {
        let count = u16::try_from(answers.len()).unwrap();
        Standing::Scored(Card::new(&instrument("e", count), &sheet("e", portal, answers), count + 1).unwrap())
    }

    fn refused(change: impl FnOnce(&mut Card)) -> String {
        let Standing::Scored(mut card) = scored("b", "yn") else { panic!("it is scored") };
        change(&mut card);
        Ranking::new([scored("a", "yy"), Standing::Scored(card)]).unwrap_err().to_string()
    }

    #[test]
    fn equal_scores_share_a_rank_and_the_next_one_is_left_out() {
        let given = [scored("d", "nnn"), scored("c", "ynn"), scored("a", "yyn"), scored("b", "nny")];
        let ranking = Ranking::new(given).unwrap();
        let rows: Vec<_> = ranking.ranked.iter().map(|row| (row.rank, row.sharing, row.card.portal.as_str())).collect();
        assert_eq!(rows, [(1, 1, "a"), (2, 2, "b"), (2, 2, "c"), (4, 1, "d")]);
    }

    #[test]
    fn cities_without_a_score_stand_apart() {
        let (edition, reason) = ("e".to_owned(), "no portal".to_owned());
        let gone = Standing::Unassessable { portal: "a".to_owned(), edition: edition.clone(), reason };
        let open = Standing::Unruled { portal: "b".to_owned(), edition, waiting: 3 };
        let ranking = Ranking::new([open.clone(), gone.clone(), scored("c", "n")]).unwrap();
        assert_eq!((ranking.unassessable, ranking.unruled), (vec![gone], vec![open]));
        assert_eq!(ranking.ranked.iter().map(|row| row.rank).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn unlike_cards_are_not_ranked() {
        let basis = refused(|card| card.basis = Basis::Provisional);
        assert_eq!(basis, "`b` rests on another basis than `a` (decided or provisional): score both on the same one");
        assert_eq!(refused(|card| card.edition = "f".to_owned()), "`b` was asked `f`, and not `e`: compare over a crosswalk");
        let denominator = refused(|card| card.denominator = 2);
        assert_eq!(denominator, "the score of `b` divides by 2, and not by 3: score both by the same denominator");
        assert_eq!(refused(|card| card.portal = "a".to_owned()), "`a` stands twice: leave one out");
    }

    #[test]
    fn a_release_scored_twice_is_the_same_to_the_byte() {
        let score = |order: [&str; 3]| {
            let sheets: [Sheet; 3] = order.map(|portal| sheet("e", portal, if portal == "b" { "yyn" } else { "ynn" }));
            let cards = sheets.map(|sheet| Standing::Scored(Card::new(&instrument("e", 3), &sheet, 4).unwrap()));
            serde_json::to_string(&Ranking::new(cards).unwrap()).unwrap()
        };
        assert_eq!(score(["a", "b", "c"]), score(["c", "b", "a"]));
    }
}
