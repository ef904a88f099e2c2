//! Assignments: who gets which slot of which city, apart from each other, with the proposals frozen (R1, R16).

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use model::{Duty, Portal, Slot, Time};
use serde::Serialize;
use serde_json::json;
use store::{Assignment, Interest, Person};

use crate::cx::Cx;
use crate::form::{self, choice, submit, text};
use crate::proposals::Proposals;
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, may, need, post, run};
use crate::screens::campaigns::{Round, Rounds};
use crate::screens::people::ADMINISTRATOR;
use crate::screens::person::slot_word;
use crate::secret;

const SLOTS: [Slot; 3] = [Slot::A, Slot::B, Slot::C];

pub(crate) const ROUTES: &[Route] = &[
    get(
        "/campaigns/{campaign}/assignments",
        ADMINISTRATOR,
        &[may("portal", Kind::Text(100))],
        "The forms to give slots.",
        run!(show),
    ),
    post(
        "/campaigns/{campaign}/assignments",
        ADMINISTRATOR,
        &[
            need("portal", Kind::Text(100)),
            may("round", Kind::Number),
            need("slot", Kind::Word(&["A", "B", "C"])),
            need("person", Kind::Text(40)),
            may("instead", Kind::Text(40)),
            may("due", Kind::Text(10)),
        ],
        "Gives a slot of a city to an assessor; `instead` names who has it now, if it is to be handed over.",
        run!(give),
    ),
    post(
        "/campaigns/{campaign}/assignments/pairs",
        ADMINISTRATOR,
        &[need("first", Kind::Text(40)), need("second", Kind::Text(40)), may("due", Kind::Text(10)), may("most", Kind::Number)],
        "Gives both slots of cities that nobody has to two assessors; cities that a rule keeps from them are told.",
        run!(pairs),
    ),
];

/// What the rules of who may have a slot look at.
struct Facts {
    rounds: Rounds,
    held: Vec<Assignment>,
    interests: Vec<Interest>,
    /// Who ruled, inspected, signed off or reopened, by city: they saw answers of both slots.
    judges: BTreeMap<String, BTreeSet<String>>,
    people: Vec<Person>,
    /// Cities with proposals: what assessors are shown is frozen with the first slot, so the survey comes before it.
    surveyed: BTreeSet<String>,
}

impl Facts {
    async fn load(cx: &Cx) -> Result<Self, Refusal> {
        let (store, campaign) = (&cx.app.store, &cx.campaign().id);
        let mut judges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for table in ["adjudication", "inspection", "sign_off", "reopening"] {
            for (_, row) in store.made(table, campaign).await? {
                let word = |column: &str| row[column].as_str().unwrap_or_default().to_owned();
                judges.entry(word("portal")).or_default().insert(word("reviewer"));
            }
        }
        let mut surveyed = BTreeSet::new();
        for portal in &cx.campaign().portals {
            if store.latest_judging(campaign, &portal.id).await?.is_some() {
                surveyed.insert(portal.id.clone());
            }
        }
        Ok(Self {
            surveyed,
            rounds: Rounds::load(cx, campaign).await?,
            held: store.assignments(campaign).await?,
            interests: store.interests(None).await?,
            judges,
            people: store.people().await?,
        })
    }

    fn assessors(&self) -> Vec<(String, String)> {
        let shown = |one: &Person| {
            (one.id.clone(), if one.name.is_empty() { one.id.clone() } else { format!("{} ({})", one.id, one.name) })
        };
        self.people.iter().filter(|one| is_assessor(one)).map(shown).collect()
    }

