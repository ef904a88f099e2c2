//! People: who they are, what they may do, and one-time links.

use std::time::Duration;

use maud::{Markup, html};
use model::{Duty, Time};
use report::people::{Mistake, RawPerson, read_csv};
use serde::Serialize;
use serde_json::json;
use store::{Link, Person};
use url::{Host, Url};

use crate::cx::Cx;
use crate::form::{self, boxes, lines, submit, text};
use crate::layout::wide;
use crate::policy::Need;
use crate::reply::{Refusal, Reply};
use crate::route::{Input, Kind, Route, get, may, need, post, run};
use crate::screens::entry;
use crate::secret;

/// Who looks after people and campaigns.
pub(crate) const ADMINISTRATOR: Need = Need::Duty(&[Duty::Administrator]);

/// Days for which a one-time link can be used.
const DAYS: u64 = 7;

/// Somebody to be taken in: pseudonym, name, duties.
type New = (String, String, Vec<Duty>);

/// What people can be given to do.
pub(crate) const DUTY: Input = may("duty", Kind::Texts(20));

pub(crate) const ROUTES: &[Route] = &[
    get("/people", ADMINISTRATOR, &[], "Everybody, with their duties.", run!(show)),
    post(
        "/people",
        ADMINISTRATOR,
        &[need("person", Kind::Text(40)), may("name", Kind::Text(200)), DUTY],
        "Invites a person; the answer has the one-time link, once.",
        run!(invite),
    ),
    post(
        "/people/import",
        ADMINISTRATOR,
        &[need("people", Kind::Text(200_000))],
        "Invites all people of a CSV list (pseudonym,name,duties), or nobody if a row is wrong.",
        run!(import),
    ),
];

#[derive(Serialize)]
struct View {
    people: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    person: String,
    name: String,
    duties: Vec<Duty>,
    since: Time,
    ended: Option<Time>,
    /// Whether a password was chosen.
    entered: bool,
    interests: usize,
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let interests = cx.app.store.interests(None).await?;
    let row = |one: Person| Row {
        interests: interests.iter().filter(|interest| interest.person == one.id).count(),
        entered: one.password.is_some(),
        person: one.id,
        name: one.name,
        duties: one.duties,
        since: one.begun,
        ended: one.ended,
    };
    let view = View { people: cx.app.store.people().await?.into_iter().map(row).collect() };
    let body = html! {
        (table(&cx, &view))
        h2 { (cx.t("people-invite")) }
        p { (cx.t("people-invite-text")) }
        (form::post(&cx, "/people", |cx| html! {
            (text(&cx, "person", "people-pseudonym", "", 40, true))
            (text(&cx, "name", "field-name", "", 200, false))
            (duty_boxes(&cx, &[]))
            (submit(&cx, "people-invite-send"))
        }))
        h2 { (cx.t("people-import")) }
        p #import-hint { (cx.t("people-import-text")) }
        pre { code { "pseudonym,name,duties\nheron,Ana Example,assessor\ncrane,,reviewer senior" } }
        (form::post(&cx, "/people/import", |cx| html! {
            (lines(&cx, "people", "people-import-list", "", 8, 200_000))
            (submit(&cx, "people-import-send"))
        }))
    };
    Ok(Reply::screen(cx.t("nav-people"), &view, body))
}

fn table(cx: &Cx, view: &View) -> Markup {
    html! {
        (wide(&cx.f("people-caption", &[("n", view.people.len().into())]), &html! {
            thead { tr {
                th scope="col" { (cx.t("field-person")) }
                th scope="col" { (cx.t("field-name")) }
                th scope="col" { (cx.t("field-duty")) }
                th scope="col" { (cx.t("people-since-when")) }
                th scope="col" { (cx.t("people-interests")) }
                th scope="col" { (cx.t("state")) }
            } }
            tbody {
                @for row in &view.people {
                    tr {
                        th scope="row" { a href={ "/people/" (row.person) } { bdi { (row.person) } } }
                        td { bdi dir="auto" { (row.name) } }
                        td { (duty_words(cx, &row.duties)) }
                        td { time datetime=(row.since) { (cx.words.day(row.since)) } }
                        td { (cx.words.number(row.interests as u64)) }
                        td { (state(cx, row.ended, row.entered)) }
                    }
                }
            }
        }))
    }
}

