//! Signing a city off, and having a signed-off one looked at again.

use maud::{Markup, html};
use model::{Adjudication, Choice, Code, Decision, Digest, Final, Made, Pointed, Reopening, SignOff};
use serde::Serialize;
use serde_json::json;
use store::Store;

use crate::app::App;
use crate::check::check_evidence;
use crate::city::{City, read};
use crate::cx::Cx;
use crate::error::Error;
use crate::form::{self, boxes, choice, lines, submit};
use crate::policy::{Need, On, Verdict, may as allowed};
use crate::release::with_finals;
use crate::reply::{Refusal, Reply};
use crate::route::{Kind, Route, get, need, post, run};
use crate::screens::cities::{at, object, title};
use crate::screens::inspect::{Look, to_inspect};

pub(crate) const ROUTES: &[Route] = &[
    get(
        "/cities/{campaign}/{portal}/{round}/sign-off",
        Need::ReadCity,
        &[],
        "What is lacking before a city can be signed off.",
        run!(show),
    ),
    post("/cities/{campaign}/{portal}/{round}/sign-off", Need::SignOff, &[], "Signs a city off.", run!(sign_off)),
    post(
        "/cities/{campaign}/{portal}/{round}/reopen",
        Need::Reopen,
        &[need("codes", Kind::Texts(40)), need("cause", Kind::Word(&CAUSES)), need("note", Kind::Text(4000))],
        "Has a signed-off city looked at again, in a new round.",
        run!(reopen),
    ),
];

/// Why a city is looked at again, but for appeals, which are settled where they are.
const CAUSES: [&str; 3] = ["error_found", "drift", "new_information"];

/// Something that has to be so before a city is signed off.
#[derive(Debug, Serialize)]
pub(crate) struct Gate {
    name: &'static str,
    passed: bool,
    /// Indicators that stand in the way.
    open: Vec<String>,
}

/// All of them, with the digest of the final set if there is one.
pub(crate) struct Gates {
    pub(crate) gates: Vec<Gate>,
    digest: Option<Digest>,
}

/// What has to be so, and whether it is (R19).
pub(crate) async fn gates(app: &App, city: &City, looks: &[Look]) -> Result<Gates, Refusal> {
    let compared = city.comparison.is_some();
    let unruled = city.unruled();
    let (doubts, differences): (Vec<&Code>, Vec<&Code>) = unruled.iter().partition(|code| city.agreed(code).is_some());
    let unseen: Vec<&Code> = looks
        .iter()
        .filter(|look| look.outcome.is_none() && !city.rulings.contains_key(&look.code))
        .map(|look| &look.code)
        .collect();
    let signed = match &city.sign_off {
        Some(signed) => Some(signed.clone()),
        None => finals(app, city).await?,
    };
    let mut dangling = Vec::new();
    for one in signed.iter().flat_map(|signed| &signed.finals).filter(|one| one.answer == Choice::Yes) {
        if !resolves(app, one).await? {
            dangling.push(one.code.to_string());
        }
    }
    let gate = |name, passed: bool, open: &[&Code]| Gate { name, passed, open: open.iter().map(ToString::to_string).collect() };
    let gates = vec![
        gate("sealed", city.sealed(), &[]),
        gate("compared", compared, &[]),
        gate("ruled", compared && differences.is_empty(), if compared { &differences } else { &[] }),
        gate("sample", compared && unseen.is_empty(), &unseen),
        gate("doubts", compared && doubts.is_empty(), if compared { &doubts } else { &[] }),
        Gate { name: "evidence", passed: signed.is_some() && dangling.is_empty(), open: dangling },
        gate("finals", signed.is_some(), &[]),
    ];
    Ok(Gates { gates, digest: signed.map(|signed| digest(&signed.finals)) })
}

/// The digest of a final set.
pub(crate) fn digest(finals: &[Final]) -> Digest {
    archive::digest(archive::canonical(&finals).as_bytes())
}