    /// Whether somebody may get a slot of a city in its latest round; else the field and the key of the text that says why not.
    fn check(&self, portal: &str, round: &Round, slot: Slot, person: &str) -> Result<(), (&'static str, &'static str)> {
        let in_round = |one: &&Assignment| one.portal == portal && one.round == round.no;
        match () {
            () if round.signed_off => Err(("portal", "assign-signed-off")),
            () if round.seals.contains(&slot) => Err(("slot", "assign-slot-sealed")),
            () if slot == Slot::C && !round.sealed() => Err(("slot", "assign-too-early")),
            () if !self.people.iter().any(|one| one.id == person && is_assessor(one)) => Err(("person", "assign-no-assessor")),
            () if self.interests.iter().any(|one| one.person == person && one.portal == portal) => {
                Err(("person", "assign-has-interest"))
            }
            () if self.held.iter().filter(in_round).any(|one| one.person == person) => Err(("person", "assign-has-slot")),
            () if self.judges.get(portal).is_some_and(|judges| judges.contains(person)) => Err(("person", "assign-has-ruled")),
            () if !self.surveyed.contains(portal) => Err(("portal", "assign-unsurveyed")),
            () => Ok(()),
        }
    }

    /// The proposals of a round: those that its other slots have (R1), or the latest there are.
    async fn frozen(&self, cx: &Cx, portal: &str, round: u32) -> Result<(Option<i64>, Option<String>), Refusal> {
        if let Some(before) = self.held.iter().find(|one| one.portal == portal && one.round == round) {
            return Ok((before.judging, before.proposals.clone()));
        }
        let Some(judging) = cx.app.store.latest_judging(&cx.campaign().id, portal).await? else { return Ok((None, None)) };
        let digest = Proposals::load(&cx.app, judging).await?.digest();
        Ok((Some(judging), Some(digest.to_string())))
    }

    /// Gives a slot; whoever has it keeps their row.
    async fn put(&mut self, cx: &Cx, to: Given<'_>) -> Result<Assignment, Refusal> {
        let (judging, proposals) = self.frozen(cx, to.portal, to.round).await?;
        let before = self.held.iter().filter(|one| (one.portal.as_str(), one.round, one.slot) == (to.portal, to.round, to.slot));
        let made = Assignment {
            id: to.id,
            campaign: cx.campaign().id.clone(),
            portal: to.portal.to_owned(),
            round: to.round,
            slot: to.slot,
            seq: before.map(|one| one.seq).max().unwrap_or(0) + 1,
            person: to.person.to_owned(),
            judging,
            proposals,
            seed: seed(),
            due: to.due.map(str::to_owned),
            at: cx.now,
            by: cx.me().id.clone(),
        };
        cx.app.store.put_assignment(&made).await?;
        let object = format!("{}/{}/{}/{:?}", made.campaign, made.portal, made.round, made.slot);
        let detail = json!({ "person": made.person, "assignment": made.id, "turn": made.seq, "proposals": made.proposals });
        cx.audit("assign", &object, detail).await?;
        self.held.push(made.clone());
        Ok(made)
    }
}

/// A slot to be given.
struct Given<'a> {
    id: String,
    portal: &'a str,
    round: u32,
    slot: Slot,
    person: &'a str,
    due: Option<&'a str>,
}

fn is_assessor(person: &Person) -> bool {
    person.ended.is_none() && person.duties.contains(&Duty::Assessor)
}

/// Chance that nobody chose.
fn seed() -> i64 {
    // 12 digits: a number that JSON readers keep whole.
    i64::from_str_radix(&secret::random()[..12], 16).unwrap_or_default()
}

/// The day that was sent, if it is one.
fn due(cx: &Cx) -> Result<Option<&str>, Refusal> {
    match cx.field("due") {
        "" => Ok(None),
        day if day.len() == 10 && format!("{day}T00:00:00Z").parse::<Time>().is_ok() => Ok(Some(day)),
        _ => Err(cx.wrong("due", "assign-due-wrong")),
    }
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let facts = Facts::load(&cx).await?;
    let campaign = cx.campaign().clone();
    let open = |one: &&Portal| {
        let round = facts.rounds.of(&one.id);
        !(round.signed_off || round.given(Slot::A) && round.given(Slot::B))
    };
    let lacking: Vec<&Portal> = campaign.portals.iter().filter(open).collect();
    let unassigned = lacking.iter().filter(|one| facts.rounds.of(&one.id).holders.is_empty()).count();
    let assessors = facts.assessors();
    let body = html! {
        p { a href={ "/campaigns/" (campaign.id) } { bdi { (campaign.title) } } }
        p { (cx.t("assign-text")) }
        @if assessors.is_empty() {
            p { (cx.t("assign-nobody")) " " a href="/people" { (cx.t("nav-people")) } }
        } @else {
            (pair_form(&cx, &assessors, unassigned))
            (one_form(&cx, &campaign.portals, &assessors))
        }
        (lacking_list(&cx, &lacking, &facts))
    };
    let cities: Vec<&str> = lacking.iter().map(|one| one.id.as_str()).collect();
    let people: Vec<&String> = assessors.iter().map(|(id, _)| id).collect();
    let title = format!("{} · {}", cx.t("assign-title"), campaign.title);
    Ok(Reply::screen(title, &json!({ "lacking": cities, "unassigned": unassigned, "assessors": people }), body))
}

