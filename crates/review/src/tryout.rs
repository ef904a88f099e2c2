//! People and a campaign to try the application with.

use model::{Duty, Portal, Slot};
use serde_json::json;
use store::{Assignment, Campaign};

use crate::app::App;
use crate::proposals::Proposals;
use crate::reply::Refusal;
use crate::rules::Rules;
use crate::{Error, secret};

/// Who there is.
const PEOPLE: [(&str, &[Duty]); 7] = [
    ("admin", &[Duty::Administrator]),
    ("ana", &[Duty::Assessor]),
    ("ben", &[Duty::Assessor]),
    ("rita", &[Duty::Reviewer]),
    ("sol", &[Duty::Senior]),
    ("audra", &[Duty::Auditor]),
    ("vera", &[Duty::Viewer]),
];

/// Who there is to try the application with, and the password of all of them.
pub struct Tryout {
    /// Pseudonyms with what each may do.
    pub people: Vec<(&'static str, &'static [Duty])>,
    /// The password.
    pub password: String,
}

/// Takes in people of every duty and begins a campaign over cities that were surveyed under the same name; `ana` and `ben`
/// assess them all.
pub async fn tryout(app: &App, campaign: &str, title: &str, portals: Vec<Portal>) -> Result<Tryout, Error> {
    let now = (app.clock)();
    let password = secret::random().chars().take(16).collect::<String>();
    let (store, typed) = (&app.store, password.clone());
    let hash = tokio::task::spawn_blocking(move || secret::hash(&typed)).await.map_err(|_| Error::Closed)?;
    for (person, duties) in PEOPLE {
        store.put_person(person, "", now).await?;
        store.set_password(person, &hash, None, now).await?;
        store.set_duties(person, duties, "admin", now).await?;
    }
    let of = Campaign {
        id: campaign.to_owned(),
        title: title.to_owned(),
        instrument: app.instrument.edition.clone(),
        portals,
        begun: now,
        by: "admin".to_owned(),
    };
    store.put_campaign(&of, &json!(Rules::default())).await?;
    for portal in &of.portals {
        let judging = store.latest_judging(campaign, &portal.id).await?;
        let proposals = match judging {
            Some(judging) => Some(Proposals::load(app, judging).await.map_err(refused)?.digest().to_string()),
            None => None,
        };
        for (slot, person) in [(Slot::A, "ana"), (Slot::B, "ben")] {
            let assignment = Assignment {
                id: secret::name(),
                campaign: campaign.to_owned(),
                portal: portal.id.clone(),
                round: 1,
                slot,
                seq: 1,
                person: person.to_owned(),
                judging,
                proposals: proposals.clone(),
                seed: now.micros(),
                due: None,
                at: now,
                by: "admin".to_owned(),
            };
            store.put_assignment(&assignment).await?;
        }
    }
    Ok(Tryout { people: PEOPLE.to_vec(), password })
}

fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::Broken(what) => Error::Late(what),
        other => Error::Rule(format!("{other:?}")),
    }
}