/// Whether a person is active, in words.
pub(crate) fn state(cx: &Cx, ended: Option<Time>, entered: bool) -> Markup {
    html! {
        @match ended {
            Some(at) => { (cx.t("people-ended")) " " time datetime=(at) { (cx.words.day(at)) } }
            None if entered => (cx.t("people-active")),
            None => (cx.t("people-invited")),
        }
    }
}

/// Duties in words.
pub(crate) fn duty_words(cx: &Cx, duties: &[Duty]) -> String {
    let words: Vec<String> = duties.iter().map(|duty| cx.t(&format!("duty-{}", duty.as_str()))).collect();
    words.join(" · ")
}

/// A box for each duty.
pub(crate) fn duty_boxes(cx: &Cx, given: &[Duty]) -> Markup {
    let options = Duty::ALL.map(|duty| {
        let text = format!("{}: {}", cx.t(&format!("duty-{}", duty.as_str())), cx.t(&format!("duty-{}-text", duty.as_str())));
        (duty.as_str().to_owned(), text, given.contains(&duty))
    });
    html! {
        (boxes(cx, "duty", "field-duty", &options))
        p.hint { (cx.t("duty-hint")) }
    }
}

/// The duties that were sent, if a person may have all of them together.
pub(crate) fn duties(cx: &Cx) -> Result<Vec<Duty>, Refusal> {
    let mut duties = Vec::new();
    for word in cx.fields("duty") {
        duties.push(Duty::of(word).ok_or_else(|| cx.wrong("duty", "field-unknown"))?);
    }
    if apart(&duties) { Err(cx.wrong("duty", "duty-apart")) } else { Ok(duties) }
}

/// Whether duties are among them that one person may not have together: an administrator decides nothing (R16).
fn apart(duties: &[Duty]) -> bool {
    let decides = [Duty::Assessor, Duty::Reviewer, Duty::Senior];
    duties.contains(&Duty::Administrator) && duties.iter().any(|duty| decides.contains(duty))
}

/// A pseudonym that can be one, or the text that says why not. What a spreadsheet would compute is none.
fn pseudonym(cx: &Cx, text: &str) -> Result<String, String> {
    if text.starts_with(['=', '+', '-', '@', '\t']) {
        return Err(cx.t("pseudonym-formula"));
    }
    let good = entry::pseudonym(cx, text).map_err(|_| cx.t("pseudonym-wrong"))?;
    match good.as_str() {
        // An address of ours.
        "import" => Err(cx.t("pseudonym-taken")),
        _ if good.len() > 40 => Err(cx.t("field-long")),
        _ => Ok(good),
    }
}

async fn invite(cx: Cx) -> Result<Reply, Refusal> {
    let person = pseudonym(&cx, cx.field("person")).map_err(|what| Refusal::field("person", what))?;
    let new = [(person, cx.field("name").to_owned(), duties(&cx)?)];
    take_in(&cx, &new).await?.map_err(|_| cx.wrong("person", "pseudonym-taken"))
}

/// Takes people in and answers with their links; the error is a pseudonym that is taken.
async fn take_in(cx: &Cx, new: &[New]) -> Result<Result<Reply, String>, Refusal> {
    if let Some(taken) = cx.app.store.invite(new, &cx.me().id, cx.now).await? {
        return Ok(Err(taken));
    }
    let mut links = Vec::new();
    for (person, _, duties) in new {
        // Never the name: what stands in the audit log cannot be erased.
        cx.audit("invite", person, json!({ "duties": duties })).await?;
        links.push(link(cx, person).await?);
    }
    Ok(Ok(shown_once(cx, &links)))
}

/// A one-time link, told once.
#[derive(Serialize)]
pub(crate) struct Told {
    person: String,
    link: String,
    expires: Time,
}