fn pair_form(cx: &Cx, assessors: &[(String, String)], unassigned: usize) -> Markup {
    html! {
        h2 { (cx.t("assign-pairs")) }
        p { (cx.f("assign-pairs-text", &[("n", unassigned.into())])) }
        (form::post(cx, &format!("/campaigns/{}/assignments/pairs", cx.campaign().id), |cx| html! {
            (choice(cx, "first", "assign-first", assessors, ""))
            (choice(cx, "second", "assign-second", assessors, assessors.get(1).map_or("", |one| &one.0)))
            (text(cx, "most", "assign-most", "", 6, false))
            (day(cx, "pairs-due"))
            (submit(cx, "assign-pairs-send"))
        }))
    }
}

fn one_form(cx: &Cx, portals: &[Portal], assessors: &[(String, String)]) -> Markup {
    let cities: Vec<(String, String)> =
        portals.iter().map(|one| (one.id.clone(), format!("{} ({})", one.city, one.id))).collect();
    let slots: Vec<(String, String)> = SLOTS.iter().map(|slot| (format!("{slot:?}"), slot_word(cx, *slot))).collect();
    html! {
        h2 { (cx.t("assign-one")) }
        (form::post(cx, &format!("/campaigns/{}/assignments", cx.campaign().id), |cx| html! {
            (choice(cx, "portal", "city", &cities, cx.field("portal")))
            (choice(cx, "slot", "assign-slot", &slots, "A"))
            (choice(cx, "person", "duty-assessor", assessors, ""))
            (text(cx, "instead", "assign-instead", "", 40, false))
            p.hint { (cx.t("assign-instead-hint")) }
            (day(cx, "one-due"))
            (submit(cx, "assign-send"))
        }))
    }
}

fn day(cx: &Cx, id: &str) -> Markup {
    // What is wrong leads to a field by its name.
    let id = cx.fault("due").map_or(id, |_| "due");
    html! {
        div.field {
            label for=(id) { (cx.t("due")) }
            (form::fault(cx, "due"))
            input type="date" id=(id) name="due" value=[cx.typed("due")]
                aria-describedby=[cx.fault("due").map(|_| "due-wrong")] aria-invalid=[cx.fault("due").map(|_| "true")];
        }
    }
}

fn lacking_list(cx: &Cx, lacking: &[&Portal], facts: &Facts) -> Markup {
    html! {
        h2 { (cx.t("assign-lacking")) }
        @if lacking.is_empty() { p { (cx.t("assign-lacking-none")) } }
        ul {
            @for portal in lacking {
                li {
                    a href={ "?portal=" (portal.id) } { bdi { (portal.city) } } ": "
                    @for slot in [Slot::A, Slot::B] {
                        @if !facts.rounds.of(&portal.id).given(slot) { (slot_word(cx, slot)) " " }
                    }
                }
            }
        }
    }
}

