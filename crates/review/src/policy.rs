//! Who may do what: the one place that decides, for pages, for JSON and for exports.

use model::Duty;
use store::{Assignment, Person};

/// What an address asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: what is published, and the way in.
    Anyone,
    /// A person.
    Person,
    /// One of these duties.
    Duty(&'static [Duty]),
    /// The slot in the address, as its assessor.
    OwnSlot,
    /// Both slots of the city in the address: not before both are sealed.
    ReadCity,
    /// To rule on that city.
    Rule,
    /// To sign that city off.
    SignOff,
    /// To have that city looked at again.
    Reopen,
}

/// What is known of the city in an address.
#[derive(Debug, Clone, Default)]
pub struct CityFacts {
    /// Who has or had a slot in this round.
    pub assessors: Vec<String>,
    /// Who ruled in this round.
    pub rulers: Vec<String>,
    /// Whether both slots are sealed.
    pub sealed: bool,
    /// Whether it is signed off.
    pub signed_off: bool,
    /// Who declared to have to do with it.
    pub interested: Vec<String>,
}

/// What an address is about.
#[derive(Debug, Clone, Default)]
pub struct On {
    /// The slot in the address.
    pub slot: Option<Assignment>,
    /// The city in the address.
    pub city: Option<CityFacts>,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Yes,
    /// Somebody has to sign in first.
    SignIn,
    /// No, and it may be known that there is something.
    No,
    /// No, and whether there is something is not told.
    Unknown,
}

/// Duties that read everything once both slots are sealed.
const READERS: [Duty; 3] = [Duty::Reviewer, Duty::Senior, Duty::Auditor];

/// Whether somebody may do what an address asks for.
pub fn may(who: Option<&Person>, need: Need, on: &On) -> Verdict {
    if need == Need::Anyone {
        return Verdict::Yes;
    }
    let Some(who) = who else { return Verdict::SignIn };
    let has = |duties: &[Duty]| who.duties.iter().any(|duty| duties.contains(duty));
    let yes = |right: bool, otherwise: Verdict| if right { Verdict::Yes } else { otherwise };
    match need {
        Need::Anyone | Need::Person => Verdict::Yes,
        Need::Duty(duties) => yes(has(duties), Verdict::No),
        // Whether a slot of somebody else exists is nobody's business.
        Need::OwnSlot => yes(on.slot.as_ref().is_some_and(|slot| slot.person == who.id), Verdict::Unknown),
        Need::ReadCity => {
            let Some(city) = &on.city else { return Verdict::Unknown };
            let reads = has(&READERS) || (has(&[Duty::Assessor]) && city.signed_off && city.assessors.contains(&who.id));
            match reads {
                false => Verdict::No,
                // Somebody with a slot is an assessor here first, whatever else they are elsewhere: they are still to be heard.
                true => yes(city.sealed && (city.signed_off || !city.assessors.contains(&who.id)), Verdict::No),
            }
        }
        Need::Rule => {
            let Some(city) = &on.city else { return Verdict::Unknown };
            let apart = !city.assessors.contains(&who.id) && !city.interested.contains(&who.id);
            yes(has(&[Duty::Reviewer]) && apart && city.sealed, Verdict::No)
        }
        Need::SignOff => {
            let Some(city) = &on.city else { return Verdict::Unknown };
            let apart = ![&city.assessors, &city.rulers, &city.interested].into_iter().any(|some| some.contains(&who.id));
            yes(has(&[Duty::Senior]) && apart && city.sealed, Verdict::No)
        }
        Need::Reopen => {
            let Some(city) = &on.city else { return Verdict::Unknown };
            // Whoever assessed it or has to do with it appeals like everybody else.
            let apart = !city.assessors.contains(&who.id) && !city.interested.contains(&who.id);
            yes(has(&[Duty::Reviewer, Duty::Senior]) && apart && city.signed_off, Verdict::No)
        }
    }
}