/// Makes a one-time link with which a person chooses a password; those before no longer count.
pub(crate) async fn link(cx: &Cx, person: &str) -> Result<Told, Refusal> {
    let secret = secret::random();
    let expires = cx.now.plus(Duration::from_secs(DAYS * 86_400));
    let of = Link { person: Some(person.to_owned()), purpose: "password".to_owned(), expires };
    cx.app.store.put_link(&secret::digest(&secret), &of, cx.now).await?;
    let path = format!("/welcome/{secret}");
    let whole = cx.home().and_then(|origin| origin.join(&path).ok());
    Ok(Told { person: person.to_owned(), link: whole.map_or(path, |whole| whole.to_string()), expires })
}

/// Whether an address is good on this computer alone.
fn is_loopback(origin: &Url) -> bool {
    match origin.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The page with links. It is no lasting answer: the secrets in it are kept nowhere.
pub(crate) fn shown_once(cx: &Cx, links: &[Told]) -> Reply {
    let body = html! {
        p { (cx.f("links-text", &[("days", 7_u32.into())])) }
        (wide(&cx.t("links-title"), &html! {
            thead { tr {
                th scope="col" { (cx.t("field-person")) }
                th scope="col" { (cx.t("links-link")) }
                th scope="col" { (cx.t("links-until")) }
            } }
            tbody {
                @for one in links {
                    tr {
                        th scope="row" { bdi { (one.person) } }
                        td { input.link type="text" readonly value=(one.link) aria-label=(cx.t("links-link")) dir="ltr" size="48"; " " a.button href=(one.link) { (cx.t("links-open")) } }
                        td { time datetime=(one.expires) { (cx.words.moment(one.expires)) } }
                    }
                }
            }
        }))
        @if cx.home().is_some_and(|origin| is_loopback(&origin)) { p.hint { (cx.t("links-local")) } }
        p { a href="/people" { (cx.t("people-back")) } }
    };
    Reply::screen(cx.t("links-title"), &json!({ "links": links }), body)
}

async fn import(cx: Cx) -> Result<Reply, Refusal> {
    let mut new: Vec<New> = Vec::new();
    let mut wrong = Vec::new();
    let known = cx.app.store.people().await?;
    let rows = read_csv(cx.field("people"));
    if rows.is_empty() {
        return Err(cx.wrong("people", "people-import-none"));
    }
    for (line, row) in rows {
        let at = u32::try_from(line).unwrap_or(u32::MAX);
        let mut fault =
            |what: &str| wrong.push(("people".to_owned(), cx.f("line-says", &[("line", at.into()), ("what", what.into())])));
        let (person, faults) = match row {
            Ok(row) => person(&cx, row),
            Err(mistake) => (None, vec![misread(&cx, &mistake)]),
        };
        faults.iter().for_each(|what| fault(what));
        let Some(person) = person else { continue };
        if known.iter().any(|one| one.id == person.0) || new.iter().any(|one| one.0 == person.0) {
            fault(&cx.f("pseudonym-twice", &[("person", (&person.0).into())]));
        }
        new.push(person);
    }
    if !wrong.is_empty() {
        return Err(Refusal::Wrong(wrong));
    }
    let taken = |person: String| Refusal::field("people", cx.f("pseudonym-twice", &[("person", (&person).into())]));
    take_in(&cx, &new).await?.map_err(taken)
}

/// A row of a list as a person, with all that is wrong with it.
fn person(cx: &Cx, row: RawPerson) -> (Option<New>, Vec<String>) {
    let mut faults = Vec::new();
    let mut duties = Vec::new();
    for word in &row.duties {
        match Duty::of(&word.to_lowercase()) {
            Some(duty) => duties.push(duty),
            None => faults.push(cx.f("duty-unknown", &[("word", word.into())])),
        }
    }
    if apart(&duties) {
        faults.push(cx.t("duty-apart"));
    }
    if row.name.chars().count() > 200 {
        faults.push(cx.t("field-long"));
    }
    let pseudonym = pseudonym(cx, &row.pseudonym).map_err(|what| faults.push(format!("{what} ({})", row.pseudonym))).ok();
    (pseudonym.map(|pseudonym| (pseudonym, row.name, duties)), faults)
}

fn misread(cx: &Cx, mistake: &Mistake) -> String {
    match mistake {
        Mistake::Column(column) => cx.f("csv-column", &[("column", (*column).into())]),
        Mistake::Cells => cx.t("csv-cells"),
        Mistake::Form => cx.t("csv-form"),
    }
}