async fn give(cx: Cx) -> Result<Reply, Refusal> {
    let campaign = cx.campaign().clone();
    let turn = cx.app.turn(format!("assign {}", campaign.id));
    let _mine = turn.lock().await;
    let mut facts = Facts::load(&cx).await?;
    let portal = campaign.portals.iter().find(|one| one.id == cx.field("portal"));
    let portal = portal.ok_or_else(|| cx.wrong("portal", "field-unknown"))?;
    let round = facts.rounds.of(&portal.id);
    if !cx.field("round").is_empty() && cx.field("round") != round.no.to_string() {
        return Err(Refusal::field("round", cx.f("assign-round", &[("no", round.no.into())])));
    }
    let slot = SLOTS.into_iter().find(|slot| format!("{slot:?}") == cx.field("slot"));
    let slot = slot.ok_or_else(|| cx.wrong("slot", "field-unknown"))?;
    let person = cx.field("person").to_lowercase();
    facts.check(&portal.id, &round, slot, &person).map_err(|(field, key)| cx.wrong(field, key))?;
    let holder = round.holders.get(&slot).map_or("", |one| one.person.as_str());
    if cx.field("instead").to_lowercase() != holder {
        let key = if holder.is_empty() { "assign-instead-nobody" } else { "assign-instead-other" };
        return Err(Refusal::field("instead", cx.f(key, &[("person", holder.into())])));
    }
    let to = Given { id: cx.once.clone(), portal: &portal.id, round: round.no, slot, person: &person, due: due(&cx)? };
    let made = facts.put(&cx, to).await?;
    Ok(Reply::done(format!("/campaigns/{}/assignments?said=said-saved", campaign.id), shown(&made)))
}

/// An assignment without its seed, which is nobody's business.
fn shown(made: &Assignment) -> serde_json::Value {
    json!({
        "assignment": made.id, "portal": made.portal, "round": made.round, "slot": made.slot, "seq": made.seq,
        "person": made.person, "judging": made.judging, "proposals": made.proposals, "due": made.due,
    })
}

#[derive(Serialize)]
struct Left {
    portal: String,
    city: String,
    person: String,
    why: String,
}

async fn pairs(cx: Cx) -> Result<Reply, Refusal> {
    let campaign = cx.campaign().clone();
    let turn = cx.app.turn(format!("assign {}", campaign.id));
    let _mine = turn.lock().await;
    let mut facts = Facts::load(&cx).await?;
    let pair = [(Slot::A, cx.field("first").to_lowercase(), "first"), (Slot::B, cx.field("second").to_lowercase(), "second")];
    if pair[0].1 == pair[1].1 {
        return Err(cx.wrong("second", "assign-same"));
    }
    for (_, person, field) in &pair {
        if !facts.people.iter().any(|one| one.id == *person && is_assessor(one)) {
            return Err(cx.wrong(field, "assign-no-assessor"));
        }
    }
    let due = due(&cx)?;
    let most = cx.field("most").parse().unwrap_or(usize::MAX);
    let (mut given, mut left) = (Vec::new(), Vec::new());
    for portal in &campaign.portals {
        let round = facts.rounds.of(&portal.id);
        if round.signed_off || !round.holders.is_empty() || given.len() / 2 >= most {
            continue;
        }
        let wrong =
            pair.iter().find_map(|(slot, person, _)| Some((person, facts.check(&portal.id, &round, *slot, person).err()?)));
        if let Some((person, (_, key))) = wrong {
            left.push(Left { portal: portal.id.clone(), city: portal.city.clone(), person: person.clone(), why: cx.t(key) });
            continue;
        }
        for (slot, person, _) in &pair {
            let to = Given { id: secret::name(), portal: &portal.id, round: round.no, slot: *slot, person, due };
            given.push(shown(&facts.put(&cx, to).await?));
        }
    }
    let body = html! {
        p role="status" { (cx.f("assign-pairs-done", &[("n", (given.len() / 2).into())])) }
        @if !left.is_empty() {
            h2 { (cx.f("assign-left", &[("n", left.len().into())])) }
            ul { @for one in &left { li { bdi { (one.city) } " · " bdi { (one.person) } ": " (one.why) } } }
        }
        p { a href={ "/campaigns/" (campaign.id) } { bdi { (campaign.title) } } }
    };
    Ok(Reply::screen(cx.t("assign-pairs"), &json!({ "given": given, "left": left }), body))
}