/// The final set as it would be signed now; none if something is open.
async fn finals(app: &App, city: &City) -> Result<Option<SignOff>, Refusal> {
    match with_finals(&app.store, &app.codes(), blank(city), true).await {
        Ok(signed) => Ok(Some(signed)),
        Err(Error::Rule(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn blank(city: &City) -> SignOff {
    let (campaign, portal) = (city.campaign.clone(), city.portal.id.clone());
    let at = model::Time::from_micros(0).expect("1970 is an instant");
    SignOff { id: String::new(), campaign, portal, round: city.round, reviewer: String::new(), finals: Vec::new(), at }
}

/// Whether a yes has evidence, and all of it stands where it is said to stand.
async fn resolves(app: &App, of: &Final) -> Result<bool, Refusal> {
    let evidence = evidence_of(&app.store, of).await?;
    match check_evidence(&app.archive, &app.store, &evidence).await {
        Ok(()) => Ok(!evidence.is_empty()),
        Err(Error::Rule(_) | Error::Archive(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// The passages that a final answer rests on.
pub(crate) async fn evidence_of(store: &Store, of: &Final) -> Result<Vec<Pointed>, Refusal> {
    let mut all: Vec<Pointed> = Vec::new();
    for id in &of.rests_on {
        let own = if let Some((_, row)) = store.made_as("adjudication", id).await? {
            read::<Adjudication>(row)?.evidence
        } else if let Some((_, row)) = store.made_as("decision", id).await? {
            read::<Decision>(row)?.evidence
        } else {
            Vec::new()
        };
        for passage in own {
            if !all.contains(&passage) {
                all.push(passage);
            }
        }
    }
    Ok(all)
}

/// The gates as a list: open ones with what stands in the way.
pub(crate) fn gates_markup(cx: &Cx, gates: &[Gate]) -> Markup {
    html! {
        ul.gates { @for gate in gates {
            li {
                span class=(if gate.passed { "tag passed" } else { "tag lacking" }) { (cx.t(if gate.passed { "gate-passed" } else { "gate-lacking" })) }
                " " (cx.t(&format!("gate-{}", gate.name)))
                @if !gate.open.is_empty() { ": " @for (place, code) in gate.open.iter().enumerate() { @if place > 0 { ", " } bdi { (code) } } }
            }
        } }
    }
}

async fn show(cx: Cx) -> Result<Reply, Refusal> {
    let city = cx.city();
    cx.audit("read", &object(city), json!({ "part": "sign-off" })).await?;
    let Gates { gates, digest } = gates(&cx.app, city, &to_inspect(&cx.app, city).await?).await?;
    let data = json!({
        "campaign": city.campaign, "portal": city.portal.id, "round": city.round, "gates": gates, "digest": digest,
        "signed_off": city.sign_off,
    });
    let on = On { slot: None, city: Some(city.facts()) };
    let allows = |need| allowed(cx.who.as_ref(), need, &on) == Verdict::Yes;
    let passed = gates.iter().all(|gate| gate.passed);
    let body = html! {
        nav.crumbs aria-label=(cx.t("crumbs")) { a href=(at(city, "")) { bdi { (city.portal.city) } } }
        @if cx.fields.iter().any(|(name, _)| name == "unsigned") { p.problem role="alert" { (cx.t("sign-off-unsigned")) } }
        @if let Some(signed) = &city.sign_off {
            p { (cx.t("sign-off-done")) " " bdi { (signed.reviewer) } ", " time datetime=(signed.at) { (cx.words.moment(signed.at)) } }
        }
        h2 { (cx.t("gates-title")) }
        (gates_markup(&cx, &gates))
        @if let Some(digest) = digest { p { (cx.t("sign-off-digest")) " " code { (digest) } } }
        @if city.sign_off.is_none() {
            @if !passed { p { (cx.t("sign-off-lacks")) } }
            @else if allows(Need::SignOff) {
                p { (cx.t("sign-off-text")) }
                (form::post(&cx, &at(city, "/sign-off"), |cx| submit(cx, "sign-off-send")))
            } @else { p { (cx.t("sign-off-others")) } }
        } @else if allows(Need::Reopen) { (reopen_form(&cx, city)) }
    };
    Ok(Reply::screen(cx.f("sign-off-title", &[("city", (&city.portal.city).into())]), &data, body))
}

fn reopen_form(cx: &Cx, city: &City) -> Markup {
    let causes = CAUSES.map(|cause| (cause.to_owned(), cx.t(&format!("reopen-cause-{}", cause.replace('_', "-")))));
    let all: Vec<(String, String, bool)> = cx
        .app
        .instrument
        .indicators
        .iter()
        .map(|one| (one.code.to_string(), format!("{} {}", one.code, title(cx, &one.code)), false))
        .collect();
    html! {
        section aria-labelledby="reopen" {
            h2 #reopen { (cx.t("reopen-title")) }
            p { (cx.t("reopen-text")) }
            (form::post(cx, &at(city, "/reopen"), |cx| html! {
                (choice(cx, "cause", "field-cause", &causes, ""))
                (lines(cx, "note", "field-note", "", 3, 4000))
                (boxes(cx, "codes", "field-codes", &all))
                (submit(cx, "reopen-send"))
            }))
        }
    }
}

async fn sign_off(cx: Cx) -> Result<Reply, Refusal> {
    let city = cx.city();
    if let Some(signed) = &city.sign_off {
        // The same once more, after an answer that got lost.
        let mine = signed.id == cx.once;
        let done = || Reply::done(at(city, "/sign-off?said=said-signed-off"), json!({ "signed_off": signed }));
        return if mine { Ok(done()) } else { Err(Refusal::Conflict(cx.t("settled-signed-off"))) };
    }
    let looks = to_inspect(&cx.app, city).await?;
    let lacking = gates(&cx.app, city, &looks).await?.gates.into_iter().filter(|gate| !gate.passed);
    let lacking: Vec<String> = lacking.map(|gate| lacking_text(&cx, &gate)).collect();
    if !lacking.is_empty() {
        return Err(Refusal::Conflict(format!("{} {}", cx.t("sign-off-lacks"), lacking.join(" · "))));
    }
    let made = SignOff { id: cx.once.clone(), reviewer: cx.me().id.clone(), at: cx.now, ..blank(city) };
    let made = with_finals(&cx.app.store, &cx.app.codes(), made, city.policy.1.own_rulings).await?;
    cx.app.desk.keep(Made::SignOff(made.clone())).await?;
    cx.audit("sign-off", &object(city), json!({ "digest": digest(&made.finals) })).await?;
    let signed = signed(&cx).await;
    let to =
        at(city, if signed.is_some() { "/sign-off?said=said-signed-off" } else { "/sign-off?said=said-signed-off&unsigned=1" });
    Ok(Reply::done(to, json!({ "signed_off": made, "signed": signed })))
}

fn lacking_text(cx: &Cx, gate: &Gate) -> String {
    let open = if gate.open.is_empty() { String::new() } else { format!(" ({})", gate.open.join(", ")) };
    format!("{}{open}", cx.t(&format!("gate-{}", gate.name)))
}

/// Has the log signed; what is kept stays kept if that fails.
pub(crate) async fn signed(cx: &Cx) -> Option<String> {
    match cx.app.outside.sign().await {
        Ok(signed) => Some(signed),
        Err(what) => {
            tracing::error!(what, "what was just kept is not signed yet");
            None
        }
    }
}

async fn reopen(cx: Cx) -> Result<Reply, Refusal> {
    let city = cx.city();
    let (known, wanted) = (cx.app.codes(), cx.fields("codes").collect::<Vec<_>>());
    if wanted.iter().any(|code| !known.iter().any(|own| own.as_str() == *code)) {
        return Err(cx.wrong("codes", "field-unknown"));
    }
    let codes = known.into_iter().filter(|code| wanted.contains(&code.as_str())).collect();
    let made = again(&cx, city, codes, cx.field("cause").to_owned(), cx.field("note").to_owned()).await?;
    let to = format!("/cities/{}/{}/{}?said=said-begun", made.campaign, made.portal, city.round);
    Ok(Reply::done(to, json!(made)))
}

/// Begins a new round of a signed-off city, unless there is one.
pub(crate) async fn again(cx: &Cx, city: &City, codes: Vec<Code>, cause: String, note: String) -> Result<Reopening, Refusal> {
    if city.sign_off.is_none() {
        return Err(Refusal::Conflict(cx.t("reopen-not-signed")));
    }
    let made = Reopening {
        id: cx.once.clone(),
        campaign: city.campaign.clone(),
        portal: city.portal.id.clone(),
        round: city.round + 1,
        reviewer: cx.me().id.clone(),
        codes,
        cause,
        note,
        at: cx.now,
    };
    let begun = cx.app.store.made_of("reopening", &made.campaign, &made.portal, made.round).await?;
    // The same once more goes on and is kept once.
    if begun.iter().any(|row| row["id"] != made.id.as_str()) {
        return Err(Refusal::Conflict(cx.t("reopen-begun")));
    }
    cx.app.desk.keep(Made::Reopening(made.clone())).await?;
    let detail = json!({ "round": made.round, "codes": made.codes, "cause": made.cause });
    cx.audit("reopen", &object(city), detail).await?;
    Ok(made)
}
